"""CUSUM charts against their slow twins, and what a reader may rely on."""

import math
from statistics import fmean, pstdev

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from psc.stats.cusum import bernoulli_cusum, percentile_cusum

NAN = math.nan
BERNOULLI = ("weight_up", "weight_down", "cusum_up", "cusum_down", "signal_up", "signal_down")
PERCENTILE = ("mean", "threshold", "cusum_up", "cusum_down", "alert")
LAST = ("last_length", "last_from", "last_to")


def bernoulli_twin(outcomes, target, odds_ratio, limit):
    """Rows of BERNOULLI, one place at a time."""
    rows, up, down = [], 0.0, 0.0
    high = odds_ratio * target / (1 - target + odds_ratio * target)
    low = target / (target + odds_ratio * (1 - target))
    for outcome in outcomes:
        if math.isnan(outcome):
            rows.append((NAN, NAN, up, -down, False, False))
            continue
        weight_up = math.log(high / target if outcome else (1 - high) / (1 - target))
        weight_down = math.log(low / target if outcome else (1 - low) / (1 - target))
        up, down = max(0.0, up + weight_up), max(0.0, down + weight_down)
        signal_up, signal_down = up >= limit, down >= limit
        up, down = 0.0 if signal_up else up, 0.0 if signal_down else down
        rows.append((weight_up, weight_down, up, -down, signal_up, signal_down))
    return rows


def percentile_twin(values, window=12, threshold=5.0, slack=0.5, as_reference=False):
    """Rows of PERCENTILE, one place at a time; ``as_reference`` rounds the sums and lets a gap set them back to 0."""
    recorded = [value for value in values if not math.isnan(value)]
    if len(recorded) < window and not as_reference:
        return [(NAN, NAN, NAN, NAN, 0)] * len(values)
    tiny = 1e-14 * max(map(abs, recorded))

    def standard(points):
        points = [point for point in points if not math.isnan(point)]
        return fmean(points), pstdev(points)

    def stepped(up, down, value):
        if math.isnan(value):
            return 0.0, 0.0
        up, down = max(0.0, up + value - mean - slack * sd), min(0.0, down + value - mean + slack * sd)
        return (round(up, 2), round(down, 2)) if as_reference else (up, down)

    kept = values if as_reference else recorded
    mean, sd = standard(kept[:window])
    up, down, rows = 0.0, 0.0, []
    for i, value in enumerate(kept):
        rising, falling = up - threshold * sd > tiny, -down - threshold * sd > tiny
        if rising or falling:
            before = kept[i - window : i] if i >= window else kept[:window]
            mean, new_sd = standard(before)
            next_up, next_down = stepped(up, down, value)
            if not (rising and next_up - up > tiny) and not (falling and down - next_down > tiny):
                sd, up, down = new_sd, 0.0, 0.0
        up, down = stepped(up, down, value)
        limit = threshold * sd
        rows.append((mean, limit, up, down, (up - limit > tiny) - (-down - limit > tiny)))
    if as_reference:
        return rows
    figures, told = iter(rows), (*rows[0][:2], 0.0, 0.0, 0)
    out = []
    for value in values:
        told = (*told[:4], 0) if math.isnan(value) else next(figures)
        out.append(told)
    return out


def last_alert_twin(values, rows):
    points = [(value, row) for value, row in zip(values, rows, strict=True) if not math.isnan(value)]
    way, length = points[-1][1][4] if points else 0, 0
    if way == 0:
        return 0, NAN, NAN
    while length < len(points) and points[-1 - length][1][4] == way:
        length += 1
    return length, points[-length][1][0], points[-1][0]


def with_gaps(rng, values, share):
    values = np.array(values, dtype=float)
    values[rng.random(values.shape) < share] = NAN
    return values


def moving(rng, n_series, n_points):
    """Series that now and then move for good, so that alerts start, go on, turn and end."""
    steps = rng.normal(0, 4, (n_series, n_points)) * (rng.random((n_series, n_points)) < 0.12)
    return 40 + np.cumsum(steps, axis=1) + rng.normal(0, 1, (n_series, n_points))


seeds = st.integers(0, 2**32).map(np.random.default_rng)


@settings(max_examples=150, deadline=None)
@given(
    seeds,
    st.integers(0, 60),
    st.floats(0.01, 0.6),
    st.sampled_from([1.5, 2, 6]),
    st.sampled_from([0.5, 2, 3.5]),
    st.sampled_from([0, 0.3]),
)
def test_bernoulli_sums_are_those_of_the_slow_obvious_code(rng, n_cases, target, odds_ratio, limit, gaps):
    outcomes = with_gaps(rng, rng.random((3, n_cases)) < [[0.02], [0.3], [0.9]], gaps)
    chart = bernoulli_cusum(outcomes, target=target, odds_ratio=odds_ratio, limit=limit)
    for s in range(3):
        rows = bernoulli_twin(outcomes[s].tolist(), target, odds_ratio, limit)
        for name, expected in zip(BERNOULLI, zip(*rows, strict=True), strict=bool(rows)):
            np.testing.assert_allclose(getattr(chart, name)[s], expected, rtol=1e-9, atol=1e-12, err_msg=name)


