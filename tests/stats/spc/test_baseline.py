"""Limits of the last two years: the fast code against its slow twin, and what a reader may rely on."""

import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from psc.stats.spc.baseline import all_years, last_two_years
from psc.stats.spc.xmr import xmr


def twin(values, starts):
    """(starts, judged) of one series, month by month."""
    starts, judged = list(starts), [False] * len(values)
    recorded = [i for i, value in enumerate(values) if not math.isnan(value)]
    if not recorded:
        return starts, judged
    begins = max((i for i in range(recorded[-1] + 1) if starts[i]), default=0)
    own = [i for i in recorded if i >= begins]
    if len(own) > 24:
        begins = own[-24]
        starts[begins] = True
    return starts, [i >= begins for i in range(len(values))]


@settings(max_examples=200)
@given(
    seed=st.integers(0, 2**32),
    shape=st.tuples(st.integers(0, 3), st.integers(0, 60)),
    missing=st.sampled_from([0, 0.1, 0.6, 1]),
    breaks=st.sampled_from([0, 0.03, 0.3]),
)
def test_the_last_two_years_are_those_of_the_twin(seed, shape, missing, breaks):
    rng = np.random.default_rng(seed)
    values = rng.normal(size=shape)
    values[rng.random(shape) < missing] = math.nan
    starts = rng.random(shape) < breaks
    found = last_two_years(values, starts)
    for s in range(shape[0]):
        assert (found.starts[s].tolist(), found.judged[s].tolist()) == twin(values[s].tolist(), starts[s].tolist())


def test_with_limits_of_two_years_the_last_24_months_are_judged_as_if_there_were_no_others():
    values = np.random.default_rng(1).normal(50, 2, (3, 60)) - np.arange(60) / 3
    chosen = last_two_years(values, np.zeros(values.shape, bool))
    assert chosen.judged.sum(axis=1).tolist() == [24] * 3
    whole, recent = xmr(values, segment_starts=chosen.starts), xmr(values[:, -24:])
    for name in ("mean", "lpl", "upl", "special_cause", "point_type"):
        assert getattr(whole, name)[:, -24:].tolist() == getattr(recent, name).tolist()
    assert whole.variation.tolist() == recent.variation.tolist()


def test_a_break_within_two_years_starts_the_limits():
    starts = np.zeros((1, 60), bool)
    starts[0, [10, 45]] = True
    found = last_two_years(np.ones((1, 60)), starts)
    assert np.flatnonzero(found.judged[0]).tolist() == list(range(45, 60))
    assert np.flatnonzero(found.starts[0]).tolist() == [10, 45]


def test_all_years_judge_every_segment():
    starts = np.zeros((2, 30), bool)
    starts[:, 12] = True
    found = all_years(np.ones((2, 30)), starts)
    assert found.judged.all()
    assert found.starts.tolist() == starts.tolist()


def test_starts_that_do_not_fit_the_figures_are_refused():
    for choice in (all_years, last_two_years):
        with pytest.raises(ValueError, match="segment_starts must be booleans shaped"):
            choice(np.ones((2, 30)), np.zeros((2, 29), bool))
