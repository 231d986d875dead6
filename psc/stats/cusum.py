"""CUSUM charts for many series at once: of yes-or-no outcomes, and of a series against its own first points.

Both are charts of the recorded points: a missing value keeps its place and the sums there, and changes nothing else.
"""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from psc.stats.rules import Signs
from psc.stats.segments import ROUNDING, Bools, Floats, Ints, checked_baseline, checked_values


@dataclass(frozen=True, slots=True, eq=False)
class BernoulliCusum:
    """Bernoulli CUSUM of S series of N places; the arrays are (S, N) but the three proportions, (S,).

    ``proportion`` is that in control, ``proportion_up`` and ``proportion_down`` those to find. ``weight_up`` and
    ``weight_down`` are what an outcome adds to the log-likelihood ratio of each against ``proportion``, NaN where it
    is missing. ``cusum_up`` is at least 0 and ``cusum_down``, drawn below the axis, at most 0; each is back at 0 where
    it signals. Without a proportion strictly between 0 and 1 all of these are NaN and nothing signals.
    """

    proportion: Floats
    proportion_up: Floats
    proportion_down: Floats
    weight_up: Floats
    weight_down: Floats
    cusum_up: Floats
    cusum_down: Floats
    signal_up: Bools
    signal_down: Bools


def bernoulli_cusum(
    outcomes: npt.ArrayLike,
    *,
    target: npt.ArrayLike | None = None,
    baseline_points: npt.ArrayLike | None = None,
    odds_ratio: float = 2.0,
    limit: float = 3.5,
) -> BernoulliCusum:
    """Look for the odds of an event multiplied, or divided, by ``odds_ratio``.

    ``outcomes`` (S, N) are 1 for an event, 0 for none, NaN for missing, each series oldest case first. The proportion
    in control is ``target`` (a number or (S,), strictly between 0 and 1), or that of the first ``baseline_points``
    recorded cases (a number or (S,), 0 in an array = all); no proportion if there are fewer, or if all or none of them
    had the event. A sum that reaches ``limit`` signals and starts again from 0. ValueError on anything else. Source:
    Steiner, Cook, Farewell & Treasure (Biostatistics 2000), both ways; the reference is qicharts2 0.8.1 (``bchart``).
    """
    array = _checked_outcomes(outcomes)
    if not (np.isfinite(odds_ratio) and odds_ratio > 1):
        raise ValueError(f"odds_ratio must be over 1, as it is looked for both ways, not {odds_ratio}")
    _check_positive("limit", limit)
    if (target is None) == (baseline_points is None):
        raise ValueError("give either target or baseline_points")
    n_series = array.shape[0]
    if target is None:
        baseline = checked_baseline(baseline_points, (n_series,), 1)
        proportion = _first_proportion(array, np.zeros(n_series, np.int64) if baseline is None else baseline)
    else:
        proportion = _checked_target(target, n_series)

    charts = []
    for ratio in (odds_ratio, 1 / odds_ratio):
        sought = ratio * proportion / (1 + (ratio - 1) * proportion)
        none = -np.log1p((ratio - 1) * proportion)
        event = none + np.log(ratio)
        weight = np.where(array == 1, event[:, None], np.where(array == 0, none[:, None], np.nan))
        charts.append((sought, weight, *_sum_until(weight, limit)))
    (up, weight_up, cusum_up, signal_up), (down, weight_down, cusum_down, signal_down) = charts
    unknown = np.isnan(proportion)
    cusum_up[unknown] = cusum_down[unknown] = np.nan
    return BernoulliCusum(
        proportion, up, down, weight_up, weight_down, cusum_up, 0 - cusum_down, signal_up, signal_down
    )


def _sum_until(weight: Floats, limit: float) -> tuple[Floats, Bools]:
    """Sums of ``weight`` floored at 0 and set back to 0 on reaching ``limit``, and where they do; NaN adds nothing."""
    sums, signal = np.zeros(weight.shape), np.zeros(weight.shape, dtype=bool)
    total = np.zeros(weight.shape[0])
    for i, step in enumerate(np.nan_to_num(weight).T):
        total = np.maximum(total + step, 0)
        signal[:, i] = total >= limit
        total[signal[:, i]] = 0
        sums[:, i] = total
    return sums, signal


