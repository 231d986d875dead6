"""Counts and populations by series and age band: made into tables, and checked before a rate is standardised.

Kept for own measures: ``band_table``. It lays out the long rows that users bring for
`psc.stats.rates.standardised_rates`.
"""

import numpy as np
import numpy.typing as npt

from psc.stats.spc.segments import Bools, Floats

SERIES_BY_BAND = ("series", "age band")


def band_table(
    series: npt.ArrayLike, band: npt.ArrayLike, values: npt.ArrayLike, *, bands: npt.ArrayLike
) -> tuple[npt.NDArray, Floats]:
    """Long rows as a table: (labels of the series (S,), in order, and their values (S, A), NaN where there is no row).

    Row i has ``values[i]`` of ``series[i]`` in ``band[i]``; ``bands`` (A,) are the bands in the order of the standard
    or reference population. To group by several keys (area, year) give them as one: text, or
    ``np.rec.fromarrays([area, year])``. Counts and populations made from the same rows have the same series in the
    same order; otherwise compare the labels first. Raises ValueError on a missing label, a band that ``bands`` does
    not have, a pair of series and band that has two rows, or unequal lengths.
    """
    owner, found, known = _labels(series, "series"), _labels(band, "band"), _labels(bands, "bands")
    numbers = np.asarray(values, dtype=np.float64)
    if not owner.shape == found.shape == numbers.shape:
        raise ValueError(
            f"series, band and values must be as long as each other: {owner.size}, {found.size}, {numbers.size}"
        )
    order = np.argsort(known)
    if not known.size or (known[order][1:] == known[order][:-1]).any():
        raise ValueError(f"bands must name at least one band, and each once: {known.tolist()}")
    if found.size and found.dtype.kind != known.dtype.kind:
        raise ValueError(f"band and bands must be labels of one kind: found {found.dtype} and {known.dtype}")
    column = order[np.minimum(np.searchsorted(known, found, sorter=order), known.size - 1)]
    unknown = known[column] != found
    if unknown.any():
        raise ValueError(f"band {found[unknown][0]!s} is not among the bands {known.tolist()}")
    labels, row = np.unique(owner, return_inverse=True)
    table = np.full((labels.size, known.size), np.nan)
    place, times = np.unique(row * known.size + column, return_counts=True)
    if (times > 1).any():
        at = np.unravel_index(place[times > 1][0], table.shape)
        raise ValueError(f"series {labels[at[0]]!s} has more than one row of band {known[at[1]]!s}")
    table[row, column] = numbers
    return labels, table


def checked_table(
    values: npt.ArrayLike,
    name: str,
    axes: tuple[str, ...] = SERIES_BY_BAND,
    *,
    shape: tuple[int, ...] | None = None,
    above_zero: bool = False,
) -> Floats:
    """``values`` as floats with these axes; ValueError if the shape is another or a number out of range."""
    array = np.asarray(values, dtype=np.float64)
    if array.ndim != len(axes):
        raise ValueError(f"{name} must be shaped ({', '.join(axes)}), not {array.ndim}-dimensional {array.shape}")
    if shape is not None and array.shape != shape:
        raise ValueError(f"{name} must be shaped {shape} like the counts, not {array.shape}")
    first_wrong(np.isinf(array), array, f"{name} must be finite or missing (NaN)", axes)
    if above_zero:
        first_wrong(array <= 0, array, f"{name} must all be greater than zero", axes)
    first_wrong(array < 0, array, f"{name} must not be negative", axes)
    return array


def checked_bands(values: npt.ArrayLike, name: str, n_bands: int, *, above_zero: bool = False) -> Floats:
    """``values`` as one number for each of ``n_bands``; ValueError also on a missing one, which no figure survives."""
    array = np.asarray(values, dtype=np.float64)
    if array.shape != (n_bands,):
        raise ValueError(f"{name} must be one number for each of the {n_bands} age bands, not shaped {array.shape}")
    first_wrong(np.isnan(array), array, f"{name} must not be missing", ("age band",))
    return checked_table(array, name, ("age band",), above_zero=above_zero)


def first_wrong(wrong: Bools, values: Floats, message: str, axes: tuple[str, ...] = SERIES_BY_BAND) -> None:
    """ValueError naming the first of ``values`` that is ``wrong`` and where it stands, if one is."""
    if wrong.any():
        at = tuple(np.argwhere(wrong)[0])
        place = ", ".join(f"{axis} {i}" for axis, i in zip(axes, at, strict=True))
        raise ValueError(f"{message}: found {values[at]:g} at {place}, counting from 0")


def read_missing_as_zero(counts: Floats, wanted: bool) -> Floats:
    """``counts`` with missing ones as zero if ``wanted``, but those of a series that has none at all stay missing."""
    if not wanted:
        return counts
    missing = np.isnan(counts)
    every = missing.all(axis=tuple(range(1, counts.ndim)), keepdims=True)
    return np.where(missing & ~every, 0.0, counts)


def _labels(values: npt.ArrayLike, name: str) -> npt.NDArray:
    array = np.asarray(values)
    if array.ndim != 1:
        raise ValueError(f"{name} must be a list of labels, not {array.ndim}-dimensional")
    try:
        missing = array != array
        if array.dtype == object:
            missing |= array == np.array(None, dtype=object)
    except TypeError:
        # pandas' NA is neither equal nor unequal to itself.
        missing = np.ones(1, dtype=bool)
    if missing.any():
        raise ValueError(f"{name} has a missing label")
    return np.asarray(array.tolist()) if array.dtype == object else array
