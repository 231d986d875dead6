"""XmR: the fast code against its slow twin, and what a reader of a chart may rely on."""

import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from psc.stats.spc.xmr import xmr
from tests.stats import xmr_twin

NAN = math.nan

FIGURES = ("mean", "lpl", "upl", "near_lpl", "near_upl")

MARKS = (
    *("in_baseline", "outside", "close", "rising", "falling", "shift", "two_in_three", "short", "no_width"),
    *("constant", "segment"),
)

LABELS = ("relative_to_mean", "sign", "special_cause", "point_type")

# 30 points about 30 that signal nothing.
STEADY = [31.0, 29, 30, 32, 28, 30, 31, 28, 32, 29] * 3


@st.composite
def charts(draw, most_series=4):
    """Arguments of xmr: small whole tenths, so ties and points on the mean are common; gaps, rebases, baselines."""
    n_series, n_points = draw(st.integers(1, most_series)), draw(st.integers(0, 45))
    rng = np.random.default_rng(draw(st.integers(0, 2**32)))
    values = rng.integers(-6, 7, (n_series, n_points))
    if draw(st.booleans()):
        values = np.cumsum(rng.choice([-1, 0, 1, 1, 2], (n_series, n_points)), axis=1)
    values = values / 10 + draw(st.sampled_from([0, 5, -40]))
    if draw(st.booleans()):
        values[rng.random(values.shape) < draw(st.sampled_from([0.6, 0.9, 1]))] = 4 / 10
    values[rng.random(values.shape) < draw(st.sampled_from([0, 0.05, 0.4]))] = NAN
    shape = draw(st.sampled_from([(), (n_series,), (n_series, n_points)]))
    target = rng.integers(-10, 60, shape) / 10
    return {
        "values": values,
        "segment_starts": rng.random(values.shape) < draw(st.sampled_from([0, 0.04, 0.2])),
        "baseline_points": rng.choice([0, 12, 20], n_series),
        "direction": rng.integers(-1, 2, n_series),
        "target": np.where(rng.random(shape) < 0.2, NAN, target),
        "screen": draw(st.booleans()),
        "two_in_three": draw(st.sampled_from(["beyond two thirds", "between two thirds and limit"])),
        "keep_zero_width": draw(st.booleans()),
    }


def assert_as_twin(given):
    fast = xmr(**given)
    n_series, n_points = given["values"].shape
    target = np.broadcast_to(
        given["target"][:, None] if given["target"].ndim == 1 else given["target"], (n_series, n_points)
    )
    for s in range(n_series):
        places, variation, assurance = xmr_twin.chart(
            given["values"][s].tolist(),
            given["segment_starts"][s].tolist(),
            int(given["baseline_points"][s]),
            int(given["direction"][s]),
            target[s].tolist(),
            given["screen"],
            given.get("two_in_three", "beyond two thirds"),
            given.get("keep_zero_width", False),
        )
        for name in FIGURES:
            slow = [place[name] for place in places]
            np.testing.assert_allclose(getattr(fast, name)[s], slow, rtol=1e-9, atol=1e-12, err_msg=name)
        for name in MARKS + LABELS:
            assert getattr(fast, name)[s].tolist() == [place[name] for place in places], name
        assert (fast.variation[s], fast.assurance[s]) == (variation, assurance)


@settings(max_examples=300, deadline=None)
@given(charts())
def test_the_fast_code_says_what_the_slow_obvious_code_says(given):
    assert_as_twin(given)


