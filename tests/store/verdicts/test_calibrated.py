"""What the verdicts of the shipped measures are worth, and of made-up ones."""

from functools import cache

import numpy as np
import pytest

from psc.catalogue.definition import load_catalogue
from psc.catalogue.observations import read_checked_observations
from psc.geography.areas import ENGLAND
from psc.settings import data_folder
from psc.store.grid import grid_of
from psc.store.verdicts.calendar import every_month
from psc.store.verdicts.calibrated import calibrated, monthly_figures

HARMS = data_folder() / "harms"


@cache
def measure(name):
    definition = load_catalogue(HARMS).by_id[name]
    frame = read_checked_observations(HARMS, name).rename(columns={"area": "area_id"})
    return definition, grid_of(frame)


def test_the_same_figures_give_the_same_calibration():
    assert calibrated(*measure("fluoroquinolones")) == calibrated(*measure("fluoroquinolones"))


def test_persistent_prescribing_is_covered_too_seldom_and_widened():
    found = calibrated(*measure("broad-spectrum-antibiotics")).own
    assert found.covered < 0.75
    assert found.widening > 2


def test_a_measure_whose_noise_may_be_underrated_gives_no_verdict():
    assert not calibrated(*measure("all-antibiotics")).own.gives_verdict
    assert calibrated(*measure("fluoroquinolones")).own.gives_verdict


def test_the_ratio_to_england_has_a_widening_of_its_own():
    found = calibrated(*measure("high-dose-opioids"))
    assert found.widening_against_england > 1.3 * found.own.widening


def test_yearly_counts_are_calibrated_for_the_fifteen_areas():
    found = calibrated(*measure("e-coli"))
    assert found.own.widening == 1
    assert found.own.chance < 0.02
    assert len(found.own.at_once) == 16
    assert found.widening_against_england == 1


@pytest.mark.parametrize("name", ["shmi", "falls-admissions-65-plus"])
def test_measures_without_verdicts_are_not_calibrated(name):
    assert calibrated(*measure(name)) is None


def test_without_england_nothing_is_compared_with_it():
    definition, grid = measure("fluoroquinolones")
    assert calibrated(definition, grid.without(ENGLAND)).widening_against_england == 1


def test_exposure_times_the_figure_is_the_number_of_events():
    definition, grid = measure("methotrexate-10mg")
    figures = monthly_figures(definition, every_month(grid))
    # Figures are rounded where they are published, events are not.
    np.testing.assert_allclose(figures.value * figures.exposure, grid.numerator, rtol=0.01, atol=0.5)


def test_shares_above_half_are_simulated_as_what_is_left_of_them():
    definition, grid = measure("methotrexate-10mg")
    high = grid_of(
        read_checked_observations(HARMS, definition.id)
        .rename(columns={"area": "area_id"})
        .assign(
            value=lambda frame: 100 - frame["value"], numerator=lambda frame: frame["denominator"] - frame["numerator"]
        )
    )
    figures = monthly_figures(definition, high)
    np.testing.assert_allclose(figures.value, grid.value)
    np.testing.assert_allclose(figures.value * figures.exposure, high.denominator - high.numerator, rtol=0.01, atol=0.5)


def test_amounts_are_not_counted():
    definition, grid = measure("saba-share")
    assert monthly_figures(definition, every_month(grid)).exposure is None
