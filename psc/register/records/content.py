"""What people write: the content of each kind of record, lenient while it is a draft, complete once it is public.

A draft may leave everything out but its title; what it does hold must already be right (a code that exists, a date
that is one, a link that is http or https, a text within its length).
:mod:`psc.register.records.publication_requirements` says what publication still needs.
"""

import datetime
from collections.abc import Mapping
from typing import Annotated, Any, Literal

from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    StringConstraints,
    ValidationError,
    model_validator,
)

from psc import clock
from psc.clean_text import clean, one_line
from psc.register.errors import Incomplete
from psc.register.records.fields import AreaOrEngland, HarmCode, KnownIds, MetricId, SettingCode, expected
from psc.register.records.register_vocabulary import (
    AdoptionStage,
    ChartDecisionKind,
    Decision,
    FigureKind,
    InvolvementLevel,
    MethodTag,
    Origin,
)
from psc.register.records.text_lengths import (
    ADDRESS,
    LONG,
    MOST_CHOICES,
    MOST_RECORDS,
    REASON,
    SHORT,
    SHORTEST_TITLE,
    is_readable,
)
from psc.register.text.web_address import is_web_address
from psc.register.workflow.lifecycle import Kind

A_YEAR = datetime.timedelta(days=365)
EARLIEST, LATEST = datetime.date(1900, 1, 1), datetime.date(2199, 12, 31)
"""Calendars and charts can show no day far outside these; such a year was mistyped."""
MOST = 1e12
"""No measure's figure is beyond it, and a browser's box for numbers holds it to the last digit."""


def _web_address(value: str | None) -> str | None:
    if value and not is_web_address(value):
        raise expected("a web address that begins with https:// or http://")
    return value


def _readable(value: str) -> str:
    if not is_readable(value):
        raise expected("letters or digits")
    return value


def _nothing(value: Any) -> Any:
    """An empty box is a thing left out, not an empty text."""
    return None if isinstance(value, str) and not value.strip() else value


def _likely_day(value: datetime.date | None) -> datetime.date | None:
    if value and not EARLIEST <= value <= LATEST:
        raise expected(f"a day in the years {EARLIEST.year} to {LATEST.year}")
    return value


Line = Annotated[str, StringConstraints(max_length=SHORT), BeforeValidator(one_line)]
Prose = Annotated[str, StringConstraints(max_length=LONG)]
OptionalLine = Annotated[Line | None, BeforeValidator(_nothing)]
OptionalProse = Annotated[Prose | None, BeforeValidator(_nothing)]
Source = Annotated[str, StringConstraints(min_length=1, max_length=ADDRESS), BeforeValidator(one_line)]
Link = Annotated[Source | None, BeforeValidator(_nothing), AfterValidator(_web_address)]
OptionalDay = Annotated[datetime.date | None, BeforeValidator(_nothing), AfterValidator(_likely_day)]
OptionalFigure = Annotated[
    float | None, Field(strict=True, allow_inf_nan=False, ge=-MOST, le=MOST), BeforeValidator(_nothing)
]
ShortReason = Annotated[str, StringConstraints(max_length=REASON), BeforeValidator(one_line), AfterValidator(_readable)]
_FEW = Field(max_length=MOST_CHOICES)
Title = Annotated[
    str,
    StringConstraints(min_length=SHORTEST_TITLE, max_length=SHORT),
    BeforeValidator(one_line),
    AfterValidator(_readable),
]


class Content(BaseModel):
    """The words of a record: no keys but its own, and clean text without white space at the ends."""

    model_config = ConfigDict(frozen=True, extra="forbid", str_strip_whitespace=True)
    _clean = model_validator(mode="before")(clean)

    public_contacts: Annotated[tuple[Source, ...], Field(max_length=20)] = ()
    """Telephone numbers, addresses and postcodes in the texts that the writer says are public contacts.

    Also web addresses with a number that the writer says is the publisher's own for a page.
    """


class PriorityContent(Content):
    """A priority. The aim is a measure, where it stands, where it is to go, and by when: in words, figures or both.

    The figures are in the unit of the measure, and are a line on its chart.
    """

    title: Title
    summary: OptionalProse = None
    harm_areas: Annotated[tuple[HarmCode, ...], _FEW] = ()
    care_settings: Annotated[tuple[SettingCode, ...], _FEW] = ()
    origin: Origin | None = None
    how_set: OptionalProse = None
    metrics: Annotated[tuple[MetricId, ...], _FEW] = ()
    aim_metric: Annotated[MetricId | None, BeforeValidator(_nothing)] = None
    aim_measure: OptionalLine = None
    aim_baseline: OptionalLine = None
    aim_target: OptionalLine = None
    aim_start_value: OptionalFigure = None
    aim_target_value: OptionalFigure = None
    aim_by: OptionalDay = None
    involvement_level: InvolvementLevel | None = None
    patient_involvement: OptionalProse = None
    contact_role: OptionalLine = None
    review_date: OptionalDay = None
    outcome: OptionalProse = None