def _first_proportion(array: Floats, first_points: Ints) -> Floats:
    recorded = ~np.isnan(array)
    rank, most = np.cumsum(recorded, axis=1), first_points[:, None]
    used = recorded & ((rank <= most) | (most == 0))
    count, events = used.sum(axis=1), np.where(used, array, 0).sum(axis=1)
    known = (count >= np.maximum(first_points, 1)) & (events > 0) & (events < count)
    return np.where(known, events / np.maximum(count, 1), np.nan)


def _checked_outcomes(outcomes: npt.ArrayLike) -> Floats:
    array = checked_values(outcomes)
    wrong = ~(np.isnan(array) | (array == 0) | (array == 1))
    if wrong.any():
        series, case = np.argwhere(wrong)[0]
        raise ValueError(
            f"outcomes must be 1 (event), 0 (none) or missing: series {series}, case {case} is {array[series, case]}"
        )
    return array


def _checked_target(target: npt.ArrayLike, n_series: int) -> Floats:
    given = np.asarray(target, dtype=np.float64)
    if given.shape not in ((), (n_series,)) or not ((given > 0) & (given < 1)).all():
        raise ValueError(
            f"target must be a proportion strictly between 0 and 1, one for all or for each of the {n_series} series: "
            f"{target!r}"
        )
    return np.broadcast_to(given, (n_series,)).copy()


def _check_positive(name: str, value: float) -> None:
    if not (np.isfinite(value) and value > 0):
        raise ValueError(f"{name} must be a positive number, not {value}")


@dataclass(frozen=True, slots=True, eq=False)
class PercentileCusum:
    """CUSUM of S series of N places against their own earlier points; arrays are (S, N) unless said.

    All but ``alert`` and ``last_length`` are in the unit of the values. ``mean`` and ``threshold`` are what a point is
    judged by; ``cusum_up`` is at least 0 and ``cusum_down`` at most 0. ``alert`` is +1 where the first is beyond the
    threshold, −1 where the second is, 0 elsewhere and where the value is missing. Of the alert, if any, that goes on
    at the last recorded point: ``last_length`` (S,) is its recorded points so far, all one way, 0 if there is none;
    ``last_from`` (S,) is the mean it began from and ``last_to`` (S,) the last value, else NaN. A series with fewer
    recorded points than the window has NaN for its figures and no alert.
    """

    mean: Floats
    threshold: Floats
    cusum_up: Floats
    cusum_down: Floats
    alert: Signs
    last_length: Ints
    last_from: Floats
    last_to: Floats


def percentile_cusum(
    values: npt.ArrayLike, *, window: int = 12, threshold: float = 5.0, slack: float = 0.5
) -> PercentileCusum:
    """Look for a lasting move of ``values`` (S, N), each series oldest point first, NaN = missing.

    The mean and population standard deviation of the first ``window`` recorded points are the standard to which these
    and the next are held; the sums leave out ``slack`` standard deviations a point and alert beyond ``threshold`` of
    them. After an alert the mean is that of the ``window`` recorded points before, and the sums go on if the point
    still moves the same way; if not, the standard deviation is theirs too and the sums start again from 0, with that
    point. A standard deviation of 0 makes any difference an alert. ValueError on an infinite value or a misfit option.

    Source: OpenPrescribing's alerts on percentiles (ebmdatalab, the CUSUM class). Differences from it, on purpose: sums
    are not rounded to 2 decimals, which silences proportions, and a missing value does not set them back to 0 nor take
    a place in a window.
    """
    array = checked_values(values)
    if not isinstance(window, (int, np.integer)) or window < 2:
        raise ValueError(f"window must be a whole number of points, at least 2, not {window!r}")
    _check_positive("threshold", threshold)
    if not (np.isfinite(slack) and slack >= 0):
        raise ValueError(f"slack must not be negative, and a number: {slack}")

    missing = np.isnan(array)
    points = np.take_along_axis(array, np.argsort(missing, axis=1, kind="stable"), axis=1)
    tiny = _rounding(array)
    mean, limit, up, down = _follow(points, int(window), threshold, slack, tiny)
    alert = _alerts(up, down, limit, tiny[:, None])
    last = _last_alert(points, mean, alert)

    # A place takes the figures of the last point recorded by then; before the first point its standard, but no sums.
    rank = np.cumsum(~missing, axis=1) - 1
    mean, limit, up, down, alert = (
        np.take_along_axis(figure, np.maximum(rank, 0), axis=1) for figure in (mean, limit, up, down, alert)
    )
    early = (rank < 0) & ~np.isnan(mean)
    up[early] = down[early] = 0
    alert[missing] = 0
    return PercentileCusum(mean, limit, up, down, alert, *last)


