"""One measure in one area: chart, icon, sentence; and the summary card of an area."""

from collections.abc import Sequence
from dataclasses import dataclass
from html import escape

import plotly.graph_objects as go
import streamlit as st

from psc.catalogue.parts import SeriesBreak
from psc.charts.marks import Mark, marks_within
from psc.charts.spc import spc_figure
from psc.charts.target import with_plans
from psc.narrate.aims import MeasuredAim
from psc.narrate.chart import chart_alt, counts_words
from psc.narrate.signals import cautions_words, signal_sentence
from psc.narrate.words import capitalised, count_words, tally_words
from psc.register.select import priorities_of, solutions_of
from psc.store.limits import Limits
from psc.web import data
from psc.web.aims import aims_about, aims_list, lines_of, with_aims
from psc.web.chart_series import chart_series
from psc.web.marks import Change, changes_about, marks_of, told, with_marks
from psc.web.navigation import address, link
from psc.web.parts import PLOTLY_CONFIG, icon

PANEL_HEIGHT = 190


@dataclass(frozen=True, slots=True)
class _Words:
    """What stands around a chart: the icon, the verdict and all there is to say (HTML), the text in its place."""

    icon: str
    verdict: str
    sentence: str
    alt: str


@st.cache_resource(max_entries=1000, show_spinner=False)
def _words(version: str, metric: str, area: str, limits: Limits | None = None) -> _Words:
    definition = data.definition(metric)
    found = chart_series(definition, area, limits)
    assert found is not None, "only a series with figures has words"
    signal = found.signal
    verdict = signal_sentence(definition, signal)
    said = [verdict, counts_words(definition, signal), cautions_words(definition, signal)]
    return _Words(
        icon=icon(signal.state, signal.side),
        verdict=escape(verdict),
        sentence=escape(" ".join(part for part in said if part)),
        alt=chart_alt(definition, data.area_names()[area], signal),
    )


@dataclass(frozen=True, slots=True)
class _Panel:
    figure: go.Figure
    words: _Words
    shown: tuple[Mark, ...]


@st.cache_resource(max_entries=1500, show_spinner=False)
def _panel(
    version: str,
    metric: str,
    area: str,
    height: int,
    y_range: tuple[float, float] | None,
    roomy: bool,
    marks: tuple[Mark, ...],
    aims: tuple[MeasuredAim, ...],
    limits: Limits | None = None,
) -> _Panel:
    """The figure and its words together: a page of twenty panels asks the cache once for each.

    A change in the register draws only those anew whose marks or aims it changes.
    """
    definition = data.definition(metric)
    found = chart_series(definition, area, limits)
    assert found is not None, "only a series with figures is drawn"
    series = found.rows
    starts = tuple(SeriesBreak(date=day, reason=reason) for day, reason in definition.limits_start(area).items())
    figure = spc_figure(
        definition.model_copy(update={"series_breaks": starts}),
        with_plans(definition, series),
        height=height,
        y_range=y_range,
        roomy=roomy,
        marks=marks,
        aims=aims,
    )
    shown = tuple(mark for _, mark in marks_within(marks, series))
    return _Panel(figure, _words(version, metric, area, limits), shown)


def chart(metric: str, area: str, *, key: str, height: int, limits: Limits | None = None) -> None:
    """Show the chart of one measure in one area on its own, its lines labelled, with its marks and aims.

    ``limits`` are those that it is drawn with, the measure's default where they are left out.
    """
    marks, aims = marks_of(changes_about(metric, area)), lines_of(aims_about(metric, area))
    _show(_panel(data.version(), metric, area, height, None, True, marks, aims, limits), metric, area, key)


def _show(drawn: _Panel, metric: str, area: str, key: str) -> None:
    alt = with_aims(with_marks(drawn.words.alt, drawn.shown), metric, area)
    st.plotly_chart(drawn.figure, theme=None, config=PLOTLY_CONFIG, key=key, alt=alt)


def panel(
    metric: str,
    area: str,
    title: str,
    *,
    key: str,
    y_range: tuple[float, float] | None = None,
    level: int = 3,
    changes: Sequence[Change] | None = None,
) -> None:
    """Show one small multiple: icon and title (a heading of ``level``), the chart, the sentence, aims, marks.

    ``changes`` are the tests and adoptions to mark; without them, all that are about the measure in the area.
    """
    marked = changes_about(metric, area) if changes is None else changes
    aims = lines_of(aims_about(metric, area))
    drawn = _panel(data.version(), metric, area, PANEL_HEIGHT, y_range, False, marks_of(marked), aims)
    where = escape(address("chart", metric=metric, area=area))
    with st.container(gap=None):
        st.html(
            f'<div class="psc-panel-head">{drawn.words.icon}<h{level}><a href="{where}">{escape(title)}</a>'
            f"</h{level}></div>"
            f'<p class="psc-panel-unit">{escape(data.definition(metric).unit)}</p>'
        )
        _show(drawn, metric, area, key)
        below = f"{aims_list(metric, area)}{told(marked, drawn.shown)}"
        st.html(f'<p class="psc-panel-words">{drawn.words.sentence}</p>{below}')


def brief(metric: str, area: str | None) -> str:
    """Return what a measure says in an area, in one line beneath the picker (HTML).

    There is always a line: an element that came and went above the map would make the browser mount the map anew.
    """
    if area is None:
        return "Choose an area to read here what its figures say."
    name = escape(data.area_names()[area])
    if area not in set(data.rows("metric_signals", metric=metric)["area_id"]):
        return f"<b>{name}.</b> No figures for this measure."
    return f"<b>{name}.</b> {_words(data.version(), metric, area).verdict}"


def area_summary(metric: str, area: str) -> None:
    """Show what the chosen measure says about the chosen area, and the way to the area's own page."""
    place = data.areas().loc[area]
    register = data.register()
    with st.container(border=True):
        st.html(f'<h2 class="psc-card-title">{escape(place["name"])}</h2>')
        signals = data.rows("metric_signals", metric=metric)
        if area in set(signals["area_id"]):
            panel(metric, area, data.definition(metric).title, key=f"summary {metric} {area}")
        else:
            st.markdown("No figures for this measure in this area.")
        own = [priority for priority in priorities_of(register, area) if priority.scope != "national"]
        active = sum(priority.status == "active" for priority in own)
        published = count_words(len(own), "published priority", "published priorities")
        shared = count_words(len(solutions_of(register, area)), "solution")
        st.html(
            f"<p>{capitalised(published)} of its own or shared with some areas, {tally_words(active)} active when last "
            f"seen. {capitalised(shared)} began here.</p>"
        )
        link("area", f"Open {place['name']}", area=area)
