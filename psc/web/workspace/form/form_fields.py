"""The fields of each form: what is asked, in which words, and how it is answered."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import Any, Literal

from psc.register.records.register_vocabulary import (
    ADOPTION_STAGES,
    CHART_DECISIONS,
    DECISIONS,
    EVIDENCE_GRADES,
    FIGURE_KINDS,
    INVOLVEMENT_LEVELS,
    METHODS,
    ORIGINS,
)
from psc.register.records.text_lengths import ADDRESS, REASON
from psc.register.workflow.lifecycle import Kind
from psc.web.components.register_cards import harm_titles, setting_titles
from psc.web.session import store

Answer = Literal["line", "prose", "lines", "date", "number", "figure", "choice", "choices", "records"]
Options = Callable[[], Mapping[str, str]]


@dataclass(frozen=True, slots=True)
class Proposal:
    """What a field may begin with: what that follows from (None: nothing chosen), the value, and a note to show."""

    cause: str | None
    value: Any
    note: str = ""


@dataclass(frozen=True, slots=True)
class Field:
    """One field: its name in the content, its label, a hint, how it is answered.

    ``parts`` are the fields of each record in a list. ``most`` characters fit into a line or prose, where that is
    not the usual number. ``public`` says that the public reads it as prose, so that its reading age is shown while it
    is written. A "number" is whole, a "figure" may have decimals.
    ``propose`` makes a proposal from what the fields before it say.
    """

    name: str
    label: str
    answer: Answer = "line"
    hint: str = ""
    options: Options | None = None
    public: bool = False
    parts: tuple["Field", ...] = ()
    group: str = ""
    most: int | None = None
    propose: Callable[[Mapping[str, Any]], Proposal] | None = None


def _group(title: str, *fields: Field) -> tuple[Field, ...]:
    """Put fields under a heading of the form."""
    return tuple(replace(field, group=title) for field in fields)


def _with_meaning(vocabulary: Mapping[Any, tuple[str, str]], *, without: tuple[str, ...] = ()) -> Options:
    return lambda: {code: f"{title}: {meaning}" for code, (title, meaning) in vocabulary.items() if code not in without}


def _titles(vocabulary: Mapping[Any, tuple[str, str]]) -> Options:
    return lambda: {code: title for code, (title, _) in vocabulary.items()}


def _measures(*, charted: bool = False) -> Mapping[str, str]:
    """Every measure by its title; with ``charted``, those that have figures."""
    found = store.catalogue().metrics
    return {definition.id: definition.title for definition in found if definition.has_series or not charted}


_HARMS = Field("harm_areas", "Kinds of harm", "choices", options=harm_titles)
_SETTINGS = Field("care_settings", "Care settings", "choices", options=setting_titles)
_METRICS = Field(
    "metrics", "Linked measures", "choices", options=_measures,
    hint="Measures of the same harm. Their charts will show your tests and adoptions at their dates.",
)  # fmt: skip
_CONTACT = Field("contact_role", "Whom to contact", hint="A role, such as “patient safety lead”.")

PRIORITY = (
    *_group(
        "What it is",
        Field("title", "Title"),
        Field("summary", "Summary in plain English", "prose", "What is to change, for whom, and why.", public=True),
        _HARMS,
        _SETTINGS,
    ),
    *_group(
        "Who set it, and with whom",
        Field("origin", "Who set it", "choice", options=_with_meaning(ORIGINS)),
        Field("how_set", "How it was set", "prose"),
        Field("involvement_level", "Level at which patients and staff took part", "choice",
              options=_with_meaning(INVOLVEMENT_LEVELS)),
        Field("patient_involvement", "How patients and staff took part", "prose", public=True),
    ),
    *_group(
        "Measures, and the aim if it can be measured",
        _METRICS,
        Field("aim_metric", "Measure of the aim, if it is one of this site's", "choice", options=_measures),
        Field("aim_start_value", "Where it stands now, as a figure", "figure",
              "In the unit of the measure. The latest figure is proposed when you choose the measure."),
        Field("aim_target_value", "Where it is to go, as a figure", "figure",
              "In the same unit. The chart of the measure shows the way there as a line."),
        Field("aim_by", "By when", "date", "The chart and the sentence name the month."),
        Field("aim_measure", "Measure of the aim in words, if it is not one of this site's"),
        Field("aim_baseline", "Where it stands now, in words", hint="With its period: “9 a month, spring 2026”."),
        Field("aim_target", "Where it is to go, in words"),
    ),
    *_group("From now on", _CONTACT, Field("review_date", "When it will be looked at again", "date")),
)  # fmt: skip

TEST = (
    *_group(
        "Plan",
        Field("title", "Title", hint="What is tested, in a few words: it will stand on the chart."),
        Field("question", "Question: what is the test to find out?", "prose"),
        Field("prediction", "Prediction: what do you expect?", "prose", "Written before the test begins."),
        Field("plan", "Plan: who does what, for how long?", "prose"),
        Field("sites", "Where"),
    ),
    *_group(
        "Do",
        Field("start", "First day", "date"),
        Field("end", "Last day", "date", "Leave empty while it is under way."),
        Field("what_happened", "What happened", "prose"),
    ),
    *_group("Study", Field("learned", "What was learned", "prose")),
    *_group("Act", Field("decision", "Decision", "choice", options=_with_meaning(DECISIONS))),
)

_RESULT = (
    Field("measure", "What was measured"),
    Field("figure_kind", "Kind of figure", "choice", options=_with_meaning(FIGURE_KINDS)),
    Field("population", "In whom, how many"),
    Field("baseline", "Before"),
    Field("result", "After"),
    Field("change", "Change"),
    Field("when", "When"),
    Field("source", "Source: where it can be checked", most=ADDRESS),
)
SOLUTION = (
    *_group(
        "The problem, and what was done",
        Field("title", "Title"),
        Field("problem", "The problem", "prose", public=True),
        Field("what_was_done", "What was done", "prose", public=True),
        Field("active_ingredients", "What made it work", "lines", "One on each line."),
        Field("method", "Method", "prose"),
        Field("method_tags", "How it was done", "choices", options=_titles(METHODS)),
    ),
    *_group(
        "Where, who and when",
        Field("partners", "Who tested it"),
        _HARMS,
        _SETTINGS,
        Field("start", "First day", "date"),
        Field("end", "Last day", "date"),
        Field("patient_involvement", "How patients took part", "prose"),
    ),
    *_group(
        "What happened",
        _METRICS,
        Field("results", "Results", "records", parts=_RESULT),
        Field("results_note", "About the results, or why there are none", "prose"),
        Field("evidence_grade", "Evidence", "choice", options=_with_meaning(EVIDENCE_GRADES, without=("W",))),
    ),
    *_group(
        "Before others try it",
        Field("caveats", "What to know before trying it", "prose", public=True),
        Field("resources", "Resources", "records",
              parts=(Field("title", "What it is"), Field("url", "Web address", hint="https://…", most=ADDRESS))),
        _CONTACT,
        Field("next_review", "Next review", "date", "Two years after it is shared, unless you say sooner."),
    ),
)  # fmt: skip

ADOPTION = (
    Field("stage", "How far it has gone", "choice", options=_with_meaning(ADOPTION_STAGES, without=("unknown",))),
    Field("sites", "Where"),
    Field("interested_on", "Interested since", "date"),
    Field("engaged_on", "Engaged since", "date"),
    Field("adopted_on", "Adopted on", "date", "It will stand on the charts of the linked measures."),
    Field("sustained_on", "Sustained: still in use on", "date"),
    Field("stopped_on", "Stopped on", "date"),
    Field("adapted", "What was adapted", "prose"),
    Field("note", "Note", "prose"),
)

EVENT = (
    Field("title", "Title"),
    Field("about", "What it is about", "prose", public=True),
    Field("audience", "Who it is for"),
    Field("date", "Day", "date"),
    Field("end", "Last day, if there are several", "date"),
    Field("place", "Where", hint="“Online”, or the place."),
    Field("capacity", "Places", "number"),
    Field("link", "Where to book", hint="https://…", most=ADDRESS),
)

CAPABILITY = (
    Field("what", "What was counted", "choice",
          options=lambda: {"people_trained": "People trained in the period", "coaches": "Coaches at its end"}),
    Field("skill", "Skill"),
    Field("start", "First day of the period", "date"),
    Field("end", "Last day of the period", "date"),
    Field("people", "People", "number"),
    Field("how_counted", "How they were counted", "prose"),
)  # fmt: skip

CHART_DECISION = (
    Field("metric", "Measure", "choice", options=lambda: _measures(charted=True)),
    Field("decision", "What is decided", "choice", options=_with_meaning(CHART_DECISIONS)),
    Field("date", "From which day on", "date",
          "New limits and baselines begin with a period: on the first day of a month, where figures are monthly."),
    Field("baseline_points", "For a baseline: on how many figures the limits rest", "number", "At least 12."),
    Field("target", "For a target: the figure to reach", "figure", "In the unit of the measure."),
    Field("explanation", "Why", "prose", "What changed, in plain words. It will stand on the chart.", public=True,
          most=REASON),
)  # fmt: skip

ALSO_AREAS = "also_areas"
"""The field of a new priority that names the other areas that own it: kept with its draft, stored as whose it is."""

FORMS: Mapping[Kind, tuple[Field, ...]] = {
    "priority": PRIORITY,
    "test": TEST,
    "solution": SOLUTION,
    "adoption": ADOPTION,
    "event": EVENT,
    "capability": CAPABILITY,
    "chart_decision": CHART_DECISION,
}
