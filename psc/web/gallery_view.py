"""The parts of the Shared learning page: the gallery with its filters, and the page of one case."""

from html import escape

import streamlit as st

from psc.narrate.words import capitalised, span_words, tally_words
from psc.register.headline import headline
from psc.register.select import SolutionChoice, count_solutions, filter_solutions
from psc.register.solution import Result, Solution
from psc.register.vocabulary import (
    ADOPTION_STAGES,
    EVIDENCE_GRADES,
    FIGURE_KINDS,
    METHODS,
    SOLUTION_STATUSES,
    SPREAD,
)
from psc.web import data
from psc.web.filters import Chosen, Counts, Filter, pick
from psc.web.navigation import link
from psc.web.parts import facts, heading, html_table, section, source_links, tags
from psc.web.register_cards import (
    NOT_RECORDED,
    area_words,
    group_titles,
    harm_titles,
    measure_link,
    origin_words,
    setting_titles,
    solution_card,
    spread_dots,
    titles_of,
)


def choices() -> SolutionChoice:
    """Show the search box and the filters; return what was chosen."""
    grades = {code: f"{code}: {title}" for code, title in titles_of(EVIDENCE_GRADES).items()}
    chosen, text = pick(
        [
            Filter("harm_groups", "Kind of harm", "harm", group_titles()),
            Filter("care_settings", "Care setting", "setting", setting_titles()),
            Filter("methods", "How it was done", "method", titles_of(METHODS)),
            Filter("origins", "Where it began", "origin", {**data.area_names(), "england": "All 15 areas together"}),
            Filter("evidence_grades", "Evidence", "evidence", grades),
            Filter("statuses", "Status", "status", titles_of(SOLUTION_STATUSES)),
        ],
        "For example: falls in care homes",
        lambda asked, words: _counts(data.version(), _choice(asked, words)),
    )
    return _choice(chosen, text)


@st.cache_data(max_entries=300, show_spinner=False)
def _counts(version: str, choice: SolutionChoice) -> Counts:
    return count_solutions(data.register(), choice)


def _choice(chosen: Chosen, text: str) -> SolutionChoice:
    return SolutionChoice(**chosen, text=text)


def answer(found: list[Solution]) -> str:
    """Return how many cases match, and how many of them have a measured result."""
    everything = len(data.register().solutions)
    shown = f"{len(found)} of {everything}" if len(found) < everything else f"{everything}"
    measured = sum(headline(solution).result is not None for solution in found)
    return (
        f"{shown} shared solutions; {tally_words(measured)} give an observed or adjusted result. The card shows the "
        "one that best speaks for use at scale, never a pilot or a modelled figure."
    )


def gallery(choice: SolutionChoice) -> None:
    """Show the matching cases as cards."""
    if cards := _cards(data.version(), choice):
        st.html(f'<div class="psc-cards">{cards}</div>')
    else:
        st.info("No shared solution matches all of these filters. Take one away, or search for fewer words.")


@st.cache_data(max_entries=300, show_spinner=False)
def _cards(version: str, choice: SolutionChoice) -> str:
    return "".join(solution_card(solution) for solution in filter_solutions(data.register(), choice))


def case(solution: Solution) -> None:
    """Show one case as a two-minute read."""
    link("shared", "All shared solutions")
    heading(solution.title)
    harms, settings = harm_titles(), setting_titles()
    labels = [
        origin_words(solution),
        *(harms[c] for c in solution.harm_areas),
        *(settings[c] for c in solution.care_settings),
    ]
    st.html(tags(labels))
    if solution.status == "withdrawn":
        st.error(f"**Withdrawn: do not use.** {solution.withdrawn_reason}")
    section("The problem")
    _text(solution.problem)
    section("What was done")
    _text(solution.what_was_done)
    if solution.active_ingredients:
        st.html("<ul>" + "".join(f"<li>{escape(item)}</li>" for item in solution.active_ingredients) + "</ul>")
    st.html(
        facts(
            {
                "Method": _or_not_recorded(solution.method),
                "Partners": escape(solution.partners),
                "When": _when(solution),
            }
        )
    )
    section("What happened")
    _results(solution)
    section("What to know before trying it")
    _caution(solution)
    section("Who else")
    _spread(solution)
    section("Resources")
    _resources(solution)
    section("Sources")
    st.html(f"<p>{source_links(solution.sources)}</p>")


