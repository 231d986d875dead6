"""Steps in the denominator of one contributor, such as a trust, that could pass for a change of its area's rate.

A trust that stops counting some of its admissions makes its area's percentage jump with no change in care. The rule: a
contributor with at least 5% of the area's denominator whose own denominator is more than 25% above or below the median
of its previous 12 months, in three recorded months in a row or more, within the last 24 (docs/methods.md).
"""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from psc.stats.verdicts.monthly import Floats, Ints

DEPARTURE = 0.25
SMALLEST_SHARE = 0.05
YEAR, LASTING, RECENT = 12, 3, 24
"""Months: of the median before, of a step at least, and of the latest part of the series in which steps matter."""


@dataclass(frozen=True, slots=True, eq=False)
class Steps:
    """K steps, in order of contributor, then time.

    ``contributor`` and ``first`` (K,) are the row of the contributor and the column of the step's first period.
    ``ratio`` (K,): the median denominator during the step to that of the 12 months before it. ``share`` (K,): the
    contributor's part of the area's denominator, from 12 months before the step to its end.
    """

    contributor: Ints
    first: Ints
    ratio: Floats
    share: Floats


def denominator_steps(own: Floats, area: Floats, months_apart: int = 1) -> Steps:
    """Find the steps of contributors' denominators ``own`` (C, N) in areas whose denominators are ``area`` (C, N).

    Columns are periods without gaps, ``months_apart`` months from one start to the next (1, or 3 for quarters). NaN is
    a period in which the contributor or the area has no figure, which neither makes nor ends a step. A median needs
    figures in half of its periods. A step's direction is one: up and then down are two.
    """
    area = np.broadcast_to(np.asarray(area, float), np.shape(own))
    own = np.where(np.isnan(area), np.nan, own)
    year = YEAR // months_apart
    recent = own.shape[-1] - RECENT // months_apart
    side = _sides(own, year)
    found: list[tuple[int, int, float, float]] = []
    for row in np.flatnonzero((side != 0).any(axis=-1)).tolist():
        for run in _runs(side[row], ~np.isnan(own[row])):
            if (run >= recent).sum() * months_apart < LASTING:
                continue
            usual = np.nanmedian(own[row, run[0] - year : run[0]])
            around = slice(run[0] - year, run[-1] + 1)
            known = ~np.isnan(own[row, around])
            share = own[row, around][known].sum() / area[row, around][known].sum()
            if share >= SMALLEST_SHARE:
                found.append((row, int(run[0]), float(np.median(own[row, run]) / usual), float(share)))
    contributor, first, ratio, share = (np.array([step[n] for step in found]) for n in range(4))
    return Steps(contributor.astype(np.int64), first.astype(np.int64), ratio.astype(float), share.astype(float))


def without_contributor(area: Floats, own: Floats) -> Floats:
    """Return the area's numerator or denominator (..., N) without a contributor's; NaN where the area has none.

    A contributor without a figure is not in the area's. Where nothing would be left, there is no figure.
    """
    rest = area - np.nan_to_num(own)
    return np.where(np.isnan(area) | (rest < 0), np.nan, rest)


def _sides(own: Floats, year: int) -> Ints:
    """1 or −1 (C, N) where a denominator is far above or below the median of the periods before it; else 0."""
    side = np.zeros(own.shape, np.int64)
    if own.shape[-1] <= year:
        return side
    before = np.lib.stride_tricks.sliding_window_view(own, year, axis=-1)[..., :-1, :]
    enough = (~np.isnan(before)).sum(axis=-1) * 2 >= year
    usual = np.full(enough.shape, np.nan)
    usual[enough] = np.nanmedian(before[enough], axis=-1)
    latest = own[..., year:]
    with np.errstate(invalid="ignore"):
        far = (np.abs(latest - usual) > DEPARTURE * usual) & (usual > 0)
        side[..., year:] = np.where(far, np.sign(latest - usual), 0)
    return side


def _runs(side: Ints, recorded: npt.NDArray[np.bool_]) -> list[Ints]:
    """The places of each run of recorded periods on the same side, 1 or −1."""
    places = np.flatnonzero(recorded)
    cuts = np.flatnonzero(np.diff(side[places])) + 1
    return [run for run in np.split(places, cuts) if run.size and side[run[0]] != 0]
