"""The Shewhart charts: the fast code against its slow twin, and what a reader of a chart may rely on."""

import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from psc.stats.rare import g_chart, t_chart
from psc.stats.shewhart import (
    c_chart,
    i_chart,
    i_prime_chart,
    mr_chart,
    p_chart,
    p_prime_chart,
    u_chart,
    u_prime_chart,
)
from psc.stats.spc import xmr
from psc.stats.subgroups import c4, s_chart, xbar_chart
from tests.stats import shewhart_twin

NAN = math.nan
LINES = ("centre", "lcl", "near_lcl", "near_ucl", "ucl")
MARKS = ("in_baseline", "sign", "segment", "short", "outside")
CHARTS = {
    **{"i": i_chart, "mr": mr_chart, "ip": i_prime_chart, "c": c_chart, "g": g_chart, "t": t_chart},
    **{"u": u_chart, "up": u_prime_chart, "p": p_chart, "pp": p_prime_chart, "xbar": xbar_chart, "s": s_chart},
}
BY_DENOMINATOR, SUBGROUPED = ("ip", "u", "up", "p", "pp"), ("xbar", "s")
SCREENED, CUT_ON_REQUEST = ("i", "ip", "up", "pp", "t"), ("i", "ip", "xbar")
# 30 counts about 30 that signal on no chart.
STEADY = [31.0, 29, 30, 32, 28, 30, 31, 28, 32, 29] * 3


def arguments(kind, rng):
    """Up to five series of up to 45 places: ties, gaps, segments, exclusions, baselines, known centres, wild points."""
    shape = (int(rng.integers(1, 6)), int(rng.integers(0, 46)))
    hole, wild, cut = rng.choice([0, 0.05, 0.4]), rng.choice([0, 0.1]), rng.choice([0, 0.04, 0.2])
    told = {
        "segment_starts": rng.random(shape) < cut,
        "excluded": rng.random(shape) < rng.choice([0, 0.1, 0.6]),
        "baseline_points": rng.choice([0, 12, 20], shape[0]),
    }
    if kind in BY_DENOMINATOR:
        sizes = np.where(rng.random(shape) < 0.1, 0, rng.integers(1, 200, shape)).astype(float)
        counts = rng.binomial(sizes.astype(int), rng.choice([0.0, 0.05, 0.5, 1.0])).astype(float)
        counts[rng.random(shape) < hole] = NAN
        sizes[rng.random(shape) < hole / 2] = NAN
        told |= {"values": (counts, sizes), "per": float(rng.choice([1, 100, 1000]))}
        known = rng.random(shape[0]) * told["per"]
    elif kind in SUBGROUPED:
        values = rng.integers(0, 12, (*shape, int(rng.integers(1, 7)))) / 10
        values[rng.random(values.shape) < rng.choice([0, 0.3])] = NAN
        values[rng.random(shape) < hole] = NAN
        values[rng.random(shape) < wild] *= 9
        told |= {"values": (values,)}
        known = rng.random(shape[0])
    else:
        values = rng.integers(1 if kind == "t" else 0, 9, shape) / rng.choice([1, 10])
        values[rng.random(shape) < wild] *= 9
        values[rng.random(shape) < hole] = NAN
        told |= {"values": (values,)}
        known = rng.random(shape[0]) * 5 + 0.1
    told["centre"] = np.where(rng.random(shape[0]) < 0.7, NAN, known)
    if kind in SCREENED:
        told["screen"] = bool(rng.integers(2))
    if kind in CUT_ON_REQUEST:
        told["non_negative"] = bool(rng.integers(2))
    return told


def charted(kind, told):
    return CHARTS[kind](*told["values"], **{name: x for name, x in told.items() if name != "values"})


def twin(kind, told, s):
    counts, *sizes = (array[s].tolist() for array in told["values"])
    return shewhart_twin.chart(
        kind,
        counts,
        *sizes,
        starts=told["segment_starts"][s].tolist(),
        excluded=told["excluded"][s].tolist(),
        baseline=int(told["baseline_points"][s]),
        centre=float(told["centre"][s]),
        per=told.get("per", 1),
        screen=told.get("screen", True),
        floor=told.get("non_negative", False),
    )


