"""What is being done about one priority? What it is, what was tested, what was learned, and what came of it."""

from typing import cast

import streamlit as st

from psc.register.public.public_register import PublishedPriority
from psc.web.components.page_parts import alert, heading
from psc.web.priorities import one_priority
from psc.web.session import store
from psc.web.session.navigation import link


def main() -> None:
    asked = st.query_params.get("id", "")
    found = store.register().priorities_by_id.get(asked)
    if found is None:
        heading("What is being done about one priority?", "Choose one of the published priorities.")
        if asked:
            alert("warning", f"This address asks for the priority “{asked[:60]}”, which does not exist here.")
        link("priorities", "All published priorities")
        return
    priority = cast(PublishedPriority, found)
    heading(priority.title, one_priority.page_summary(priority))
    one_priority.about(priority)
    one_priority.aim(priority)
    one_priority.measures(priority)
    one_priority.tests(priority)
    one_priority.grown(priority)
    one_priority.suggestions(priority)
    one_priority.ways_on(priority)


main()
