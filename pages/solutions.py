"""What has worked, and who else has tried it? The national gallery, and the page of each case."""

from typing import cast

import streamlit as st

from psc.register.public.public_register import PublishedSolution
from psc.register.search.selection import filter_solutions
from psc.web.components.page_parts import alert, heading, section
from psc.web.session import store
from psc.web.solutions import gallery, one_solution


def main() -> None:
    register = store.register()
    asked = st.query_params.get("id", "")
    if case := register.solutions_by_id.get(asked):
        one_solution.case(cast(PublishedSolution, case))
        return
    top = st.container()
    if asked:
        alert(
            "warning",
            f"This address asks for the case “{asked[:60]}”, which does not exist here. All cases are below.",
        )
    filters, cards = st.columns([1, 3.2], gap="large")
    with filters, st.container(key="filters"):
        choice = gallery.choices()
    found = filter_solutions(register, choice)
    with top:
        heading("What has been tried, and who else has tried it?", gallery.page_summary(found))
    with cards:
        section("Solutions")
        gallery.gallery(choice)


main()
