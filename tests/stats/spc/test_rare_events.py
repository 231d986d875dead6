"""Gaps between events that are published by month, against a slow twin and against events whose place is known."""

import math
from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from psc.stats.spc.rare_events import g_chart, gaps_between_events, t_chart
from psc.stats.spc.xmr import xmr

NAN = math.nan


def twin(counts, chances):
    """(month, between, shortest, longest) of each event of one series, one event at a time."""
    events, passed, chain = [], 0.0, 0
    for month, (count, chance) in enumerate(zip(counts, chances, strict=True)):
        if math.isnan(count) or math.isnan(chance):
            chain += 1
            continue
        places = [passed + (k + 0.5) * chance / count for k in range(int(count))]
        events += [(month, chain, place, count, chance) for place in places]
        passed += chance
    out = [(event[0], NAN, NAN, NAN) for event in events[:1]]
    for before, event in pairwise(events):
        month, chain, place, count, chance = event
        if chain != before[1]:
            out.append((month, NAN, NAN, NAN))
        elif month == before[0]:
            out.append((month, chance / count - 1, 0, chance - count))
        else:
            whole = sum(chances[before[0] + 1 : month])
            free = (before[4] - before[3]) + (chance - count)
            out.append((month, place - before[2] - 1, whole, whole + free))
    return out


def rare_series(rng):
    shape = (int(rng.integers(1, 6)), int(rng.integers(0, 40)))
    chances = rng.integers(0, 300, shape).astype(float)
    counts = np.minimum(rng.poisson(rng.choice([0.2, 1, 4]), shape), chances)
    counts[rng.random(shape) < rng.choice([0, 0.05])] = NAN
    chances[rng.random(shape) < rng.choice([0, 0.05])] = NAN
    return counts, chances


randomly = given(st.integers(0, 2**32).map(np.random.default_rng))


@settings(max_examples=300)
@randomly
def test_the_fast_code_says_what_the_slow_obvious_code_says(rng):
    counts, chances = rare_series(rng)
    gaps = gaps_between_events(counts, chances)
    n_events = np.nansum(np.where(np.isnan(chances), 0, counts), axis=1).astype(int)
    assert gaps.between.shape == (len(counts), n_events.max(initial=0))
    for s, n in enumerate(n_events):
        slow = twin(counts[s].tolist(), chances[s].tolist())
        assert gaps.month[s, :n].tolist() == [event[0] for event in slow]
        for i, name in enumerate(("between", "shortest", "longest"), start=1):
            expected = [event[i] for event in slow]
            np.testing.assert_allclose(getattr(gaps, name)[s, :n], expected, atol=1e-9, err_msg=name)
            assert np.isnan(getattr(gaps, name)[s, n:]).all()
        assert (gaps.month[s, n:] == -1).all()


@randomly
def test_a_gap_lies_between_what_it_can_be_at_the_least_and_at_the_most(rng):
    gaps = gaps_between_events(*rare_series(rng))
    known = ~np.isnan(gaps.between)
    assert (gaps.shortest[known] <= gaps.between[known] + 1e-9).all()
    assert (gaps.between[known] <= gaps.longest[known] + 1e-9).all()
    assert (gaps.shortest[known] >= 0).all()


@randomly
def test_wherever_the_events_really_fell_the_true_gaps_lie_within_the_bounds_and_add_up_alike(rng):
    chances = rng.integers(1, 120, 36)
    happened = rng.random(chances.sum()) < rng.choice([0.005, 0.02, 0.05])
    counts = np.add.reduceat(happened, np.cumsum(chances) - chances)
    gaps = gaps_between_events([counts], [chances])
    true = np.diff(np.flatnonzero(happened)) - 1
    assert gaps.between[0, 1:].shape == true.shape
    assert (gaps.shortest[0, 1:] <= true + 1e-9).all() and (true <= gaps.longest[0, 1:] + 1e-9).all()
    if true.size:
        ends = chances[gaps.month[0, 0]] + chances[gaps.month[0, -1]]
        assert abs(gaps.between[0, 1:].sum() - true.sum()) <= ends