def test_bernoulli_signals_come_both_ways_and_each_starts_its_own_sum_again():
    many = bernoulli_cusum([[1.0] * 10 + [0.0] * 60], target=0.2, limit=2)
    up, down = np.flatnonzero(many.signal_up[0]), np.flatnonzero(many.signal_down[0])
    assert up.tolist() == [3, 7]
    # 2 / log(1 / 0.9) = 18.98 cases without an event make a signal, counted from the last event.
    assert down.tolist() == [9 + 19, 9 + 2 * 19, 9 + 3 * 19]
    assert not many.cusum_up[many.signal_up].any() and not many.cusum_down[many.signal_down].any()
    assert many.cusum_up[0, 8] == many.weight_up[0, 8] > 0


def test_a_sum_that_just_reaches_the_limit_signals():
    weight = bernoulli_cusum([[1.0]], target=0.1).weight_up[0, 0]
    assert bernoulli_cusum([[1.0]], target=0.1, limit=weight).signal_up[0, 0]
    assert not bernoulli_cusum([[1.0]], target=0.1, limit=weight * 1.0001).signal_up[0, 0]


@given(seeds, st.floats(0.01, 0.99))
def test_counting_the_cases_without_the_event_turns_the_chart_over(rng, target):
    outcomes = with_gaps(rng, rng.random((4, 50)) < 0.3, 0.1)
    events = bernoulli_cusum(outcomes, target=target, limit=1.5)
    others = bernoulli_cusum(1 - outcomes, target=1 - target, limit=1.5)
    np.testing.assert_allclose(events.cusum_up, -others.cusum_down, rtol=1e-9, atol=1e-12)
    np.testing.assert_array_equal(events.signal_up, others.signal_down)
    np.testing.assert_array_equal(events.signal_down, others.signal_up)
    np.testing.assert_allclose(events.proportion_up, 1 - others.proportion_down, rtol=1e-9)


@given(seeds)
def test_a_missing_outcome_keeps_the_sums_and_never_makes_a_signal(rng):
    whole = (rng.random((1, 40)) < 0.3).astype(float)
    at = np.sort(rng.choice(60, 40, replace=False))
    gappy = np.full((1, 60), NAN)
    gappy[:, at] = whole
    before = bernoulli_cusum(whole, baseline_points=15, limit=1)
    after = bernoulli_cusum(gappy, baseline_points=15, limit=1)
    missing = np.isnan(gappy)
    for name in BERNOULLI:
        np.testing.assert_array_equal(getattr(after, name)[:, at], getattr(before, name))
    assert not (after.signal_up | after.signal_down)[missing].any()
    carried = np.diff(after.cusum_up, prepend=0)[missing]
    np.testing.assert_array_equal(carried, np.where(np.isnan(after.cusum_up[missing]), NAN, 0))


@given(seeds)
def test_the_order_of_the_series_does_not_matter(rng):
    order = rng.permutation(8)
    outcomes, target = with_gaps(rng, rng.random((8, 30)) < 0.2, 0.1), rng.uniform(0.05, 0.5, 8)
    before, after = bernoulli_cusum(outcomes, target=target), bernoulli_cusum(outcomes[order], target=target[order])
    for name in BERNOULLI:
        np.testing.assert_array_equal(getattr(after, name), getattr(before, name)[order])
    values = with_gaps(rng, moving(rng, 8, 40), 0.1)
    before, after = percentile_cusum(values, window=6), percentile_cusum(values[order], window=6)
    for name in PERCENTILE + LAST:
        np.testing.assert_array_equal(getattr(after, name), getattr(before, name)[order])


def test_the_proportion_may_be_that_of_the_first_recorded_cases_series_by_series():
    outcomes = [NAN, 1.0, 0, 0, 0, 1, 1, 1]
    chart = bernoulli_cusum([outcomes] * 2, baseline_points=[4, 0])
    np.testing.assert_allclose(chart.proportion, [1 / 4, 4 / 7])
    np.testing.assert_allclose(chart.proportion_up, [2 / 5, 8 / 11])


