"""The rejected ways of judging a monthly series, to be measured on the same worlds as the one in use.

Each takes figures (W, S, N) and returns −1, 0 or 1 for each series (W, S): what a reader would be told of the latest
month.
"""

import numpy as np

from psc.stats.spc.rules import judge
from psc.stats.spc.segments import checked_starts, lay_out
from psc.stats.spc.xmr import LIMIT_FACTOR, xmr
from psc.stats.verdicts.monthly import Floats, Ints, last_pairs, log_ratios

PERIOD, RUN, MOST_EXCLUDED, RECENT = 21, 8, 3, 24


def all_years(value: Floats) -> Ints:
    """XmR on one mean of all years, its latest point; none where the year went the other way."""
    sign = _latest_sign(value)
    then, now = last_pairs(value)
    year = np.sign(np.nansum(now, axis=-1) - np.nansum(then, axis=-1))
    return np.where(sign == year, sign, 0)


def last_two_years(value: Floats) -> Ints:
    """XmR on the last 24 months, its latest point."""
    return _latest_sign(value[..., -24:])


def year_on_year_chart(value: Floats) -> Ints:
    """XmR rules on the year-on-year log ratios around no change, the latest point."""
    ratios = log_ratios(value)
    flat = ratios.reshape(-1, ratios.shape[-1])
    chart = xmr(flat)
    laid = lay_out(flat, checked_starts(None, flat.shape))
    recorded = flat.ravel()[laid.place]
    spread = np.repeat(np.nanmax(chart.upl - chart.mean, axis=1, initial=0.0), flat.shape[1])[laid.place]
    nothing = np.zeros(recorded.size)
    sign = laid.scatter(judge(recorded, laid.first, nothing, spread, nothing).sign)
    return np.take_along_axis(sign, chart.last[:, None], axis=1).reshape(value.shape[:-1])


def stable_shift(value: Floats) -> Ints:
    """Limits moved by the Stable Shift Algorithm (R package autospc, HorridTom): the latest point on the last limits.

    Limits of 21 points move to a run of eight or more on one side, where that shift then holds. Where the latest point
    is usual, limits that moved within two years say which way.
    """
    flat = value.reshape(-1, value.shape[-1])
    return np.array([_stable_shift(row[~np.isnan(row)]) for row in flat]).reshape(value.shape[:-1])


REJECTED = {
    "one mean of all years": all_years,
    "XmR of 24 months": last_two_years,
    "XmR year on year": year_on_year_chart,
    "Stable Shift": stable_shift,
}


def _latest_sign(value: Floats) -> Ints:
    flat = value.reshape(-1, value.shape[-1])
    chart = xmr(flat)
    return np.take_along_axis(chart.sign, chart.last[:, None], axis=1).reshape(value.shape[:-1]).astype(np.int64)


def _stable_shift(row: Floats) -> int:
    start, at, moved = 0, PERIOD, 0
    centre, spread = _limits(row[:PERIOD])
    while row.size - at >= PERIOD:
        runs = _long_runs(row[start:] - centre)
        later = np.flatnonzero(runs) + start
        later = later[later >= at]
        if not later.size or row.size - later[0] < PERIOD:
            break
        at = int(later[0])
        way = int(np.sign(row[at] - centre))
        candidate, width = _limits(row[at : at + PERIOD])
        if _reverts(row[at:] - candidate, way):
            at += 1
            continue
        moved = int(np.sign(candidate - centre))
        start, centre, spread, at = at, candidate, width, at + PERIOD
    distance = row[-1] - centre
    if abs(distance) > spread or _long_runs(row[start:] - centre)[-1]:
        return int(np.sign(distance))
    return moved if row.size - start <= RECENT else 0


def _limits(period: Floats) -> tuple[float, float]:
    """The mean and the distance of the limits, up to three points beyond them left out one after the other."""
    kept = period
    for _ in range(MOST_EXCLUDED + 1):
        centre, spread = kept.mean(), LIMIT_FACTOR * np.abs(np.diff(kept)).mean()
        beyond = np.abs(kept - centre)
        if len(period) - len(kept) == MOST_EXCLUDED or beyond.max() <= spread:
            break
        kept = np.delete(kept, int(np.argmax(beyond)))
    return float(centre), float(spread)


def _run_numbers(distance: Floats) -> Ints:
    side = np.sign(distance)
    return np.concatenate([[0], (side[1:] != side[:-1]).cumsum()]).astype(np.int64)


def _long_runs(distance: Floats) -> np.ndarray:
    """Whether each point is one of eight or more in a row on one side."""
    number = _run_numbers(distance)
    return np.bincount(number)[number] >= RUN


def _reverts(distance: Floats, way: int) -> bool:
    """Whether a shift ``way`` does not hold: a later long run on the other side begins in its 21 points, or may."""
    number = _run_numbers(distance)
    against = np.sign(distance) == -way
    long = _long_runs(distance) & against & (number > 0)
    ends_against = bool(against[PERIOD - 1] and (number[PERIOD - 1 :] == number[PERIOD - 1]).all())
    return bool(long[:PERIOD].any()) or ends_against
