"""Can I trust this? Definitions, coverage, how signals are judged, how areas were drawn, sources, downloads, gaps."""

import streamlit as st

from psc.web.components.metric_picker import pick_measure
from psc.web.components.page_parts import heading, section
from psc.web.methods import methods_text, sections

JUMPS = {
    "definitions": "Definitions",
    "coverage": "Coverage",
    "signals": "How verdicts are given",
    "areas": "How areas were drawn",
    "missing": "What is missing",
    "sources": "Sources",
    "downloads": "Downloads",
}


def main() -> None:
    heading("Can I trust this?", sections.page_summary())
    st.html(
        '<nav class="psc-jumps" aria-label="On this page">'
        + "".join(f'<a href="#{anchor}">{title}</a>' for anchor, title in JUMPS.items())
        + "</nav>"
    )
    section("Definitions", "definitions")
    sections.definition(pick_measure())
    section("Coverage", "coverage")
    sections.coverage()
    section("How verdicts are given", "signals")
    methods_text.judging()
    methods_text.intervals_text()
    methods_text.funnels_text()
    section("How areas were drawn", "areas", "No official map exists. Ours is careful, but it is not official.")
    sections.drawing()
    section("What is missing", "missing")
    sections.missing()
    section("Sources", "sources")
    sections.sources()
    section("Downloads", "downloads")
    sections.downloads()


main()
