""" "Odd this month" on simulated worlds: how often the latest month of each measure is called odd, and shocks found."""

from pathlib import Path

import numpy as np

from bench.report import Finding, note
from bench.worlds import SEED, Measure, bar, monthly_measures
from psc.stats.verdicts.monthly import Floats
from psc.stats.verdicts.season import latest_against_season
from psc.stats.verdicts.worlds import FALLING, MONTHLY, STABLE, World, monthly_worlds

DRAWN = 600
SHOCKS = (3, 5)
WINTERS = next(world for world in MONTHLY if world.winter)


def measure(folder: Path) -> list[Finding]:
    """Simulate the latest month of every monthly measure, print the shares called odd, and hold the bars against them.

    Areas with few events are left out, as they are on pages.
    """
    heads = ("own φ", "matched", "falling 10%", "winters vary", *(f"shock of {size} SD" for size in SHOCKS))
    note("\n  % of latest months called odd; shocks upwards, in SD of the noise beyond counting, φ as estimated")
    note("  " + " " * 28 + "".join(f"{head:>16}" for head in heads))
    rows = []
    for item in monthly_measures():
        own, matched = (_worlds(item, STABLE, way) for way in (False, True))
        sd = item.noise.sd[~item.few]
        shares = [
            _odd(own),
            _odd(matched),
            *(_odd(_worlds(item, world, True)) for world in (FALLING, WINTERS)),
            *(_odd(_shocked(own, size * sd), high=True) for size in SHOCKS),
        ]
        rows.append(shares)
        note(f"  {item.name:<28}" + "".join(f"{100 * share:>16.1f}" for share in shares))
    table = np.array(rows)
    note(f"  {'all':<28}" + "".join(f"{100 * share:>16.1f}" for share in table.mean(axis=0)))
    return [
        bar("odd this month, bias-matched: all measures", float(table[:, 1].mean()), 0.025),
        bar("odd this month, bias-matched: worst measure", float(table[:, 1].max()), 0.04),
        bar("odd this month, own autocorrelation: all", float(table[:, 0].mean()), 0.025),
        bar("odd this month, own autocorrelation: worst", float(table[:, 0].max()), 0.04),
    ]


def _worlds(item: Measure, world: World, matched: bool) -> Floats:
    value = monthly_worlds(item.noise, world, np.random.default_rng(SEED + 1), DRAWN, matched)
    return value[:, ~item.few]


def _odd(value: Floats, high: bool = False) -> float:
    flat = value.reshape(-1, value.shape[-1])
    found = latest_against_season(flat, np.arange(flat.shape[1])).odd
    return float((found == "high").mean() if high else (found != "").mean())


def _shocked(value: Floats, size: Floats) -> Floats:
    """The same worlds, the latest recorded month of each series higher by so much on the log scale."""
    shocked = value.copy()
    for series, by in enumerate(size):
        last = np.flatnonzero(~np.isnan(value[0, series]))[-1]
        shocked[:, series, last] *= np.exp(by)
    return shocked
