"""A few messages at once, then evenly; each address by itself."""

from types import SimpleNamespace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from psc.web.limits.pace import Pace, Paces


def test_burst_passes_at_once_and_the_rest_evenly():
    clock = SimpleNamespace(now=50.0)
    pace = Pace(2.0, 3, lambda: clock.now)
    assert [pace.delay() for _ in range(5)] == [0, 0, 0, 0.5, 1.0]
    assert not pace.rested
    clock.now += 10
    assert pace.rested
    assert [pace.delay() for _ in range(4)] == [0, 0, 0, 0.5]


@given(st.lists(st.floats(0, 3), min_size=1, max_size=60), st.integers(1, 5), st.floats(0.5, 4))
def test_in_no_stretch_of_time_do_more_pass_than_burst_and_rate_allow(gaps, burst, rate):
    clock = SimpleNamespace(now=0.0)
    pace, passed = Pace(rate, burst, lambda: clock.now), []
    for gap in gaps:
        clock.now += gap
        passed.append(clock.now + pace.delay())
    for first in range(len(passed)):
        for last in range(first, len(passed)):
            assert last - first + 1 <= burst + rate * (passed[last] - passed[first]) + 1e-6


def test_addresses_do_not_wait_for_each_other_and_rested_ones_are_forgotten():
    clock = SimpleNamespace(now=0.0)
    paces = Paces(1.0, 1, lambda: clock.now)
    assert [paces.of("a").delay(), paces.of("a").delay(), paces.of("b").delay()] == [0, pytest.approx(1), 0]
    for number in range(Paces.TIDY_EVERY - 2):
        paces.of(str(number)).delay()
    clock.now += 0.5
    paces.of("a").delay()
    clock.now += 1.2
    paces.of("new")
    assert len(paces) == 2
    assert paces.of("a").delay() > 0
