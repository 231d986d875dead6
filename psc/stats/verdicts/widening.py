"""By how much intervals must be widened to cover what they say, from simulated worlds without change.

The factor that a world needs is |z|·V / half-width: z, the size of its year-on-year mean in standard deviations V, is
standard normal, and the half-width hardly depends on it. So each simulated half-width stands for all sizes, weighted by
the normal density, once the little that it grows with |z| is taken out by regression (conditional Monte Carlo, as in
Rubinstein and Kroese, Simulation and the Monte Carlo Method). That is as good as three times as many worlds: of areas
that move together, the largest hundredth of 400 worlds is only a handful.
"""

import numpy as np

from psc.stats.verdicts.monthly import Floats, YearOnYear

SIZES = (np.arange(80) + 0.5) / 16
"""|z| from 0 to 5."""


def size_and_half(found: YearOnYear) -> tuple[Floats, Floats]:
    """Return the log change and the distance from it to its upper bound, both (S,); NaN without an interval.

    An interval must be stretched by |size| / half to include no change.
    """
    with np.errstate(invalid="ignore", divide="ignore"):
        size = np.log1p(found.change)
        return size, np.log1p(found.upper) - size


def widening_for(size: Floats, half: Floats, share: float) -> float:
    """Return the factor, at least 1, by which intervals of worlds (W, S) without change cover ``share`` of them.

    ``size`` and ``half`` are those of `size_and_half`. 1 where no interval can be made.
    """
    known = ~(np.isnan(size) | np.isnan(half)) & (half > 0)
    worlds = np.maximum(known.sum(axis=0), 1)
    spread = np.sqrt(np.where(known, size**2, 0.0).sum(axis=0) / worlds)
    known &= spread > 0
    if not known.any():
        return 1.0
    with np.errstate(invalid="ignore", divide="ignore"):
        z, log = np.abs(size) / spread, np.log(half / spread)
    z, log, centred = z[known], log[known], _less_series_mean(np.stack([z, log]), known)
    slope = float(centred[0] @ centred[1] / max(centred[0] @ centred[0], np.finfo(float).tiny))
    needed = (np.log(SIZES) - slope * SIZES) - (log - slope * z)[:, None]
    order = np.argsort(needed, axis=None)
    weight = np.broadcast_to(np.exp(-(SIZES**2) / 2), needed.shape).ravel()[order].cumsum()
    place = np.searchsorted(weight, share * weight[-1])
    return max(1.0, float(np.exp(needed.ravel()[order[place]])))


def _less_series_mean(arrays: Floats, known: np.ndarray) -> Floats:
    """The known places (2, K) of ``arrays`` (2, W, S), each less the mean of its series."""
    filled = np.where(known, arrays, 0.0)
    mean = filled.sum(axis=1, keepdims=True) / np.maximum(known.sum(axis=0), 1)
    return (filled - mean)[:, known]
