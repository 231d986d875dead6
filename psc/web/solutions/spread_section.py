"""The parts of a solution's page on the chain around it: the tests it grew from, who took it up, what followed."""

from collections.abc import Mapping, Sequence
from html import escape

import streamlit as st

from psc.charts.maps.spread import spread_funnel, spread_map
from psc.geography.areas import ENGLAND
from psc.narrate.words import describe_date, describe_list
from psc.register.public.public_register import PublishedAdoption, PublishedSolution
from psc.register.records.register_vocabulary import SPREAD
from psc.web.components.adoption_table import adoption_table, describe_stage
from psc.web.components.chart_annotations import changes_of
from psc.web.components.chart_panels import panel
from psc.web.components.page_parts import section
from psc.web.components.pdsa_cards import test_link
from psc.web.components.prose import prose
from psc.web.components.register_cards import measure_link, spread_dots
from psc.web.components.render import html_link
from psc.web.session import store
from psc.web.session.navigation import address, link

MOST_PANELS = 6
COLUMNS = 3
NOT_CAUSED = (
    "A chart shows what the figures did before and after. It does not show that the solution caused it: other things "
    "change at the same time, and the measure is of the whole area."
)
NOT_MARKED = "No dated adoption is recorded, so the charts are not marked."
ONLY_TESTS = "No dated adoption is recorded, so only the tests it grew from are marked."


def grew_from(solution: PublishedSolution) -> None:
    """Show the tests of change from which the solution grew; nothing where it was compiled and none is linked."""
    register = store.register()
    tests = [register.tests_by_id[test] for test in solution.test_ids if test in register.tests_by_id]
    if tests or solution.standing.is_areas_own:
        section("The tests it grew from", "tests")
        listed = _list([test_link(test) for test in tests])
        st.html(listed if tests else "<p>No published test of change is linked to it.</p>")


def spread(solution: PublishedSolution) -> None:
    """Show how far the solution has spread: in words, as a funnel, on the map, and who said what."""
    st.html(f'<div class="psc-read">{prose(solution.spread, own=False)}</div>')
    whose = "" if solution.standing.is_areas_own else " The label is ours."
    st.html(f"<p>{spread_dots(solution)}: {escape(SPREAD[solution.spread_reach][1])}{whose}</p>")
    _pictures(solution)
    if solution.adopted_by:
        rows = [(_where(adoption), adoption) for adoption in sorted(solution.adopted_by, key=_by_name)]
        st.html(adoption_table(rows, "Where", "Taken up elsewhere", sources=True))


def _pictures(solution: PublishedSolution) -> None:
    """A funnel and a map of single areas would belie work that all of them did together."""
    stages = {adoption.area: adoption.stage for adoption in solution.adopted_by if adoption.area != ENGLAND}
    if solution.national_origin:
        st.html("<p>All 15 areas worked on it together, so no spread from one to another is drawn.</p>")
        return
    if not stages:
        st.html(spread_funnel({}))
    else:
        left, right = st.columns([1.2, 1], gap="large")
        with left:
            st.html(spread_funnel(stages))
        with right:
            drawn = spread_map(store.documents().catchments, stages, solution.areas_of_origin, store.area_names())
            st.html(drawn)
    if len(stages) < len(solution.adopted_by):
        st.html("<p>A source says that it was taken up across England, without naming every area: see the table.</p>")


def _by_name(adoption: PublishedAdoption) -> tuple[bool, str]:
    return adoption.area == ENGLAND, store.area_names().get(adoption.area, "")


def _where(adoption: PublishedAdoption) -> str:
    if adoption.area == ENGLAND:
        return "England"
    return html_link(address("area", area=adoption.area), store.area_names()[adoption.area])


def measures(solution: PublishedSolution) -> None:
    """Show how the linked measures moved where the solution began and where it was taken up."""
    if not solution.metrics:
        return
    chosen = "by the area" if solution.standing.is_areas_own else "by us"
    section("How the linked measures moved", "measures", NOT_CAUSED)
    links = _list([measure_link(metric) for metric in solution.metrics])
    st.html(f"<p>Measures of the same harm (chosen {chosen}; not results of this work):</p>{links}")
    drawn = [metric for metric in solution.metrics if store.definition(metric).has_series]
    places = _places(solution)
    if note := _note(solution, drawn, places):
        st.html(f'<p class="psc-note">{note}</p>')
    for metric in drawn if places else ():
        _panels(solution, metric, places)


def _note(solution: PublishedSolution, drawn: Sequence[str], places: Mapping[str, str]) -> str:
    if not drawn:
        return "No published series of them is loaded, so there is no chart to show."
    if not places:
        return "All 15 areas worked on it together: Compare shows each of them."
    if any("adopted" in adoption.reached for adoption in solution.adopted_by):
        return ""
    return ONLY_TESTS if any(changes_of(solution, area) for area in places) else NOT_MARKED


def _panels(solution: PublishedSolution, metric: str, everywhere: Mapping[str, str]) -> None:
    measured = set(store.rows("metric_signals", metric=metric)["area_id"])
    places = {area: words for area, words in everywhere.items() if area in measured}
    st.html(f'<h3 class="psc-group">{escape(store.definition(metric).title)}</h3>')
    shown = list(places.items())[:MOST_PANELS]
    for start in range(0, len(shown), COLUMNS):
        for column, (area, words) in zip(
            st.columns(COLUMNS, gap="medium"), shown[start : start + COLUMNS], strict=False
        ):
            with column:
                title = f"{store.area_names()[area]}: {words}"
                key = f"case {solution.id} {metric} {area}"
                panel(metric, area, title, key=key, level=4, changes=changes_of(solution, area))
    if more := list(places.items())[MOST_PANELS:]:
        named = [f"{_chart_link(metric, area)} ({escape(words)})" for area, words in more]
        st.html(f'<p class="psc-read">Also: {describe_list(named)}.</p>')
    if absent := [store.area_names()[area] for area in everywhere if area not in measured]:
        st.html(f'<p class="psc-note">No figure of this measure: {escape(describe_list(absent))}.</p>')
    link("compare", "All 15 areas in Compare", metric=metric)


def _list(items: list[str]) -> str:
    return f'<ul class="psc-list">{"".join(f"<li>{item}</li>" for item in items)}</ul>'


def _chart_link(metric: str, area: str) -> str:
    where = escape(address("chart", metric=metric, area=area))
    return f'<a href="{where}">{escape(store.area_names()[area])}</a>'


def _places(solution: PublishedSolution) -> dict[str, str]:
    """Where to look, and why: where it began, then who took it up, those with a date of adoption first."""
    taken = [
        adoption for adoption in solution.adopted_by if adoption.area != ENGLAND and adoption.stage != "interested"
    ]
    dated = sorted((a for a in taken if "adopted" in a.reached), key=lambda a: a.reached["adopted"])
    places = dict.fromkeys(solution.areas_of_origin, "it began here")
    for adoption in dated:
        places.setdefault(adoption.area, f"adopted {describe_date(adoption.reached['adopted'])}")
    for adoption in taken:
        places.setdefault(adoption.area, describe_stage(adoption).lower())
    return places