def rows(told, index):
    """The arguments of some of the series only, or of all in another order."""
    picked = {name: x[index] for name, x in told.items() if isinstance(x, np.ndarray)}
    return told | picked | {"values": tuple(array[index] for array in told["values"])}


random_series = given(st.sampled_from(sorted(CHARTS)), st.integers(0, 2**32).map(np.random.default_rng))


@settings(max_examples=600, deadline=None)
@random_series
def test_the_fast_code_says_what_the_slow_obvious_code_says(kind, rng):
    told = arguments(kind, rng)
    fast = charted(kind, told)
    for s in range(len(told["values"][0])):
        slow = twin(kind, told, s)
        for name in ("value", *LINES):
            expected = [place[name] for place in slow]
            np.testing.assert_allclose(getattr(fast, name)[s], expected, rtol=1e-9, atol=1e-12, err_msg=name)
        for name in ("in_baseline", "sign", "segment", "short"):
            assert getattr(fast, name)[s].tolist() == [place[name] for place in slow], name
    np.testing.assert_array_equal(fast.outside, fast.sign != 0)


@pytest.mark.parametrize("kind", sorted(CHARTS))
def test_the_random_series_of_the_twin_do_signal(kind):
    signs = {
        int(sign)
        for seed in range(60)
        for sign in charted(kind, arguments(kind, np.random.default_rng(seed))).sign.flat
    }
    assert {0, 1} <= signs


@random_series
def test_the_order_of_the_series_does_not_matter(kind, rng):
    told = arguments(kind, rng)
    order = rng.permutation(len(told["values"][0]))
    before, after = charted(kind, told), charted(kind, rows(told, order))
    for name in ("value", *LINES, *MARKS):
        expected = getattr(before, name)[order]
        exact = expected.dtype != np.float64
        np.testing.assert_allclose(
            getattr(after, name), expected, rtol=0 if exact else 1e-9, atol=0 if exact else 1e-12
        )


@random_series
def test_a_missing_value_carries_no_mark_and_padding_changes_nothing(kind, rng):
    told = arguments(kind, rng)
    before = charted(kind, told)
    missing = np.isnan(before.value)
    assert not (before.outside | before.in_baseline)[missing].any()

    def longer(array):
        blank = False if array.dtype == np.bool_ else NAN
        return np.pad(array, ((0, 0), (0, 7), *[(0, 0)] * (array.ndim - 2)), constant_values=blank)

    more = {name: longer(told[name]) for name in ("segment_starts", "excluded")}
    after = charted(kind, told | more | {"values": tuple(map(longer, told["values"]))})
    n = before.value.shape[1]
    for name in ("value", *LINES, *MARKS):
        np.testing.assert_array_equal(getattr(after, name)[:, :n], getattr(before, name))
    assert not after.outside[:, n:].any()


@given(st.integers(0, 2**32).map(np.random.default_rng), st.integers(-50, 50), st.sampled_from([-4, -1, 0.5, 2]))
def test_moving_stretching_or_turning_values_moves_the_limits_of_individuals_and_means_and_no_mark(rng, shift, scale):
    for kind in ("i", "xbar"):
        told = arguments(kind, rng) | {"non_negative": False}
        moved = {"values": (told["values"][0] * scale + shift,), "centre": told["centre"] * scale + shift}
        before, after = charted(kind, told), charted(kind, told | moved)
        low, near_low, near_high, high = ("lcl", "near_lcl", "near_ucl", "ucl")[:: 1 if scale > 0 else -1]
        for ours, theirs in zip(LINES, ("centre", low, near_low, near_high, high), strict=True):
            expected = getattr(before, theirs) * scale + shift
            np.testing.assert_allclose(getattr(after, ours), expected, rtol=1e-9, atol=1e-9)
        np.testing.assert_array_equal(after.sign, before.sign * np.sign(scale))


