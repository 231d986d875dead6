"""Every clear change and every clear difference from England, as a table."""

from collections.abc import Iterator, Sequence
from html import escape

from psc.geography.areas import ENGLAND
from psc.narrate.against import departure
from psc.narrate.attention import Everywhere
from psc.narrate.measure_sections import SECTION_TITLES, section_of
from psc.narrate.verdicts import Verdict
from psc.narrate.words import describe_number
from psc.web.components.page_parts import html_table
from psc.web.components.verdict_cells import against_cell, change_cell, period_cell, sign_cell
from psc.web.session import store
from psc.web.session.navigation import address

COLUMNS = ["Measure", "Where", "Verdict", "Change (99% interval)", "Next to England", "Latest figure", "Period"]


def attention_table(everything: Sequence[Everywhere]) -> str:
    """Return all that is certain of harm, and of risks what England does and where areas differ from it (HTML)."""
    body = [
        _line(each, area, verdict)
        for section in SECTION_TITLES
        for each in everything
        if section_of(each.definition) == section
        for area, verdict in _shown(each)
    ]
    return html_table(
        COLUMNS,
        body,
        "Every clear change of harm; of risks and waits, England and what differs from it",
        cells_are_html=True,
    )


def _shown(found: Everywhere) -> Iterator[tuple[str, Verdict]]:
    england = found.england
    if england and england.is_judged:
        yield ENGLAND, england
    harm = section_of(found.definition) == "harm"
    for area, verdict in found.areas.items():
        if (harm and verdict.certain) or departure(verdict, england):
            yield area, verdict


def _line(found: Everywhere, area: str, verdict: Verdict) -> list[str]:
    definition = found.definition
    everywhere = area == ENGLAND
    where = (
        address("compare", metric=definition.id) if everywhere else address("chart", metric=definition.id, area=area)
    )
    return [
        f'<a href="{escape(where)}">{escape(definition.title)}</a>',
        escape("England" if everywhere else store.area_names()[area]),
        sign_cell(verdict),
        change_cell(verdict),
        "" if everywhere else against_cell(verdict, found.england),
        f"{describe_number(verdict.value, definition.decimals)} ({escape(definition.unit)})",
        period_cell(definition, verdict),
    ]
