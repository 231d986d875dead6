"""Where areas have set limits of their own: what their charts then show, beside the signs of the limits that ship."""

from functools import lru_cache

from psc.charts.style.making_data_count import describe_icon
from psc.geography.areas import ENGLAND
from psc.narrate.chart_decision_sentences import describe_decision
from psc.register.records.chart_decision import applied
from psc.store.one_series import judge_series
from psc.web.session import store

MARK = "■"
MEANING = f"{MARK} New limits were set for this chart. The small icon here goes by the limits this site ships with."

OwnLimits = tuple[tuple[tuple[str, str], str], ...]
"""Pairs of metric id and area id, each with what its chart shows, in words."""


def own_limits() -> OwnLimits:
    """Return every series whose limits people have moved, with what its chart shows."""
    return _own_limits(store.register_version())


@lru_cache(maxsize=2)
def _own_limits(version: str) -> OwnLimits:
    moved = [item for item in store.register().chart_decisions if item.moves_limits]
    every = tuple(store.area_names())
    places = {(item.metric, area) for item in moved for area in (every if item.area == ENGLAND else (item.area,))}
    return tuple((place, words) for place in sorted(places) if (words := _describe_own_limits(*place)))


def _describe_own_limits(metric: str, area: str) -> str:
    """What was set, and what the latest point then shows; nothing where the area has no figures."""
    series = store.rows("series", metric=metric)
    decisions = store.register().decisions_about(metric, area)
    signals = judge_series(store.definition(metric), series[series["area_id"] == area], applied(decisions)).signals
    if signals.empty:
        return ""
    latest, definition = signals.iloc[0], store.definition(metric)
    said = "; ".join(describe_decision(definition, item) for item in decisions if item.moves_limits)
    return f"{said}. With them, the latest point alone: {describe_icon(latest['state'], latest['side']).lower()}"
