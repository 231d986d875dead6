"""The matrix of signals: measures down, areas across, each cell an icon with a word and a link to its chart."""

from html import escape

import pandas as pd
import streamlit as st

from psc.charts.icons import icon_names, icon_words
from psc.narrate.headlines import matrix_headline, metric_headline
from psc.web import data
from psc.web.navigation import address
from psc.web.parts import assurance_icon, icon, icon_with_words

# Short enough for a narrow column; the whole meaning is the icon's text and the key above.
SHORT_WORDS = {
    "improving": "Improving",
    "concern": "Concern",
    "higher": "Higher",
    "lower": "Lower",
    "unclear": "No verdict",
    "steady": "No change",
    "unjudged": "Not judged",
}


def answer() -> str:
    """Return what all the signs add up to, and what to do with them."""
    rows = data.rows("all_signals")
    measured = [(data.definition(row["metric_id"]), data.signal_of(row)) for _, row in rows.iterrows()]
    return f"{matrix_headline(measured)} Choose a sign to see its chart."


def key() -> str:
    """Return what each sign means (HTML)."""
    icons = "".join(f"<li>{icon_with_words(state, side, 22)}</li>" for state, side in icon_names().values())
    return f'<p class="psc-note">Each sign shows the latest point of one series.</p><ul class="psc-how">{icons}</ul>'


def matrix() -> str:
    """Return the matrix as a table (HTML)."""
    return _matrix(data.version())


@st.cache_resource(max_entries=2, show_spinner=False)
def _matrix(version: str) -> str:
    signals = data.rows("all_signals")
    areas = data.areas()
    head = "".join(
        f'<th scope="col"><a href="{escape(address("area", area=area.id))}">{escape(area.short_name)}</a></th>'
        for area in areas.itertuples()
    )
    judged = set(signals.loc[signals["state"] != "unjudged", "harm_group"])
    # What can be judged comes first: a wall of "not judged" would hide it.
    ordered = sorted(data.catalogue().harm_groups, key=lambda group: group.code not in judged)
    groups = [_group(signals, group.code, group.title, list(areas.index)) for group in ordered]
    return (
        '<div class="psc-table-wrap psc-wide" tabindex="0" role="region" aria-label="Signals of all measures in all '
        'areas"><table class="psc-table psc-matrix"><caption>Latest signal of every measure in every area</caption>'
        f'<thead><tr><th scope="col">Measure</th>{head}</tr></thead>{"".join(groups)}</table></div>'
    )


def _group(signals: pd.DataFrame, code: str, title: str, areas: list[str]) -> str:
    own = signals[signals["harm_group"] == code]
    if own.empty:
        return ""
    rows = "".join(
        _row(metric, found.set_index("area_id"), areas) for metric, found in own.groupby("metric_id", sort=False)
    )
    return (
        f'<tbody><tr class="psc-matrix-group"><th scope="rowgroup" colspan="{len(areas) + 1}">'
        f"<span>{escape(title)}</span></th></tr>{rows}</tbody>"
    )


def _row(metric: str, found: pd.DataFrame, areas: list[str]) -> str:
    definition = data.definition(metric)
    said = metric_headline(definition, [data.signal_of(row) for _, row in found.iterrows()], len(areas))
    cells = "".join(_cell(metric, area, found) for area in areas)
    return (
        f'<tr><th scope="row"><a href="{escape(address("compare", metric=metric))}">{escape(definition.title)}</a>'
        f"<p>{escape(said)}</p></th>{cells}</tr>"
    )


def _cell(metric: str, area: str, found: pd.DataFrame) -> str:
    if area not in found.index:
        return "<td>no data</td>"
    row = found.loc[area]
    where = escape(address("chart", metric=metric, area=area))
    spoken = f"{data.definition(metric).title}, {row['name']}: {icon_words(row['state'], row['side'])}"
    return (
        f'<td><a href="{where}" aria-label="{escape(spoken)}">{icon(row["state"], row["side"], 24, named=False)}'
        f"<span>{SHORT_WORDS[row['state']]}</span>{assurance_icon(row['assurance'], 20)}</a></td>"
    )
