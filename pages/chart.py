"""What does this measure say in this area? One chart, why it looks so, and the figures behind it."""

from html import escape

import streamlit as st

from psc.narrate.chart import where_points_stand
from psc.narrate.denominator_step_sentences import describe_checked
from psc.web.chart import sections
from psc.web.chart.steps_section import apart, steps_in
from psc.web.components import verdict_section
from psc.web.components.areas_to_ask import improving_elsewhere
from psc.web.components.chart_decision_list import decisions_list
from psc.web.components.chart_series import chart_series, pick_limits
from psc.web.components.metric_picker import pick_measure, show_no_series
from psc.web.components.page_parts import about_measure, heading, section
from psc.web.components.permalink import choose, pinned_address, say_if_changed_since
from psc.web.session import store
from psc.web.session.navigation import link


def main() -> None:
    top = st.container()
    left, right = st.columns([2.3, 1], vertical_alignment="bottom")
    with left:
        definition = pick_measure()
    with right:
        area = choose(
            "Area", store.area_names(), key="area", default=None, kind="the area", placeholder="Choose an area"
        )
    if area is None:
        with top:
            heading("What does one chart say?", "Choose an area to see its chart.")
        link("signals", "All signals of all areas")
        return
    name = store.area_names()[area]
    if not definition.has_series:
        with top:
            heading(f"{definition.title}: {name}", "No published series is loaded for this measure.")
        show_no_series(definition)
        return
    stored = chart_series(definition, area)
    with top:
        heading(f"{definition.title}: {name}", verdict_section.page_summary(definition, area))
    if stored is None:
        return
    say_if_changed_since()
    verdict_section.show_verdict(definition, area)
    section("The whole series", note=where_points_stand(definition))
    limits = pick_limits(definition, area)
    series = chart_series(definition, area, limits) or stored
    if point := sections.latest_point(series.definition, series.signal, store.verdicts_on(definition.id)[area]):
        st.html(point)
    sections.show_chart(definition, area, series, limits)
    kept = pinned_address("chart", metric=definition.id, area=area, limits=limits)
    section("Decisions about this chart", anchor="decisions")
    st.html(
        f'{decisions_list(definition.id, area)}<p class="psc-note psc-linked"><a href="{escape(kept)}">Link to this '
        "chart that says later what has changed since</a></p>"
    )
    if steps := steps_in(definition.id, area):
        section("Numerator and denominator apart")
        st.html(apart(definition, area, steps, store.verdicts_on(definition.id)[area]))
    section("Priorities about this")
    st.html(sections.priorities(definition.id, area))
    gaps = sections.gaps(definition, area)
    if not gaps.empty:
        section("How far apart the events are", note=sections.describe_gaps(definition, gaps))
        sections.show_gaps(definition, area, gaps)
        st.html(sections.gaps_table(definition, area, gaps))
    section("How to read this chart")
    st.html(sections.reading(series.definition, series.signal, describe_checked(definition, steps)))
    if store.verdicts_on(definition.id)[area].state == "concern":
        section("Where the same measure is improving", note="A place to ask, not an explanation.")
        st.html(improving_elsewhere(definition.id))
    section("The figures")
    st.html(sections.figures_table(definition, area, series))
    about_measure(definition)


main()
