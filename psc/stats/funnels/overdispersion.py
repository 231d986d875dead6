"""How much more units differ than chance explains: trimmed z scores, φ and the variance τ² between units.

Source: Spiegelhalter, "Handling over-dispersion of performance indicators" (Quality and Safety in Health Care 2005),
with DerSimonian and Laird's moment estimate of τ²; truncation by rank as in the SHMI specification. Every array is
(F, U), funnels × units, NaN = missing, unless said.
"""

import numpy as np
from scipy.stats import rankdata

from psc.stats.spc.segments import Floats, Ints


def winsorise(z: Floats, trim: float) -> Floats:
    """``z`` with values beyond the ``trim`` and 1 − ``trim`` quantiles (type 7) of its funnel drawn in to them."""
    share = checked_trim(trim)
    return np.clip(z, _quantile(z, share), _quantile(z, 1 - share))


def truncate(z: Floats, trim: float) -> Floats:
    """``z`` without the lowest and highest ``trim`` share of its funnel by rank, and without infinite values.

    With k = 1/trim and g = ⌊rank · k/(N + 1)⌋, tied ranks averaged, units with 0 < g < k − 1 are kept. It is no mirror
    image where N + 1 is a multiple of k: of 9 units at 0.1 the highest goes and the lowest stays.
    """
    kept, share = np.isfinite(z), checked_trim(trim)
    if share > 0 and z.size:
        present = ~np.isnan(z)
        groups = 1 / share
        rank = rankdata(np.where(present, z, np.inf), axis=1)
        group = np.floor(rank * groups / (present.sum(axis=1, keepdims=True) + 1))
        kept &= (group > 0) & (group < groups - 1)
    return np.where(kept, z, np.nan)


def overdispersion(z_used: Floats, s: Floats) -> tuple[Floats, Floats, Ints]:
    """(φ, τ², units kept), all (F,), from trimmed scores and the units' standard errors ``s`` on the same scale.

    φ is the mean of z², NaN without a unit. τ² is on the scale of s², and 0 where Nφ < N − 1 or N < 2: one unit shows
    no variance between units.
    """
    kept = ~np.isnan(z_used)
    n = kept.sum(axis=1)
    total = np.where(kept, z_used**2, 0.0).sum(axis=1)
    weight = np.where(kept, 1 / s**2, 0.0)
    whole = weight.sum(axis=1, keepdims=True)
    with np.errstate(invalid="ignore", divide="ignore"):
        # Σw − Σw²/Σw, written so that one very large unit does not cancel all the others.
        room = (weight * (whole - weight)).sum(axis=1) / whole[:, 0]
        excess = (total - (n - 1)) / room
        return total / n, np.where((n > 1) & (excess > 0), excess, 0.0), n


def checked_trim(trim: float) -> float:
    """``trim`` itself; ValueError unless it lies from 0 to under 0.5."""
    if not 0 <= trim < 0.5:
        raise ValueError(f"trim must be a share from 0 to under 0.5, such as 0.1 for a tenth at each end, not {trim!r}")
    return trim


def _quantile(z: Floats, share: float) -> Floats:
    """Type 7 quantile of each row (F, 1), NaN where the row is empty."""
    if not z.size:
        return np.full((z.shape[0], 1), np.nan)
    ordered = np.sort(z, axis=1)
    last = np.maximum((~np.isnan(z)).sum(axis=1, keepdims=True) - 1, 0)
    position = last * share
    below = np.floor(position).astype(np.int64)
    low = np.take_along_axis(ordered, below, axis=1)
    high = np.take_along_axis(ordered, np.minimum(below + 1, last), axis=1)
    return low + (high - low) * (position - below)
