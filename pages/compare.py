"""How do areas differ on this measure? One scale, the latest figures with intervals, the table."""

import streamlit as st

from psc.narrate.comparison import funnel_note
from psc.web import compare_view
from psc.web.alike import improving_elsewhere
from psc.web.compare_table import facts_table
from psc.web.measures import pick_measure, show_no_series
from psc.web.parts import about_measure, heading, how_to_read, section
from psc.web.permalink import switch


def main() -> None:
    top = st.container()
    left, right = st.columns([2, 1], vertical_alignment="bottom")
    with left:
        definition = pick_measure()
    with right:
        order = switch("Order", compare_view.ORDERS, key="order", default="geographic", kind="the order")
    if not definition.has_series:
        with top:
            heading("How do areas differ?")
        show_no_series(definition)
        return
    with top:
        heading("How do areas differ?", compare_view.answer(definition.id))
    if compare_view.compared_in(definition.id) is None:
        about_measure(definition)
        return
    section("Latest figures", note=compare_view.latest_note(definition))
    compare_view.latest_values(definition.id, order)
    if facts := compare_view.funnel_facts(definition.id):
        section("Size and chance", note=funnel_note(facts))
        compare_view.funnel(definition.id)
    section("Trends on one scale", note="Each panel is judged by its own limits; the scale is the same for all.")
    st.html(how_to_read())
    compare_view.panels(definition.id, order)
    if concerns := compare_view.concerns(definition.id):
        section("Areas to ask", note=compare_view.alike_note(concerns))
        st.html(improving_elsewhere(definition.id))
    section("The same facts as a table")
    st.html(facts_table(definition, order))
    about_measure(definition)


main()