class TestContent(Content):
    """A test of change: what was asked and expected, what was done, what happened and what was learned."""

    title: Title
    question: OptionalProse = None
    prediction: OptionalProse = None
    plan: OptionalProse = None
    sites: OptionalLine = None
    start: OptionalDay = None
    end: OptionalDay = None
    what_happened: OptionalProse = None
    learned: OptionalProse = None
    decision: Decision | None = None


class ResultContent(Content):
    """One figure of a solution, with its kind, in whom, when, and where it stands."""

    measure: Line
    population: OptionalLine = None
    baseline: OptionalLine = None
    result: OptionalLine = None
    change: OptionalLine = None
    figure_kind: FigureKind
    when: OptionalLine = None
    source: Source


class ResourceContent(Content):
    """Something others can use."""

    title: Line
    url: Link = None


class SolutionContent(Content):
    """A solution, as the gallery's cases."""

    title: Title
    partners: OptionalLine = None
    care_settings: Annotated[tuple[SettingCode, ...], _FEW] = ()
    harm_areas: Annotated[tuple[HarmCode, ...], _FEW] = ()
    metrics: Annotated[tuple[MetricId, ...], _FEW] = ()
    problem: OptionalProse = None
    what_was_done: OptionalProse = None
    active_ingredients: Annotated[tuple[Line, ...], _FEW] = ()
    method: OptionalProse = None
    method_tags: Annotated[tuple[MethodTag, ...], _FEW] = ()
    start: OptionalDay = None
    end: OptionalDay = None
    results: Annotated[tuple[ResultContent, ...], Field(max_length=MOST_RECORDS)] = ()
    results_note: OptionalProse = None
    evidence_grade: Literal["A", "B", "C", "D"] | None = None
    patient_involvement: OptionalProse = None
    caveats: OptionalProse = None
    resources: Annotated[tuple[ResourceContent, ...], Field(max_length=MOST_RECORDS)] = ()
    contact_role: OptionalLine = None
    next_review: OptionalDay = None
    reason: OptionalProse = None


class AdoptionContent(Content):
    """How far an area has taken a solution up, since when, and what it changed."""

    stage: AdoptionStage | None = None
    sites: OptionalLine = None
    interested_on: OptionalDay = None
    engaged_on: OptionalDay = None
    adopted_on: OptionalDay = None
    sustained_on: OptionalDay = None
    stopped_on: OptionalDay = None
    adapted: OptionalProse = None
    note: OptionalProse = None


class RemovalContent(Content):
    """That a moderator removed words from a suggestion: what they were, and why."""

    was: Line
    reason: Prose


class SuggestionContent(Content):
    """What a member of the public says matters, and where; and what became of it."""

    what: Annotated[str, StringConstraints(min_length=10, max_length=1000)]
    area: AreaOrEngland
    harm_area: Annotated[HarmCode | None, BeforeValidator(_nothing)] = None
    reason: OptionalProse = None
    answer: OptionalProse = None
    removed: tuple[RemovalContent, ...] = ()


class EventContent(Content):
    """A learning event."""

    title: Title
    about: OptionalProse = None
    audience: OptionalLine = None
    date: OptionalDay = None
    end: OptionalDay = None
    place: OptionalLine = None
    capacity: Annotated[int | None, Field(ge=1, le=100_000)] = None
    link: Link = None
    reason: OptionalProse = None


class CapabilityContent(Content):
    """How many people were trained in a skill in a period, or how many coaches there were at its end."""

    what: Literal["people_trained", "coaches"] | None = None
    skill: Title
    start: OptionalDay = None
    end: OptionalDay = None
    people: Annotated[int | None, Field(ge=0, le=1_000_000)] = None
    how_counted: OptionalProse = None


