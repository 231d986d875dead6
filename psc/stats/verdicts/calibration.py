"""How far to trust a measure's verdicts, measured on simulated worlds in which nothing is changing.

The interval of the year-on-year change assumes less persistent noise than real series have. Simulated worlds with each
series' own noise (`noise`, `worlds`) say by how much it must be widened for 99% of them to be covered, how often a
verdict then still appears by chance, and in how many areas at once, since areas move together.
"""

from dataclasses import dataclass

import numpy as np

from psc.stats.verdicts.monthly import YEAR, Bools, Floats, Ints, year_on_year
from psc.stats.verdicts.noise import SeriesNoise, series_noise
from psc.stats.verdicts.rare import few_a_month, twelve_month_counts
from psc.stats.verdicts.widening import size_and_half, widening_for
from psc.stats.verdicts.worlds import FALLING, STABLE, World, monthly_worlds, yearly_worlds
from psc.stats.verdicts.yearly import BASELINE_YEARS, tau_squared, yearly_direction
from psc.stats.verdicts.yearly_noise import yearly_noise

WORLDS = 400
FEWER = 4  # one world in so many is enough for the power, which needs no tail
COVERAGE = 0.99
MOST_BY_CHANCE = 0.05
"""A measure whose verdicts appear by chance more often than this shows the size of a change and no verdict."""


@dataclass(frozen=True, slots=True)
class Calibration:
    """What a verdict of one measure of S areas is worth.

    ``widening``: the factor, at least 1, by which intervals are stretched to cover 99%; 1 for yearly counts.
    ``covered``: the share that they cover without it, NaN where there is no interval. ``chance``: the share of areas
    with a certain verdict in ``worlds`` many worlds in which nothing changes; ``chance_if_persistent``: the same, from
    half as many worlds, if the noise is as persistent as its estimate plus one standard error. ``at_once`` (S + 1): in
    what share of those worlds none, one, two ... and all areas have a certain verdict. ``finds_fall``: the share of
    areas called certainly lower where all fall by 10% a year.
    """

    widening: float
    covered: float
    chance: float
    chance_if_persistent: float
    at_once: tuple[float, ...]
    finds_fall: float
    worlds: int

    @property
    def gives_verdict(self) -> bool:
        """Whether verdicts of this measure appear seldom enough by chance, even if its noise is somewhat underrated."""
        return max(self.chance, self.chance_if_persistent) <= MOST_BY_CHANCE

    @property
    def one_in(self) -> int:
        """In a measure that is not changing, a certain verdict appears at most once in so many series.

        Never more than ``worlds``: what was not seen in so many worlds is not known to be rarer.
        """
        return round(1 / max(self.chance, 1 / self.worlds))

    @property
    def expected(self) -> float:
        """The mean number of areas with a certain verdict in a world in which nothing changes."""
        return float(np.dot(self.at_once, np.arange(len(self.at_once))))

    @property
    def none_at_once(self) -> float:
        """The share of worlds in which no area has a certain verdict."""
        return self.at_once[0]

    @property
    def all_at_once(self) -> float:
        """The share of worlds in which every area has one."""
        return self.at_once[-1]