def test_even_spacing_gives_limits_and_signals_close_to_those_of_the_true_gaps_when_events_are_rare():
    rng = np.random.default_rng(17)
    happened = rng.random((300, 60 * 200)) < 0.3 / 200
    counts, chances = happened.reshape(300, 60, 200).sum(axis=2), np.full((300, 60), 200.0)
    ours = g_chart(gaps_between_events(counts, chances).between)
    true = np.full(ours.value.shape, NAN)
    for s, row in enumerate(happened):
        places = np.flatnonzero(row)
        true[s, 1 : places.size] = np.diff(places) - 1
    exact = g_chart(true)
    np.testing.assert_allclose(np.nanmean(ours.ucl), np.nanmean(exact.ucl), rtol=0.01)
    drawn = (~np.isnan(true)).sum()
    assert abs(ours.outside.sum() - exact.outside.sum()) / drawn < 0.005


def test_stable_rare_events_signal_far_less_on_a_g_chart_than_on_an_xmr_chart():
    counts = np.random.default_rng(4).poisson(0.3, (400, 60)).astype(float)
    gaps = gaps_between_events(counts, np.full(counts.shape, 200.0))
    on_g, on_xmr = g_chart(gaps.between).outside.any(axis=1), xmr(counts).outside.any(axis=1)
    assert on_xmr.mean() > 0.7
    assert on_g.mean() < on_xmr.mean() / 2


def test_nearly_two_in_a_hundred_true_gaps_of_a_stable_series_are_above_the_upper_limit():
    gaps = np.random.default_rng(12).geometric(1 / 200, (500, 60)) - 1
    assert g_chart(gaps).outside.mean() == pytest.approx(math.exp(-4), abs=0.003)


def test_a_t_chart_of_evenly_spaced_gaps_would_cry_wolf_where_one_of_true_gaps_does_not():
    rng = np.random.default_rng(21)
    happened = rng.random((100, 60 * 100)) < 1 / 100
    spaced = gaps_between_events(happened.reshape(100, 60, 100).sum(axis=2), np.full((100, 60), 100.0)).between
    true = np.full(spaced.shape, NAN)
    for s, row in enumerate(happened):
        true[s, 1 : row.sum()] = np.diff(np.flatnonzero(row))
    assert t_chart(spaced + 1).outside.any(axis=1).mean() > 0.8
    assert t_chart(true).outside.any(axis=1).mean() < 0.2


def test_the_g_chart_shows_when_events_become_rarer():
    counts = np.array([[1.0, 0, 1, 1, 0, 1, 1, 1, 0, 1, 1, 0, 1, 1, 1, 0, 1, *[0] * 11, 1]])
    gaps = gaps_between_events(counts, np.full(counts.shape, 100.0))
    chart = g_chart(gaps.between, baseline_points=12)
    assert np.flatnonzero(chart.outside).tolist() == [gaps.between.shape[1] - 1]
    assert (gaps.shortest > chart.ucl)[0, -1]
    assert gaps.month[0, -1] == 28


def test_events_one_a_month_lie_a_month_apart_and_several_share_their_month_evenly():
    gaps = gaps_between_events([[1, 0, 1, 3]], [[100, 50, 200, 60]])
    assert gaps.month[0].tolist() == [0, 2, 3, 3, 3]
    np.testing.assert_allclose(gaps.between[0], [NAN, 50 + 50 + 100 - 1, 100 + 10 - 1, 19, 19])
    np.testing.assert_allclose(gaps.shortest[0], [NAN, 50, 0, 0, 0])
    np.testing.assert_allclose(gaps.longest[0], [NAN, 99 + 50 + 199, 199 + 57, 57, 57])


def test_an_event_at_every_opportunity_leaves_none_between():
    gaps = gaps_between_events([[1, 3, 0, 2]], [[1, 3, 0, 2]])
    assert gaps.between[0, 1:].tolist() == gaps.longest[0, 1:].tolist() == [0] * 5


@pytest.mark.parametrize("lost", ["counts", "opportunities"])
def test_a_gap_into_which_a_missing_month_falls_is_unknown_not_long(lost):
    given = {"counts": [[1.0, 1, 0, 1, 1]], "opportunities": [[100.0] * 5]}
    given[lost][0][2] = NAN
    gaps = gaps_between_events(**given)
    assert gaps.month[0].tolist() == [0, 1, 3, 4]
    np.testing.assert_array_equal(gaps.between[0], [NAN, 99, NAN, 99])
    assert np.isnan(gaps.longest[0, 2]) and np.isnan(gaps.shortest[0, 2])


