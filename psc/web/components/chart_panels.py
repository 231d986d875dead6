"""One measure in one area: chart, sign, sentence; and the summary card of an area."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

import plotly.graph_objects as go
import streamlit as st
from markupsafe import Markup

from psc.catalogue.parts import SeriesBreak
from psc.charts.spc.annotations import Annotation, annotations_within
from psc.charts.spc.spc_figure import spc_figure
from psc.charts.spc.targets import with_plans
from psc.clock import today
from psc.narrate.aim_sentences import MeasuredAim
from psc.narrate.area import describe_being_done, describe_missing, describe_panel
from psc.narrate.words import capitalised, describe_count
from psc.register.records.chart_decision import ChartDecision
from psc.register.search.selection import priorities_of, solutions_of
from psc.store.limits import Limits
from psc.web.components.aim_list import aims_about, aims_list, lines_of, with_aims
from psc.web.components.chart_annotations import Change, annotations_of, changes_about, told, with_annotations
from psc.web.components.chart_decision_list import with_decisions
from psc.web.components.chart_series import chart_series, decisions_about
from psc.web.components.page_parts import PLOTLY_CONFIG, sign
from psc.web.components.render import escaped, render_macro
from psc.web.session import store
from psc.web.session.cache import cached
from psc.web.session.navigation import address, link

PANELS = "macros/chart_panels.html"
PANEL_HEIGHT = 190


@dataclass(frozen=True, slots=True)
class _Words:
    """What stands around a chart: the sign (HTML) and the sentences, and the text in the chart's place."""

    sign: Markup
    brief: str
    sentence: str
    alt: str


@cached(entries=1000)
def _describe_panel(metric: str, area: str, day: date) -> _Words:
    verdicts, definition = store.verdicts_on(metric), store.definition(metric)
    verdict = verdicts[area]
    sentence = describe_panel(definition, verdict, verdicts.get("england"), day)
    missing = store.rows("metric_signals", metric=metric).set_index("area_id")["missing"][area]
    return _Words(
        sign=sign(verdict.state, verdict.direction),
        brief=sentence,
        sentence=f"{sentence} {describe_missing(int(missing), definition.grain)}".strip(),
        alt=f"Chart of {definition.title} in {store.area_names()[area]}. {sentence} The same figures are in the table "
        "of the chart’s own page.",
    )


@dataclass(frozen=True, slots=True)
class _Panel:
    figure: go.Figure
    words: _Words
    shown: tuple[Annotation, ...]


@cached(entries=1500)
def _panel(
    metric: str,
    area: str,
    height: int,
    y_range: tuple[float, float] | None,
    roomy: bool,
    marks: tuple[Annotation, ...],
    aims: tuple[MeasuredAim, ...],
    decisions: tuple[ChartDecision, ...],
    day: date,
    limits: Limits | None = None,
) -> _Panel:
    """The figure and its words together: a page of twenty panels asks the cache once for each.

    A change in the register draws only those anew whose marks, aims or ``decisions`` it changes.
    """
    found = chart_series(store.definition(metric), area, limits)
    assert found is not None, "only a series with figures is drawn"
    series, definition = found.rows, found.definition
    starts = tuple(SeriesBreak(date=day, reason=reason) for day, reason in definition.limits_start(area).items())
    figure = spc_figure(
        definition.model_copy(update={"series_breaks": starts}),
        with_plans(definition, series),
        height=height,
        y_range=y_range,
        roomy=roomy,
        marks=marks,
        aims=aims,
        from_zero=store.starts_at_zero(metric),
    )
    shown = tuple(mark for _, mark in annotations_within(marks, series))
    words = _describe_panel(metric, area, day)
    alt = with_decisions(words.alt, definition, decisions, limits)
    return _Panel(figure, replace(words, alt=alt), shown)


def chart(metric: str, area: str, *, key: str, height: int, limits: Limits | None = None) -> None:
    """Show the chart of one measure in one area on its own, its lines labelled, with its marks and aims.

    ``limits`` are those that it is drawn with, the measure's default where they are left out.
    """
    marks, aims = annotations_of(changes_about(metric, area)), lines_of(aims_about(metric, area))
    decisions = decisions_about(metric, area)
    _show(
        _panel(metric, area, height, None, True, marks, aims, decisions, today(), limits),
        metric,
        area,
        key,
    )


def _show(drawn: _Panel, metric: str, area: str, key: str) -> None:
    alt = with_aims(with_annotations(drawn.words.alt, drawn.shown), metric, area)
    st.plotly_chart(drawn.figure, theme=None, config=PLOTLY_CONFIG, key=key, alt=alt)


def panel(
    metric: str,
    area: str,
    title: str,
    *,
    key: str,
    y_range: tuple[float, float] | None = None,
    level: int = 3,
    technical: str = "",
    changes: Sequence[Change] | None = None,
) -> None:
    """Show one small multiple: sign and title (a heading of ``level``), the chart, the sentence, aims, marks.

    ``technical``: the measure's technical title, to stand beneath a plain one.
    ``changes`` are the tests and adoptions to mark; without them, all that are about the measure in the area.
    """
    marked = changes_about(metric, area) if changes is None else changes
    aims = lines_of(aims_about(metric, area))
    decisions = decisions_about(metric, area)
    drawn = _panel(metric, area, PANEL_HEIGHT, y_range, False, annotations_of(marked), aims, decisions, today())
    where, unit = address("chart", metric=metric, area=area), store.definition(metric).unit
    with st.container(gap=None):
        st.html(render_macro(PANELS, "head", drawn.words.sign, level, where, title, technical, unit))
        _show(drawn, metric, area, key)
        listed = aims_list(metric, area), told(marked, drawn.shown)
        st.html(render_macro(PANELS, "below", drawn.words.sentence, *listed))


def brief(metric: str, area: str | None) -> Markup:
    """Return what a measure says in an area, in one line beneath the picker (HTML).

    There is always a line: an element that came and went above the map would make the browser mount the map anew.
    """
    if area is None:
        return escaped("Choose an area to read here what its figures say.")
    name = store.area_names()[area]
    if area not in store.verdicts_on(metric):
        return render_macro(PANELS, "brief", name, "No figures for this measure.")
    return render_macro(PANELS, "brief", name, _describe_panel(metric, area, today()).brief)


def area_summary(metric: str, area: str) -> None:
    """Show what the chosen measure says about the chosen area, and the way to the area's own page."""
    place = store.areas().loc[area]
    register = store.register()
    with st.container(border=True):
        st.html(render_macro(PANELS, "card_title", place["name"]))
        if area in store.verdicts_on(metric):
            panel(metric, area, store.definition(metric).title, key=f"summary {metric} {area}")
        else:
            st.markdown("No figures for this measure in this area.")
        shared = describe_count(len(solutions_of(register, area)), "solution")
        done = describe_being_done(priorities_of(register, area), today())
        st.html(render_macro(PANELS, "begun", done, capitalised(shared)))
        link("area", f"Open {place['name']}", area=area)