@pytest.mark.parametrize("outcomes", [[0.0] * 30, [1.0] * 30, [NAN] * 30, [1.0, 0.0] + [NAN] * 28])
def test_a_baseline_that_gives_no_proportion_gives_no_chart_and_leaves_its_neighbour_alone(outcomes):
    good = [0.0, 1, 0, 1, 1, 1, 1, 1, 1, 1] * 3
    chart = bernoulli_cusum([outcomes, good], baseline_points=3)
    assert np.isnan([chart.proportion[0], chart.proportion_up[0], *chart.cusum_up[0], *chart.cusum_down[0]]).all()
    assert not chart.signal_up[0].any() and not chart.signal_down[0].any()
    np.testing.assert_array_equal(chart.cusum_up[1], bernoulli_cusum([good], baseline_points=3).cusum_up[0])
    assert chart.signal_up[1].any()


@pytest.mark.parametrize(
    ("given", "message"),
    [
        ({"outcomes": [1.0, 0.0], "target": 0.1}, "series, points"),
        ({"outcomes": [[1.0, 2.0]], "target": 0.1}, r"series 0, case 1 is 2\.0"),
        ({"outcomes": [[-1.0]], "target": 0.1}, r"series 0, case 0 is -1\.0"),
        ({"outcomes": [[np.inf]], "target": 0.1}, "infinite"),
        ({"outcomes": [[1.0]]}, "either target or baseline_points"),
        ({"outcomes": [[1.0]], "target": 0.1, "baseline_points": 1}, "either target or baseline_points"),
        ({"outcomes": [[1.0]], "target": 0}, "strictly between 0 and 1"),
        ({"outcomes": [[1.0]], "target": 1}, "strictly between 0 and 1"),
        ({"outcomes": [[1.0]], "target": NAN}, "strictly between 0 and 1"),
        ({"outcomes": [[1.0]], "target": [0.1, 0.2]}, "each of the 1 series"),
        ({"outcomes": [[1.0]], "baseline_points": -2}, "at least 1 point"),
        ({"outcomes": [[1.0]], "baseline_points": 2.5}, "whole number"),
        ({"outcomes": [[1.0]], "target": 0.1, "odds_ratio": 1}, "odds_ratio must be over 1"),
        ({"outcomes": [[1.0]], "target": 0.1, "odds_ratio": np.inf}, "odds_ratio must be over 1"),
        ({"outcomes": [[1.0]], "target": 0.1, "limit": 0}, "limit must be a positive number"),
        ({"outcomes": [[1.0]], "target": 0.1, "limit": NAN}, "limit must be a positive number"),
    ],
)
def test_what_does_not_fit_a_bernoulli_cusum_is_refused_in_words(given, message):
    with pytest.raises(ValueError, match=message):
        bernoulli_cusum(**given)


def assert_as_percentile_twin(values, **options):
    chart = percentile_cusum(values, **options)
    for s, series in enumerate(values.tolist()):
        rows = percentile_twin(series, **options)
        for name, expected in zip(PERCENTILE, zip(*rows, strict=True), strict=bool(rows)):
            np.testing.assert_allclose(getattr(chart, name)[s], expected, rtol=1e-9, atol=1e-9, err_msg=name)
        last = tuple(float(getattr(chart, name)[s]) for name in LAST)
        assert last == pytest.approx(last_alert_twin(series, rows), nan_ok=True)
    return chart


@settings(max_examples=150, deadline=None)
@given(
    seeds,
    st.integers(0, 50),
    st.integers(2, 14),
    st.sampled_from([1.0, 3.0, 5.0]),
    st.sampled_from([0.0, 0.5, 1.0]),
    st.sampled_from([0, 0.2]),
)
def test_percentile_sums_are_those_of_the_slow_obvious_code(rng, n_points, window, threshold, slack, gaps):
    values = with_gaps(rng, moving(rng, 3, n_points), gaps)
    assert_as_percentile_twin(values, window=window, threshold=threshold, slack=slack)


def test_percentile_sums_of_many_series_with_ties_are_those_of_the_slow_obvious_code():
    rng = np.random.default_rng(20240401)
    values = with_gaps(rng, np.round(moving(rng, 200, 48)), 0.05)
    values[:5] = NAN
    values[5:10, 11:] = NAN
    chart = assert_as_percentile_twin(values)
    assert (chart.alert > 0).any() and (chart.alert < 0).any()
    assert {0, 1} < set(chart.last_length.tolist())


