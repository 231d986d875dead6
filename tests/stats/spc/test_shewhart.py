"""The Shewhart charts: the fast code against its slow twin, and what a reader of a chart may rely on."""

import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from psc.stats.spc.rare_events import g_chart, t_chart
from psc.stats.spc.shewhart import c_chart, i_prime_chart, p_prime_chart, u_prime_chart
from tests.stats import shewhart_twin

NAN = math.nan
LINES = ("centre", "lcl", "near_lcl", "near_ucl", "ucl")
MARKS = ("in_baseline", "sign", "segment", "short", "outside")
CHARTS = {
    **{"ip": i_prime_chart, "up": u_prime_chart, "pp": p_prime_chart},
    **{"c": c_chart, "g": g_chart, "t": t_chart},
}
BY_DENOMINATOR = ("ip", "up", "pp")
SCREENED = ("ip", "up", "pp", "t")
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
    else:
        values = rng.integers(1 if kind == "t" else 0, 9, shape) / rng.choice([1, 10])
        values[rng.random(shape) < wild] *= 9
        values[rng.random(shape) < hole] = NAN
        told |= {"values": (values,)}
        known = rng.random(shape[0]) * 5 + 0.1
    told["centre"] = np.where(rng.random(shape[0]) < 0.7, NAN, known)
    if kind in SCREENED:
        told["screen"] = bool(rng.integers(2))
    if kind == "ip":
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
        return np.pad(array, ((0, 0), (0, 7)), constant_values=blank)

    more = {name: longer(told[name]) for name in ("segment_starts", "excluded")}
    after = charted(kind, told | more | {"values": tuple(map(longer, told["values"]))})
    n = before.value.shape[1]
    for name in ("value", *LINES, *MARKS):
        np.testing.assert_array_equal(getattr(after, name)[:, :n], getattr(before, name))
    assert not after.outside[:, n:].any()


@given(st.integers(0, 2**32).map(np.random.default_rng), st.sampled_from([0.5, 4]))
def test_stretching_times_stretches_their_limits(rng, scale):
    told = arguments("t", rng)
    before = charted("t", told)
    after = charted("t", told | {"values": (told["values"][0] * scale,), "centre": told["centre"] * scale})
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


