"""The parts of a priority's own page: what it is, what it is to reach, what was tested, and what came of it."""

from html import escape

import streamlit as st

from psc.narrate.aim_sentences import aim_figure
from psc.narrate.words import capitalised, describe_count, describe_date, describe_list, describe_tally
from psc.register.public.public_register import Aim, PdsaCycle, PublishedPriority, PublishedSolution, Suggestion
from psc.register.records.register_vocabulary import INVOLVEMENT_LEVELS, ORIGINS
from psc.web.components.aim_list import aims_of_priority
from psc.web.components.page_parts import facts, section, source_links, tags
from psc.web.components.pdsa_cards import is_planned, test_card
from psc.web.components.prose import NOT_RECORDED, or_not_recorded, prose
from psc.web.components.record_status import standing_line
from psc.web.components.register_cards import (
    ALL_AREAS,
    current_verdict,
    describe_area,
    describe_status,
    describe_years,
    harm_titles,
    setting_titles,
    solution_card,
)
from psc.web.session import store
from psc.web.session.navigation import address, link


def page_summary(priority: PublishedPriority) -> str:
    """Return whose priority it is, how it stands, and what has been tested and shared so far."""
    place = describe_area(priority.areas).replace(ALL_AREAS, ALL_AREAS[:1].lower() + ALL_AREAS[1:])
    said = f"A priority of {place}. {describe_status(priority)}."
    tests, grown = tests_of(priority), solutions_of_tests(priority)
    if not tests:
        return f"{said} No test of change is recorded."
    running = sum(test.end is None and not is_planned(test) for test in tests)
    one = len(tests) == 1
    state = ("which is under way" if running else "which has ended") if one else f"{describe_tally(running)} under way"
    came = f"; {describe_count(len(grown), 'solution')} grew out of {'it' if one else 'them'}" if grown else ""
    counted = capitalised(describe_count(len(tests), "test of change", "tests of change"))
    return f"{said} {counted}, {state}{came}."


def tests_of(priority: PublishedPriority) -> list[PdsaCycle]:
    """Return the tests of a priority in the order of their cycles."""
    return list(store.register().tests_by_priority.get(priority.id, ()))


def solutions_of_tests(priority: PublishedPriority) -> list[PublishedSolution]:
    """Return the solutions that grew out of the tests of a priority, each once."""
    register = store.register()
    found = [solution for test in tests_of(priority) for solution in register.solutions_from(test.id)]
    return list({solution.id: solution for solution in found}.values())


def about(priority: PublishedPriority) -> None:
    """Show whose word it is, what it is in plain English, and how it came about."""
    harms, settings = harm_titles(), setting_titles()
    own = priority.standing.is_areas_own
    labels = [*(harms[code] for code in priority.harm_areas), *(settings[code] for code in priority.care_settings)]
    st.html(f"{tags(labels)}{standing_line(priority)}")
    st.html(f'<div class="psc-read">{prose(priority.summary, own=own)}</div>')
    title, meaning = ORIGINS[priority.origin]
    pairs = {
        "Who set it": f"<b>{escape(title)}.</b> {escape(meaning)}",
        "How it was set": prose(priority.how_set, own=own),
        "How patients and staff took part": _involvement(priority),
        "When": escape(describe_years(priority)),
        "Areas": _area_links(priority),
    }
    if own:
        # A priority that is closed is over: nobody will look at it again.
        if priority.status != "closed":
            pairs["To be looked at again"] = (
                describe_date(priority.review_date) if priority.review_date else NOT_RECORDED
            )
        pairs["Contact"] = or_not_recorded(priority.contact_role)
    if priority.outcome or (own and priority.status == "closed"):
        pairs["What came of it"] = prose(priority.outcome, own=True)
    st.html(facts(pairs | _doubts(priority), values_are_html=True))


def _involvement(priority: PublishedPriority) -> str:
    said = prose(priority.patient_involvement, own=priority.standing.is_areas_own)
    if not priority.involvement_level:
        return said
    title, meaning = INVOLVEMENT_LEVELS[priority.involvement_level]
    return f"<b>{escape(title)}.</b> {escape(meaning)} {said}"


def _area_links(priority: PublishedPriority) -> str:
    if priority.scope == "national":
        return ALL_AREAS
    names = store.area_names()
    return describe_list(
        [f'<a href="{escape(address("area", area=area))}">{escape(names[area])}</a>' for area in priority.areas]
    )