def test_the_time_since_the_last_event_is_counted_from_the_end_of_its_month():
    counts = [[1.0, 0, 0], [0, 0, 1], [0, 0, 0], [1, NAN, 0], [NAN, 1, 0]]
    gaps = gaps_between_events(counts, [[10.0, 20, 30]] * 5)
    np.testing.assert_array_equal(gaps.since_last, [50, 0, NAN, NAN, 30])


@pytest.mark.parametrize(
    "counts", [np.empty((0, 0)), np.empty((0, 5)), np.empty((3, 0)), [[0.0] * 4] * 3, [[NAN] * 4] * 3]
)
def test_without_an_event_there_is_no_gap_and_the_chart_is_empty(counts):
    gaps = gaps_between_events(counts, np.full(np.shape(counts), 5.0))
    assert gaps.between.shape == gaps.month.shape == (len(counts), 0)
    assert np.isnan(gaps.since_last).all() and gaps.since_last.shape == (len(counts),)
    assert g_chart(gaps.between).ucl.shape == (len(counts), 0)


def test_one_event_has_no_gap_before_it():
    gaps = gaps_between_events([[0, 1, 0]], [[10, 10, 10]])
    assert gaps.month.tolist() == [[1]] and np.isnan(gaps.between).all()
    assert not g_chart(gaps.between).outside.any()


@randomly
def test_the_order_of_the_series_does_not_matter_and_neither_do_later_months_without_an_event(rng):
    counts, chances = rare_series(rng)
    before = gaps_between_events(counts, chances)
    order = rng.permutation(len(counts))
    after = gaps_between_events(counts[order], chances[order])
    longer = gaps_between_events(*(np.pad(array, ((0, 0), (0, 3))) for array in (counts, chances)))
    for name in ("month", "between", "shortest", "longest", "since_last"):
        np.testing.assert_array_equal(getattr(after, name), getattr(before, name)[order])
        np.testing.assert_array_equal(getattr(longer, name), getattr(before, name))


def test_a_g_chart_draws_the_median_and_sets_limits_by_the_mean():
    chart = g_chart([[0.0, 1, 2, 3, 94], [NAN, 4, 6, NAN, NAN]])
    assert chart.centre[:, 0].tolist() == [2, 5]
    np.testing.assert_allclose(chart.ucl[:, 0], [20 + 3 * math.sqrt(420), 5 + 3 * math.sqrt(30)])
    assert (chart.lcl == 0).all() and chart.outside[0].tolist() == [False] * 4 + [True]


@randomly
def test_the_lower_limit_of_a_g_chart_is_always_zero(rng):
    chart = g_chart(rng.geometric(rng.choice([0.01, 0.5, 0.99]), (3, 20)) - 1)
    assert (chart.lcl == 0).all() and (chart.sign >= 0).all()


def test_exponential_times_signal_as_seldom_as_normal_values_on_a_t_chart():
    times = np.random.default_rng(6).exponential(30, (400, 60)) + 1e-6
    assert t_chart(times).outside.mean() < 0.006


@pytest.mark.parametrize(
    ("counts", "opportunities", "message"),
    [
        ([1.0, 2.0], [5.0, 5.0], "series, points"),
        ([[1.0, np.inf]], [[5.0, 5.0]], "infinite"),
        ([[1.0, 2.0]], [[5.0, np.inf]], "infinite"),
        ([[1.0, 2.0]], [[5.0]], r"opportunities must be shaped as the counts are, \(1, 2\), not \(1, 1\)"),
        ([[1.0, -2.0]], [[5.0, 5.0]], "series 0, month 1 has a negative count: -2 in 5"),
        ([[1.0, 0.5]], [[5.0, 5.0]], "series 0, month 1 has a count that is not whole: 0.5 in 5"),
        ([[1.0, 0.0]], [[5.0, -1.0]], "series 0, month 1 has negative opportunities: 0 in -1"),
        ([[1.0, 2.0]], [[5.0, 0.0]], "more events than opportunities .*not thousands of them.*: 2 in 0"),
    ],
)
def test_impossible_figures_are_refused_in_words(counts, opportunities, message):
    with pytest.raises(ValueError, match=message):
        gaps_between_events(counts, opportunities)