def _follow(points: Floats, window: int, threshold: float, slack: float, tiny: Floats) -> Floats:
    """Mean, threshold, sum up and sum down (4, S, N) at each of ``points`` (S, N), of which the missing come last."""
    out = np.full((4, *points.shape), np.nan)
    followed = np.flatnonzero((~np.isnan(points)).sum(axis=1) >= window)
    if not followed.size:
        return out
    points, tiny = points[followed], tiny[followed]
    mean, sd = _mean_and_sd(points[:, :window], tiny)
    up, down = np.zeros(followed.size), np.zeros(followed.size)
    for i, value in enumerate(points.T):
        state = _alerts(up, down, threshold * sd, tiny)
        # In the first window the points before are not yet a window, and the standard stays what it is.
        new_mean, new_sd = _mean_and_sd(points[:, max(i - window, 0) : max(i, window)], tiny)
        mean = np.where(state != 0, new_mean, mean)
        stopped = (state != 0) & ~(state * (value - mean) - slack * sd > tiny)
        sd = np.where(stopped, new_sd, sd)
        above = _snap(value - mean, tiny)
        up = np.maximum(np.where(stopped, 0, up) + above - slack * sd, 0)
        down = np.minimum(np.where(stopped, 0, down) + above + slack * sd, 0)
        out[:, followed, i] = mean, threshold * sd, up, down
    return out


def _mean_and_sd(points: Floats, tiny: Floats) -> tuple[Floats, Floats]:
    mean = points.mean(axis=1)
    return mean, np.sqrt((_snap(points - mean[:, None], tiny[:, None]) ** 2).mean(axis=1))


def _snap(difference: Floats, tiny: Floats) -> Floats:
    """Differences that are rounding error, set to 0: a steady series has no spread and no sum."""
    return np.where(np.abs(difference) <= tiny, 0, difference)


def _rounding(array: Floats) -> Floats:
    return ROUNDING * np.abs(np.nan_to_num(array)).max(axis=1, initial=0)


def _alerts(up: Floats, down: Floats, limit: Floats, tiny: Floats) -> Signs:
    return (up - limit > tiny).astype(np.int8) - (-down - limit > tiny)


def _last_alert(points: Floats, mean: Floats, alert: Signs) -> tuple[Ints, Floats, Floats]:
    """(length, mean it began from, last value) of the alert at the last of ``points``, the missing ones at the end."""
    n_series, n_places = points.shape
    if n_places == 0:
        return np.zeros(n_series, dtype=np.int64), np.full(n_series, np.nan), np.full(n_series, np.nan)
    series, place = np.arange(n_series), np.arange(n_places)
    last = (~np.isnan(points)).sum(axis=1) - 1
    way = alert[series, last]
    before = np.where((alert != way[:, None]) & (place <= last[:, None]), place, -1).max(axis=1)
    on = way != 0
    begun = np.minimum(before + 1, n_places - 1)
    return (
        np.where(on, last - before, 0),
        np.where(on, mean[series, begun], np.nan),
        np.where(on, points[series, last], np.nan),
    )
