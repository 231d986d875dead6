"""What the noise of a monthly series is like, found from the series itself: its size, persistence and ties.

Detrending by a centred mean takes away much of the slow noise, so that a true lag-1 autocorrelation of 0.75 is
estimated as 0.45. How much is known exactly, because both steps (centred mean, mean of each calendar month) are linear:
for residuals r = Mx of a first-order autoregression x, the expected Σr_t² and Σr_t·r_{t+1} are sums over the diagonals
of MᵀM and of its shifted twin, weighted by φ^lag. ``matched`` noise is the one whose expected estimate is the series'
own; ``plain`` noise takes the estimate at its word. Marriott and Pope (1954) describe the bias.
"""

from dataclasses import dataclass, replace

import numpy as np

from psc.stats.verdicts.monthly import YEAR, Bools, Floats, Ints, centred_mean

TINY = 1e-30
"""So that a series that never moves divides nothing by zero."""
PHI = np.linspace(-0.9, 0.99, 190)
"""The autocorrelations considered: beyond 0.99 a series of a few years cannot be told from one without a level."""
MOST_COUNTING = 0.9
"""Counting is taken to explain at most so much of the noise: repeat prescriptions vary less than independent events."""


@dataclass(frozen=True, slots=True, eq=False)
class SeriesNoise:
    """Log noise of S series beyond that of counting, and where they stand. Arrays are (S,) unless said.

    ``level``: mean log of the last twelve months. ``season`` (S, 12): log offsets, from the first column's month on.
    ``phi``, ``sd``: lag-1 autocorrelation as estimated, and the standard deviation that goes with it;
    ``matched_phi``, ``matched_sd``: those whose expected estimates are the series' own. ``root`` (S, S): a square root
    of the correlation between series. ``exposure`` (S, N) times the figure is the number of events; NaN, all of it,
    where figures are no counts. ``dispersion``: the variance of an event count as a multiple of its mean, at most 1.
    ``missing`` (S, N): no figure.
    """

    level: Floats
    season: Floats
    phi: Floats
    sd: Floats
    matched_phi: Floats
    matched_sd: Floats
    root: Floats
    exposure: Floats
    dispersion: Floats
    missing: Bools

    def more_persistent(self, by: float) -> "SeriesNoise":
        """The noise that would match estimates of autocorrelation higher ``by`` so much, the residuals as large."""
        square, expected = _expected(self.missing.shape[-1])
        phi = self.phi + by
        matched = np.interp(phi, expected, PHI)
        sd = self.matched_sd * np.sqrt(_powers(self.matched_phi, square) / _powers(matched, square))
        return replace(self, phi=phi, matched_phi=matched, matched_sd=sd)


def series_noise(value: Floats, exposure: Floats | None = None, segment: Ints | None = None) -> SeriesNoise:
    """Find the noise of ``value`` (S, N) above zero on a calendar without gaps, NaN where a month has no figure.

    ``exposure`` (S, N) is given where the figures are counts: then the variance of counting, 1 / events, is taken off
    and drawn anew. ``segment`` (S, N) numbers the stretches between changes of definition; their levels are set equal.
    Each series needs a figure; ValueError otherwise, or with under two years.
    """
    value = np.asarray(value, float)
    if value.shape[-1] < 2 * YEAR:
        raise ValueError(f"noise needs at least two years of months, not {value.shape[-1]} months")
    exposure = np.full(value.shape, np.nan) if exposure is None else np.asarray(exposure, float)
    log, counting = _logs(value, exposure)
    missing = np.isnan(log)
    if missing.all(axis=-1).any():
        raise ValueError("noise needs a figure above zero in each series")
    bridged = _bridged(log)
    residual = np.where(missing, np.nan, _levelled(bridged, segment) @ _residuals(value.shape[-1]).T)
    squares, products = _sums(residual)
    squares = np.maximum(squares, TINY)
    square, product = _diagonals(value.shape[-1])
    share = np.minimum(counting * square[0] / squares, MOST_COUNTING)
    left = squares * (1 - share)
    phi = _persistence(products - share * squares * product[0] / square[0], left, share)
    matched = np.interp(phi, _expected(value.shape[-1])[1], PHI)
    return SeriesNoise(
        level=bridged[:, -YEAR:].mean(axis=-1),
        season=_season(bridged - centred_mean(bridged)),
        phi=phi,
        sd=np.sqrt(left / _powers(phi, square)),
        matched_phi=matched,
        matched_sd=np.sqrt(left / _powers(matched, square)),
        root=_root(residual, left / value.shape[-1]),
        exposure=exposure,
        dispersion=np.minimum(1.0, share * squares / np.maximum(counting * square[0], TINY)),
        missing=np.isnan(value),
    )


