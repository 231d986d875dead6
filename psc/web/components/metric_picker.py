"""The pickers for a measure: first the kind of harm, then the measure."""

from functools import lru_cache

import streamlit as st

from psc.catalogue.definition import Catalogue, Metric
from psc.narrate.attention import harm_worsening_most
from psc.web.components.permalink import choose, recall, remember
from psc.web.session import store


@lru_cache(maxsize=4)
def _default_metric(version: str) -> str:
    return harm_worsening_most(store.verdicts_everywhere()) or store.catalogue().metrics[0].id


def default_metric() -> str:
    """Return the measure that pages open with: the harm that clearly rose in most areas, so that harm is seen first."""
    return _default_metric(store.version())


def pick_measure() -> Metric:
    """Show the two pickers side by side; return the chosen measure, which lives in the address as `metric`."""
    catalogue = store.catalogue()
    asked = recall("metric")
    default = default_metric()
    known = catalogue.by_id.get(asked or "", catalogue.by_id[default])
    groups = _groups(catalogue)
    st.session_state["pick harm"] = catalogue.group_of[known.harm_area].code
    left, right = st.columns([1, 1.3])
    with left:
        st.selectbox(
            "Kind of harm",
            list(groups),
            key="pick harm",
            format_func=groups.__getitem__,
            on_change=_first_of_group,
        )
    group = st.session_state["pick harm"]
    metrics = {
        metric.id: metric.title + ("" if metric.has_series else " (no published series loaded)")
        for metric in catalogue.metrics
        if catalogue.group_of[metric.harm_area].code == group
    }
    with right:
        chosen = choose("Measure", metrics, key="metric", default=known.id, kind="the measure", unkept=default)
    return catalogue.by_id[chosen or known.id]


def _groups(catalogue: Catalogue) -> dict[str, str]:
    """Groups that hold at least one metric, in the vocabulary's order."""
    used = {catalogue.group_of[metric.harm_area].code for metric in catalogue.metrics}
    return {group.code: group.title for group in catalogue.harm_groups if group.code in used}


def _first_of_group() -> None:
    catalogue = store.catalogue()
    group = st.session_state["pick harm"]
    first = next(metric for metric in catalogue.metrics if catalogue.group_of[metric.harm_area].code == group)
    remember("metric", first.id)


def show_no_series(definition: Metric) -> None:
    """Say honestly that there are no figures, why, and how to load some."""
    assert definition.no_series is not None
    st.info(
        f"**{definition.plain_title}.** {definition.no_series.reason}\n\n"
        f"**How to load one.** {definition.no_series.how_to_load}"
    )
    st.markdown(f"**Why it matters.** {definition.why_it_matters}")
