"""Areas like mine: where a measure that is a concern here is improving, and what those areas have shared on it."""

from collections.abc import Sequence
from html import escape

import pandas as pd
import streamlit as st

from psc.narrate.signals import movement_words
from psc.narrate.words import capitalised
from psc.register.models import Priority
from psc.register.select import priorities_about, solutions_about
from psc.register.solution import Solution
from psc.web import data
from psc.web.navigation import address
from psc.web.parts import html_table, icon

NOWHERE = '<p class="psc-read">No area shows an improvement on this measure now.</p>'
COLUMNS = ["Area", "What the figures show", "Solutions it shared on this", "Priorities it published on this"]


def improving_elsewhere(metric: str) -> str:
    """Return the areas whose figures improve on a measure, with what they shared and published on it (HTML)."""
    return _improving_elsewhere(data.register_version(), metric)


@st.cache_resource(max_entries=60, show_spinner=False)
def _improving_elsewhere(version: str, metric: str) -> str:
    signals = data.rows("metric_signals", metric=metric)
    improving = signals[signals["state"] == "improving"]
    if improving.empty:
        return NOWHERE
    solutions = solutions_about(data.register(), metric)
    priorities = [p for p in priorities_about(data.register(), metric) if p.scope != "national"]
    body = [_row(row, solutions, priorities) for _, row in improving.iterrows()]
    return html_table(COLUMNS, body, f"{data.definition(metric).title}: areas where it is improving")


def _row(row: pd.Series, solutions: Sequence[Solution], priorities: Sequence[Priority]) -> list[str]:
    area = row["area_id"]
    where = escape(address("chart", metric=row["metric_id"], area=area))
    moved = movement_words(data.definition(row["metric_id"]), data.signal_of(row))
    own = [solution for solution in solutions if area in solution.areas_of_origin]
    listed = "<br>".join(
        f'<a href="{escape(address("shared", case=solution.id))}">{escape(solution.title)}</a>' for solution in own
    )
    said = "<br>".join(
        f'<a href="{escape(address("priority", id=priority.id))}">{escape(priority.title)}</a>'
        for priority in priorities
        if area in priority.areas
    )
    return [
        f'<a href="{where}">{escape(row["name"])}</a>',
        f'<span class="psc-icon">{icon(row["state"], row["side"], 22, named=False)}'
        f"<span>{escape(capitalised(moved))}</span></span>",
        listed or "none recorded",
        said or "none recorded",
    ]