@given(seeds, st.integers(-50, 50), st.sampled_from([0.001, 0.5, 100]))
def test_moving_or_stretching_a_series_moves_its_mean_stretches_its_sums_and_leaves_its_alerts(rng, shift, scale):
    values = with_gaps(rng, moving(rng, 5, 40), 0.1)
    before, after = percentile_cusum(values, window=8), percentile_cusum(values * scale + shift, window=8)
    np.testing.assert_array_equal(after.alert, before.alert)
    np.testing.assert_allclose(after.mean, before.mean * scale + shift, rtol=1e-9, atol=1e-9)
    for name in ("threshold", "cusum_up", "cusum_down"):
        np.testing.assert_allclose(getattr(after, name), getattr(before, name) * scale, rtol=1e-9, atol=1e-9)


@given(seeds)
def test_turning_a_series_upside_down_turns_its_alerts_over(rng):
    values = with_gaps(rng, moving(rng, 5, 40), 0.1)
    up, down = percentile_cusum(values, window=8), percentile_cusum(-values, window=8)
    np.testing.assert_array_equal(up.alert, -down.alert)
    np.testing.assert_allclose(up.cusum_up, -down.cusum_down, atol=1e-9)
    np.testing.assert_array_equal(up.last_length, down.last_length)


@given(seeds)
def test_a_missing_value_anywhere_changes_no_figure_of_any_point(rng):
    whole = moving(rng, 3, 40)
    at = np.sort(rng.choice(60, 40, replace=False))
    gappy = np.full((3, 60), NAN)
    gappy[:, at] = whole
    before, after = percentile_cusum(whole, window=8), percentile_cusum(gappy, window=8)
    for name in PERCENTILE:
        np.testing.assert_array_equal(getattr(after, name)[:, at], getattr(before, name))
    for name in LAST:
        np.testing.assert_array_equal(getattr(after, name), getattr(before, name))
    assert not after.alert[np.isnan(gappy)].any()


@pytest.mark.parametrize("value", [0.1, 1 / 3, 0.0, -7.7, 1e9 + 0.1])
def test_a_constant_series_never_alerts_and_any_change_after_it_does(value):
    chart = percentile_cusum([[value] * 500, [value] * 499 + [value + 1]])
    assert not chart.alert[0].any() and not chart.cusum_up[0].any() and not chart.cusum_down[0].any()
    assert np.flatnonzero(chart.alert[1]).tolist() == [499]


def test_a_series_shorter_than_the_window_has_no_figures_and_no_alert():
    chart = percentile_cusum([[*range(11), NAN], range(12)])
    figures = np.array([chart.mean, chart.threshold, chart.cusum_up, chart.cusum_down])
    assert np.isnan(figures[:, 0]).all() and not np.isnan(figures[:, 1]).any()
    assert not chart.alert[0].any() and chart.last_length[0] == 0


@pytest.mark.parametrize("shape", [(0, 0), (0, 12), (3, 0)])
def test_nothing_in_gives_nothing_out(shape):
    empty = np.empty(shape)
    assert percentile_cusum(empty).alert.shape == bernoulli_cusum(empty, target=0.1).signal_up.shape == shape
    assert percentile_cusum(empty).last_length.tolist() == [0] * shape[0]
    assert np.isnan(bernoulli_cusum(empty, baseline_points=3).proportion).all()


def test_an_alert_goes_on_while_the_series_moves_on_and_ends_when_it_settles():
    values = [9.0, 11] * 6 + [16, 18, 20, 22, 24] + [14.0, 16] * 5
    chart = percentile_cusum([values])
    assert np.flatnonzero(chart.alert[0]).tolist() == [12, 13, 14, 15, 16]
    assert chart.mean[0, 12] == 10 and chart.mean[0, 16] == fmean(values[4:16])
    assert chart.mean[0, 17] == fmean(values[5:17]) == chart.mean[0, -1]
    assert chart.threshold[0, 17] == pytest.approx(5 * pstdev(values[5:17]))
    going_on = percentile_cusum([values[:17]])
    assert (going_on.last_length[0], going_on.last_from[0], going_on.last_to[0]) == (5, 10, 24)


@pytest.mark.parametrize(
    ("given", "message"),
    [
        ({"values": [1.0]}, "series, points"),
        ({"values": [[1.0, np.inf]]}, "series 0, point 1 is infinite"),
        ({"values": [[1.0]], "window": 1}, "window must be a whole number of points, at least 2"),
        ({"values": [[1.0]], "window": 12.5}, "window must be a whole number of points, at least 2"),
        ({"values": [[1.0]], "threshold": 0}, "threshold must be a positive number"),
        ({"values": [[1.0]], "threshold": np.inf}, "threshold must be a positive number"),
        ({"values": [[1.0]], "slack": -0.1}, "slack must not be negative"),
        ({"values": [[1.0]], "slack": NAN}, "slack must not be negative"),
    ],
)
def test_what_does_not_fit_a_percentile_cusum_is_refused_in_words(given, message):
    with pytest.raises(ValueError, match=message):
        percentile_cusum(**given)