def _text(words: str) -> None:
    st.html(f'<p class="psc-read">{escape(words)}</p>')


def _or_not_recorded(words: str | None) -> str:
    return escape(words) if words else NOT_RECORDED


def _when(solution: Solution) -> str:
    doubtful = [name for name in ("start", "end") if name in solution.unverified_fields]
    note = f" ({' and '.join(doubtful)} inferred)" if doubtful else ""
    return capitalised(span_words(solution.start, solution.end)) + escape(note)


def _results(solution: Solution) -> None:
    if solution.results:
        rows = [_result_row(result) for result in solution.results]
        columns = ["Measure", "Before", "After", "Change", "Kind of figure", "Population", "When", "Source"]
        st.html(html_table(columns, rows, "Published results"))
        kinds = dict.fromkeys(result.figure_kind for result in solution.results)
        st.html(
            '<p class="psc-note">'
            + " ".join(f"<b>{escape(FIGURE_KINDS[kind][0])}</b>: {escape(FIGURE_KINDS[kind][1])}" for kind in kinds)
            + " The labels are ours.</p>"
        )
    if solution.results_note:
        _text(solution.results_note)
    for award in solution.awards:
        _text(f"Award: {award.title}{f' ({award.when})' if award.when else ''}. A prize is not a result.")


def _result_row(result: Result) -> list[str]:
    doubt = f'<br><span class="psc-flag">Not verified: {escape(result.unverified)}</span>' if result.unverified else ""
    return [
        escape(result.measure) + doubt,
        _or_not_recorded(result.baseline),
        _or_not_recorded(result.result),
        _or_not_recorded(result.change),
        f'<span class="psc-kind">{escape(FIGURE_KINDS[result.figure_kind][0])}</span>',
        _or_not_recorded(result.population),
        _or_not_recorded(result.when),
        source_links(result.sources),
    ]


def _caution(solution: Solution) -> None:
    grade, meaning = EVIDENCE_GRADES[solution.evidence_grade]
    graded = f"<b>{escape(solution.evidence_grade)}: {escape(grade)}.</b> {escape(meaning)} The grade is ours."
    pairs = {
        "Evidence": graded,
        "Cautions": _or_not_recorded(solution.caveats),
        "How patients took part": _or_not_recorded(solution.patient_involvement),
        "Status": escape(SOLUTION_STATUSES[solution.status][1]),
    }
    if solution.unverified_note:
        pairs["Not verified"] = escape(solution.unverified_note)
    st.html(facts(pairs))


def _spread(solution: Solution) -> None:
    _text(solution.spread)
    st.html(f"<p>{spread_dots(solution)}: {escape(SPREAD[solution.spread_reach][1])} The label is ours.</p>")
    if solution.adopted_by:
        rows = [
            [
                "England" if adoption.area == "england" else escape(area_words((adoption.area,))),
                escape(ADOPTION_STAGES[adoption.stage][0]),
                _or_not_recorded(adoption.note),
                source_links(adoption.sources),
            ]
            for adoption in solution.adopted_by
        ]
        st.html(html_table(["Where", "Stage", "What the source says", "Source"], rows, "Taken up elsewhere"))
    lines = [f"<li>{measure_link(metric)}</li>" for metric in solution.metrics]
    if lines:
        st.html(f"<p>Measures of the same harm (chosen by us; not results of this work):</p><ul>{''.join(lines)}</ul>")


def _resources(solution: Solution) -> None:
    if not solution.resources:
        st.html(f"<p>{NOT_RECORDED}</p>")
        return
    items = [
        f"<li>{escape(item.title)}{': ' + source_links([item.url]) if item.url else ''}</li>"
        for item in solution.resources
    ]
    st.html(f"<ul>{''.join(items)}</ul>")
