"""What needs attention, in a sentence each: concerns, improvements, and yearly figures at their highest."""

from html import escape

import pandas as pd
import streamlit as st

from psc.narrate.signals import attention_sentence
from psc.narrate.words import count_words, number_words, period_words
from psc.web import data
from psc.web.navigation import address, link
from psc.web.parts import html_table, icon, icon_with_words

CONCERNS_SHOWN = 5
IMPROVEMENTS_SHOWN = 3


def show_attention() -> None:
    """Show the newest signals of all measures, each with a link to its chart, and all of them on request."""
    signals = data.rows("attention")
    concerns, improvements = signals[signals["state"] == "concern"], signals[signals["state"] == "improving"]
    st.html('<h2 class="psc-card-title">What needs attention</h2>')
    _group(concerns, CONCERNS_SHOWN, "concern")
    _yearly_highs()
    _group(improvements, IMPROVEMENTS_SHOWN, "improvement")
    with st.expander(f"All {len(signals)} signals as a table"):
        st.html(_table(data.version()))


def _group(signals: pd.DataFrame, most: int, word: str) -> None:
    newest = f", the newest {most}" if len(signals) > most else ""
    st.html(f'<h3 class="psc-attention">{escape(count_words(len(signals), word).capitalize())}{newest}</h3>')
    for _, row in signals.head(most).iterrows():
        key = f"attention-{row['metric_id']}-{row['area_id']}"
        with st.container(horizontal=True, vertical_alignment="center", gap="small", key=key):
            st.html(icon(row["state"], row["side"], 24), width="content")
            link("compare", _sentence(row), metric=row["metric_id"])


def _yearly_highs() -> None:
    """Say where a yearly count of harm is at its highest: no verdict, but silence would flatter."""
    highs = data.rows("yearly_highs")
    if highs.empty:
        return
    lines = "".join(
        f'<li><a href="{escape(address("compare", metric=row.metric_id))}">{escape(row.title)}</a>: in '
        f"{count_words(row.areas, 'area')}, {escape(period_words(row.period_start, row.period_end, row.grain))}</li>"
        for row in highs.itertuples()
    )
    st.html(
        '<h3 class="psc-attention">Yearly figures at their highest of all years loaded</h3>'
        f'<p class="psc-note">Too few years to judge by limits.</p><ul class="psc-highs">{lines}</ul>'
    )


def _sentence(row: pd.Series) -> str:
    return attention_sentence(row["title"], row["name"], data.signal_of(row))


@st.cache_data(max_entries=2, show_spinner=False)
def _table(version: str) -> str:
    body = [
        [
            f'<a href="{escape(address("compare", metric=row["metric_id"]))}">{escape(_sentence(row))}</a>',
            icon_with_words(row["state"], row["side"]),
            f"{number_words(row['value'], row['decimals'])} ({escape(row['unit'])})",
        ]
        for _, row in data.rows("attention").iterrows()
    ]
    return html_table(["Signal", "Kind", "Latest value"], body, "Every concern and improvement, newest first")
