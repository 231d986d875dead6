"""The table `people`: only of measures that count people, over the months that the area and England both have."""

from datetime import date

import numpy as np
import pytest

from psc.catalogue.definition import load_catalogue
from psc.catalogue.parts import SeriesBreak
from psc.store.grid import grid_of
from psc.store.people_rows import people_rows
from tests.store.verdicts.test_rows import definition, observations


def made(grain="financial_year", *, years=8, area=150.0, england=1000.0, **changes):
    """Rows of two areas and England, whose rate is 1%; Wessex has ``area`` events among 10,000."""
    measure = definition(
        counts_people=True,
        counted="reported infections",
        grain=grain,
        unit="per 100 people",
        interval="byar",
        **changes,
    )
    periods = years if grain == "financial_year" else years * 12
    counts = [[area] * periods, [england - area] * periods, [england] * periods]
    people = [10_000.0, 90_000.0, 100_000.0]
    areas = ("wessex", "eastern", "england")
    frames = observations(np.ones((3, periods)), numerators=counts, grain=grain, areas=areas, denominators=None)
    frames["denominator"] = np.repeat(people, periods)
    return measure, frames


def test_an_area_above_englands_rate_would_have_fewer_at_it():
    measure, frame = made()
    rows = people_rows(measure, grid_of(frame)).set_index("area_id")
    assert set(rows.index) == {"wessex", "eastern"}
    assert rows.loc["wessex", "difference"] == pytest.approx(-50)
    assert rows.loc["eastern", "difference"] == pytest.approx(50)
    assert rows.loc["wessex", "clear"] and rows.loc["wessex", "upper"] < 0 and rows.loc["wessex", "months"] == 12


def test_months_without_a_figure_of_either_are_left_out_of_both():
    measure, frame = made("month", area=15.0, england=100.0)
    start = frame["period_start"]
    last = start.max()
    frame.loc[(frame["area_id"] == "england") & (start == last), ["numerator", "denominator", "value"]] = np.nan
    row = people_rows(measure, grid_of(frame)).set_index("area_id").loc["wessex"]
    assert row["months"] == 11
    assert row["difference"] == pytest.approx(11 * (10 - 15))

    frame.loc[(frame["area_id"] == "wessex") & (start >= last - np.timedelta64(70, "D")), "numerator"] = np.nan
    assert "wessex" not in set(people_rows(measure, grid_of(frame))["area_id"])


def test_an_area_whose_contributor_changed_how_much_it_counts_is_left_out():
    measure, frame = made()
    assert set(people_rows(measure, grid_of(frame), {"wessex"})["area_id"]) == {"eastern"}


def test_a_measure_that_does_not_count_people_has_no_rows():
    measure, frame = made()
    assert people_rows(measure.model_copy(update={"counts_people": False}), grid_of(frame)).empty


def test_years_before_a_break_of_the_series_say_nothing_of_how_its_years_wander():
    measure, frame = made(series_breaks=(SeriesBreak(date=date(2024, 4, 1), reason="New rules."),))
    assert people_rows(measure, grid_of(frame)).empty


def test_the_store_has_them_for_infections_and_waits_and_for_no_item_dose_or_neutral_measure(store, data):
    found = {row[0] for row in store.cursor().execute("SELECT DISTINCT metric_id FROM people").fetchall()}
    metrics = load_catalogue(data / "harms").by_id
    assert {"e-coli", "mrsa", "emergency-admission-waits"} <= found
    for metric in found:
        assert metrics[metric].direction != "neutral"
        assert not metrics[metric].counted.endswith(("items", "prescriptions"))