@given(st.sampled_from(["mr", "t", "s"]), st.integers(0, 2**32).map(np.random.default_rng), st.sampled_from([0.5, 4]))
def test_stretching_times_ranges_and_deviations_stretches_their_limits(kind, rng, scale):
    told = arguments(kind, rng)
    before = charted(kind, told)
    after = charted(kind, told | {"values": (told["values"][0] * scale,), "centre": told["centre"] * scale})
    for name in LINES:
        np.testing.assert_allclose(getattr(after, name), getattr(before, name) * scale, rtol=1e-9, atol=1e-12)
    np.testing.assert_array_equal(after.sign, before.sign)


@given(st.sampled_from(BY_DENOMINATOR), st.integers(0, 2**32).map(np.random.default_rng))
def test_a_rate_per_thousand_has_a_thousand_times_the_limits_of_a_rate_per_one(kind, rng):
    told = arguments(kind, rng) | {"per": 1.0}
    told["centre"] = np.minimum(told["centre"], 1)
    one = charted(kind, told)
    thousand = charted(kind, told | {"per": 1000.0, "centre": told["centre"] * 1000})
    for name in ("value", *LINES):
        np.testing.assert_allclose(getattr(thousand, name), getattr(one, name) * 1000, rtol=1e-9, atol=1e-9)
    np.testing.assert_array_equal(thousand.sign, one.sign)


@given(st.sampled_from(["p", "pp"]), st.integers(0, 2**32).map(np.random.default_rng))
def test_the_chart_of_those_without_is_the_chart_of_those_with_upside_down(kind, rng):
    told = arguments(kind, rng) | {"per": 1.0}
    told["centre"] = np.where(told["centre"] > 1, NAN, told["centre"])
    counts, sizes = told["values"]
    with_, without = (
        charted(kind, told),
        charted(kind, told | {"values": (sizes - counts, sizes), "centre": 1 - told["centre"]}),
    )
    np.testing.assert_allclose(without.lcl, 1 - with_.ucl, atol=1e-9)
    np.testing.assert_allclose(without.near_ucl, 1 - with_.near_lcl, atol=1e-9)
    np.testing.assert_array_equal(without.sign, -with_.sign)


def same(value, n=30):
    return np.full((1, n), value)


@pytest.mark.parametrize("value", [0.1, 1 / 3, 3.3, 7.0, 1e9 + 0.1])
@pytest.mark.parametrize("kind", sorted(CHARTS))
def test_a_constant_series_never_signals(kind, value):
    if kind in BY_DENOMINATOR:
        sizes = same(1.0) * np.arange(1, 31)
        chart = CHARTS[kind](sizes * min(value, 0.7), sizes)
    else:
        chart = CHARTS[kind](np.full((1, 30, 4), value) if kind in SUBGROUPED else same(value))
    assert not chart.outside.any()
    assert np.isfinite(chart.centre).all()
    assert (chart.lcl <= chart.centre + 1e-9).all() and (chart.centre <= chart.ucl + 1e-9).all()


@pytest.mark.parametrize("kind", ["i", "ip", "up", "pp", "t", "xbar"])
def test_without_spread_the_limits_of_charts_that_measure_it_are_the_centre(kind):
    given = [same(8.0)] if kind in ("i", "t") else [same(8.0), same(20.0)]
    chart = CHARTS[kind](*([np.full((1, 30, 4), 8.0)] if kind == "xbar" else given))
    for name in ("lcl", "ucl"):
        np.testing.assert_allclose(getattr(chart, name), chart.centre, rtol=1e-12)


CONSTANT_THEN_MOVING = [[0.0] * 12 + [3.0, 5, 4, 6]]
DIP = [[98.0] + [100.0] * 24]


