"""False verdicts and power on simulated worlds: the rules in use beside those rejected, and the bars they must meet.

Every shipped series gives its own season, noise, persistence and ties; see `psc.stats.verdicts.noise`. Calibrations are
the ones a build would make; the worlds they are tried on are drawn anew.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np

from bench.report import Finding, note
from bench.world_methods import REJECTED, stable_shift
from psc.catalogue.definition import Metric, load_catalogue
from psc.catalogue.observations import read_checked_observations
from psc.geography.areas import ENGLAND
from psc.settings import data_folder
from psc.stats.verdicts.calibration import judge_worlds
from psc.stats.verdicts.monthly import Floats, Ints
from psc.stats.verdicts.noise import SeriesNoise, series_noise
from psc.stats.verdicts.rare import few_a_month
from psc.stats.verdicts.worlds import FALLING, FLAT_18, MONTHLY, STABLE, TURNED_12, World, monthly_worlds
from psc.store.grid import Grid, grid_of
from psc.store.verdicts.calendar import every_month
from psc.store.verdicts.calibrated import Calibrated, calibrated, monthly_figures

SEED = 2026
DRAWN, DRAWN_REJECTED, DRAWN_SHIFT = 1000, 200, 20
"""Worlds of a measure: for the rules in use, for rejected ones, and for the algorithm that takes series one by one."""
OWN = "stable, autocorrelation as estimated"
IN_USE = "in use"
RULES = (IN_USE, *REJECTED)


@dataclass(frozen=True)
class Measure:
    """One monthly measure: what is drawn from, and what a build would make of its verdicts."""

    name: str
    noise: SeriesNoise
    segment: Ints
    few: np.ndarray
    calibrated: Calibrated


@dataclass
class Rates:
    """Shares of series with a verdict, by world, rule and measure."""

    of: dict[tuple[str, str], dict[str, float]] = field(default_factory=dict)

    def add(self, world: str, rule: str, measure: str, share: float) -> None:
        self.of.setdefault((world, rule), {})[measure] = share

    def mean(self, world: str, rule: str = IN_USE) -> float:
        return float(np.mean(list(self.of[world, rule].values())))

    def worst(self, world: str, rule: str = IN_USE) -> float:
        return max(self.of[world, rule].values())


def measure(folder: Path) -> list[Finding]:
    """Simulate every shipped monthly measure, print the table of each world, and hold the bars against them."""
    measures = list(monthly_measures())
    rates = Rates()
    for item in measures:
        for world in MONTHLY:
            _add(rates, item, world, world.name, matched=True)
        _add(rates, item, STABLE, OWN, matched=False)
    for name in (*(world.name for world in MONTHLY), OWN):
        _print(name, rates, measures)
    _print_calibrations(measures)
    return _bars(rates, measures)


def monthly_measures() -> Iterator[Measure]:
    """The shipped monthly measures, areas only."""
    for definition, grid in shipped():
        if definition.grain == "month":
            found = calibrated(definition, grid)
            assert found is not None
            figures = monthly_figures(definition, every_month(grid.without(ENGLAND)))
            noise = series_noise(figures.value, figures.exposure, figures.segment)
            few = few_a_month(figures.value * noise.exposure)
            yield Measure(definition.id, noise, figures.segment, few, found)


def shipped() -> Iterator[tuple[Metric, Grid]]:
    """Every shipped measure with a series, and its figures."""
    harms = data_folder() / "harms"
    for definition in load_catalogue(harms).metrics:
        if definition.has_series:
            yield (
                definition,
                grid_of(read_checked_observations(harms, definition.id).rename(columns={"area": "area_id"})),
            )


def _add(rates: Rates, item: Measure, world: World, name: str, matched: bool) -> None:
    """Judge one measure in one world by every rule; what counts is the way that would be said wrongly or rightly."""
    value = monthly_worlds(item.noise, world, np.random.default_rng(SEED), DRAWN, matched)
    rates.add(name, IN_USE, item.name, _share(_in_use(item, value), world))
    for rule, judge in REJECTED.items():
        few = value[: DRAWN_SHIFT if judge is stable_shift else DRAWN_REJECTED]
        rates.add(name, rule, item.name, _share(judge(few), world))


def _in_use(item: Measure, value: Floats) -> Ints:
    """Certain directions, none where the measure shows sizes only."""
    own = item.calibrated.own
    found = judge_worlds(value, item.noise, item.few, item.segment)
    return np.where(found.certain(own.widening) & own.gives_verdict, found.direction, 0)


def _share(direction: Ints, world: World) -> float:
    """The share of series said to go the way of the world's course before it turned; either way where it has none."""
    way = np.sign(world.before)
    return float((direction == way).mean() if way else (direction != 0).mean())


def _print(world: str, rates: Rates, measures: list[Measure]) -> None:
    said = "either way" if world.startswith("stable") else "higher" if world.startswith("rising 5") else "lower"
    said = "higher" if world in ("rising 5% a year", "rising 10% a year") else said
    note(f"\n  {world}: % of series called {said if said != 'either way' else 'lower or higher'}")
    note("  " + " " * 28 + "".join(f"{rule:>23}" for rule in RULES))
    for item in measures:
        figures = "".join(f"{100 * rates.of[world, rule][item.name]:>23.1f}" for rule in RULES)
        note(f"  {item.name:<28}{figures}{'' if item.calibrated.own.gives_verdict else '   (size only)'}")
    note(f"  {'all':<28}" + "".join(f"{100 * rates.mean(world, rule):>23.1f}" for rule in RULES))


def _print_calibrations(measures: list[Measure]) -> None:
    note("\n  What verdicts are worth where nothing changes (%), and by how much intervals are widened")
    heads = ("covered", "widened", "chance", "persistent", "one in", "none", "areas", "all", "vs England")
    note("  " + " " * 28 + "".join(f"{head:>12}" for head in heads))
    for item in measures:
        own = item.calibrated.own
        figures = (
            f"{100 * own.covered:.1f}",
            f"× {own.widening:.2f}",
            f"{100 * own.chance:.2f}",
            f"{100 * own.chance_if_persistent:.1f}",
            f"{own.one_in}",
            f"{100 * own.none_at_once:.1f}",
            f"{own.expected:.2f}",
            f"{100 * own.all_at_once:.2f}",
            f"× {item.calibrated.widening_against_england:.2f}",
        )
        note(f"  {item.name:<28}" + "".join(f"{figure:>12}" for figure in figures))


def _bars(rates: Rates, measures: list[Measure]) -> list[Finding]:
    judged = [item for item in measures if item.calibrated.own.gives_verdict]
    found = [
        bar("stable, own autocorrelation: all measures", rates.mean(OWN), 0.015),
        bar("stable, own autocorrelation: worst measure", rates.worst(OWN), 0.05),
        bar("stable, bias-matched: worst measure", rates.worst(STABLE.name), 0.05),
        bar("flat for 18 months, called lower: worst", rates.worst(FLAT_18.name), 0.05),
        bar("rising for 12 months, called lower: worst", rates.worst(TURNED_12.name), 0.03),
    ]
    for item in judged:
        share = rates.of[FALLING.name, IN_USE][item.name]
        found.append(bar(f"falling 10%, found: {item.name}", share, 0.70, at_least=True))
    return found


def bar(subject: str, share: float, limit: float, at_least: bool = False) -> Finding:
    """Hold a share of series against a bar of the issue."""
    met = share >= limit if at_least else share <= limit
    sign = "≥" if at_least else "≤"
    return Finding(subject, f"{100 * share:.1f}%", "the bar", share / limit, f"{sign} {100 * limit:g}%", met)
