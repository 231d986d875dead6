"""Shares above half are judged on what is left: 96% could never change by 2%, but the 4% without it can."""

from dataclasses import dataclass

import numpy as np

from psc.catalogue.definition import Metric
from psc.stats.verdicts.monthly import Bools, Floats, Ints, last_pairs

ABOVE = 50.0
WHOLE = 100.0


@dataclass(frozen=True, slots=True, eq=False)
class Judged:
    """The figures (S, N) that are judged, and which series (S,) are ``flipped``: 100% less their figure."""

    value: Floats
    flipped: Bools

    @property
    def sign(self) -> Ints:
        """What turns a direction (S,) of what is judged into that of the figure."""
        return np.where(self.flipped, -1, 1)

    def beside(self, england: Floats) -> Floats:
        """Return the ratio (S, N) of what is judged to the same of England (N,); NaN where either has no figure."""
        whole = np.where(self.flipped[:, None], WHOLE - england, england)
        usable = (whole > 0) & ~np.isnan(self.value)
        return np.divide(self.value, whole, out=np.full(self.value.shape, np.nan), where=usable)


def complement_of(definition: Metric, value: Floats, segment: Ints) -> Judged:
    """Return what is judged of the figures ``value`` (S, N), on a calendar with every month."""
    then, now = last_pairs(value, segment)
    pairs = (~np.isnan(then)).sum(axis=1)
    middle = np.divide(np.nansum(then + now, axis=1), 2 * pairs, out=np.zeros(pairs.shape), where=pairs > 0)
    flipped = (middle > ABOVE) & definition.is_share
    return Judged(np.where(flipped[:, None], WHOLE - value, value), flipped)
