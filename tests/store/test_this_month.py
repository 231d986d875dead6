"""The store says of each monthly series whether its latest month is odd for the time of year, and what was expected."""

from datetime import date

import numpy as np
import pandas as pd
import pytest

from psc.catalogue.definition import load_catalogue
from psc.catalogue.parts import SeriesBreak
from psc.stats.verdicts.season import latest_against_season
from psc.store.grid import grid_of
from psc.store.judge import judge
from psc.store.query import run_query

MONTHS = pd.date_range("2020-01-01", periods=60, freq="MS")
FIGURES = ["expected", "expected_lower", "expected_upper"]


@pytest.fixture(scope="module")
def definition(data):
    real = load_catalogue(data / "harms").by_id["methotrexate-10mg"]

    def make(**changes):
        return real.model_copy(update={"series_breaks": (), "rebases": (), **changes})

    return make


def seasonal(level=20.0, seed=4):
    """Five years with a winter, in per cent of 1,000 items a month."""
    winter = 1 + 0.2 * np.cos(2 * np.pi * np.arange(60) / 12)
    return level * winter * (1 + 0.02 * np.random.default_rng(seed).standard_normal(60))


def latest(definition, values, dropped=()):
    rows = pd.DataFrame({
        "area_id": "wessex", "period_start": MONTHS, "period_end": MONTHS + pd.offsets.MonthEnd(1),
        "numerator": values * 10, "denominator": 1000.0, "value": values,
    }).drop(index=list(dropped))  # fmt: skip
    return judge(definition, grid_of(rows)).signals.iloc[0]


def test_a_month_far_above_its_season_is_odd_and_one_within_it_is_not(definition):
    values = seasonal()
    plain = latest(definition(), values)
    assert plain["odd"] == ""
    assert plain["expected_lower"] < values[-1] < plain["expected_upper"]
    assert latest(definition(), np.append(values[:-1], values[-1] * 1.5))["odd"] == "high"
    assert latest(definition(), np.append(values[:-1], values[-1] * 0.5))["odd"] == "low"


def test_a_month_without_any_row_keeps_its_place_in_the_season(definition):
    values = seasonal()
    whole, holed = latest(definition(), values), latest(definition(), values, dropped=[40])
    assert holed["expected"] == pytest.approx(whole["expected"], rel=0.02)


def test_limits_stay_within_what_a_share_can_be(definition):
    low = latest(definition(numerator_kind="amount"), seasonal(level=0.5) + np.tile([0.4, 0, 0, 0, 0.3, 0], 10))
    high = latest(definition(numerator_kind="amount"), np.minimum(seasonal(level=82.0, seed=9), 99.9))
    assert low["expected_lower"] >= 0 and high["expected_upper"] <= 100


@pytest.mark.parametrize(
    "changes",
    [
        {"grain": "quarter"},
        {"chart": "run"},
        {"series_breaks": (SeriesBreak(date=date(2023, 1, 1), reason="A new definition."),)},
    ],
)
def test_nothing_is_expected_where_a_season_cannot_be_known(definition, changes):
    found = latest(definition(**changes), seasonal())
    assert found["odd"] == "" and found[FIGURES].isna().all()


def test_nothing_is_expected_of_rare_counts(definition):
    found = latest(definition(), seasonal(level=0.3))
    assert (found["no_limits"], found["odd"]) == ("small_counts", "") and found[FIGURES].isna().all()


def test_the_store_has_what_the_statistics_say_of_the_shipped_figures(store):
    rows = run_query(store, "series", metric="saba-share").pivot(
        index="area_id", columns="period_start", values="value"
    )
    months = np.array([day.year * 12 + day.month - 1 for day in rows.columns])
    expected = latest_against_season(rows.to_numpy(), months)
    stored = run_query(store, "metric_signals", metric="saba-share").set_index("area_id")
    order = [list(rows.index).index(area) for area in stored.index]
    assert stored["odd"].tolist() == expected.odd[order].tolist()
    assert stored["expected"].to_numpy() == pytest.approx(expected.expected[order])


def test_few_of_the_shipped_series_are_odd_in_their_latest_month(store):
    signals = run_query(store, "all_signals")
    judged = signals[signals["expected"].notna()]
    assert len(judged) > 100
    assert (judged["odd"] != "").sum() <= 0.05 * len(judged)
