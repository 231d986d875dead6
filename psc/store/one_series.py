"""One measure in one area judged at once, with the limits and the decisions that its readers choose.

The store holds every series as it ships. What a chart draws with other limits, or with what an area decided about its
own chart, is made here from the same figures in milliseconds, without a build.
"""

from collections.abc import Sequence

import pandas as pd

from psc.catalogue.definition import Metric
from psc.catalogue.parts import Rebase, Target
from psc.store.grid import grid_of
from psc.store.judge import Judged, judge
from psc.store.limits import Limits

Decision = Rebase | Target


def decided(definition: Metric, decisions: Sequence[Decision]) -> Metric:
    """Return a definition with the new limits and targets that people decided on, beside those it ships with."""
    limits = [*definition.rebases, *(item for item in decisions if isinstance(item, Rebase))]
    targets = [*definition.targets, *(item for item in decisions if isinstance(item, Target))]
    targets.sort(key=lambda item: item.start)
    return definition.model_copy(update={"rebases": tuple(limits), "targets": tuple(targets)})


def applied_with(decisions: Sequence[Decision], limits: Limits | None) -> list[Decision]:
    """Return which decisions count where ``limits`` are drawn, as `judge_series` takes them: targets always do."""
    return [item for item in decisions if limits in (None, "ours") or isinstance(item, Target)]


def judge_series(
    definition: Metric,
    observations: pd.DataFrame,
    decisions: Sequence[Decision] = (),
    limits: Limits | None = None,
) -> Judged:
    """Judge the series of one area with what people decided about it.

    ``observations`` are the area's rows with ``area_id``, ``period_start``, ``period_end``, ``numerator``,
    ``denominator`` and ``value``, one for each period. ``decisions`` are new limits (with or without a baseline of
    their own) and targets. ``limits`` are those to draw: decided ones count only as "ours", targets always. Left out,
    they are "ours" where new limits were decided, else the measure's default. Both frames of the result are empty
    where there is no figure.
    """
    own = any(isinstance(item, Rebase) for item in decisions)
    chosen = limits or ("ours" if own else None)
    return judge(decided(definition, applied_with(decisions, limits)), grid_of(observations), chosen)
