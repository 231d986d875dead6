"""The page of one shared solution: a two-minute read."""

from html import escape

import streamlit as st

from psc.geography.areas import ENGLAND
from psc.narrate.words import capitalised, describe_count, describe_span
from psc.register.public.public_register import PublishedSolution
from psc.register.records.headline_figure import NOT_IN_ARTICLE, headline, in_order, is_outside_article
from psc.register.records.register_vocabulary import EVIDENCE_GRADES, FIGURE_KINDS, SOLUTION_STATUSES
from psc.register.records.solution_result import Result
from psc.web.components.page_parts import alert, facts, heading, html_table, section, source_links, tags
from psc.web.components.prose import NOT_RECORDED, or_not_recorded, prose
from psc.web.components.record_status import describe_review, standing_line, today
from psc.web.components.register_cards import describe_origin, harm_titles, setting_titles
from psc.web.session.navigation import address, link
from psc.web.solutions import spread_section


def case(solution: PublishedSolution) -> None:
    """Show one case."""
    own = solution.standing.is_areas_own
    heading(solution.title, page_summary(solution))
    link("solutions", "All shared solutions")
    _labels(solution)
    _withdrawn(solution)
    section("The problem")
    _text(solution.problem, own=own)
    section("What was done")
    _what_was_done(solution)
    section("What happened")
    _results(solution)
    section("What to know before trying it")
    _caution(solution)
    spread_section.grew_from(solution)
    section("Who else", "spread")
    spread_section.spread(solution)
    _take_up(solution)
    spread_section.measures(solution)
    section("Resources")
    _resources(solution)
    if solution.sources:
        section("Sources")
        st.html(f"<p>{source_links(solution.sources)}</p>")


def page_summary(solution: PublishedSolution) -> str:
    """Return the figure that speaks for a solution, with its kind, and how far it is on record elsewhere."""
    if solution.status == "withdrawn":
        return "Withdrawn: do not use."
    best = headline(solution)
    labels = [FIGURE_KINDS[best.kind][0].lower()] if best.kind else []
    labels += [NOT_IN_ARTICLE] if best.outside_article else []
    kind = f" ({'; '.join(labels)})" if labels else ""
    said = f"{best.sentence.rstrip('.')}{kind}. " if best.sentence else ""
    return f"{said}{_elsewhere(solution)}".strip()


def _elsewhere(solution: PublishedSolution) -> str:
    places = {taken.area for taken in solution.adopted_by} - set(solution.areas_of_origin)
    if solution.national_origin or ENGLAND in places:
        return ""
    others = capitalised(describe_count(len(places), "other area is", "other areas are" if places else "other area is"))
    return f"{others} on record as having looked at it or taken it up."


def _take_up(solution: PublishedSolution) -> None:
    """The way for another area's people to say that they take it up."""
    if solution.status != "withdrawn":
        where = escape(address("workspace", new="adoption", solution_id=solution.id))
        st.html(
            '<p class="psc-note">For the people of the 15 areas, signed in: '
            f'<a href="{where}">record that your area takes it up</a>.</p>'
        )


def _labels(solution: PublishedSolution) -> None:
    harms, settings = harm_titles(), setting_titles()
    labels = [
        describe_origin(solution),
        *(harms[code] for code in solution.harm_areas),
        *(settings[code] for code in solution.care_settings),
    ]
    review = describe_review(solution, today())
    due = f'<p class="psc-standing">{escape(review)}</p>' if review else ""
    st.html(f"{tags(labels)}{standing_line(solution)}{due}")


def _withdrawn(solution: PublishedSolution) -> None:
    if solution.status != "withdrawn":
        return
    if solution.standing.is_areas_own:
        alert("error", "Withdrawn: do not use.")
        _text(solution.withdrawn_reason, own=True)
    else:
        alert("error", f"Withdrawn: do not use. {solution.withdrawn_reason}")


