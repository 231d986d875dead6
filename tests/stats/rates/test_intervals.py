"""Confidence intervals against the reference figures, a slow twin, and at the edges."""

import json
import math

import numpy as np
import pandas as pd
import pytest
from scipy import optimize, stats

from psc.stats.rates.intervals import byar, checked_confidence, wilson
from tests.stats import rates_twin
from tests.stats.golden_cases import FOLDER

pytestmark = pytest.mark.filterwarnings("error")

NAN = math.nan
BYAR_PLAIN = pd.read_csv(FOLDER / "ci_byar_plain.csv").set_index("id")
PHE_ERRORS = json.loads((FOLDER / "phe_errors.json").read_text())
ACCEPTED = "confidence 95 is accepted as per cent"
REFUSED = {
    "rate with a negative count": lambda: byar([3, -1], [100, 100]),
    "proportion with denominator zero": lambda: wilson([0, 3], [0, 10], refuse_empty=True),
    "proportion above one": lambda: wilson([11], [10]),
}


@pytest.mark.parametrize(("name", "method"), [("ci_rate", byar), ("ci_proportion", wilson)])
def test_reference_figures(name, method):
    cases = pd.read_csv(FOLDER / f"{name}.csv")
    assert len(cases) > 50
    for confidence, group in cases.groupby("confidence"):
        lower, upper = method(group["count"], group["denominator"], confidence)
        np.testing.assert_allclose(lower * group["multiplier"], group["lower"], rtol=1e-9, atol=1e-15)
        np.testing.assert_allclose(upper * group["multiplier"], group["upper"], rtol=1e-9)


@pytest.mark.parametrize("id", BYAR_PLAIN.index)
def test_byar_without_exact_limits_is_reproduced(id):
    case = BYAR_PLAIN.loc[id]
    limits = byar(case["count"], 1.0, case["confidence"], exact_small=False)
    np.testing.assert_allclose(limits, (case["lower"], case["upper"]), rtol=1e-9)


def test_all_of_byar_without_exact_limits_is_reproduced_in_one_call_a_confidence():
    done = []
    for confidence, group in BYAR_PLAIN.groupby("confidence"):
        lower, upper = byar(group["count"], 1.0, confidence, exact_small=False)
        np.testing.assert_allclose(lower, group["lower"], rtol=1e-9)
        np.testing.assert_allclose(upper, group["upper"], rtol=1e-9)
        done += group.index.tolist()
    assert sorted(done) == sorted(BYAR_PLAIN.index) and len(done) == 46


def test_byar_without_exact_limits_has_no_lower_one_at_or_below_zero():
    """byar_036, byar_048, byar_069 and byar_074 of the reference."""
    none = BYAR_PLAIN.index[BYAR_PLAIN["lower"].isna()].tolist()
    assert none == ["byar_036", "byar_048", "byar_069", "byar_074"]
    assert np.isnan(byar([0, 0.5], 1.0, 0.998, exact_small=False)[0]).all()
    assert not np.isnan(byar([0, 0.5], 1.0, 0.998)[0]).any()


def test_every_refusal_of_the_reference_is_exercised():
    assert {told["what"] for told in PHE_ERRORS} == {*REFUSED, ACCEPTED}


@pytest.mark.parametrize("told", PHE_ERRORS, ids=lambda told: told["what"])
def test_what_the_reference_refuses_is_refused(told):
    if told["what"] == ACCEPTED:
        assert told["result"] == "no error"
        for method in (byar, wilson):
            np.testing.assert_array_equal(method([3, 30], [100, 100], 95), method([3, 30], [100, 100], 0.95))
        return
    with pytest.raises(ValueError, match=r"negative|greater than zero|between zero and the total"):
        REFUSED[told["what"]]()


def test_small_counts_are_the_exact_poisson_limits():
    """The slow twin solves the Poisson tail probabilities directly."""
    for events in range(1, 10):
        lower, upper = byar(events, 1.0)
        assert lower == pytest.approx(optimize.brentq(lambda m, x=events: stats.poisson.sf(x - 1, m) - 0.025, 1e-9, 60))
        assert upper == pytest.approx(optimize.brentq(lambda m, x=events: stats.poisson.cdf(x, m) - 0.025, 1e-9, 60))


@pytest.mark.parametrize("exact_small", [True, False])
@pytest.mark.parametrize("confidence", [0.8, 0.95, 0.998])
def test_byar_says_what_the_slow_obvious_code_says(confidence, exact_small):
    events = np.array([*range(0, 25), 60, 999, 250_000])
    lower, upper = byar(events, 4.0, confidence, exact_small=exact_small)
    slow = np.array([rates_twin.byar_count(int(x), confidence, exact_small) for x in events]) / 4
    np.testing.assert_allclose(lower, slow[:, 0], rtol=1e-8)
    np.testing.assert_allclose(upper, slow[:, 1], rtol=1e-8)


def test_limits_jump_little_where_the_exact_ones_end():
    lower, upper = byar([9.999999, 10], 1.0)
    np.testing.assert_allclose(lower[1], lower[0], rtol=2e-3)
    np.testing.assert_allclose(upper[1], upper[0], rtol=2e-3)


def test_no_events_is_an_ordinary_answer():
    lower, upper = byar([0], [1000])
    assert lower[0] == 0 and 0 < upper[0] < 0.01
    assert wilson([0], [50])[0][0] == pytest.approx(0)


def test_a_proportion_never_has_limits_outside_zero_to_one():
    n = np.arange(1, 3000)
    assert (wilson(np.zeros(n.size), n)[0] >= 0).all()
    assert (wilson(n, n)[1] <= 1).all()
    apportioned = 10.0 ** np.linspace(-15, -9, 2000)
    assert (wilson(apportioned, 1.0)[0] >= 0).all()


def test_missing_and_empty_denominators_give_no_interval():
    for method in (byar, wilson):
        lower, upper = method([np.nan, 0], [100, 0])
        assert np.isnan(lower).all() and np.isnan(upper).all()


def test_an_empty_denominator_is_refused_where_asked():
    for method in (byar, wilson):
        with pytest.raises(ValueError, match="must be greater than zero: found 0"):
            method([1, 0], [100, 0], refuse_empty=True)
        assert np.isnan(method([1], [NAN], refuse_empty=True)[0][0])


def test_impossible_counts_are_refused():
    with pytest.raises(ValueError, match="negative"):
        byar([-1], [10])
    with pytest.raises(ValueError, match="between zero and the total"):
        wilson([11], [10])
    for method in (byar, wilson):
        with pytest.raises(ValueError, match="must not be negative: found -10"):
            method([0], [-10])
        with pytest.raises(ValueError, match="infinite"):
            method([1], [np.inf])
        with pytest.raises(ValueError, match="do not fit together"):
            method([1, 2], [10, 10, 10])
    with pytest.raises(ValueError, match="infinite"):
        byar([np.inf], [1])


@pytest.mark.parametrize("confidence", [0, 1, -0.95, 1.5, 9.5, 49.9, 100, 950, NAN, np.inf])
def test_a_confidence_that_is_none_is_refused(confidence):
    for method in (
        lambda: byar([1], [1], confidence),
        lambda: wilson([1], [1], confidence),
    ):
        with pytest.raises(ValueError, match="confidence must be between 0 and 1"):
            method()


def test_a_confidence_is_a_proportion_or_a_per_cent():
    assert (checked_confidence(0.95), checked_confidence(95), checked_confidence(99.8)) == (0.95, 0.95, 0.998)
