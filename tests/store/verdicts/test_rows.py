"""What the table `verdict` says of made-up series: the method that fits, the flags, and the comparison with England."""

from datetime import date
from functools import cache

import numpy as np
import pandas as pd
import pytest

from psc.catalogue.definition import load_catalogue
from psc.catalogue.parts import SeriesBreak
from psc.settings import data_folder
from psc.stats.verdicts.calibration import Calibration
from psc.store.grid import grid_of
from psc.store.verdicts.calibrated import Calibrated, calibrated
from psc.store.verdicts.rows import verdict_rows

MONTHS = 48


@cache
def real_measure():
    return load_catalogue(data_folder() / "harms").by_id["methotrexate-10mg"]


def definition(**changes):
    return real_measure().model_copy(update=changes)


def observations(values, *, numerators=None, denominators=None, grain="month", areas=("wessex",), first="2019-04-01"):
    """Rows of each area: ``values`` (S, N); without numerators, of a denominator of 1,000."""
    values = np.atleast_2d(np.asarray(values, float))
    frequency = {"month": "MS", "financial_year": "YS-APR"}[grain]
    start = pd.date_range(first, periods=values.shape[1], freq=frequency)
    step = {"month": pd.DateOffset(months=1), "financial_year": pd.DateOffset(years=1)}[grain]
    frames = []
    for s, area in enumerate(areas):
        denominator = np.full(values.shape[1], 1000.0) if denominators is None else np.asarray(denominators, float)
        numerator = values[s] * denominator / 100 if numerators is None else np.atleast_2d(numerators)[s]
        frames.append(
            pd.DataFrame(
                {
                    "area_id": area,
                    "period_start": start,
                    "period_end": start + step - pd.Timedelta(days=1),
                    "numerator": numerator,
                    "denominator": denominator,
                    "value": values[s],
                }
            )
        )
    return pd.concat(frames)


def chance(widening=1.0, *, chance=0.0):
    own = Calibration(widening, 0.99, chance, chance, (1.0, 0.0), 0.9, 400)
    return Calibrated(own, own)


def verdicts(metric, frame, known=None):
    return verdict_rows(metric, grid_of(frame), known).set_index("area_id")


def falling(yearly=0.9, noise=0.01, months=MONTHS, level=20.0, seed=1):
    scatter = np.random.default_rng(seed).normal(0, noise, months)
    return level * yearly ** (np.arange(months) / 12) * np.exp(scatter)


def test_steady_fall_is_certain_and_an_improvement_where_lower_is_better():
    row = verdicts(definition(direction="lower"), observations(falling())).loc["wessex"]
    assert (row["direction"], row["state"], row["method"]) == ("lower", "improving", "monthly")
    assert row["change"] == pytest.approx(-0.1, abs=0.01)


def test_same_fall_is_a_concern_where_higher_is_better_and_neither_on_a_neutral_measure():
    for direction, state in (("higher", "concern"), ("neutral", "lower")):
        assert verdicts(definition(direction=direction), observations(falling())).loc["wessex", "state"] == state


def test_wider_interval_makes_a_direction_uncertain():
    row = verdicts(definition(), observations(falling()), chance(30.0)).loc["wessex"]
    assert (row["direction"], row["certain"], row["state"]) == ("lower", False, "unclear")


def test_measure_whose_verdicts_are_often_chance_shows_size_and_no_certain_verdict():
    row = verdicts(definition(), observations(falling()), chance(chance=0.2)).loc["wessex"]
    assert (row["direction"], row["certain"], row["state"]) == ("lower", False, "unclear")
    assert row["change"] == pytest.approx(-0.1, abs=0.01)


def test_trust_in_verdicts_is_the_same_for_the_same_figures():
    grid = grid_of(observations(np.vstack([falling(seed=1), falling(seed=2)]), areas=("wessex", "oxford")))
    first, again = (calibrated(definition(), grid) for _ in range(2))
    assert first == again
    assert first.own.gives_verdict


def test_share_above_half_is_judged_on_those_without():
    rising = 100 - falling(level=10.0)
    row = verdicts(definition(direction="higher"), observations(rising)).loc["wessex"]
    assert row["flags"] == "complement"
    assert (row["direction"], row["state"]) == ("higher", "improving")
    assert row["certain"]
    assert 0 < row["change"] < 0.02