def _text(words: str | None, *, own: bool = False) -> None:
    st.html(f'<div class="psc-read">{prose(words, own=own)}</div>')


def _what_was_done(solution: PublishedSolution) -> None:
    own = solution.standing.is_areas_own
    _text(solution.what_was_done, own=own)
    if solution.active_ingredients:
        st.html("<ul>" + "".join(f"<li>{escape(item)}</li>" for item in solution.active_ingredients) + "</ul>")
    st.html(
        facts(
            {
                "Method": prose(solution.method, own=own),
                "Partners": escape(solution.partners),
                "When": _when(solution),
            },
            values_are_html=True,
        )
    )


def _when(solution: PublishedSolution) -> str:
    doubtful = [name for name in ("start", "end") if name in solution.unverified_fields]
    note = f" ({' and '.join(doubtful)} inferred)" if doubtful else ""
    return capitalised(describe_span(solution.start, solution.end)) + escape(note)


def _results(solution: PublishedSolution) -> None:
    if solution.results:
        rows = [_result_row(solution, result) for result in in_order(solution.results)]
        columns = ["Measure", "Before", "After", "Change", "Kind of figure", "Population", "When", "Source"]
        st.html(html_table(columns, rows, "Published results", cells_are_html=True))
        kinds = dict.fromkeys(result.figure_kind for result in solution.results)
        whose = "" if solution.standing.is_areas_own else " The labels are ours."
        st.html(
            '<p class="psc-note">'
            + " ".join(f"<b>{escape(FIGURE_KINDS[kind][0])}</b>: {escape(FIGURE_KINDS[kind][1])}" for kind in kinds)
            + f"{whose}</p>"
        )
    if solution.results_note:
        _text(solution.results_note, own=solution.standing.is_areas_own)
    for award in solution.awards:
        _text(f"Award: {award.title}{f' ({award.when})' if award.when else ''}. A prize is not a result.")


def _result_row(solution: PublishedSolution, result: Result) -> list[str]:
    doubts = [f"Not verified: {result.unverified}"] if result.unverified else []
    doubts += [f"{capitalised(NOT_IN_ARTICLE)}."] if is_outside_article(solution, result) else []
    return [
        escape(result.measure) + "".join(f'<br><span class="psc-flag">{escape(doubt)}</span>' for doubt in doubts),
        or_not_recorded(result.baseline),
        or_not_recorded(result.result),
        or_not_recorded(result.change),
        f'<span class="psc-kind">{escape(FIGURE_KINDS[result.figure_kind][0])}</span>',
        or_not_recorded(result.population),
        or_not_recorded(result.when),
        source_links(result.sources),
    ]


def _caution(solution: PublishedSolution) -> None:
    own = solution.standing.is_areas_own
    grade, meaning = EVIDENCE_GRADES[solution.evidence_grade]
    # Whoever withdraws a solution takes its grade away with it: nobody graded it W.
    whose = ("" if solution.status == "withdrawn" else "The area graded it.") if own else "The grade is ours."
    pairs = {
        "Evidence": f"<b>{escape(solution.evidence_grade)}: {escape(grade)}.</b> {escape(meaning)} {whose}",
        "Cautions": prose(solution.caveats, own=own),
        "How patients took part": prose(solution.patient_involvement, own=own),
        "Status": escape(SOLUTION_STATUSES[solution.status][1]),
    }
    if own:
        pairs["Contact"] = or_not_recorded(solution.contact_role)
    if solution.unverified_note:
        pairs["Not verified"] = escape(solution.unverified_note)
    st.html(facts(pairs, values_are_html=True))


def _resources(solution: PublishedSolution) -> None:
    if not solution.resources:
        st.html(f"<p>{NOT_RECORDED}</p>")
        return
    items = [
        f"<li>{escape(item.title)}{': ' + source_links([item.url]) if item.url else ''}</li>"
        for item in solution.resources
    ]
    st.html(f"<ul>{''.join(items)}</ul>")