@pytest.mark.parametrize(
    ("kind", "values", "options"),
    [
        ("i", DIP, {}),
        ("i", same(5.0), {"centre": 10.0}),
        ("i", CONSTANT_THEN_MOVING, {"baseline_points": 12}),
        ("mr", CONSTANT_THEN_MOVING, {"baseline_points": 12}),
        ("c", CONSTANT_THEN_MOVING, {"baseline_points": 12}),
        ("c", CONSTANT_THEN_MOVING, {"centre": 0.0}),
        ("g", CONSTANT_THEN_MOVING, {"baseline_points": 12}),
        ("t", [[10.0] * 24 + [30.0]], {}),
        *[(kind, CONSTANT_THEN_MOVING, {"baseline_points": 12}) for kind in BY_DENOMINATOR],
        *[(kind, DIP, {}) for kind in ("ip", "up", "pp")],
        ("pp", [[2.0] + [0.0] * 24], {}),
        ("p", [[100.0] * 13 + [99.0] * 3], {"baseline_points": 12}),
        ("xbar", [[[7.0] * 4] * 9 + [[8.0] * 4] * 9], {}),
        ("s", [[[7.0] * 4] * 12 + [[7.0, 8, 9, 7]] * 3], {"baseline_points": 12}),
    ],
)
def test_there_are_no_limits_where_they_would_have_no_width_although_the_figures_move(kind, values, options):
    given = [values, np.full(np.shape(values), 100.0)] if kind in BY_DENOMINATOR else [values]
    chart = CHARTS[kind](*given, **options)
    for name in ("lcl", "near_lcl", "near_ucl", "ucl"):
        assert np.isnan(getattr(chart, name)).all(), name
    assert np.isfinite(chart.centre[~np.isnan(chart.value)]).all()
    assert not chart.outside.any() and not chart.sign.any()


def test_steps_of_rounding_error_are_no_moving_ranges_and_equal_observations_do_not_vary():
    chart = mr_chart([[0.3] * 20 + [0.1 + 0.2]])
    assert chart.value[0, -1] == 0 and not chart.outside.any()
    observations = np.full((1, 20, 4), 0.1)
    observations[0, 3, 3] = NAN
    chart = s_chart(observations)
    assert (chart.value == 0).all() and not chart.outside.any()


@pytest.mark.parametrize("kind", sorted(CHARTS))
def test_one_point_has_no_limits_where_they_need_a_moving_range_and_never_signals(kind):
    given = [[[3.0]]] + ([[[40.0]]] if kind in BY_DENOMINATOR else [])
    chart = CHARTS[kind](*([[[[3.0]]]] if kind in SUBGROUPED else given))
    assert chart.short.all() and not chart.outside.any()
    assert np.isfinite(chart.ucl).all() == (kind in ("c", "u", "p", "g"))
    assert np.isfinite(chart.centre).all() == (kind not in ("mr", "s"))


@pytest.mark.parametrize("shape", [(0, 0), (0, 12), (3, 0), (2, 14)])
@pytest.mark.parametrize("kind", sorted(CHARTS))
def test_nothing_in_gives_nothing_out(kind, shape):
    blank = np.full((*shape, 3) if kind in SUBGROUPED else shape, NAN)
    chart = CHARTS[kind](*[blank] * (2 if kind in BY_DENOMINATOR else 1))
    for name in ("value", *LINES):
        assert getattr(chart, name).shape == shape
        assert np.isnan(getattr(chart, name)).all()
    assert not chart.outside.any() and not chart.in_baseline.any() and chart.short.all()


def test_a_series_with_no_value_does_not_disturb_its_neighbour():
    alone, beside = i_chart([STEADY]), i_chart([[NAN] * 30, STEADY, [NAN] * 30])
    np.testing.assert_array_equal(beside.ucl[1], alone.ucl[0])
    np.testing.assert_array_equal(beside.sign[1], alone.sign[0])


