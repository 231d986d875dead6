"""False verdicts and power of yearly counts on simulated worlds, beside rejected rules, for areas and for England."""

from pathlib import Path

import numpy as np

from bench.report import Finding, note
from bench.worlds import SEED, bar, shipped
from psc.geography.areas import ENGLAND
from psc.stats.verdicts.monthly import Floats, Ints
from psc.stats.verdicts.worlds import FLAT_24, STABLE, TURNED_12, WANDERING, YEARLY, World, yearly_worlds
from psc.stats.verdicts.yearly import tau_squared, yearly_direction
from psc.stats.verdicts.yearly_noise import YearlyNoise, yearly_noise

DRAWN = 2000
YEARS = 5
BARS = {STABLE.name: 0.02, WANDERING.name: 0.04, FLAT_24.name: 0.06, TURNED_12.name: 0.05}


def measure(folder: Path) -> list[Finding]:
    """Simulate every shipped measure of yearly counts, print the tables, and hold the bars against them."""
    found = []
    for definition, grid in shipped():
        if definition.grain != "financial_year" or np.isnan(grid.numerator).all():
            continue
        areas = grid.without(ENGLAND)
        noise = yearly_noise(areas.numerator, areas.denominator)
        note(
            f"\n  {definition.id}: % of areas called lower or higher (after a fall or in one: lower); τ {noise.tau:.3f}"
        )
        note(
            f"  {'':<36}{'in use':>12}{'five years alone':>18}{'highest or lowest':>20}{'England, in use':>18}"
            f"{'its own τ²':>12}"
        )
        england = _england(
            noise, grid.numerator[grid.areas.index(ENGLAND)], grid.denominator[grid.areas.index(ENGLAND)]
        )
        for world in YEARLY:
            counts = yearly_worlds(noise, world, np.random.default_rng(SEED), DRAWN)
            tau2 = tau_squared(counts, noise.exposure)
            judged = yearly_direction(counts, noise.exposure, tau2[:, None])
            alone = np.where(judged.lower > 0, 1, np.where(judged.upper < 0, -1, 0))
            whole = yearly_worlds(england, world, np.random.default_rng(SEED), DRAWN)
            own = tau_squared(whole, england.exposure)
            rules = (
                judged.direction,
                alone,
                _extreme(counts / noise.exposure),
                yearly_direction(whole, england.exposure, np.maximum(own, noise.tau**2)[:, None]).direction,
                yearly_direction(whole, england.exposure, own[:, None]).direction,
            )
            shares = [_share(rule, world) for rule in rules]
            widths = (12, 18, 20, 18, 12)
            figures = "".join(f"{100 * share:>{width}.1f}" for share, width in zip(shares, widths, strict=True))
            note(f"  {world.name:<36}{figures}")
            if world.name in BARS:
                found.append(bar(f"{world.name}: {definition.id}", shares[0], BARS[world.name]))
                found.append(bar(f"{world.name}: {definition.id}, England", shares[3], BARS[world.name]))
    return found


def _england(noise: YearlyNoise, counts: Floats, exposure: Floats) -> YearlyNoise:
    """England as one series whose years vary as much beyond chance as the areas' do."""
    rate = np.nansum(counts[-YEARS:]) / np.nansum(exposure[-YEARS:])
    return YearlyNoise(np.array([rate]), np.where(np.isnan(counts), np.nan, exposure)[None], noise.tau, np.eye(1))


def _extreme(rate: Floats) -> Ints:
    """1 or −1 where the latest year is the highest or lowest for five years."""
    before, latest = rate[..., -1 - YEARS : -1], rate[..., -1]
    return np.where(latest > before.max(axis=-1), 1, np.where(latest < before.min(axis=-1), -1, 0))


def _share(direction: Ints, world: World) -> float:
    way = np.sign(world.before)
    return float((direction == way).mean() if way else (direction != 0).mean())
