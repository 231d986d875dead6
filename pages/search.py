"""What do you want to find? Priorities, solutions and learning with the words in them, best first."""

import streamlit as st

from psc.web.components.page_parts import heading
from psc.web.components.permalink import search_words
from psc.web.search import results


def main() -> None:
    top = st.container()
    found = results.find(search_words("Search", key="q", placeholder="For example: falls in care homes"))
    with top:
        heading("What do you want to find?", results.page_summary(found))
    results.results(found)


main()
