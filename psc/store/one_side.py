"""How long the latest figures of a series have lain on one side of the average that its limits rest on."""

from dataclasses import dataclass
from datetime import date
from typing import Literal

import numpy as np
import pandas as pd

from psc.store.judge import Judged


@dataclass(frozen=True, slots=True)
class Run:
    """So many recorded figures in a row, up to the latest, on one ``side`` of the average.

    ``since`` is the first day of the first one's period, and ``first`` that of the first figure in the average.
    """

    length: int
    since: date
    side: Literal["above", "below"]
    first: date


def latest_run(judged: Judged, observations: pd.DataFrame) -> Run | None:
    """Return the run that the latest figure belongs to, within the last segment of one judged series.

    ``observations`` are its rows with ``period_start`` and ``value``. None where the latest figure has no limits or
    lies on the average itself, which ends a run.
    """
    points = judged.points.merge(observations[["period_start", "value"]], on="period_start")
    points = points[(points["segment"] == points["segment"].max()) & points["upper_limit"].notna()]
    side = np.sign(points["value"].to_numpy(float) - points["centre"].to_numpy(float))
    if not side.size or side[-1] == 0:
        return None
    others = np.flatnonzero(side != side[-1])
    first = int(others[-1]) + 1 if others.size else 0
    days = points["period_start"]
    way: Literal["above", "below"] = "above" if side[-1] > 0 else "below"
    return Run(int(side.size) - first, days.iloc[first].date(), way, days.iloc[0].date())
