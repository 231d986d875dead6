"""What the noise of yearly counts is like, found from the counts themselves."""

from dataclasses import dataclass

import numpy as np

from psc.stats.verdicts.monthly import Floats
from psc.stats.verdicts.yearly import BASELINE_YEARS, tau_squared

HIGHEST_CORRELATION = 0.95


@dataclass(frozen=True, slots=True, eq=False)
class YearlyNoise:
    """How S series of Y yearly counts scatter.

    ``rate`` (S,): that of the last five years. ``exposure`` (S, Y): NaN in a year without a count. ``tau``: the
    standard deviation of log rates between years beyond chance. ``root`` (S, S): a square root of the correlation
    between series.
    """

    rate: Floats
    exposure: Floats
    tau: float
    root: Floats


def yearly_noise(counts: Floats, exposure: Floats) -> YearlyNoise:
    """Find the noise of ``counts`` (S, Y) among ``exposure``, NaN where a year has no count."""
    counts, exposure = np.asarray(counts, float), np.asarray(exposure, float)
    exposure = np.where(np.isnan(counts), np.nan, exposure)
    recent = slice(-BASELINE_YEARS, None)
    rate = np.nansum(counts[:, recent], axis=-1) / np.nansum(exposure[:, recent], axis=-1)
    return YearlyNoise(rate, exposure, float(np.sqrt(tau_squared(counts, exposure))), _alike(counts, exposure))


def _alike(counts: Floats, exposure: Floats) -> Floats:
    """One correlation for all pairs: a few years cannot tell the pairs apart."""
    n_series = counts.shape[0]
    with np.errstate(invalid="ignore"):
        difference = np.diff(np.log(np.maximum(counts, 0.5) / exposure), n=2, axis=-1)
    known = ~np.isnan(difference).any(axis=0)
    between = float(difference[:, known].mean(axis=0).var()) if known.any() else 0.0
    single = float(difference[:, known].var(axis=-1).mean()) if known.any() else 0.0
    mean = between / single if single > 0 else 0.0
    shared = (mean * n_series - 1) / (n_series - 1) if n_series > 1 else 0.0
    shared = min(max(shared, 0.0), HIGHEST_CORRELATION)
    matrix = np.full((n_series, n_series), shared)
    np.fill_diagonal(matrix, 1.0)
    return np.linalg.cholesky(matrix)
