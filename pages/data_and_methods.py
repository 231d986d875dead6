"""Can I trust this? Definitions, coverage, how signals are judged, how areas were drawn, sources, downloads, gaps."""

import streamlit as st

from psc.web import methods_text, methods_view
from psc.web.measures import pick_measure
from psc.web.parts import heading, section

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
    heading("Can I trust this?", methods_view.answer())
    st.html(
        '<nav class="psc-jumps" aria-label="On this page">'
        + "".join(f'<a href="#{anchor}">{title}</a>' for anchor, title in JUMPS.items())
        + "</nav>"
    )
    section("Definitions", "definitions")
    methods_view.definition(pick_measure())
    section("Coverage", "coverage")
    methods_view.coverage()
    section("How verdicts are given", "signals")
    methods_text.judging()
    methods_text.intervals_text()
    methods_text.funnels_text()
    section("How areas were drawn", "areas", "No official map exists. Ours is careful, but it is not official.")
    methods_view.drawing()
    section("What is missing", "missing")
    methods_view.missing()
    section("Sources", "sources")
    methods_view.sources()
    section("Downloads", "downloads")
    methods_view.downloads()


main()