def test_the_fast_code_matches_on_many_series_in_which_every_rule_fires():
    rng = np.random.default_rng(20240401)
    values = np.round(rng.normal(20, 4, (300, 48)), 1)
    values[:50] += np.linspace(0, 8, 48)
    values[50:100] -= np.linspace(0, 8, 48)
    values[100:150] = np.round(np.cumsum(rng.normal(0.4, 0.5, (50, 48)), axis=1), 1)
    values[rng.random(values.shape) < 0.03] = NAN
    given = {
        "values": values,
        "segment_starts": rng.random(values.shape) < 0.02,
        "baseline_points": rng.choice([0, 12, 24], 300),
        "direction": rng.integers(-1, 2, 300),
        "target": rng.normal(20, 8, 300),
        "screen": True,
    }
    fast = xmr(**given)
    assert len(set(fast.special_cause.ravel())) == 10
    assert len(set(fast.variation)) == 7
    assert set(fast.assurance) == {"", "pass", "fail", "inconsistent"}
    assert_as_twin(given)


@given(charts(), st.integers(-50, 50), st.sampled_from([0.5, 2, 4]))
def test_moving_or_stretching_a_series_moves_or_stretches_its_limits_and_no_label(given, shift, scale):
    before = xmr(**given)
    after = xmr(**given | {"values": given["values"] * scale + shift, "target": given["target"] * scale + shift})
    for name in FIGURES:
        expected = getattr(before, name) * scale + shift
        np.testing.assert_allclose(getattr(after, name), expected, rtol=1e-9, atol=1e-9)
    for name in MARKS + LABELS + ("variation", "assurance"):
        np.testing.assert_array_equal(getattr(after, name), getattr(before, name))


@given(charts())
def test_reversing_what_is_better_swaps_improvement_and_concern_pass_and_fail(given):
    given = given | {"keep_zero_width": True}  # else a constant series on its target meets it either way
    before, after = xmr(**given), xmr(**given | {"direction": -given["direction"]})
    swap = {"improvement": "concern", "concern": "improvement", "pass": "fail", "fail": "pass"}

    def swapped(labels):
        flat = ["_".join(swap.get(word, word) for word in label.split("_")) for label in labels.ravel()]
        return np.array(flat, dtype=object).reshape(labels.shape)

    for name in ("point_type", "variation", "assurance"):
        np.testing.assert_array_equal(getattr(after, name), swapped(getattr(before, name)))
    np.testing.assert_array_equal(after.special_cause, before.special_cause)


def test_turning_a_series_upside_down_turns_every_rule_upside_down():
    values = np.round(np.random.default_rng(3).normal(0, 1, (50, 40)).cumsum(axis=1), 1)
    up, down = xmr(values, direction=1), xmr(-values, direction=-1)
    np.testing.assert_array_equal(up.rising, down.falling)
    np.testing.assert_array_equal(up.sign, -down.sign)
    np.testing.assert_array_equal(up.point_type, down.point_type)
    np.testing.assert_allclose(up.upl, -down.lpl)


@given(charts(), st.randoms(use_true_random=False))
def test_the_order_of_the_series_does_not_matter(given, random):
    order = list(range(len(given["values"])))
    random.shuffle(order)
    per_series = {name: x[order] for name, x in given.items() if isinstance(x, np.ndarray) and x.ndim}
    before, after = xmr(**given), xmr(**given | per_series)
    for name in FIGURES + MARKS + LABELS + ("variation", "assurance", "last"):
        np.testing.assert_array_equal(getattr(after, name), getattr(before, name)[order])


@given(charts(), st.integers(1, 20))
def test_padding_a_series_at_the_end_changes_nothing(given, extra):
    before = xmr(**given)
    n_points = given["values"].shape[1]

    def pad(array, by):
        return np.pad(array, ((0, 0), (0, extra)), constant_values=by)

    longer = {"values": pad(given["values"], NAN), "segment_starts": pad(given["segment_starts"], False)}
    if given["target"].ndim == 2:
        longer["target"] = pad(given["target"], NAN)
    after = xmr(**given | longer)
    for name in FIGURES + MARKS + LABELS:
        np.testing.assert_array_equal(getattr(after, name)[:, :n_points], getattr(before, name))
    for name in ("variation", "assurance", "last"):
        np.testing.assert_array_equal(getattr(after, name), getattr(before, name))
    assert not after.special_cause_flag[:, n_points:].any()


