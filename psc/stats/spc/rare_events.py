"""Rare events, for many series at once: the g and t charts, and the gaps between events that are published by month.

The g chart of gaps is drawn on the chart page of a measure with few events. Kept for own measures: ``t_chart``. It
needs the time of each event, which no measure that ships has.

Counts of under about 5 a period jump between a few whole numbers, and an XmR chart of them signals without a cause; the
chart to draw is that of the opportunities (g) or of the time (t) between one event and the next, on which a long gap is
the sign of fewer events. Source: Benneyan, "Number-between g-type statistical quality control charts" (Health Care
Management Science 2001) and Nelson, "A control chart for parts-per-million nonconforming items" (Journal of Quality
Technology 1994); the reference for the charts is the R package qicharts2 0.8.1.
"""

from dataclasses import dataclass
from typing import Unpack

import numpy as np
import numpy.typing as npt

from psc.stats.spc.control import D2, Options, Plan, ShewhartChart, judged, plan, require_at_least
from psc.stats.spc.segments import Bools, Floats, Ints, checked_values

SMALL_MEAN = 5
# The median of an exponential is ln 2 of its mean; the reference uses three decimals.
MEDIAN_OF_MEAN = 0.693
# Nelson's power, which makes exponential times nearly normal.
NELSON = 3.6


@dataclass(frozen=True, slots=True, eq=False)
class Gaps:
    """Opportunities between the events of S series, one column per event in order of time (S, E), E the most of any.

    ``month`` is the index of each event's month, −1 beyond the last event. ``between`` is the number of opportunities
    without an event since the event before, ``shortest`` and ``longest`` what it may really have been; all three are
    NaN for the first event, for the first after a month that is missing, and beyond the last event. ``since_last``
    (S,) is the number of opportunities in the months after that of the last event, at least so many without one; NaN
    without an event, or if a month after it is missing.
    """

    month: Ints
    between: Floats
    shortest: Floats
    longest: Floats
    since_last: Floats


def g_chart(between: npt.ArrayLike, **options: Unpack[Options]) -> ShewhartChart:
    """Opportunities between events (S, N; NaN = missing): m ± 3√(m(m+1)), floor 0, m being the mean (geometric).

    The centre drawn is the median of the baseline, so that runs can be judged against it. A ``centre`` given is the
    known *mean* m, and 0.693·m is drawn. The lower limit is always 0: this chart cannot tell when events come
    closer together except by runs. Long gaps are common: in a stable series nearly 2% of them (e⁻⁴) lie above the
    upper limit, so say how many false alarms to expect. Keywords as in ``control.Options``; ValueError on a negative
    number.
    """
    laid_out = plan(between, **options)
    require_at_least(laid_out, 0, "numbers of opportunities between events")
    mean = laid_out.given_or(laid_out.ratio(laid_out.recorded))
    drawn_centre = np.where(np.isnan(laid_out.given), _medians(laid_out), MEDIAN_OF_MEAN * laid_out.given)
    sigma = np.sqrt(mean * (mean + 1))
    lines = (np.maximum(mean + k * sigma, 0) for k in (-3, -2, 2, 3))
    return judged(laid_out, *map(laid_out.laid.to_places, (drawn_centre, *lines)))


def t_chart(times: npt.ArrayLike, *, screen: bool = True, **options: Unpack[Options]) -> ShewhartChart:
    """Time between events (S, N; NaN = missing), in any unit: an individuals chart of the times to the power 1/3.6.

    Limits are turned back into times; those below zero become 0. ``screen`` leaves moving ranges of 3.267 times their
    mean or more out of the limits, once; other keywords as in ``control.Options``. ValueError on a time of zero or
    less: give events at one instant the finest time recorded between them, or use ``g_chart``.
    """
    array = checked_values(times)
    known = np.asarray(options.get("centre", np.nan), dtype=np.float64)
    for figures, what in ((array, "times between events"), (known, "a centre of times between events")):
        if (figures <= 0).any():
            raise ValueError(f"{what} must be greater than zero, not {np.nanmin(figures):g}")
    laid_out = plan(array, **options)
    power = laid_out.recorded ** (1 / NELSON)
    centre = np.where(np.isnan(laid_out.given), laid_out.ratio(power), laid_out.given ** (1 / NELSON))
    sigma = laid_out.average_range(power, screen) / D2
    lines = (np.maximum(centre + k * sigma, 0) ** NELSON for k in (-3, -2, 2, 3))
    return judged(laid_out, *map(laid_out.laid.to_places, (centre**NELSON, *lines)))


