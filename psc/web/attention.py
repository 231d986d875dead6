"""What needs attention, in a sentence each: concerns, improvements, and yearly figures at their highest."""

from html import escape

import pandas as pd
import streamlit as st

from psc.narrate.signals import attention_sentence
from psc.narrate.words import capitalised, count_words, number_words, period_words
from psc.web import data
from psc.web.navigation import address
from psc.web.parts import html_table, icon, icon_with_words

CONCERNS_SHOWN = 5
IMPROVEMENTS_SHOWN = 3


def show_attention() -> None:
    """Show the newest signals of all measures, each with a link to its chart, and all of them on request."""
    brief, table, count = _attention(data.version())
    st.html(brief)
    everything = st.expander(f"All {count} concerns and improvements as a table", on_change="rerun")
    if everything.open:
        with everything:
            st.html(table)


@st.cache_resource(max_entries=2, show_spinner=False)
def _attention(version: str) -> tuple[str, str, int]:
    signals = data.rows("attention")
    concerns, improvements = signals[signals["state"] == "concern"], signals[signals["state"] == "improving"]
    brief = (
        '<h2 class="psc-card-title">What needs attention</h2>'
        + _group(concerns, CONCERNS_SHOWN, "concern")
        + _yearly_highs()
        + _group(improvements, IMPROVEMENTS_SHOWN, "improvement")
    )
    return brief, _table(signals), len(signals)


def _group(signals: pd.DataFrame, most: int, word: str) -> str:
    newest = f", the newest {most}" if len(signals) > most else ""
    lines = "".join(
        f'<li>{icon(row["state"], row["side"], 24)}<a href="{escape(_chart_of(row))}">{escape(_sentence(row))}</a></li>'
        for _, row in signals.head(most).iterrows()
    )
    title = capitalised(count_words(len(signals), word))
    return f'<h3 class="psc-attention">{escape(title)}{newest}</h3><ul class="psc-signals">{lines}</ul>'


def _chart_of(row: pd.Series) -> str:
    return address("map", metric=row["metric_id"], area=row["area_id"])


def _yearly_highs() -> str:
    """Say where a yearly count of harm is at its highest: no verdict, but silence would flatter."""
    highs = data.rows("yearly_highs")
    if highs.empty:
        return ""
    lines = "".join(
        f'<li><a href="{escape(address("compare", metric=row.metric_id))}">{escape(row.title)}</a>: in '
        f"{count_words(row.areas, 'area')}, {escape(period_words(row.period_start, row.period_end, row.grain))}</li>"
        for row in highs.itertuples()
    )
    return (
        '<h3 class="psc-attention">Yearly figures at their highest for five years or more</h3>'
        '<p class="psc-note">Yearly figures have no limits, so they are not judged.</p>'
        f'<ul class="psc-highs">{lines}</ul>'
    )


def _sentence(row: pd.Series) -> str:
    return attention_sentence(data.definition(row["metric_id"]), row["name"], data.signal_of(row))


def _table(signals: pd.DataFrame) -> str:
    body = [
        [
            f'<a href="{escape(_chart_of(row))}">{escape(_sentence(row))}</a>',
            icon_with_words(row["state"], row["side"]),
            f"{number_words(row['value'], row['decimals'])} ({escape(row['unit'])})",
        ]
        for _, row in signals.iterrows()
    ]
    caption = "Every concern and improvement, concerns first and the newest of each first"
    return html_table(["Signal", "Kind", "Latest value"], body, caption)