@given(charts())
def test_a_missing_value_carries_no_mark(given):
    chart, missing = xmr(**given), np.isnan(given["values"])
    for name in ("in_baseline", "outside", "close", "trend", "shift", "two_in_three", "special_cause_flag", "sign"):
        assert not getattr(chart, name)[missing].any(), name
    assert set(chart.special_cause[missing]) <= {""}
    assert "" not in chart.special_cause[~missing]


@pytest.mark.parametrize("value", [0.1, 1 / 3, 3.3, 0.0, -7.7, 1e9 + 0.1])
@pytest.mark.parametrize("n", [2, 13, 18, 5000])
def test_a_constant_series_never_signals(value, n):
    chart = xmr([[value] * n], direction=1, target=value)
    assert set(chart.special_cause[0]) == {"Common Cause"}
    np.testing.assert_allclose([chart.lpl[0], chart.upl[0]], value, rtol=1e-12)
    assert (chart.variation[0], chart.assurance[0]) == ("common_cause", "pass")


@pytest.mark.parametrize("direction", [1, -1])
@pytest.mark.parametrize(
    "values", [[100.0] * 24, [100.0] * 11 + [NAN] + [100.0] * 12, [100.0] * 12 + [100 + 1e-13] * 12, [0.0] * 24]
)
def test_a_constant_series_meets_a_target_that_it_equals_or_betters(values, direction):
    level = values[0]
    for target, better in ((level, True), (level - direction, True), (level + direction, False)):
        chart = xmr([values], direction=direction, target=target)
        assert chart.assurance[0] == ("pass" if better else "fail"), target
        assert not chart.no_width.any() and not chart.special_cause_flag.any()
    assert xmr([values], direction=0, target=level).assurance[0] == ""


def test_a_constant_series_written_with_rounding_error_meets_its_target():
    assert xmr([[0.3, 0.1 + 0.2] * 12], direction=1, target=0.3).assurance[0] == "pass"
    assert xmr([[0.3] * 12 + [0.1 + 0.2] * 12], direction=-1, target=0.3).assurance[0] == "pass"


@pytest.mark.parametrize(
    "options",
    [
        {"values": [[98.0] + [100.0] * 24]},
        {"values": [[100.0] * 24 + [98.0]]},
        {"values": [[100.0] * 10 + [99.9] + [100.0] * 6 + [98.0] + [100.0] * 7]},
        {"values": [[0.0] * 12 + [3.0, 5, 4, 6, 5, 7, 4]], "baseline_points": 12},
        {"values": [[0.3, 0.1 + 0.2] * 8 + [0.9]]},
        {"values": [[5.0] * 14 + [NAN] + [6.0] * 14]},
        {"values": [[100.0] * 13 + [90.0 - n for n in range(8)]], "baseline_points": 12},
    ],
)
def test_no_limits_are_made_of_steps_that_are_nearly_all_zero_and_nothing_is_flagged(options):
    chart = xmr(**options, direction=1, target=100)
    assert chart.no_width.all()
    assert np.isnan([chart.lpl, chart.upl, chart.near_lpl, chart.near_upl]).all()
    assert not chart.special_cause_flag.any() and not chart.short.any()
    assert chart.assurance[0] == ""
    kept = xmr(**options, direction=1, target=100, keep_zero_width=True)
    assert kept.outside.sum() > 0.2 * kept.outside.size


def test_a_series_of_two_neighbouring_values_has_limits():
    chart = xmr([[10.0, 11, 11, 10, 10, 10, 11, 10, 10, 11, 11, 11, 10, 10, 11, 10]])
    assert not chart.no_width.any() and (chart.upl > chart.lpl).all() and not chart.special_cause_flag.any()


