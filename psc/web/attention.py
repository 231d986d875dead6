"""What needs attention: every concern and improvement in every area, newest first, in a sentence each."""

from html import escape

import pandas as pd
import streamlit as st

from psc.narrate.signals import attention_sentence
from psc.narrate.words import number_words
from psc.web import data
from psc.web.navigation import address, link
from psc.web.parts import html_table, icon, icon_with_words

NEWEST = 5


def show_attention() -> None:
    """Show the newest signals with a link to each chart, and all of them as a table on request."""
    signals = data.rows("attention")
    st.html(
        '<h2 class="psc-card-title">What needs attention</h2>'
        '<p class="psc-note">The newest signals of all measures.</p>'
    )
    for _, row in signals.head(NEWEST).iterrows():
        with st.container(horizontal=True, vertical_alignment="center", gap="small"):
            st.html(icon(row["state"], row["side"], 24), width="content")
            link("area", _sentence(row), area=row["area_id"], metric=row["metric_id"])
    with st.expander(f"All {len(signals)} signals"):
        st.html(_table(signals))


def _sentence(row: pd.Series) -> str:
    return attention_sentence(row["title"], row["name"], data.signal_of(row))


def _table(signals: pd.DataFrame) -> str:
    body = [
        [
            f'<a href="{escape(address("area", area=row["area_id"], metric=row["metric_id"]))}">'
            f"{escape(_sentence(row))}</a>",
            icon_with_words(row["state"], row["side"]),
            f"{number_words(row['value'], row['decimals'])} ({escape(row['unit'])})",
        ]
        for _, row in signals.iterrows()
    ]
    return html_table(["Signal", "Kind", "Latest value"], body, "Every concern and improvement, newest first")
