"""Simulated worlds: series with the noise of real ones, on a course that is known.

What a rule says of series that are not changing is its rate of chance findings; what it says of series that fall is its
power. Each world draws all areas together, because real ones rise and fall together. Seeded by the caller's generator.
"""

from dataclasses import dataclass

import numpy as np

from psc.stats.verdicts.monthly import YEAR, Floats
from psc.stats.verdicts.noise import SeriesNoise
from psc.stats.verdicts.yearly_noise import YearlyNoise


@dataclass(frozen=True, slots=True)
class World:
    """The course of a level: by what share a year it changes ``before``, and over the ``last`` months at the end.

    ``winter``: a further winter's peak, as a log amplitude, whose height varies by a third from year to year.
    ``phi``: one autocorrelation for every series in place of its own. ``wander``: the standard deviation of the yearly
    steps of a level that drifts at random.
    """

    name: str
    before: float = 0.0
    after: float = 0.0
    last: int = 0
    winter: float = 0.0
    phi: float | None = None
    wander: float = 0.0

    def course(self, periods: int, per_year: int) -> Floats:
        """The log level (N,) of each period, 0 at the latest."""
        since = (np.arange(periods) - (periods - 1)) / per_year + self.last / YEAR
        path = np.log1p(self.before) * np.minimum(since, 0) + np.log1p(self.after) * np.maximum(since, 0)
        return path - path[-1]


STABLE = World("stable")
FALLING = World("falling 10% a year", before=-0.10)
FLAT_18 = World("flat for 18 months after a fall", before=-0.10, last=18)
TURNED_12 = World("rising for 12 months after a fall", before=-0.10, after=0.10, last=12)
MONTHLY = (
    STABLE,
    World("falling 5% a year", before=-0.05),
    FALLING,
    World("rising 5% a year", before=0.05),
    World("rising 10% a year", before=0.10),
    FLAT_18,
    TURNED_12,
    World("stable, strong winters that vary", winter=0.2),
    World("stable, autocorrelation 0.75", phi=0.75),
)
WANDERING = World("wandering 2% a year", wander=0.02)
FLAT_24 = World("flat for two years after a fall", before=-0.10, last=24)
YEARLY = (STABLE, WANDERING, FLAT_24, TURNED_12, FALLING, World("rising 10% a year", before=0.10))
WINTER_SPREAD = 1 / 3
NORMAL_FROM = 100


def monthly_worlds(
    noise: SeriesNoise, world: World, rng: np.random.Generator, worlds: int, matched: bool = True
) -> Floats:
    """Draw figures (W, S, N) of ``worlds`` many worlds; NaN in the months in which the real series have none.

    ``matched`` raises each autocorrelation until its estimate is expected to be the series' own.
    """
    n_series, months = noise.missing.shape
    phi, sd = (noise.matched_phi, noise.matched_sd) if matched else (noise.phi, noise.sd)
    if world.phi is not None:
        phi = np.full(n_series, world.phi)
    shared = world.course(months, YEAR) + _winters(world, rng, worlds, months)
    own = noise.level[:, None] + noise.season[:, np.arange(months) % YEAR]
    log = _autoregression(phi, rng.standard_normal((months, worlds, n_series)) @ noise.root.T)
    value = np.exp(np.moveaxis(log * sd, 0, -1) + own + shared[:, None, :])
    counted = ~np.isnan(noise.exposure).all(axis=-1)
    if counted.any():
        exposure = np.where(noise.exposure > 0, noise.exposure, 1.0)
        value[:, counted] = _counted(value[:, counted] * exposure[counted], noise.dispersion[counted], rng)
        value[:, counted] /= exposure[counted]
    return np.where(noise.missing, np.nan, value)


def yearly_worlds(noise: YearlyNoise, world: World, rng: np.random.Generator, worlds: int) -> Floats:
    """Draw counts (W, S, Y) of ``worlds`` many worlds; NaN in the years in which the real series have none."""
    n_series, years = noise.exposure.shape
    shape = (worlds, years, n_series)
    yearly = noise.tau * rng.standard_normal(shape) @ noise.root.T
    steps = world.wander * rng.standard_normal(shape) @ noise.root.T if world.wander else np.zeros(shape)
    log = np.swapaxes(yearly + steps.cumsum(axis=1), 1, 2) + world.course(years, 1)
    exposure = np.where(np.isnan(noise.exposure), 0.0, noise.exposure)
    counts = rng.poisson(np.exp(log) * noise.rate[:, None] * exposure).astype(np.float64)
    return np.where(np.isnan(noise.exposure), np.nan, counts)


def _counted(mean: Floats, dispersion: Floats, rng: np.random.Generator) -> Floats:
    """Whole events (W, S, N) of that mean, their variance ``dispersion`` (S,) times it: Poisson, or normal where many.

    The normal draws take a fifth of the time and cannot be told apart from 100 events on.
    """
    many = mean.min(axis=(0, 2), initial=np.inf) >= NORMAL_FROM
    scatter = np.empty_like(mean)
    scatter[:, many] = np.sqrt(mean[:, many]) * rng.standard_normal(mean[:, many].shape)
    scatter[:, ~many] = rng.poisson(mean[:, ~many]) - mean[:, ~many]
    return np.rint(mean + np.sqrt(dispersion)[:, None] * scatter)


def _autoregression(phi: Floats, shocks: Floats) -> Floats:
    """First-order autoregressions (N, W, S) of variance 1 from independent ``shocks`` of that shape."""
    out = np.empty_like(shocks)
    out[0] = shocks[0]
    scale = np.sqrt(1 - phi**2)
    for month in range(1, shocks.shape[0]):
        out[month] = phi * out[month - 1] + scale * shocks[month]
    return out


def _winters(world: World, rng: np.random.Generator, worlds: int, months: int) -> Floats:
    """Winter peaks (W, N), the same for all series of a world: a cold winter is cold everywhere."""
    if not world.winter:
        return np.zeros((worlds, months))
    height = 1 + WINTER_SPREAD * rng.standard_normal((worlds, months // YEAR + 1))
    peak = np.cos(2 * np.pi * np.arange(months) / YEAR)
    return world.winter * height[:, np.arange(months) // YEAR] * peak
