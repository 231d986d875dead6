"""What is being done about one priority? What it is, what was tested, what was learned, and what came of it."""

from typing import cast

import streamlit as st

from psc.register.public.public_register import PublishedPriority
from psc.web import data, priority_view
from psc.web.navigation import link
from psc.web.parts import alert, heading


def main() -> None:
    asked = st.query_params.get("id", "")
    found = data.register().priorities_by_id.get(asked)
    if found is None:
        heading("What is being done about one priority?", "Choose one of the published priorities.")
        if asked:
            alert("warning", f"This address asks for the priority “{asked[:60]}”, which does not exist here.")
        link("priorities", "All published priorities")
        return
    priority = cast(PublishedPriority, found)
    heading(priority.title, priority_view.answer(priority))
    priority_view.about(priority)
    priority_view.aim(priority)
    priority_view.measures(priority)
    priority_view.tests(priority)
    priority_view.grown(priority)
    priority_view.suggestions(priority)
    priority_view.ways_on(priority)


main()
