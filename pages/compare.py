"""How do areas differ on this measure? The change beside England's, the latest figures, one scale, the tables."""

from html import escape

import streamlit as st

from psc.narrate.funnel_sentences import difference_question, funnel_note, funnel_sentence
from psc.web.compare import change_section, sections
from psc.web.compare.change_section import change_table
from psc.web.compare.latest_table import facts_table
from psc.web.components.areas_to_ask import improving_elsewhere
from psc.web.components.metric_picker import pick_measure, show_no_series
from psc.web.components.page_parts import about_measure, folded_note, heading, how_to_read, section
from psc.web.components.permalink import switch


def main() -> None:
    top = st.container()
    left, right = st.columns([2, 1], vertical_alignment="bottom")
    with left:
        definition = pick_measure()
    with right:
        order = switch("Order", sections.ORDERS, key="order", default="geographic", kind="the order")
    if not definition.has_series:
        with top:
            heading("How do areas differ?")
        show_no_series(definition)
        return
    with top:
        heading("How do areas differ?", sections.page_summary(definition.id))
    if sections.compared_in(definition.id) is None:
        about_measure(definition)
        return
    if change_section.is_judged(definition.id):
        section(change_section.title(definition.id), note=change_section.note(definition.id))
        change_section.chart(definition.id, order)
        if words := change_section.expected_by_chance(definition):
            st.html(f'<p class="psc-note">{escape(words)}</p>')
    section("Latest figures", note=sections.latest_note(definition))
    sections.latest_values(definition.id, order)
    if facts := sections.funnel_facts(definition.id):
        section(
            "Which areas differ clearly from England?",
            note=f"{funnel_sentence(facts)} {difference_question(definition)}",
        )
        sections.funnel(definition.id)
        st.html(folded_note("How to read this chart", funnel_note(facts)))
    section("Trends on one scale", note="The scale is the same for all areas.")
    st.html(how_to_read())
    sections.panels(definition.id, order)
    if change_section.is_judged(definition.id) and definition.direction != "neutral":
        section("Areas to ask", note="Where this improves faster than in England. A place to ask, not an explanation.")
        st.html(improving_elsewhere(definition.id))
    section("The same facts as tables")
    st.html(change_table(definition, order))
    st.html(facts_table(definition, order))
    about_measure(definition)


main()