def _doubts(priority: PublishedPriority) -> dict[str, str]:
    found = {"Note": priority.note, "Not verified": priority.unverified_note}
    if not priority.verified and not priority.unverified_note:
        found["Not verified"] = "The source was not read in full."
    told = {name: escape(words) for name, words in found.items() if words}
    return told | ({"Source": source_links(priority.sources)} if priority.sources else {})


def aim(priority: PublishedPriority) -> None:
    """Show what the priority is to reach, and what its measure says now: never whether it is on the way there."""
    section("What it is to reach", "aim")
    if priority.aim is None:
        st.html(f"<p>{NOT_RECORDED}</p>")
        return
    sentence = aims_of_priority(priority)
    said = f'<p class="psc-read">{sentence}</p>' if sentence else ""
    st.html(f"{said}{facts(_aim_facts(priority, priority.aim), values_are_html=True)}")


def _aim_facts(priority: PublishedPriority, aim: Aim) -> dict[str, str]:
    measure = store.catalogue().by_id[aim.metric].title if aim.metric else aim.measure
    pairs = {
        "Measure": escape("; ".join(dict.fromkeys(part for part in (measure, aim.measure) if part))) or NOT_RECORDED,
        "Where it stood": _figure_and_words(aim, aim.start_value, aim.baseline),
        "To reach": _figure_and_words(aim, aim.target_value, aim.target),
        "By": describe_date(aim.by) if aim.by else NOT_RECORDED,
    }
    if aim.metric:
        pairs["What the measure says now"] = current_verdict(aim.metric, priority.areas, of_area=True)
    return pairs


def _figure_and_words(aim: Aim, value: float | None, words: str | None) -> str:
    """Return a figure of an aim with its unit, and what its area said of it in words (HTML)."""
    if value is None or aim.metric is None:
        return or_not_recorded(words)
    figure = escape(aim_figure(store.definition(aim.metric), value))
    return f"{figure}. {escape(words)}" if words else figure


def measures(priority: PublishedPriority) -> None:
    """Show what the linked measures say now."""
    chosen = "the area" if priority.standing.is_areas_own else "us"
    section(
        "Linked measures now",
        "measures",
        f"Measures of the same harm, chosen by {chosen}: a change in one is not a result of the priority.",
    )
    if not priority.metrics:
        st.html("<p>No measure of this site is linked to it.</p>")
        return
    lines = "".join(f"<li>{current_verdict(metric, priority.areas, of_area=True)}</li>" for metric in priority.metrics)
    st.html(f'<ul class="psc-linked">{lines}</ul>')


def tests(priority: PublishedPriority) -> None:
    """Show the tests of change in the order of their cycles."""
    section("Tests of change", "tests", "Small tests: plan, do, study, act. What did not work is told as well.")
    found = tests_of(priority)
    _cards([test_card(test) for test in found], "No test of change of this priority is recorded.")


def grown(priority: PublishedPriority) -> None:
    """Show the solutions that grew out of the tests."""
    section("Solutions that grew out of the tests", "solutions")
    found = solutions_of_tests(priority)
    _cards(
        [solution_card(solution) for solution in found],
        "No solution that grew out of its tests has been shared.",
    )


def _cards(cards: list[str], none: str) -> None:
    st.html(f'<div class="psc-cards">{"".join(cards)}</div>' if cards else f"<p>{none}</p>")


def suggestions(priority: PublishedPriority) -> None:
    """Show what members of the public said that this priority answers; nothing where it answers none."""
    found = [said for said in store.register().suggestions if said.priority_id == priority.id]
    if found:
        section("You said, we did", "suggestions", "What members of the public said matters to them.")
        st.html("".join(_suggestion(said) for said in found))


def _suggestion(said: Suggestion) -> str:
    place = store.area_names().get(said.area, "England")
    answered = f'<div class="psc-result">{prose(said.answer, own=True)}</div>' if said.answer else ""
    return (
        f'<article><blockquote class="psc-said">{escape(said.what)}</blockquote>'
        f'<p class="psc-small">A member of the public, {escape(place)}, {describe_date(said.sent_on[:7])}</p>'
        f"{answered}</article>"
    )


def ways_on(priority: PublishedPriority) -> None:
    """Show the ways on from here."""
    link("priorities", "All published priorities")
    if len(priority.areas) == 1:
        area = priority.areas[0]
        link("area", f"All that is happening in {store.area_names()[area]}", area=area)