class ChartDecisionContent(Content):
    """A decision about a measure's chart, from a day on. ``explanation`` is why; a reason is why it was withdrawn.

    ``baseline_points`` is on how many figures a baseline rests, ``target`` the target in the measure's unit.
    """

    metric: MetricId | None = None
    decision: ChartDecisionKind | None = None
    date: OptionalDay = None
    baseline_points: Annotated[int | None, Field(ge=12, le=120)] = None
    target: OptionalFigure = None
    explanation: Annotated[ShortReason | None, BeforeValidator(_nothing)] = None
    reason: OptionalProse = None


class GrantContent(Content):
    """A role: the words are in the row's own columns."""

    name: OptionalLine = None


CONTENTS: Mapping[Kind, type[Content]] = {
    "priority": PriorityContent,
    "test": TestContent,
    "solution": SolutionContent,
    "adoption": AdoptionContent,
    "suggestion": SuggestionContent,
    "event": EventContent,
    "capability": CapabilityContent,
    "chart_decision": ChartDecisionContent,
    "grant": GrantContent,
}

STAGE_DATES: Mapping[str, str] = {
    "interested": "interested_on",
    "engaged": "engaged_on",
    "adopted": "adopted_on",
    "sustained": "sustained_on",
    "stopped": "stopped_on",
}
"""The date of an adoption that belongs to each stage."""


def checked(
    kind: Kind, content: Mapping[str, Any], known: KnownIds, today: datetime.date | None = None
) -> dict[str, Any]:
    """Return the content as it will be stored: plain JSON, nothing left out that was given.

    Raises :class:`psc.register.errors.Incomplete` with what to do about each field that is not as it must be.
    """
    try:
        document = CONTENTS[kind].model_validate(content, context=known)
    except ValidationError as error:
        problems = {_place(item["loc"]): _in_words(item) for item in error.errors(include_url=False) if item["loc"]}
        raise Incomplete(problems) from None
    problems = _out_of_order(document) | _too_early(document, today or clock.today())
    if problems:
        raise Incomplete(problems)
    return document.model_dump(mode="json", exclude_defaults=True)


def _place(location: tuple[int | str, ...]) -> str:
    """Return the field that a fault is in; in a list of records, with the place, from 0 on, and the part of it."""
    in_a_record = len(location) > 2 and isinstance(location[1], int) and isinstance(location[2], str)
    return ".".join(str(part) for part in location[: 3 if in_a_record else 1])


def _out_of_order(document: Content) -> dict[str, str]:
    start, end = getattr(document, "start", None), getattr(document, "end", None)
    start = start or getattr(document, "date", None)
    if start and end and end < start:
        return {"end": "The end lies before the beginning."}
    return _stages_out_of_order(document) if isinstance(document, AdoptionContent) else {}


def _stages_out_of_order(adoption: AdoptionContent) -> dict[str, str]:
    days = {stage: getattr(adoption, field) for stage, field in STAGE_DATES.items()}
    reached = [day for day in days.values() if day]
    if reached != sorted(reached):
        return {"stage": "The dates of the stages are not in order: interested, engaged, adopted, sustained, stopped."}
    stages = list(STAGE_DATES)
    if adoption.stage in stages:
        for later in stages[stages.index(adoption.stage) + 1 :]:
            if days[later]:
                return {STAGE_DATES[later]: "This date belongs to a later stage than the one you chose."}
    if days["sustained"] and days["adopted"] and days["sustained"] < days["adopted"] + A_YEAR:
        return {"sustained_on": "Sustained means still in use a year or more after it was adopted."}
    return {}


def _too_early(document: Content, today: datetime.date) -> dict[str, str]:
    """What has happened has a day that has come."""
    happened = {
        AdoptionContent: tuple(STAGE_DATES.values()),
        TestContent: ("end",),
        CapabilityContent: ("end",),
    }.get(type(document), ())
    late = [field for field in happened if (day := getattr(document, field)) and day > today]
    return dict.fromkeys(late, "This day is still to come: leave it empty until then.")


def _in_words(item: Any) -> str:
    kind, context = item["type"], item.get("ctx", {})
    if kind == "string_too_long":
        return f"This is too long: at most {context['max_length']:,} characters."
    if kind == "string_too_short":
        return f"This is too short: at least {context['min_length']} characters."
    if kind == "too_long":
        return f"These are too many: at most {context['max_length']}."
    if kind == "missing":
        return "This is needed."
    if kind == "expected":
        return f"Expected {item['msg']}."
    if kind.startswith(("date_", "int_", "float_", "finite_", "greater_than", "less_than")):
        return f"This is no {'date' if kind.startswith('date_') else 'number'} that can be used."
    return f"This cannot be used: {item['msg'].lower()}."
