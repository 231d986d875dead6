"""The run of the latest figures on one side of their average is what a reader counts on the chart."""

from datetime import date

import numpy as np
import pandas as pd
import pytest

from psc.catalogue.definition import load_catalogue
from psc.catalogue.parts import Rebase
from psc.store.one_series import judge_series
from psc.store.one_side import Run, latest_run


@pytest.fixture(scope="module")
def definition(data):
    return load_catalogue(data / "harms").by_id["saba-share"].model_copy(update={"series_breaks": (), "rebases": ()})


def series(values) -> pd.DataFrame:
    """Monthly percentages from January 2020 on."""
    start = pd.date_range("2020-01-01", periods=len(values), freq="MS")
    counted = {"numerator": np.asarray(values, float) * 100, "denominator": 10_000.0, "value": values}
    return pd.DataFrame(
        {"area_id": "wessex", "period_start": start, "period_end": start + pd.offsets.MonthEnd(), **counted}
    )


def run_of(definition, values, decisions=()) -> Run | None:
    rows = series(values)
    return latest_run(judge_series(definition, rows, decisions, "ours"), rows)


def counted_by_hand(values) -> tuple[int, str] | None:
    """How many recorded values from the end lie on the last one's side of their mean, one by one."""
    known = [value for value in values if not np.isnan(value)]
    mean, length = sum(known) / len(known), 0
    for value in reversed(known):
        if (value > mean) != (known[-1] > mean):
            break
        length += 1
    return length, "above" if known[-1] > mean else "below"


@pytest.mark.parametrize("seed", range(20))
def test_a_run_is_as_long_as_counting_back_from_the_end_says(definition, seed):
    random = np.random.default_rng(seed)
    values = 20 + random.normal(size=40) + np.where(np.arange(40) < random.integers(20, 40), 0, random.normal(0, 3))
    values[random.integers(0, 39, 3)] = np.nan
    found = run_of(definition, values)
    assert (found.length, found.side) == counted_by_hand(values)
    assert found.first == series(values).dropna()["period_start"].iloc[0].date()


def test_the_run_begins_anew_where_new_limits_start(definition):
    noise = np.tile([0.3, -0.2, 0.1, -0.3, 0.2], 8)
    values = np.where(np.arange(40) < 24, 24.0, 20.0) + noise
    assert run_of(definition, values) == Run(16, date(2022, 1, 1), "below", date(2020, 1, 1))
    told = {"reason": "New guideline.", "decided_by": "The area's lead", "decided_on": date(2023, 1, 1)}
    after = run_of(definition, values, [Rebase(start=date(2022, 1, 1), **told)])
    assert after.length < 5 and after.first == date(2022, 1, 1)


def test_a_series_without_limits_has_no_run(definition):
    assert run_of(definition, np.full(5, 20.0)) is None
    assert run_of(definition, np.full(40, np.nan)) is None
