"""The parts of an area's page."""

from collections.abc import Collection
from html import escape
from typing import cast

import pandas as pd
import streamlit as st

from psc import clock
from psc.catalogue.harm_vocabulary import HarmGroup
from psc.narrate.area import describe_being_done
from psc.narrate.measure_sections import SECTION_TITLES, section_of, short_name
from psc.narrate.words import capitalised, describe_count
from psc.register.public.public_register import PublishedAdoption
from psc.register.search.selection import adopted_by, priorities_of, solutions_of
from psc.web.components.adoption_table import adoption_table
from psc.web.components.chart_panels import panel
from psc.web.components.page_parts import facts, html_table, section
from psc.web.components.pdsa_cards import is_planned, solution_link, test_card
from psc.web.components.record_status import today
from psc.web.components.register_cards import priority_card, solution_card
from psc.web.session import store
from psc.web.session.cache import cached
from psc.web.session.navigation import address

COLUMNS = 3


def tile_map(chosen: str | None) -> str:
    """Return the 15 areas as tiles in roughly their places, each a link; the chosen one is marked."""
    tiles = "".join(
        f'<a class="psc-tile{" chosen" if area.id == chosen else ""}" style="grid-column:{area.tile_col};'
        f'grid-row:{area.tile_row + 1}" href="{escape(address("area", area=area.id))}"'
        f"{' aria-current=true' if area.id == chosen else ''}>{escape(area.short_name)}</a>"
        for area in store.areas().itertuples()
    )
    return f'<nav class="psc-tiles" aria-label="The 15 areas, roughly where they lie">{tiles}</nav>'


def being_done(area: str) -> str:
    """Return what the area works on now, with the way to its priorities (HTML)."""
    words = describe_being_done(priorities_of(store.register(), area), clock.today())
    return f'<p class="psc-read">{escape(words)} <a href="#priorities">See its priorities</a>.</p>'


def who(area: pd.Series) -> None:
    """Show who this collaborative is: names then and now, where, how many people, which trusts."""
    names = store.rows("area_names", area=area["id"])
    told = [_name_line(row, area["hin_name"]) for _, row in names.iterrows()]
    trusts = store.rows("area_organisations", area=area["id"])
    left, right = st.columns([2.1, 1], gap="large")
    with left:
        pairs = {
            "Patient Safety Collaborative": escape(area["psc_name"]),
            "Led by": _website(area),
            "Names over time": "<br>".join(told),
            "Places covered": escape(area["places"]),
            "People": f"{area['population']:,} (mid-2020), {area['population_65_plus']:,} of them 65 or over",
            "NHS trusts": f"{len(trusts)} (2022 list)",
        }
        if area["straddles"]:
            pairs["Boundary"] = escape(area["straddles"])
        st.html(facts(pairs, values_are_html=True))
        with st.expander(f"The {len(trusts)} NHS trusts, and how each was placed"):
            rows = [[escape(row.name_), escape(row.ods_code), escape(row.basis)] for row in _named(trusts)]
            st.html(
                html_table(["Trust", "ODS code", "Placed by"], rows, "NHS trusts of this area", cells_are_html=True)
            )
    with right:
        st.html(tile_map(area["id"]))


def _website(area: pd.Series) -> str:
    if not area["website"]:
        return escape(area["hin_name"])
    doubt = " (address not verified)" if "website" in area["unverified"].split("; ") else ""
    return f'<a href="{escape(area["website"])}">{escape(area["hin_name"])}</a>{doubt}'


def _named(trusts: pd.DataFrame):  # type: ignore[no-untyped-def]
    return trusts.rename(columns={"name": "name_"}).itertuples()


@cached(entries=60, register=True)
def _solution_cards(area: str, day: str) -> str:
    return "".join(solution_card(solution, day) for solution in solutions_of(store.register(), area))


def _name_line(row: pd.Series, current: str) -> str:
    since = "from a date not recorded" if pd.isna(row["valid_from"]) else f"from {row['valid_from']:%-d %B %Y}"
    if pd.notna(row["valid_to"]):
        until = f" to {row['valid_to']:%-d %B %Y}"
    else:
        until = "" if row["name"] == current else " to a date not recorded"
    doubt = "" if row["verified"] else " (not verified)"
    return f"{escape(row['name'])}: {since}{until}{doubt}"