def test_handful_of_events_is_judged_by_exact_counts():
    few = np.repeat([3.0, 1.0], 24)
    row = verdicts(definition(), observations(few / 10, numerators=few)).loc["wessex"]
    assert row["method"] == "rare"
    assert row["reason"] == "too_few_to_say"
    assert (row["direction"], row["state"]) == ("none", "steady")


def test_missing_month_leaves_a_pair_out_and_is_flagged():
    values = falling()
    values[-3] = np.nan
    frame = observations(values)
    row = verdicts(definition(), frame[frame["value"].notna()]).loc["wessex"]
    assert row["pairs"] == 11
    assert row["flags"] == "gaps"


def test_under_ten_pairs_are_not_judged():
    row = verdicts(definition(), observations(falling(months=20))).loc["wessex"]
    assert (row["direction"], row["reason"]) == ("not_judged", "too_few_months")


def test_break_of_the_series_parts_the_years_before_from_those_after():
    metric = definition(series_breaks=(SeriesBreak(date=date(2022, 6, 1), reason="A new form."),))
    assert verdicts(metric, observations(falling())).loc["wessex", "reason"] == "too_few_months"


def test_area_that_falls_faster_than_england_is_lower_against_it():
    values = np.vstack([falling(0.8, seed=2), falling(0.9, seed=3), falling(0.9, seed=4)])
    frame = observations(values, areas=("wessex", "oxford", "england"))
    found = verdicts(definition(), frame)
    assert found.loc["wessex", "against_england"] == "lower"
    assert found.loc["oxford", "against_england"] == "alike"
    assert found.loc["england", "against_england"] == ""


def yearly(counts, first="2009-04-01"):
    counts = np.atleast_2d(counts)
    metric = definition(grain="financial_year", chart="run")
    areas = ("wessex", "oxford", "england")[: len(counts)]
    frame = observations(
        counts / 1e4,
        numerators=counts,
        denominators=np.full(counts.shape[1], 1e6),
        grain="financial_year",
        areas=areas,
        first=first,
    )
    return verdicts(metric, frame)


def test_year_far_above_five_steady_years_is_higher():
    row = yearly([900.0, 910, 890, 905, 900, 1100]).loc["wessex"]
    assert (row["direction"], row["method"], row["years"]) == ("higher", "yearly", 5)


@pytest.mark.parametrize(("first", "flags"), [("2014-04-01", "pandemic_none"), ("2004-04-01", "")])
def test_verdict_that_rests_on_the_pandemic_years_is_flagged(first, flags):
    # From 2014/15 on, the two low years are 2020/21 and 2021/22.
    counts = [1000.0, 1005, 995, 1000, 1003, 998, 700, 700, 850, 1000]
    row = yearly(counts, first).loc["wessex"]
    assert (row["direction"], row["flags"]) == ("higher", flags)


def test_year_that_rose_more_than_england_is_higher_against_it():
    steady = [9000.0, 9010, 8990, 9005, 9000]
    found = yearly([[*steady, 11000], [*steady, 9001], [*steady, 9010]])
    assert found["against_england"].to_dict() == {"wessex": "higher", "oxford": "alike", "england": ""}


@pytest.mark.parametrize(("latest", "side"), [(1.01, "alike"), (1.03, "higher"), (0.99, "alike"), (0.97, "lower")])
def test_year_that_differs_from_england_by_under_two_percent_is_alike_however_sure(latest, side):
    steady = np.full(5, 1e7)
    found = yearly([[*steady, latest * 1e7], [*steady, 1e7], [*steady, 1e7]])
    lower, upper = found.loc["wessex", ["against_lower", "against_upper"]]
    assert lower > 0 or upper < 0
    assert found.loc["wessex", "against_england"] == side


def test_standardised_rates_and_overlapping_windows_are_not_judged():
    standardised = definition(grain="financial_year", chart="run", numerator_kind="standardised", interval="none")
    windows = definition(grain="overlapping_year", chart="line")
    frame = observations(np.full(8, 5.0), grain="financial_year")
    frame["numerator"] = np.nan
    assert verdicts(standardised, frame).loc["wessex", "reason"] == "no_counts"
    assert verdicts(windows, observations(np.full(8, 5.0), grain="financial_year")).loc["wessex", "state"] == "unjudged"
