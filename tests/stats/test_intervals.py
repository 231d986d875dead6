"""Confidence intervals against the reference figures, and at the edges."""

from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from scipy import optimize, stats

from psc.stats.intervals import byar, wilson

GOLDEN = Path(__file__).parents[1] / "golden"


@pytest.mark.parametrize(("name", "method"), [("ci_rate", byar), ("ci_proportion", wilson)])
def test_reference_figures(name, method):
    cases = pd.read_csv(GOLDEN / f"{name}.csv")
    assert len(cases) > 50
    for confidence, group in cases.groupby("confidence"):
        lower, upper = method(group["count"], group["denominator"], confidence)
        np.testing.assert_allclose(lower * group["multiplier"], group["lower"], rtol=1e-9, atol=1e-15)
        np.testing.assert_allclose(upper * group["multiplier"], group["upper"], rtol=1e-9)


def test_small_counts_are_the_exact_poisson_limits():
    """The slow twin solves the Poisson tail probabilities directly."""
    for events in range(1, 10):
        lower, upper = byar(events, 1.0)
        assert lower == pytest.approx(optimize.brentq(lambda m, x=events: stats.poisson.sf(x - 1, m) - 0.025, 1e-9, 60))
        assert upper == pytest.approx(optimize.brentq(lambda m, x=events: stats.poisson.cdf(x, m) - 0.025, 1e-9, 60))


def test_no_events_is_an_ordinary_answer():
    lower, upper = byar([0], [1000])
    assert lower[0] == 0 and 0 < upper[0] < 0.01
    assert wilson([0], [50])[0][0] == pytest.approx(0)


def test_missing_and_empty_denominators_give_no_interval():
    for method in (byar, wilson):
        lower, upper = method([np.nan, 0], [100, 0])
        assert np.isnan(lower).all() and np.isnan(upper).all()


def test_impossible_counts_are_refused():
    with pytest.raises(ValueError, match="negative"):
        byar([-1], [10])
    with pytest.raises(ValueError, match="between zero and the total"):
        wilson([11], [10])