def test_limits_without_width_in_one_segment_leave_the_next_as_it_is():
    starts = np.zeros((1, 50), dtype=bool)
    starts[0, 20] = True
    chart = xmr([[98.0] + [100.0] * 19 + STEADY], segment_starts=starts)
    assert chart.no_width[0].tolist() == [True] * 20 + [False] * 30
    np.testing.assert_array_equal(chart.upl[0, 20:], xmr([STEADY]).upl[0])


def test_points_beyond_the_limit_count_for_two_in_three():
    values = [[10.0, 11, 9] * 7 + [11, 15.5, 13.6]]
    chart = xmr(values)
    assert chart.special_cause[0, -3:].tolist() == ["Common Cause", "Above UCL", "2 in 3 Above CL"]
    assert chart.two_in_three[0].tolist() == [False] * 22 + [True] * 2
    older = xmr(values, two_in_three="between two thirds and limit")
    assert older.special_cause[0, -3:].tolist() == ["Common Cause", "Above UCL", "Common Cause"]
    assert not older.two_in_three.any()


@pytest.mark.parametrize(
    ("last", "flagged"),
    [
        ([15.5, 11, 15.5], [True, False, True]),  # two beyond the limit; the third only has to be on their side
        ([15.5, 9, 15.5], [False] * 3),  # one on the other side
        ([15.5, 10.5, 11], [False] * 3),  # one alone
        ([4.5, 6.8, 9.5], [True, True, False]),  # low, and the third on the same side
    ],
)
def test_two_in_three_needs_two_beyond_two_thirds_and_all_three_on_one_side(last, flagged):
    chart = xmr([[10.0, 11, 9] * 7 + last], baseline_points=21)
    assert chart.two_in_three[0, -3:].tolist() == flagged


def test_a_series_with_no_value_gets_no_icon_and_does_not_disturb_its_neighbour():
    alone = xmr([STEADY], direction=1, target=20)
    beside = xmr([[NAN] * 30, STEADY], direction=1, target=20)
    assert (beside.variation[0], beside.assurance[0], beside.last[0]) == ("", "", -1)
    assert np.isnan(beside.mean[0]).all() and beside.short[0].all()
    assert (beside.variation[1], beside.assurance[1]) == (alone.variation[0], alone.assurance[0])
    np.testing.assert_array_equal(beside.upl[1], alone.upl[0])


@pytest.mark.parametrize("shape", [(0, 0), (0, 12), (3, 0)])
def test_nothing_in_gives_nothing_out(shape):
    chart = xmr(np.empty(shape), direction=-1, target=1.0)
    assert chart.mean.shape == shape
    assert chart.variation.tolist() == [""] * shape[0]


def test_no_moving_range_spans_a_missing_value():
    every_other = xmr([[1.0, NAN, 5.0, NAN, 9.0, NAN, 1.0]])
    assert every_other.mean[0, 0] == 4
    assert np.isnan(every_other.upl).all() and not every_other.outside.any()
    one_pair = xmr([[1.0, 2.0, NAN, 50.0]], screen=False)
    assert one_pair.upl[0, 0] == pytest.approx(53 / 3 + 2.66)


def test_a_baseline_counts_recorded_points_in_each_segment():
    values = [NAN, *range(10, 25), NAN, *range(50, 66)]
    starts = [False] * 17 + [True] + [False] * 15
    chart = xmr([values], segment_starts=[starts], baseline_points=12)
    assert np.flatnonzero(chart.in_baseline[0]).tolist() == [*range(1, 13), *range(17, 29)]
    assert (chart.mean[0, 5], chart.mean[0, -1]) == (15.5, 55.5)


def test_a_turning_point_belongs_to_both_trends_and_is_named_for_the_later():
    rise_then_fall = [*STEADY, 27, 28, 29, 30, 31, 32, 33, 32, 31, 30, 29, 28, 27]
    chart = xmr([rise_then_fall])
    top = 36
    assert chart.rising[0, top] and chart.falling[0, top]
    assert chart.special_cause[0, top] == "7 Point Trend (Decreasing)"
    assert chart.special_cause[0, top - 1] == "7 Point Trend (Increasing)"


