"""Where the level of a measure in an area clearly differs from England's, whatever its change."""

from html import escape

from psc.clock import today
from psc.narrate.area import Measured, months_old
from psc.narrate.levels import NOT_A_VERDICT, Level, describe_level, levels_sentence
from psc.narrate.people_sentences import PEOPLE_NOTE, describe_people, describe_when
from psc.web.area.area_cells import england_cell, england_figure, figure_cell, name_cell, period_cell
from psc.web.components.page_parts import html_table
from psc.web.components.people_at_england_rate import people_on
from psc.web.session import store

OLDEST_MONTHS = 60
"""Older figures say too little of today's level to stand at the head of a page; the trends have them."""
INTERVALS = "In brackets are 99% intervals."
COLUMNS = ["Measure", "Here", "In England", "Level here", "At England’s rate", "Figures"]


def levels(area: str, measured: list[Measured]) -> list[Level]:
    """Return the levels in an area that are listed: harm and waits, then other risks; furthest from England's first."""
    found = [_level(one, area) for one in measured if months_old(one.verdict.period_end, today()) < OLDEST_MONTHS]
    return sorted(
        (level for level in found if level.is_listed),
        key=lambda level: (level.definition.kind == "hazard", -level.size),
    )


def _level(one: Measured, area: str) -> Level:
    metric = one.definition.id
    ways = store.rows("funnel_areas", metric=metric).set_index("area_id")["level"]
    return Level(
        one.definition,
        one.verdict,
        england_figure(one.definition, one.verdict),
        way=ways.get(area, ""),
        people=people_on(metric).get(area),
    )


def levels_text(area: str, measured: list[Measured]) -> str:
    """Return what is said of the levels in an area: a sentence, then a table with what they mean in people (HTML)."""
    listed = levels(area, measured)
    sentence = f'<p class="psc-read">{escape(levels_sentence(listed))}</p>'
    if not listed:
        return sentence
    note = f"{INTERVALS} {PEOPLE_NOTE}" if any(level.people for level in listed) else NOT_A_VERDICT
    body = [_row(level, area) for level in listed]
    table = html_table(COLUMNS, body, "The level here and in England", cells_are_html=True)
    return f'{sentence}{table}<p class="psc-note">{note}</p>'


def _row(level: Level, area: str) -> list[str]:
    return [
        name_cell(level.definition, area),
        figure_cell(level.definition, level.verdict, area),
        england_cell(level.definition, level.verdict),
        escape(describe_level(level)),
        escape(_describe_people(level)),
        period_cell(level.verdict),
    ]


def _describe_people(level: Level) -> str:
    """How many more or fewer there would be, in which time; nothing said where the level is not clear."""
    if level.people is None or not level.people.clear:
        return "–"
    return f"{describe_people(level.people)} in {describe_when(level.people)}"
