"""How many fewer, or more, people a year there would be at another rate, such as England's.

The count of one year is uncertain in two ways: by chance, as any count, and because an area's years wander around its
own level by more than chance. τ² is the variance of that wandering, from second differences of the log ratio of counted
to expected, pooled over all areas (`yearly.tau_squared`); a steady trend, or a level of its own, leaves it at zero. The
log of a count x then has the variance (1 − p)/x + τ², p being the share that is counted (0 for a rate).

The spread *between* areas, as funnels use it (φ, the mean of z²), is no substitute: it takes the difference in question
for noise. docs/methods.md has the figures.
"""

from dataclasses import dataclass

import numpy as np

from psc.stats.verdicts.monthly import Bools, Floats
from psc.stats.verdicts.yearly import NORMAL_99, ZERO_COUNT, tau_squared

FEWEST_YEARS = 4


@dataclass(frozen=True, slots=True, eq=False)
class People:
    """How many more there would be in the latest year, each array (S,): fewer where negative, NaN where unknown.

    ``lower`` and ``upper`` are the 99% interval of ``difference``.
    """

    difference: Floats
    lower: Floats
    upper: Floats

    @property
    def clear(self) -> Bools:
        """Whether (S,) the interval leaves out no difference, to the nearest whole person."""
        with np.errstate(invalid="ignore"):
            return (self.lower >= 1) | (self.upper <= -1)


def people_at_rate(counts: Floats, expected: Floats, share: float | Floats = 0.0) -> People:
    """Compare the latest year of ``counts`` (S, Y) with those ``expected`` (S, Y) at the other rate, oldest first.

    Both are NaN where a year has no figures. ``share``, one for all or (S,), is the part of the denominator that is
    counted in the latest year; 0 for a rate. Nothing is known of an area with under four years, all told: the wandering
    of its years would have to be guessed. The other rate is taken as known: England's rests on far more people, and an
    area that is part of England makes the interval too wide rather than too narrow.
    """
    counts, expected = (np.asarray(array, float) for array in (counts, expected))
    known = ~(np.isnan(counts) | np.isnan(expected)) & (expected > 0)
    counts, expected = (np.where(known, array, np.nan) for array in (counts, expected))
    latest, wanted = counts[:, -1], expected[:, -1]
    usable = known[:, -1] & (known.sum(axis=1) >= FEWEST_YEARS)
    x = np.where(usable, np.where(latest == 0, ZERO_COUNT, latest), 1.0)
    spread = np.exp(NORMAL_99 * np.sqrt((1 - np.asarray(share)) / x + tau_squared(counts, expected)))
    difference, lower, upper = wanted - latest, wanted - x * spread, wanted - x / spread
    found = (np.where(usable, array, np.nan) for array in (difference, lower, upper))
    return People(*found)