def calibrate_monthly(
    value: Floats, exposure: Floats | None = None, segment: Ints | None = None, *, seed: int, worlds: int = WORLDS
) -> Calibration:
    """Calibrate `year_on_year` for the areas (S, N) of one measure, NaN where a month has no figure; without England.

    ``exposure`` (S, N) times a figure is its number of events; it is given where figures are counts, and areas with few
    of them are judged by `twelve_month_counts`. ``segment`` as for `year_on_year`. The same ``seed`` gives the same
    answer. Series too short for any certain verdict have none by chance.
    """
    areas, source = np.shape(value)[0], _source(value, exposure, segment)
    if source is None:
        return _never(areas, worlds)
    rng = np.random.default_rng(seed)
    found = source.judged(source.noise, STABLE, rng, worlds)
    widening = found.widening
    raised = source.noise.more_persistent(1 / np.sqrt(np.shape(value)[-1]))
    persistent = source.judged(raised, STABLE, rng, worlds // 2 + 1)
    fallen = source.judged(source.noise, FALLING, rng, worlds // FEWER + 1)
    share = source.few.size / areas  # areas without figures have no verdict
    certain = found.certain(widening)
    return Calibration(
        widening,
        found.covered,
        float(certain.mean()) * share,
        float(persistent.certain(widening).mean()) * share,
        _at_once(certain, areas),
        float((fallen.certain(widening) & (fallen.direction < 0)).mean()) * share,
        worlds,
    )


def monthly_widening(
    value: Floats, exposure: Floats | None = None, segment: Ints | None = None, *, seed: int, worlds: int = WORLDS
) -> float:
    """Return the widening alone that `calibrate_monthly` finds, at half the cost; 1 for series that are too short."""
    source = _source(value, exposure, segment)
    return source.judged(source.noise, STABLE, np.random.default_rng(seed), worlds).widening if source else 1.0


def calibrate_yearly(
    counts: Floats, exposure: Floats, segment: Ints | None = None, *, seed: int, worlds: int = WORLDS
) -> Calibration:
    """Calibrate `yearly_direction` for the areas (S, Y) of one measure, NaN where a year has no count.

    ``segment`` as for `yearly_direction`. Areas without a count in the last five years have no verdict by chance.
    """
    usable = ~np.isnan(counts[:, -BASELINE_YEARS:]).all(axis=-1)
    if not usable.any():
        return _never(counts.shape[0], worlds)
    noise = yearly_noise(counts[usable], exposure[usable])
    segment = None if segment is None else np.broadcast_to(segment, counts.shape)[usable]
    rng = np.random.default_rng(seed)
    found, fallen = (
        yearly_direction(drawn, noise.exposure, tau_squared(drawn, noise.exposure)[:, None], segment)
        for drawn in (
            yearly_worlds(noise, STABLE, rng, worlds),
            yearly_worlds(noise, FALLING, rng, worlds // FEWER + 1),
        )
    )
    chance = float(found.certain.mean() * usable.mean())
    finds = float((fallen.direction < 0).mean() * usable.mean())
    return Calibration(1.0, float("nan"), chance, chance, _at_once(found.certain, counts.shape[0]), finds, worlds)


@dataclass(frozen=True, slots=True, eq=False)
class JudgedWorlds:
    """Verdicts in simulated worlds, arrays (W, S): ``direction``, and log ``size`` with the ``half`` of its interval.

    Series with ``few`` (S,) events are judged by their exact test, whose interval nothing widens.
    """

    direction: Ints
    size: Floats
    half: Floats
    few: Bools

    def certain(self, widening: float) -> Bools:
        """Whether (W, S) a verdict is certain with so wide an interval."""
        with np.errstate(invalid="ignore"):
            excludes = np.abs(self.size) > widening * self.half
        return (self.direction != 0) & (excludes | self.few)

    @property
    def widening(self) -> float:
        """By how much the intervals of worlds without change must be stretched to cover 99%; at least 1."""
        return widening_for(self.size[:, ~self.few], self.half[:, ~self.few], COVERAGE)

    @property
    def covered(self) -> float:
        """The share of intervals that include no change as they are; NaN without any."""
        known = ~np.isnan(self.half) & ~self.few
        return float((np.abs(self.size) <= self.half)[known].mean()) if known.any() else float("nan")


def judge_worlds(value: Floats, noise: SeriesNoise, few: Bools, segment: Ints | None = None) -> JudgedWorlds:
    """Judge every series of worlds (W, S, N)."""
    found = year_on_year(value, segment)
    direction = found.direction
    if few.any():
        rows = None if segment is None else segment[few]
        exposure = np.broadcast_to(noise.exposure[few], value[:, few].shape)
        direction[:, few] = twelve_month_counts(value[:, few] * exposure, exposure, rows).direction
    return JudgedWorlds(direction, *size_and_half(found), few)


@dataclass(frozen=True, slots=True, eq=False)
class _Source:
    """What worlds are drawn from: the series with figures, which of them have ``few`` events, and their segments."""

    noise: SeriesNoise
    few: Bools
    segment: Ints | None

    def judged(self, noise: SeriesNoise, world: World, rng: np.random.Generator, worlds: int) -> JudgedWorlds:
        return judge_worlds(monthly_worlds(noise, world, rng, worlds), noise, self.few, self.segment)


def _source(value: Floats, exposure: Floats | None, segment: Ints | None) -> _Source | None:
    """The noise of the series that have figures; None without any or under two years."""
    value = np.asarray(value, float)
    usable = (value > 0).any(axis=-1)
    if value.shape[-1] < 2 * YEAR or not usable.any():
        return None
    segment = None if segment is None else np.broadcast_to(segment, value.shape)[usable]
    noise = series_noise(value[usable], None if exposure is None else np.asarray(exposure, float)[usable], segment)
    return _Source(noise, few_a_month(value[usable] * noise.exposure), segment)


def _at_once(certain: Bools, areas: int) -> tuple[float, ...]:
    return tuple((np.bincount(certain.sum(axis=1), minlength=areas + 1) / certain.shape[0]).tolist())


def _never(areas: int, worlds: int) -> Calibration:
    return Calibration(1.0, float("nan"), 0.0, 0.0, (1.0, *([0.0] * areas)), 0.0, worlds)
