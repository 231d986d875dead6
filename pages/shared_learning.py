"""What has worked, and who else has tried it? The national gallery, and the page of each case."""

import streamlit as st

from psc.register.select import filter_solutions
from psc.web import data, gallery_view
from psc.web.parts import heading


def main() -> None:
    register = data.register()
    asked = st.query_params.get("case", "")
    if case := register.solutions_by_id.get(asked):
        gallery_view.case(case)
        return
    top = st.container()
    if asked:
        st.warning(f"This address asks for the case “{asked[:60]}”, which does not exist here. All cases are below.")
    filters, cards = st.columns([1, 3.2], gap="large")
    with filters, st.container(key="filters"):
        choice = gallery_view.choices()
    found, everything = len(filter_solutions(register, choice)), len(register.solutions)
    with top:
        heading(
            "What has worked, and who else has tried it?",
            f"{'All' if found == everything else f'{found} of'} {everything} shared solutions. Where a case has a "
            "measured result, its card gives the one that best shows use at scale, never a pilot or a modelled figure.",
        )
    with cards:
        gallery_view.gallery(choice)


main()
