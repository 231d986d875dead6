"""Steps of a contributor's denominator: found where a person would draw them, and nowhere else."""

import numpy as np
import pytest

from psc.stats.verdicts.denominator_steps import denominator_steps, without_contributor
from tests.stats.verdicts.steps_twin import steps

AREA = np.full(36, 10_000.0)


def halved(at, months=36, level=1_000.0):
    own = np.full(months, level)
    own[at:] /= 2
    return own


def found(own, area=AREA, months_apart=1):
    result = denominator_steps(np.atleast_2d(own), area, months_apart)
    return [tuple(step) for step in zip(result.first.tolist(), result.ratio.tolist(), strict=True)]


def test_a_denominator_that_halves_is_a_step_from_its_first_month():
    assert found(halved(30)) == [(30, 0.5)]


def test_a_denominator_that_doubles_is_a_step():
    assert found(3_000 - halved(30) * 2) == [(30, 2.0)]


@pytest.mark.parametrize(("share", "steps_found"), [(0.04, 0), (0.06, 1)])
def test_a_contributor_with_under_a_twentieth_of_its_area_is_left_alone(share, steps_found):
    own = halved(30, level=1.0)
    assert len(found(own, own / share)) == steps_found


@pytest.mark.parametrize(("months", "steps_found"), [(2, 0), (3, 1)])
def test_a_step_lasts_three_months_or_more(months, steps_found):
    own = np.full(36, 1_000.0)
    own[25 : 25 + months] = 600
    assert len(found(own)) == steps_found


@pytest.mark.parametrize(("level", "steps_found"), [(760, 0), (740, 1), (1_240, 0), (1_260, 1)])
def test_a_step_is_a_departure_of_over_a_quarter(level, steps_found):
    own = np.full(36, 1_000.0)
    own[30:] = level
    assert len(found(own)) == steps_found


def test_a_step_two_years_before_the_end_no_longer_counts():
    own = halved(14, months=60)
    assert found(own, np.full(60, 10_000.0)) == []


def test_a_step_that_began_before_the_last_two_years_counts_from_its_beginning_if_three_months_lie_within():
    own = np.full(46, 1_000.0)
    own[20:25] = 500
    assert found(own, np.full(46, 10_000.0)) == [(20, 0.5)]


def test_months_without_figures_neither_make_nor_end_a_step():
    own = halved(29)
    own[30:32] = np.nan
    assert found(own) == [(29, 0.5)]
    own[30:] = np.nan
    assert found(own) == []


def test_up_and_then_down_are_two_steps():
    own = np.full(36, 1_000.0)
    own[24:28], own[28:32] = 1_500, 600
    assert found(own) == [(24, 1.5), (28, 0.6)]


def test_one_release_of_a_quarter_is_three_months():
    own = np.full(11, 1_000.0)
    own[9] = 1_500
    assert found(own, np.full(11, 10_000.0), months_apart=3) == [(9, 1.5)]


def test_a_series_of_under_a_year_has_no_step():
    assert found(np.arange(1.0, 11), np.full(10, 10.0)) == []


def test_many_contributors_are_judged_as_a_slow_obvious_twin_judges_each():
    random = np.random.default_rng(20_26)
    seen = 0
    for trial in range(60):
        apart = 1 if trial % 3 else 3
        own = random.uniform(300, 600, (8, 1)) * random.uniform(0.85, 1.15, (8, 48))
        for row in range(8):
            at, length = random.integers(0, 46), random.integers(1, 14)
            own[row, at : at + length] *= random.choice([0.5, 0.7, 0.76, 1.3, 2.0])
        own[random.random(own.shape) < 0.08] = np.nan
        area = np.nansum(own, axis=0) * random.uniform(1.0, 4.0) + np.zeros(own.shape)
        area[:, random.integers(48)] = np.nan
        result = denominator_steps(own, area, apart)
        expected = [(row, *step) for row in range(8) for step in steps(list(own[row]), list(area[row]), apart)]
        assert [row for row, *_ in expected] == result.contributor.tolist()
        assert [first for _, first, *_ in expected] == result.first.tolist()
        np.testing.assert_allclose(result.ratio, [ratio for *_, ratio, _ in expected])
        np.testing.assert_allclose(result.share, [share for *_, share in expected])
        seen += len(expected)
    assert seen > 100


def test_the_area_without_a_contributor_keeps_months_in_which_that_one_has_no_figure():
    area, own = np.array([10.0, 10.0, np.nan, 4.0]), np.array([3.0, np.nan, 2.0, 5.0])
    np.testing.assert_array_equal(without_contributor(area, own), [7.0, 10.0, np.nan, np.nan])
