"""The slow, obvious twins of the noise and the worlds: pandas for the residuals, one month at a time for the rest."""

import math
from itertools import pairwise

import numpy as np
import pandas as pd


def residuals(log):
    """One series less its centred mean of twelve, then less the mean of each calendar month."""
    series = pd.Series(log, dtype=float)
    detrended = series - series.rolling(12, min_periods=6, center=True).mean()
    return (detrended - detrended.groupby(np.arange(len(series)) % 12).transform("mean")).to_numpy()


def lag_one(residual):
    return sum(a * b for a, b in pairwise(residual)) / sum(r * r for r in residual)


def expected_estimate(phi, months, draws, rng):
    """The mean estimate over ``draws`` autoregressions, as a ratio of the mean sums."""
    products = squares = 0.0
    for _ in range(draws):
        residual = residuals(autoregression(phi, rng.standard_normal(months)))
        squares += float((residual**2).sum())
        products += float((residual[1:] * residual[:-1]).sum())
    return products / squares


def autoregression(phi, shocks):
    out = [shocks[0]]
    for shock in shocks[1:]:
        out.append(phi * out[-1] + math.sqrt(1 - phi**2) * shock)
    return np.array(out)


def course(world, periods, per_year):
    """The log level of each period, walked back from the latest one."""
    path = [0.0]
    for back in range(1, periods):
        months_back = back * 12 / per_year
        share = world.after if months_back <= world.last else world.before
        path.append(path[-1] - math.log1p(share) / per_year)
    return np.array(path[::-1])
