"""Directions of rare monthly events against the slow twin, and what a reader would notice."""

import math

import numpy as np
from hypothesis import settings

from psc.stats.verdicts.rare import few_a_month, twelve_month_counts
from tests.stats.verdicts import twin
from tests.stats.verdicts.reference_directions import randomly

NAN = math.nan


@settings(max_examples=200)
@randomly
def test_rare_counts_agree_with_their_slow_twin(rng):
    shape = (int(rng.integers(1, 5)), int(rng.integers(0, 50)))
    events = rng.poisson(rng.choice([0, 0.3, 3]), shape) * rng.choice([1, 1.04])
    exposure = rng.integers(1, 2000, shape).astype(float)
    gone = rng.random(shape) < rng.choice([0, 0.05])
    events, exposure = np.where(gone, NAN, events), np.where(gone, NAN, exposure)
    found = twelve_month_counts(events, exposure)
    columns = (found.direction, found.change, found.lower, found.upper, found.pairs)
    for s in range(len(events)):
        expected = twin.rare(list(events[s]), list(exposure[s]))
        np.testing.assert_allclose([column[s] for column in columns], expected, rtol=1e-7, atol=1e-9)


def test_ten_times_as_many_of_a_rare_event_is_seen_and_a_handful_more_is_not():
    exposure = np.full((2, 24), 1000.0)
    events = np.array([[0.0] * 10 + [1, 1] + [2.0] * 12, [1.0] * 12 + [1.0] * 9 + [2, 2, 2]])
    found = twelve_month_counts(events, exposure)
    assert found.direction.tolist() == [1, 0]
    assert few_a_month(events).tolist() == [True, True]