def trends(area: str) -> None:
    """Show every measure with a series as small multiples: harm, then risks and waits, each by kind of harm."""
    for section_title, groups in _trend_sections(area):
        st.html(f'<h3 class="psc-group" id="{escape(_anchor(section_title))}">{escape(section_title)}</h3>')
        for title, metrics in groups:
            st.html(f'<h4 class="psc-subgroup">{escape(title)}</h4>')
            for start in range(0, len(metrics), COLUMNS):
                columns = st.columns(COLUMNS, gap="medium")
                for column, metric in zip(columns, metrics[start : start + COLUMNS], strict=False):
                    with column:
                        definition, key = store.definition(metric), f"area {area} {metric}"
                        panel(metric, area, short_name(definition), key=key, level=5, technical=definition.title)

    if absent := _without_figures(area):
        st.html(f'<p class="psc-note">{escape(absent)}</p>')


def _anchor(title: str) -> str:
    return title.lower().replace(" ", "-")


@cached(entries=60)
def _without_figures(area: str) -> str:
    """Name the measures that have figures, but none of this area."""
    measured = store.verdicts_in(area)
    absent = [short_name(one) for one in store.catalogue().metrics if one.has_series and one.id not in measured]
    return f"Measures without a figure of this area: {'; '.join(absent)}." if absent else ""


@cached(entries=60)
def _trend_sections(area: str) -> list[tuple[str, list[tuple[str, list[str]]]]]:
    """The sections with a series in this area: their kinds of harm with the measures, in the pickers' order."""
    catalogue, measured = store.catalogue(), store.verdicts_in(area)
    sections = []
    for section_code, section_title in SECTION_TITLES.items():
        groups = [(group.title, _measures_of(group, section_code, measured)) for group in catalogue.harm_groups]
        if found := [group for group in groups if group[1]]:
            sections.append((section_title, found))
    return sections


def _measures_of(group: HarmGroup, section_code: str, measured: Collection[str]) -> list[str]:
    catalogue = store.catalogue()
    own = [metric for metric in measured if catalogue.group_of[catalogue.by_id[metric].harm_area] == group]
    return [metric for metric in own if section_of(catalogue.by_id[metric]) == section_code]


def priorities(area: str) -> None:
    """Show the priorities of the area: its own, those shared with some, and the national ones on request."""
    own, national, nationals = _priority_cards(area, today())
    if own:
        st.html(f'<div class="psc-cards">{own}</div>')
    else:
        st.markdown("No local priority of this area was found in public sources.")
    with st.expander(f"{nationals} national priorities that every area shares"):
        st.html(f'<div class="psc-cards">{national}</div>')


@cached(entries=60, register=True)
def _priority_cards(area: str, day: str) -> tuple[str, str, int]:
    """The cards of the area's own priorities, those of the national ones, and how many national ones there are.

    ``day`` is today: whether the day of an aim has passed is on its card.
    """
    found = priorities_of(store.register(), area)
    own = [priority_card(priority) for priority in found if priority.scope != "national"]
    national = [priority_card(priority) for priority in found if priority.scope == "national"]
    return "".join(own), "".join(national), len(national)


def tests(area: str) -> None:
    """Show the tests of change of the area that are under way, and those that have ended on request."""
    found = sorted(
        (test for test in store.register().tests if test.area == area), key=lambda test: test.start or "", reverse=True
    )
    running = [test_card(test, elsewhere=True) for test in found if not test.end and not is_planned(test)]
    planned = [test_card(test, elsewhere=True) for test in found if is_planned(test)]
    ended = [test_card(test, elsewhere=True) for test in found if test.end]
    if running:
        st.html(f'<div class="psc-cards">{"".join(running)}</div>')
    else:
        st.markdown("No test of change under way is recorded for this area.")
    if planned:
        with st.expander(capitalised(describe_count(len(planned), "test that is planned", "tests that are planned"))):
            st.html(f'<div class="psc-cards">{"".join(planned)}</div>')
    if ended:
        with st.expander(capitalised(describe_count(len(ended), "test that has ended", "tests that have ended"))):
            st.html(f'<div class="psc-cards">{"".join(ended)}</div>')


def shared(area: str) -> None:
    """Show what began here, and what was taken up from others where a source says so."""
    section("Solutions that began here", "shared")
    if began := _solution_cards(area, today()):
        st.html(f'<div class="psc-cards">{began}</div>')
    else:
        st.markdown("No shared solution that began here was found in public sources.")
    section(
        "Adopted, or looked at, from others",
        "adopted",
        "Only where the area or a public source says so. The stage says how far it went.",
    )
    taken = [pair for pair in adopted_by(store.register(), area) if area not in pair[0].areas_of_origin]
    if taken:
        rows = [(solution_link(solution), cast(PublishedAdoption, adoption)) for solution, adoption in taken]
        st.html(adoption_table(rows, "Solution", "Adopted from other areas", sources=False))
    else:
        st.markdown("No adoption by this area is recorded. That is not to say there was none.")