def test_steady_counts_signal_on_no_chart_and_a_jump_signals_on_each():
    sizes, jump = same(100.0, 31), [*STEADY, 75.0]
    for chart in (i_chart([jump]), c_chart([jump]), u_chart([jump], sizes), u_prime_chart([jump], sizes)):
        assert np.flatnonzero(chart.outside).tolist() == [30]
    for chart in (p_chart([jump], sizes), p_prime_chart([jump], sizes), i_prime_chart([jump], sizes)):
        assert np.flatnonzero(chart.outside).tolist() == [30]
    assert np.flatnonzero(mr_chart([jump]).outside).tolist() == [30]
    assert c_chart([[*STEADY, 5.0]]).sign[0, -1] == -1


def test_limits_of_a_rate_follow_each_denominator():
    sizes = np.array([[100.0, 400.0] * 10])
    for chart in (u_chart(sizes / 10, sizes), p_chart(sizes / 10, sizes)):
        narrow, wide = chart.ucl[0, 1] - chart.centre[0, 1], chart.ucl[0, 0] - chart.centre[0, 0]
        assert wide == pytest.approx(2 * narrow)


def test_primed_charts_widen_limits_that_the_distribution_makes_too_narrow():
    rng = np.random.default_rng(11)
    sizes = np.full((20, 60), 20000.0)
    counts = rng.binomial(20000, rng.normal(0.1, 0.01, (20, 60))).astype(float)
    assert p_chart(counts, sizes).outside.mean() > 0.3
    assert p_prime_chart(counts, sizes).outside.mean() < 0.02
    assert u_chart(counts, sizes).outside.mean() > 0.3
    assert u_prime_chart(counts, sizes).outside.mean() < 0.02


def test_a_known_centre_is_used_for_centre_and_limits():
    assert u_chart([STEADY], same(100.0), per=1000, centre=250).ucl[0, 0] == pytest.approx(250 + 3 * math.sqrt(2500))
    chart = i_chart([STEADY, STEADY], centre=[20, NAN])
    assert chart.centre[:, 0].tolist() == [20, 30]
    assert chart.ucl[0, 0] - chart.centre[0, 0] == pytest.approx(chart.ucl[1, 0] - chart.centre[1, 0])


def test_an_excluded_point_is_judged_but_limits_do_not_rest_on_it_and_its_neighbours_are_neighbours():
    values = [[*STEADY[:15], 500.0, *STEADY[15:]]]
    excluded = np.arange(31)[None] == 15
    chart, clean = i_chart(values, excluded=excluded), i_chart([STEADY])
    assert (chart.centre[0, 0], chart.ucl[0, 0]) == (clean.centre[0, 0], clean.ucl[0, 0])
    assert np.flatnonzero(chart.outside).tolist() == [15]
    assert not chart.in_baseline[0, 15]
    assert np.isnan(i_chart([STEADY], excluded=same(True)).centre).all()


def test_an_excluded_point_spoils_no_moving_range_of_the_limits():
    excluded = np.arange(31)[None] == 15
    chart = mr_chart([[*STEADY[:15], 500.0, *STEADY[15:]]], excluded=excluded)
    assert chart.ucl[0, 0] < 10
    assert np.flatnonzero(chart.outside).tolist() == [15, 16]


def test_no_moving_range_crosses_a_segment_or_a_missing_value():
    values = [[*STEADY[:15], *(900 + v for v in STEADY[15:])]]
    starts = np.arange(30)[None] == 15
    assert not mr_chart(values, segment_starts=starts).outside.any()
    assert np.isnan(mr_chart(values, segment_starts=starts).value[0, [0, 15]]).all()
    apart = [[1.0, NAN, 5.0, NAN, 9.0, NAN, 1.0]]
    assert np.isnan(i_chart(apart).ucl).all() and np.isnan(mr_chart(apart).value).all()


def test_a_place_with_no_denominator_and_no_event_is_missing():
    counts, sizes = [[*STEADY[:12], 0.0, NAN, 5.0]], [[*[100.0] * 12, 0.0, 100.0, NAN]]
    for chart in (u_chart, u_prime_chart, p_chart, p_prime_chart, i_prime_chart):
        found = chart(counts, sizes)
        assert np.isnan(found.value[0, 12:]).all() and np.isnan(found.ucl[0, 12:]).all()
        assert np.isfinite(found.centre[0, 12:]).all()
        assert found.short.all()
        np.testing.assert_array_equal(found.ucl[0, :12], chart([counts[0][:12]], [sizes[0][:12]]).ucl[0])


