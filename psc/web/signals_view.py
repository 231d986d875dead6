"""The matrix of signals: measures down, areas across, each cell an icon with a word and a link to its chart."""

from html import escape

import pandas as pd
import streamlit as st

from psc.charts.icons import icon_names, icon_words
from psc.narrate.headlines import matrix_headline, metric_headline
from psc.web import data
from psc.web.navigation import address
from psc.web.own_limits import MARK, MEANING, OwnLimits, own_limits
from psc.web.parts import assurance_icon, icon, icon_with_words

Moved = dict[tuple[str, str], str]
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
    own = f'<p class="psc-note">{MEANING}</p>' if own_limits() else ""
    icons = "".join(f"<li>{icon_with_words(state, side, 22)}</li>" for state, side in icon_names().values())
    return (
        f'<p class="psc-note">Each sign shows the latest point of one series.</p><ul class="psc-how">{icons}</ul>{own}'
    )


def matrix() -> str:
    """Return the matrix as a table (HTML)."""
    return _matrix(data.version(), own_limits())


@st.cache_resource(max_entries=2, show_spinner=False)
def _matrix(version: str, own: OwnLimits) -> str:
    signals, moved = data.rows("all_signals"), dict(own)
    areas = data.areas()
    head = "".join(
        f'<th scope="col"><a href="{escape(address("area", area=area.id))}">{escape(area.short_name)}</a></th>'
        for area in areas.itertuples()
    )
    judged = set(signals.loc[signals["state"] != "unjudged", "harm_group"])
    # What can be judged comes first: a wall of "not judged" would hide it.
    ordered = sorted(data.catalogue().harm_groups, key=lambda group: group.code not in judged)
    groups = [_group(signals, group.code, group.title, list(areas.index), moved) for group in ordered]
    return (
        '<div class="psc-table-wrap psc-wide" tabindex="0" role="region" aria-label="Signals of all measures in all '
        'areas"><table class="psc-table psc-matrix"><caption>Latest signal of every measure in every area</caption>'
        f'<thead><tr><th scope="col">Measure</th>{head}</tr></thead>{"".join(groups)}</table></div>'
    )


def _group(signals: pd.DataFrame, code: str, title: str, areas: list[str], moved: Moved) -> str:
    own = signals[signals["harm_group"] == code]
    if own.empty:
        return ""
    rows = "".join(
        _row(metric, found.set_index("area_id"), areas, moved) for metric, found in own.groupby("metric_id", sort=False)
    )
    return (
        f'<tbody><tr class="psc-matrix-group"><th scope="rowgroup" colspan="{len(areas) + 1}">'
        f"<span>{escape(title)}</span></th></tr>{rows}</tbody>"
    )


def _row(metric: str, found: pd.DataFrame, areas: list[str], moved: Moved) -> str:
    definition = data.definition(metric)
    said = metric_headline(definition, [data.signal_of(row) for _, row in found.iterrows()], len(areas))
    cells = "".join(_cell(metric, area, found, moved.get((metric, area), "")) for area in areas)
    return (
        f'<tr><th scope="row"><a href="{escape(address("compare", metric=metric))}">{escape(definition.title)}</a>'
        f"<p>{escape(said)}</p></th>{cells}</tr>"
    )


def _cell(metric: str, area: str, found: pd.DataFrame, own: str) -> str:
    """One cell; ``own`` is what its chart shows with limits of its own, where people have set some."""
    if area not in found.index:
        return "<td>no data</td>"
    row = found.loc[area]
    where = escape(address("chart", metric=metric, area=area))
    spoken = f"{data.definition(metric).title}, {row['name']}: {icon_words(row['state'], row['side'])}"
    if own:
        spoken += f". {own}"
    mark = f'<span class="psc-own-limits" title="{escape(own)}" aria-hidden="true">{MARK}</span>' if own else ""
    return (
        f'<td><a href="{where}" aria-label="{escape(spoken)}">{icon(row["state"], row["side"], 24, named=False)}'
        f"<span>{SHORT_WORDS[row['state']]}</span>{assurance_icon(row['assurance'], 20)}{mark}</a></td>"
    )