def gaps_between_events(counts: npt.ArrayLike, opportunities: npt.ArrayLike) -> Gaps:
    """``Gaps`` for ``g_chart`` from monthly counts of events and their opportunities, both (S, N), NaN = missing.

    Where in its month an event fell is not published. Assumption: the k events of a month lie evenly in it, at the
    middles of k equal parts of its opportunities. The sum of the gaps, and so the mean and the limits, hardly depend
    on that; each single gap does. ``shortest`` and ``longest`` are what it may be if the events lie anywhere: a long
    gap is beyond doubt only if ``shortest`` is above the upper limit. Gaps within a month are made equal by the
    assumption, so runs among them mean nothing, and where many months have several events a rate is the better chart.
    Nor may an individuals or a t chart be drawn of them: equal gaps make the moving ranges, and so the limits, too
    small (with one event a month nine of ten stable series of 60 months would signal).
    A gap that a missing month falls into is unknown, not long; the time before the first event is not a gap, and that
    after the last one (``since_last``) is not over yet.

    Opportunities are single ones (prescriptions, bed days), not thousands of them, each with one event at most.
    ValueError on a count that is negative, not whole or above its opportunities, on negative opportunities, and on an
    infinite or misshapen input.
    """
    events, chances, missing = _checked_events(counts, opportunities)
    n_series, n_months = events.shape
    before = (np.cumsum(chances, axis=1) - chances).ravel()

    cell = np.repeat(np.arange(events.size), events.ravel())
    series, month_of = np.divmod(cell, max(n_months, 1))
    size, here = chances.ravel()[cell], events.ravel()[cell]
    nth = np.arange(cell.size) - (np.cumsum(events.ravel()) - events.ravel())[cell]
    place = before[cell] + (nth + 0.5) * size / here
    # What may lie on one side of all the events of the month, each of which takes one opportunity.
    free = size - here

    missing_before = np.cumsum(missing, axis=1).ravel()[cell]
    later = 1 + np.flatnonzero((np.diff(series) == 0) & (np.diff(missing_before) == 0))
    earlier = later - 1
    same_month = cell[later] == cell[earlier]
    whole_months = np.where(same_month, 0.0, before[cell[later]] - before[cell[earlier]] - size[earlier])
    around = free[later] + np.where(same_month, 0.0, free[earlier])

    per_series = np.bincount(series, minlength=n_series)
    column = np.arange(cell.size) - (np.cumsum(per_series) - per_series)[series]
    shape = (n_series, int(per_series.max(initial=0)))
    month, (between, shortest, longest) = np.full(shape, -1), np.full((3, *shape), np.nan)
    month[series, column] = month_of
    gap = (series[later], column[later])
    between[gap] = np.maximum(place[later] - place[earlier] - 1, 0)
    shortest[gap] = np.maximum(whole_months, 0)
    longest[gap] = shortest[gap] + around
    return Gaps(month, between, shortest, longest, _since_last(events, chances, missing))


def _since_last(events: Ints, chances: Floats, missing: Bools) -> Floats:
    """Opportunities in the months after that of the last event (S,)."""
    events_left = np.cumsum(events[:, ::-1], axis=1)[:, ::-1]
    after = events_left == 0
    total = np.where(after, chances, 0.0).sum(axis=1)
    unknown = (after & missing).any(axis=1) | (events.sum(axis=1) == 0)
    return np.where(unknown, np.nan, total)


def _medians(laid_out: Plan) -> Floats:
    """Median of the baseline of each group (G,), NaN without any."""
    n_groups = laid_out.laid.start.size
    point = np.flatnonzero(laid_out.base)
    group = laid_out.laid.to_points(np.arange(n_groups))[point]
    ordered = laid_out.recorded[point][np.lexsort((laid_out.recorded[point], group))]
    count = np.bincount(group, minlength=n_groups)
    some, start = np.flatnonzero(count), np.cumsum(count) - count
    out = np.full(n_groups, np.nan)
    lower, upper = (start + (count - 1) // 2)[some], (start + count // 2)[some]
    out[some] = (ordered[lower] + ordered[upper]) / 2
    return out


def _checked_events(counts: npt.ArrayLike, opportunities: npt.ArrayLike) -> tuple[Ints, Floats, Bools]:
    """(events, opportunities, missing), all (S, N); a month missing either has no event and no opportunity."""
    count, chance = checked_values(counts), checked_values(opportunities)
    if count.shape != chance.shape:
        raise ValueError(f"opportunities must be shaped as the counts are, {count.shape}, not {chance.shape}")
    for wrong, problem in (
        (count < 0, "a negative count"),
        ((count % 1 != 0) & ~np.isnan(count), "a count that is not whole"),
        (chance < 0, "negative opportunities"),
        (count > chance, "more events than opportunities (which must be single ones, not thousands of them)"),
    ):
        if wrong.any():
            series, month = np.argwhere(wrong)[0]
            found = f"{count[series, month]:g} in {chance[series, month]:g}"
            raise ValueError(f"series {series}, month {month} has {problem}: {found}")
    missing = np.isnan(count) | np.isnan(chance)
    return np.where(missing, 0, count).astype(np.int64), np.where(missing, 0.0, chance), missing