def test_subgroups_of_one_observation_get_no_limits_and_no_deviation():
    observations = np.random.default_rng(5).normal(50, 4, (1, 20, 5))
    observations[0, 7, 1:], observations[0, 8] = NAN, NAN
    means, deviations = xbar_chart(observations), s_chart(observations)
    assert means.value[0, 7] == observations[0, 7, 0] and np.isnan(means.ucl[0, 7])
    assert np.isnan(deviations.value[0, 7:9]).all()
    assert np.isnan(means.value[0, 8]) and np.isfinite(means.ucl[0, :7]).all()
    assert np.isnan(xbar_chart(observations[:, :, :1]).ucl).all()


def test_c4_is_the_mean_standard_deviation_of_a_normal_sample():
    tables = {2: 0.797885, 3: 0.886227, 4: 0.921318, 5: 0.939986, 10: 0.972659, 25: 0.989640}
    np.testing.assert_allclose(c4(list(tables)), list(tables.values()), atol=1e-6)
    samples = np.random.default_rng(2).normal(0, 1, (200_000, 6)).std(axis=1, ddof=1)
    assert c4(6) == pytest.approx(samples.mean(), abs=0.002)
    assert c4(5000) == pytest.approx(1 - 1 / (4 * 5000), abs=1e-8)
    assert np.isnan(c4([0, 1, NAN])).all()


def test_limits_that_cannot_be_negative_are_cut_at_zero_on_request():
    values = [[0.0, 3, 0, 1, 4, 0, 2, 0, 3, 1, 0, 2, 4]]
    assert i_chart(values).lcl[0, 0] < 0
    assert i_chart(values, non_negative=True).lcl[0, 0] == 0
    assert i_prime_chart(values, same(9.0, 13), non_negative=True).near_lcl[0, 0] == 0
    assert xbar_chart(np.array(values)[:, :, None] * [1.0, 3.0], non_negative=True).lcl[0, 0] == 0


@pytest.mark.parametrize("kind", ["i", "t"])
def test_screening_leaves_a_gross_step_out_of_the_limits(kind):
    values = [[*STEADY, 400.0, *STEADY]]
    kept, screened = CHARTS[kind](values, screen=False), CHARTS[kind](values)
    assert (kept.ucl - kept.centre)[0, 0] > 2 * (screened.ucl - screened.centre)[0, 0]


def test_an_individuals_chart_is_an_xmr_chart_but_for_the_third_decimal_of_its_constant():
    values = np.random.default_rng(8).normal(50, 4, (20, 40)).round(1)
    values[np.random.default_rng(9).random(values.shape) < 0.1] = NAN
    ours, theirs = i_chart(values, baseline_points=20), xmr(values, baseline_points=20)
    np.testing.assert_allclose(ours.centre, theirs.mean)
    np.testing.assert_allclose((ours.ucl - ours.centre) * 1.128 * 2.66 / 3, theirs.upl - theirs.mean)


GOOD = [[1.0, 2.0]]
SIZES = [[10.0, 10.0]]


@pytest.mark.parametrize("kind", sorted(CHARTS))
@pytest.mark.parametrize(
    ("told", "message"),
    [
        ({"segment_starts": [True, False]}, "segment_starts must be booleans"),
        ({"excluded": [[1, 0]]}, "excluded must be booleans shaped"),
        ({"excluded": [True, False]}, "excluded must be booleans shaped"),
        ({"baseline_points": 11}, "at least 12 points"),
        ({"baseline_points": 12.5}, "baseline_points must be a whole number"),
        ({"centre": [1.0, 2.0]}, "centre must be a number or one for each of the 1 series"),
        ({"centre": np.inf}, "centre must be finite"),
    ],
)
def test_keywords_that_do_not_fit_are_refused_in_words(kind, told, message):
    values = [[[1.0, 2.0], [3.0, 4.0]]] if kind in SUBGROUPED else GOOD
    with pytest.raises(ValueError, match=message):
        CHARTS[kind](*([values, SIZES] if kind in BY_DENOMINATOR else [values]), **told)
    with pytest.raises(TypeError, match="baseline"):
        CHARTS[kind](*([values, SIZES] if kind in BY_DENOMINATOR else [values]), baseline=12)