def _logs(value: Floats, exposure: Floats) -> tuple[Floats, Floats]:
    """Log figures (S, N), and the mean variance (S,) that counting gives them."""
    events = value * exposure + 0.5  # a month without any has a log too
    counted = exposure > 0
    with np.errstate(divide="ignore", invalid="ignore"):
        plain = np.where(value > 0, np.log(value), np.nan)
        log = np.where(counted, np.log(events / exposure), plain)
    known = ~np.isnan(log)
    inverse = np.divide(1.0, events, out=np.zeros(value.shape), where=known & counted)
    return log, inverse.sum(axis=-1) / np.maximum(known.sum(axis=-1), 1)


def _bridged(log: Floats) -> Floats:
    """The same with straight lines over the gaps."""
    place = np.arange(log.shape[-1])
    return np.array(
        [np.interp(place, place[known], row[known]) for row, known in zip(log, ~np.isnan(log), strict=True)]
    )


def _levelled(log: Floats, segment: Ints | None) -> Floats:
    """The same, each segment less its own mean."""
    if segment is None:
        return log
    out = log.copy()
    for number in np.unique(segment):
        inside = segment == number
        mean = np.where(inside, log, 0.0).sum(axis=-1, keepdims=True) / np.maximum(
            inside.sum(axis=-1, keepdims=True), 1
        )
        out = np.where(inside, out - mean, out)
    return out


def _persistence(products: Floats, squares: Floats, counting: Floats) -> Floats:
    """The estimated lag-1 autocorrelation (S,) of noise beyond counting.

    The more of a series' noise is ``counting``, the less it says of the rest, and the more all series together count.
    """
    own, together = products / np.maximum(squares, TINY), products.sum() / max(squares.sum(), TINY)
    return (1 - counting) * np.clip(own, PHI[0], PHI[-1]) + counting * np.clip(together, PHI[0], PHI[-1])


def _residuals(months: int) -> Floats:
    """The matrix (N, N) that takes the centred mean and then the mean of each calendar month from a series."""
    detrend = np.eye(months) - centred_mean(np.eye(months)).T
    return detrend - _calendar_means(months) @ detrend


def _calendar_means(months: int) -> Floats:
    place = np.arange(months)
    same = (place[:, None] - place) % YEAR == 0
    return same / same.sum(axis=1, keepdims=True)


def _diagonals(months: int) -> tuple[Floats, Floats]:
    """Weights (N,) of φ^lag in the expected sums of r_t² and of r_t·r_{t+1}."""
    matrix = _residuals(months)
    lag = np.abs(np.subtract.outer(np.arange(months), np.arange(months))).ravel()
    pairs = (matrix.T @ matrix, matrix[:-1].T @ matrix[1:])
    square, product = (np.bincount(lag, pair.ravel(), months).astype(np.float64) for pair in pairs)
    return square, product


def _expected(months: int) -> tuple[Floats, Floats]:
    """Weights of φ^lag in Σr_t², and the estimates expected of each of `PHI`."""
    square, product = _diagonals(months)
    return square, _powers(PHI, product) / _powers(PHI, square)


def _powers(phi: Floats, weights: Floats) -> Floats:
    return phi[:, None] ** np.arange(weights.size) @ weights


def _sums(residual: Floats) -> tuple[Floats, Floats]:
    """Σr_t² and Σr_t·r_{t+1} (S,), scaled up for months without a figure."""
    months = residual.shape[-1]
    products = residual[:, :-1] * residual[:, 1:]
    found = []
    for array, full in ((residual**2, months), (products, months - 1)):
        known = (~np.isnan(array)).sum(axis=-1)
        found.append(np.nansum(array, axis=-1) * full / np.maximum(known, 1))
    squares, pairs = found
    return squares, pairs


def _season(detrended: Floats) -> Floats:
    """Mean log offset (S, 12) of each calendar month, their mean 0."""
    means = np.stack([detrended[:, month::YEAR].mean(axis=-1) for month in range(YEAR)], axis=-1)
    return means - means.mean(axis=-1, keepdims=True)


def _root(residual: Floats, variance: Floats) -> Floats:
    """A square root (S, S) of the correlation of series, counting left out; the nearest one without negative roots."""
    filled = np.nan_to_num(residual)
    size = np.sqrt(variance)
    correlation = filled @ filled.T / residual.shape[-1] / np.maximum(np.outer(size, size), TINY)
    np.fill_diagonal(correlation, 1.0)
    values, vectors = np.linalg.eigh(np.clip(correlation, -1, 1))
    root = vectors * np.sqrt(np.maximum(values, 0.0))
    return root / np.maximum(np.linalg.norm(root, axis=1, keepdims=True), TINY)