def test_two_trends_that_meet_in_a_tie_keep_their_own_ways():
    chart = xmr([[*STEADY, 27, 28, 29, 30, 31, 32, 33, 33, 32, 31, 30, 29, 28, 27]])
    assert chart.special_cause[0, 36:38].tolist() == ["7 Point Trend (Increasing)", "7 Point Trend (Decreasing)"]


def test_six_rising_points_are_a_trend_only_where_six_is_the_setting():
    rising = [*STEADY, 27, 28, 29, 30, 31, 32]
    assert not xmr([rising]).rising.any()
    assert xmr([rising], trend_points=6).rising[0, 30:].all()


def test_every_rule_that_fires_on_a_point_is_kept():
    chart = xmr([[*STEADY, *range(31, 45)]], baseline_points=30)
    assert (chart.outside & chart.trend & chart.shift)[0, -1]
    assert chart.special_cause[0, -1] == "Above UCL"


def test_a_target_may_change_over_time_and_the_last_one_counts():
    target = np.full((1, 30), 20.0)
    target[0, -1] = 100.0
    assert xmr([STEADY], direction=1, target=target).assurance[0] == "fail"
    assert xmr([STEADY], direction=1, target=target[:, :1].repeat(30, axis=1)).assurance[0] == "pass"


def test_thirteen_recorded_points_are_enough_twelve_are_short():
    assert not xmr([[*STEADY[:13], NAN]]).short.any()
    assert xmr([[*STEADY[:12], NAN]]).short.all()


@pytest.mark.parametrize(
    ("given", "message"),
    [
        ({"values": [1.0, 2.0]}, "series, points"),
        ({"values": [[1.0, np.inf]]}, "series 0, point 1 is infinite"),
        ({"values": [[1.0, 2.0]], "segment_starts": [True, False]}, "segment_starts must be booleans"),
        ({"values": [[1.0, 2.0]], "segment_starts": [[1, 0]]}, "segment_starts must be booleans"),
        ({"values": [[1.0, 2.0]], "baseline_points": 0}, "at least 12"),
        ({"values": [[1.0, 2.0]], "baseline_points": np.array([11])}, "at least 12"),
        ({"values": [[1.0, 2.0]], "baseline_points": [12, 12]}, "baseline_points must be a whole number"),
        ({"values": [[1.0, 2.0]], "baseline_points": 12.5}, "baseline_points must be a whole number"),
        ({"values": [[1.0, 2.0]], "direction": 2}, "direction must be"),
        ({"values": [[1.0, 2.0]], "direction": [1, 1]}, "direction must be"),
        ({"values": [[1.0, 2.0]], "target": [1.0, 2.0]}, "target must be a number"),
        ({"values": [[1.0, 2.0]], "target": np.inf}, "target must be finite"),
        ({"values": [[1.0, 2.0]], "trend_points": 5}, "trend_points must be 6 or 7"),
        ({"values": [[1.0, 2.0]], "two_in_three": "newest"}, "two_in_three must be one of 'beyond two thirds'"),
    ],
)
def test_what_does_not_fit_is_refused_in_words(given, message):
    with pytest.raises(ValueError, match=message):
        xmr(**given)


def test_each_segment_may_have_a_baseline_of_its_own():
    values = np.array([[*STEADY, *(10 + value for value in STEADY)]])
    starts = np.arange(60)[None] == 30
    points = np.where(np.arange(60) < 30, 0, 12)[None]
    mixed = xmr(values, segment_starts=starts, baseline_points=points)
    first, second = xmr(values[:, :30]), xmr(values[:, 30:], baseline_points=12)
    for name in ("mean", "upl", "in_baseline", "special_cause"):
        assert getattr(mixed, name)[0].tolist() == [*getattr(first, name)[0], *getattr(second, name)[0]]