@pytest.mark.parametrize("kind", sorted(set(CHARTS) - set(SUBGROUPED)))
@pytest.mark.parametrize(
    ("values", "message"), [([1.0, 2.0], "series, points"), ([[1.0, np.inf]], "series 0, point 1 is infinite")]
)
def test_values_that_do_not_fit_are_refused_in_words(kind, values, message):
    with pytest.raises(ValueError, match=message):
        CHARTS[kind](*([values, values] if kind in BY_DENOMINATOR else [values]))


@pytest.mark.parametrize(
    ("call", "message"),
    [
        (lambda: c_chart([[4.0, -1.0]]), "counts must be 0 or more: series 0, point 1 is -1"),
        (lambda: c_chart(GOOD, centre=-1), "centre must be 0 or more, as counts are, not -1"),
        (lambda: mr_chart(GOOD, centre=-1), "centre must be 0 or more, as moving ranges are"),
        (lambda: i_chart([[4.0, -1.0]], non_negative=True), "values must be 0 or more: series 0, point 1"),
        (lambda: i_chart(GOOD, non_negative=True, centre=-2), "centre must be 0 or more"),
        (lambda: g_chart([[4.0, -1.0]]), "opportunities between events must be 0 or more"),
        (lambda: t_chart([[4.0, -1.0]]), "times between events must be greater than zero, not -1"),
        (lambda: t_chart(GOOD, centre=0), "centre of times between events must be greater than zero, not 0"),
        (lambda: u_chart([[4.0, -1.0]], SIZES), "series 0, point 1 has a negative count: -1 of 10"),
        (lambda: u_chart(GOOD, [[10.0, -3.0]]), "series 0, point 1 has a negative denominator: 2 of -3"),
        (lambda: u_chart(GOOD, [[10.0, 0.0]]), "a count with a denominator of zero: 2 of 0"),
        (lambda: i_prime_chart(GOOD, [[10.0, 0.0]]), "a count with a denominator of zero: 2 of 0"),
        (lambda: i_prime_chart([[1.0, -2.0]], SIZES, non_negative=True), "a negative count: -2 of 10"),
        (lambda: u_chart(GOOD, [[10.0]]), r"denominators must be shaped as the counts are, \(1, 2\), not \(1, 1\)"),
        (lambda: u_chart(GOOD, SIZES, centre=-1), "centre must be 0 or more"),
        (lambda: p_chart([[4.0, 11.0]], SIZES), "above its denominator, which no proportion can have: 11 of 10"),
        (lambda: p_prime_chart(GOOD, SIZES, per=100, centre=101), "a proportion, from 0 to 100, not 101"),
        (lambda: p_chart(GOOD, SIZES, per=0), "per must be a finite number above zero"),
        (lambda: u_chart(GOOD, SIZES, per=NAN), "per must be a finite number above zero"),
        (lambda: xbar_chart(GOOD), "series, subgroups, observations"),
        (lambda: s_chart([[[1.0, np.inf]]]), "series 0, subgroup 0 is infinite"),
        (lambda: s_chart([[[1.0, 2.0]]], centre=-1), "centre must be 0 or more, as standard deviations are"),
        (lambda: xbar_chart([[[1.0, -2.0]]], non_negative=True), "observations must be 0 or more, not -2"),
    ],
)
def test_impossible_figures_are_refused_in_words(call, message):
    with pytest.raises(ValueError, match=message):
        call()