@given(st.integers(0, 2**32).map(np.random.default_rng))
def test_the_chart_of_those_without_is_the_chart_of_those_with_upside_down(rng):
    told = arguments("pp", rng) | {"per": 1.0}
    told["centre"] = np.where(told["centre"] > 1, NAN, told["centre"])
    counts, sizes = told["values"]
    with_, without = (
        charted("pp", told),
        charted("pp", told | {"values": (sizes - counts, sizes), "centre": 1 - told["centre"]}),
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
        chart = CHARTS[kind](same(value))
    assert not chart.outside.any()
    assert np.isfinite(chart.centre).all()
    assert (chart.lcl <= chart.centre + 1e-9).all() and (chart.centre <= chart.ucl + 1e-9).all()


@pytest.mark.parametrize("kind", ["ip", "up", "pp", "t"])
def test_without_spread_the_limits_of_charts_that_measure_it_are_the_centre(kind):
    chart = CHARTS[kind](*([same(8.0)] if kind == "t" else [same(8.0), same(20.0)]))
    for name in ("lcl", "ucl"):
        np.testing.assert_allclose(getattr(chart, name), chart.centre, rtol=1e-12)


CONSTANT_THEN_MOVING = [[0.0] * 12 + [3.0, 5, 4, 6]]
DIP = [[98.0] + [100.0] * 24]


@pytest.mark.parametrize(
    ("kind", "values", "options"),
    [
        ("c", CONSTANT_THEN_MOVING, {"baseline_points": 12}),
        ("c", CONSTANT_THEN_MOVING, {"centre": 0.0}),
        ("g", CONSTANT_THEN_MOVING, {"baseline_points": 12}),
        ("t", [[10.0] * 24 + [30.0]], {}),
        *[(kind, CONSTANT_THEN_MOVING, {"baseline_points": 12}) for kind in BY_DENOMINATOR],
        *[(kind, DIP, {}) for kind in ("ip", "up", "pp")],
        ("pp", [[2.0] + [0.0] * 24], {}),
    ],
)
def test_there_are_no_limits_where_they_would_have_no_width_although_the_figures_move(kind, values, options):
    given = [values, np.full(np.shape(values), 100.0)] if kind in BY_DENOMINATOR else [values]
    chart = CHARTS[kind](*given, **options)
    for name in ("lcl", "near_lcl", "near_ucl", "ucl"):
        assert np.isnan(getattr(chart, name)).all(), name
    assert np.isfinite(chart.centre[~np.isnan(chart.value)]).all()
    assert not chart.outside.any() and not chart.sign.any()


@pytest.mark.parametrize("kind", sorted(CHARTS))
def test_one_point_has_no_limits_where_they_need_a_moving_range_and_never_signals(kind):
    given = [[[3.0]]] + ([[[40.0]]] if kind in BY_DENOMINATOR else [])
    chart = CHARTS[kind](*given)
    assert chart.short.all() and not chart.outside.any()
    assert np.isfinite(chart.ucl).all() == (kind in ("c", "g"))
    assert np.isfinite(chart.centre).all()


@pytest.mark.parametrize("shape", [(0, 0), (0, 12), (3, 0), (2, 14)])
@pytest.mark.parametrize("kind", sorted(CHARTS))
def test_nothing_in_gives_nothing_out(kind, shape):
    blank = np.full(shape, NAN)
    chart = CHARTS[kind](*[blank] * (2 if kind in BY_DENOMINATOR else 1))
    for name in ("value", *LINES):
        assert getattr(chart, name).shape == shape
        assert np.isnan(getattr(chart, name)).all()
    assert not chart.outside.any() and not chart.in_baseline.any() and chart.short.all()


def test_a_series_with_no_value_does_not_disturb_its_neighbour():
    alone, beside = t_chart([STEADY]), t_chart([[NAN] * 30, STEADY, [NAN] * 30])
    np.testing.assert_array_equal(beside.ucl[1], alone.ucl[0])
    np.testing.assert_array_equal(beside.sign[1], alone.sign[0])


def test_steady_counts_signal_on_no_chart_and_a_jump_signals_on_each():
    sizes, jump = same(100.0, 31), [*STEADY, 75.0]
    for chart in (u_prime_chart, p_prime_chart, i_prime_chart):
        assert np.flatnonzero(chart([jump], sizes).outside).tolist() == [30]
    for chart in (c_chart, t_chart):
        assert np.flatnonzero(chart([jump]).outside).tolist() == [30]
    assert c_chart([[*STEADY, 5.0]]).sign[0, -1] == -1


def test_limits_of_a_rate_follow_each_denominator():
    sizes = np.array([[100.0, 400.0] * 10])
    counts = sizes / 10 + np.tile([1.0, -2, 2, -1], 5)
    for chart in (draw(counts, sizes) for draw in (u_prime_chart, p_prime_chart, i_prime_chart)):
        narrow, wide = chart.ucl[0, 1] - chart.centre[0, 1], chart.ucl[0, 0] - chart.centre[0, 0]
        assert wide == pytest.approx(2 * narrow)


def test_primed_charts_widen_limits_that_the_distribution_makes_too_narrow():
    rng = np.random.default_rng(11)
    sizes = np.full((20, 60), 20000.0)
    counts = rng.binomial(20000, rng.normal(0.1, 0.01, (20, 60))).astype(float)
    assert c_chart(counts).outside.mean() > 0.3
    assert p_prime_chart(counts, sizes).outside.mean() < 0.02
    assert u_prime_chart(counts, sizes).outside.mean() < 0.02


def test_a_known_centre_is_used_for_centre_and_limits():
    assert c_chart([STEADY], centre=25).ucl[0, 0] == 25 + 3 * 5
    chart = i_prime_chart([STEADY, STEADY], np.ones((2, 30)), centre=[20, NAN])
    assert chart.centre[:, 0].tolist() == [20, 30]
    assert chart.ucl[0, 0] - chart.centre[0, 0] == pytest.approx(chart.ucl[1, 0] - chart.centre[1, 0])


def test_an_excluded_point_is_judged_but_limits_do_not_rest_on_it_and_its_neighbours_are_neighbours():
    values = [[*STEADY[:15], 500.0, *STEADY[15:]]]
    excluded = np.arange(31)[None] == 15
    chart, clean = t_chart(values, excluded=excluded), t_chart([STEADY])
    assert (chart.centre[0, 0], chart.ucl[0, 0]) == pytest.approx((clean.centre[0, 0], clean.ucl[0, 0]), rel=1e-12)
    assert np.flatnonzero(chart.outside).tolist() == [15]
    assert not chart.in_baseline[0, 15]
    assert np.isnan(t_chart([STEADY], excluded=same(True)).centre).all()


def test_no_moving_range_crosses_a_segment_or_a_missing_value():
    values = [[*STEADY[:15], *(900 + v for v in STEADY[15:])]]
    starts = np.arange(30)[None] == 15
    parted = i_prime_chart(values, same(1.0), segment_starts=starts, screen=False)
    assert not parted.outside.any()
    assert (parted.ucl - parted.centre)[0, 15:] == pytest.approx((parted.ucl - parted.centre)[0, :15], rel=0.2)
    apart = [[1.0, NAN, 5.0, NAN, 9.0, NAN, 1.0]]
    assert np.isnan(t_chart(apart).ucl).all()


def test_a_place_with_no_denominator_and_no_event_is_missing():
    counts, sizes = [[*STEADY[:12], 0.0, NAN, 5.0]], [[*[100.0] * 12, 0.0, 100.0, NAN]]
    for chart in (u_prime_chart, p_prime_chart, i_prime_chart):
        found = chart(counts, sizes)
        assert np.isnan(found.value[0, 12:]).all() and np.isnan(found.ucl[0, 12:]).all()
        assert np.isfinite(found.centre[0, 12:]).all()
        assert found.short.all()
        np.testing.assert_array_equal(found.ucl[0, :12], chart([counts[0][:12]], [sizes[0][:12]]).ucl[0])


def test_limits_that_cannot_be_negative_are_cut_at_zero_on_request():
    values = [[0.0, 3, 0, 1, 4, 0, 2, 0, 3, 1, 0, 2, 4]]
    assert i_prime_chart(values, same(9.0, 13)).lcl[0, 0] < 0
    cut = i_prime_chart(values, same(9.0, 13), non_negative=True)
    assert cut.lcl[0, 0] == cut.near_lcl[0, 0] == 0


def test_screening_leaves_a_gross_step_out_of_the_limits():
    values = [[*STEADY, 400.0, *STEADY]]
    kept, screened = t_chart(values, screen=False), t_chart(values)
    assert (kept.ucl - kept.centre)[0, 0] > 2 * (screened.ucl - screened.centre)[0, 0]


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
    with pytest.raises(ValueError, match=message):
        CHARTS[kind](*([GOOD, SIZES] if kind in BY_DENOMINATOR else [GOOD]), **told)
    with pytest.raises(TypeError, match="baseline"):
        CHARTS[kind](*([GOOD, SIZES] if kind in BY_DENOMINATOR else [GOOD]), baseline=12)


@pytest.mark.parametrize("kind", sorted(CHARTS))
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
        (lambda: i_prime_chart(GOOD, SIZES, non_negative=True, centre=-2), "centre must be 0 or more"),
        (lambda: g_chart([[4.0, -1.0]]), "opportunities between events must be 0 or more"),
        (lambda: t_chart([[4.0, -1.0]]), "times between events must be greater than zero, not -1"),
        (lambda: t_chart(GOOD, centre=0), "centre of times between events must be greater than zero, not 0"),
        (lambda: u_prime_chart([[4.0, -1.0]], SIZES), "series 0, point 1 has a negative count: -1 of 10"),
        (lambda: u_prime_chart(GOOD, [[10.0, -3.0]]), "series 0, point 1 has a negative denominator: 2 of -3"),
        (lambda: u_prime_chart(GOOD, [[10.0, 0.0]]), "a count with a denominator of zero: 2 of 0"),
        (lambda: i_prime_chart(GOOD, [[10.0, 0.0]]), "a count with a denominator of zero: 2 of 0"),
        (lambda: i_prime_chart([[1.0, -2.0]], SIZES, non_negative=True), "a negative count: -2 of 10"),
        (
            lambda: u_prime_chart(GOOD, [[10.0]]),
            r"denominators must be shaped as the counts are, \(1, 2\), not \(1, 1\)",
        ),
        (lambda: u_prime_chart(GOOD, SIZES, centre=-1), "centre must be 0 or more"),
        (lambda: p_prime_chart([[4.0, 11.0]], SIZES), "above its denominator, which no proportion can have: 11 of 10"),
        (lambda: p_prime_chart(GOOD, SIZES, per=100, centre=101), "a proportion, from 0 to 100, not 101"),
        (lambda: p_prime_chart(GOOD, SIZES, per=0), "per must be a finite number above zero"),
        (lambda: u_prime_chart(GOOD, SIZES, per=NAN), "per must be a finite number above zero"),
    ],
)
def test_impossible_figures_are_refused_in_words(call, message):
    with pytest.raises(ValueError, match=message):
        call()
