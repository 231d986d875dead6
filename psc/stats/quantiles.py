"""Quantiles (fifths, tenths) of areas, many sets of areas at once, as Public Health England assigns them.

The reference is phe_quantile of the R package PHEindicatormethods 2.1.0. Its two divisions can round an area into the
quantile below: with twenty quantiles of 28 areas, for one. Here whole numbers are divided once, so nothing rounds.
"""

from numbers import Integral

import numpy as np
import numpy.typing as npt

from psc.stats.segments import Floats, Ints, checked_values


def quantiles(values: npt.ArrayLike, *, number: int = 5, highest_is_one: bool = False) -> Floats:
    """Quantile, 1 to ``number``, of each of the areas of S sets: ``values`` (S, N; NaN = missing) gives (S, N).

    Quantile 1 holds the lowest values, or the highest if ``highest_is_one``. Equal values share a quantile, that of
    the one of them nearest to quantile 1; quantiles are then of unequal size, and some may be empty. NaN where the
    value is missing, and for the whole set if fewer areas than ``number`` have a value. Raises ValueError on an
    infinite value, another shape, or a ``number`` that is not a whole number of at least 2.
    """
    if not isinstance(number, Integral) or number < 2:
        raise ValueError(f"number of quantiles must be a whole number of at least 2, not {number!r}")
    array = checked_values(values)
    rank = _minimum_ranks(-array if highest_is_one else array)
    areas = (rank > 0).sum(axis=1, keepdims=True)
    # ceil((N + 1 - rank) / (N / q)) is the quantile counted from the far end.
    from_far_end = -(-(areas + 1 - rank) * number // np.maximum(areas, 1))
    return np.where((rank > 0) & (areas >= number), number + 1 - from_far_end, np.nan)


def _minimum_ranks(array: Floats) -> Ints:
    """Ranks from 1 within each row (S, N), equal values sharing the lowest; 0 where missing."""
    order = np.argsort(array, axis=1)
    ordered = np.take_along_axis(array, order, axis=1)
    place = np.broadcast_to(np.arange(1, array.shape[1] + 1), array.shape).copy()
    place[:, 1:][ordered[:, 1:] == ordered[:, :-1]] = 0
    rank = np.zeros(array.shape, dtype=np.int64)
    np.put_along_axis(rank, order, np.maximum.accumulate(place, axis=1), axis=1)
    return np.where(np.isnan(array), 0, rank)
