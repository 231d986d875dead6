"""Funnels: the fast code against its slow twin, and what a reader of a funnel plot may rely on."""

import math
from dataclasses import fields

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from psc.stats.funnels.funnel import FunnelLimits, proportion_funnel, rate_funnel, ratio_funnel
from psc.stats.funnels.limit_curves import proportion_limits, rate_limits, ratio_limits
from tests.stats import funnel_twin

NAN = math.nan

FIGURES = ("value", "z", "z_used", "lower", "upper")

MARKS = ("side", "few_expected")

OF_THE_FUNNEL = ("centre", "phi", "tau2", "n_units", "n_kept", "overdispersed", "adjusted_limits")

CALLS = {
    "proportion": lambda x, n, **options: proportion_funnel(x, n, **options),
    "SHMI": lambda x, n, **options: ratio_funnel(x, n, method="SHMI", **options),
    "CQC": lambda x, n, **options: ratio_funnel(x, n, method="CQC", **options),
    "SHMI rate": lambda x, n, **options: rate_funnel(x, n, method="SHMI", per=1000, **options),
    "CQC rate": lambda x, n, **options: rate_funnel(x, n, method="CQC", per=1000, **options),
}

TWINS = {
    "proportion": lambda x, n, **options: funnel_twin.proportion_funnel(x, n, **options),
    "SHMI": lambda x, n, **options: funnel_twin.ratio_funnel(x, n, method="SHMI", **options),
    "CQC": lambda x, n, **options: funnel_twin.ratio_funnel(x, n, method="CQC", **options),
    "SHMI rate": lambda x, n, **options: funnel_twin.rate_funnel(x, n, method="SHMI", per=1000, **options),
    "CQC rate": lambda x, n, **options: funnel_twin.rate_funnel(x, n, method="CQC", per=1000, **options),
}

KINDS = pytest.mark.parametrize("kind", CALLS)


def areas(kind, rng, shape, spread=0.0, missing=0.0):
    """(x, n) of a kind, in which units differ by ``spread`` more than chance; never both columns the same.

    Counts stay at 200 or under, since the twin adds up its gamma functions term by term.
    """
    n = rng.integers(20, 240, shape) / (4 if kind in ("SHMI", "CQC") else 1)
    level = np.exp(rng.normal(0, spread, shape) if spread else np.zeros(shape))
    if kind == "proportion":
        x = rng.binomial(n.astype(int), np.minimum(0.3 * level, 1)).astype(float)
    else:
        x = np.minimum(rng.poisson(n * level * (1 if kind in ("SHMI", "CQC") else 0.25)), 200.0)
    x[:, 0] += (x[:, 0] == n[:, 0]) * -1.0
    x[rng.random(shape) < missing] = NAN
    n[rng.random(shape) < missing] = NAN
    return x, n


@st.composite
def funnels(draw, kind=None):
    kind = kind or draw(st.sampled_from(list(CALLS)))
    rng = np.random.default_rng(draw(st.integers(0, 2**32)))
    shape = (draw(st.integers(1, 3)), draw(st.integers(1, 12)))
    x, n = areas(kind, rng, shape, draw(st.sampled_from([0, 0.2, 1.5])), draw(st.sampled_from([0, 0.2, 0.7])))
    if draw(st.booleans()):
        x[rng.random(shape) < 0.3] = 0.0
    x[:, 0] = np.where(np.nansum(x, axis=1) == 0, np.where(np.isnan(n[:, 0]), NAN, 1.0), x[:, 0])
    options = {
        "trim": draw(st.sampled_from([0.0, 0.05, 0.1, 0.25])),
        "level": draw(st.sampled_from([0.95, 0.998])),
        "judged_on": draw(st.sampled_from(["auto", "adjusted", "unadjusted"])),
    }
    return kind, x, n, options


def assert_as_twin(kind, x, n, options):
    fast = CALLS[kind](x, n, **options)
    for f in range(len(x)):
        both = ~np.isnan(x[f]) & ~np.isnan(n[f])
        if kind.endswith("rate") and both.any() and not x[f][both].any():
            continue
        figures, units = TWINS[kind](x[f].tolist(), n[f].tolist(), **options)
        if not (kind in ("SHMI", "CQC") or both.any()):
            figures["centre"] = NAN
        for name, slow in figures.items():
            np.testing.assert_allclose(getattr(fast, name)[f], slow, rtol=1e-9, atol=1e-12, err_msg=name)
        for name in FIGURES:
            slow = [unit[name] for unit in units]
            np.testing.assert_allclose(getattr(fast, name)[f], slow, rtol=1e-8, atol=1e-12, err_msg=name)
        for name in MARKS:
            assert getattr(fast, name)[f].tolist() == [unit[name] for unit in units], name


@settings(max_examples=250, deadline=None)
@given(funnels())
def test_the_fast_code_says_what_the_slow_obvious_code_says(funnel):
    assert_as_twin(*funnel)


@KINDS
def test_the_fast_code_matches_on_many_funnels_with_units_on_both_sides(kind):
    rng = np.random.default_rng(20240401)
    x, n = (np.concatenate(both) for both in zip(*(areas(kind, rng, (12, 15), s, 0.05) for s in (0, 0.5)), strict=True))
    options = {"trim": 0.1, "level": 0.95, "judged_on": "auto"}
    fast = CALLS[kind](x, n, **options)
    assert set(fast.side.ravel()) == {-1, 0, 1}
    assert 0 < fast.overdispersed.sum() < len(x)
    assert_as_twin(kind, x, n, options)


def assert_same(after, before, units=np.s_[:], funnels=np.s_[:]):
    """Every figure of ``after`` is that of ``before`` at the funnels and units told."""
    for field in fields(before):
        one, other = getattr(after, field.name), getattr(before, field.name)
        if isinstance(other, FunnelLimits):
            assert_same(one, other, units, funnels)
        else:
            expected = other[funnels][:, units] if other.ndim == 2 else other[funnels]
            np.testing.assert_allclose(one, expected, rtol=1e-9, atol=1e-12, err_msg=field.name)


@settings(max_examples=60, deadline=None)
@given(funnels(), st.randoms(use_true_random=False))
def test_the_order_of_units_and_funnels_does_not_matter(funnel, random):
    kind, x, n, options = funnel
    units, rows = list(range(x.shape[1])), list(range(x.shape[0]))
    random.shuffle(units)
    random.shuffle(rows)
    before = CALLS[kind](x, n, **options)
    assert_same(CALLS[kind](x[rows][:, units], n[rows][:, units], **options), before, units, rows)


@settings(max_examples=60, deadline=None)
@given(funnels(), st.integers(1, 6))
def test_missing_units_change_nothing_and_carry_no_mark(funnel, extra):
    kind, x, n, options = funnel
    size = x.shape[1]
    longer = [np.pad(array, ((0, 0), (extra, extra)), constant_values=NAN) for array in (x, n)]
    longer[0][:, 0], longer[1][:, -1] = 5.0, 50.0
    after = CALLS[kind](*longer, **options)
    gaps = np.isnan(longer[0]) | np.isnan(longer[1])
    assert not after.outside[gaps].any() and not after.few_expected[gaps].any()
    for name in FIGURES:
        assert np.isnan(getattr(after, name)[gaps]).all()
    before = CALLS[kind](x, n, **options)
    inside = np.s_[:, extra : extra + size]
    for name in FIGURES + MARKS:
        np.testing.assert_allclose(getattr(after, name)[inside], getattr(before, name), rtol=1e-9, atol=1e-12)
    for name in OF_THE_FUNNEL:
        np.testing.assert_allclose(getattr(after, name), getattr(before, name), rtol=1e-9, atol=1e-12)


@settings(max_examples=60, deadline=None)
@given(funnels("proportion"))
def test_counting_the_others_turns_a_proportion_funnel_upside_down(funnel):
    _, x, n, options = funnel
    x = np.minimum(x, n)
    up, down = proportion_funnel(x, n, **options), proportion_funnel(n - x, n, **options)
    np.testing.assert_array_equal(up.side, -down.side)
    for one, other in ((up.lower, down.upper), (up.upper, down.lower), (up.value, down.value)):
        np.testing.assert_allclose(one, 1 - other, atol=1e-12)
    np.testing.assert_allclose(up.z, -down.z, atol=1e-9)
    np.testing.assert_allclose(up.tau2, down.tau2, rtol=1e-6, atol=1e-12)


@settings(max_examples=60, deadline=None)
@given(funnels(), st.sampled_from([0.01, 100, 100_000]))
def test_the_unit_of_the_figures_changes_no_verdict(funnel, per):
    kind, x, n, options = funnel
    call = {"proportion": proportion_funnel, "SHMI": ratio_funnel, "CQC": ratio_funnel}.get(kind, rate_funnel)
    before, after = call(x, n, **options, per=1), call(x, n, **options, per=per)
    for name in ("value", "centre", "lower", "upper"):
        np.testing.assert_allclose(getattr(after, name), per * getattr(before, name), rtol=1e-9)
    for name in ("side", "few_expected", "phi", "tau2", "z"):
        np.testing.assert_array_equal(getattr(after, name), getattr(before, name))


@settings(max_examples=60, deadline=None)
@given(funnels("CQC rate"), st.sampled_from([0.25, 3, 1000]))
def test_stretching_the_population_shrinks_rates_and_limits_and_changes_no_verdict(funnel, factor):
    _, x, n, options = funnel
    before, after = rate_funnel(x, n, **options), rate_funnel(x, n * factor, **options)
    for name in ("value", "lower", "upper"):
        np.testing.assert_allclose(getattr(after, name) * factor, getattr(before, name), rtol=1e-9, atol=1e-12)
    np.testing.assert_array_equal(after.side, before.side)


@KINDS
def test_a_wider_level_only_widens_the_limits(kind):
    x, n = areas(kind, np.random.default_rng(5), (40, 15), 0.3, 0.1)
    near, far = (CALLS[kind](x, n, level=level) for level in (0.95, 0.998))
    there = ~np.isnan(near.value)
    assert (far.lower <= near.lower)[there].all() and (far.upper > near.upper)[there].all()
    assert (far.outside <= near.outside).all() and near.outside.sum() > far.outside.sum() > 0
    centre = np.broadcast_to(near.centre[:, None], there.shape)
    assert (near.lower < centre)[there].all() and (near.upper > centre)[there].all()


@KINDS
def test_the_limits_told_are_those_of_the_two_usual_levels(kind):
    x, n = areas(kind, np.random.default_rng(6), (10, 15), 0.3, 0.1)
    for level, lower, upper in ((0.95, "lower95", "upper95"), (0.998, "lower998", "upper998")):
        for judged_on in ("adjusted", "unadjusted"):
            funnel = CALLS[kind](x, n, level=level, judged_on=judged_on)
            limits = getattr(funnel, judged_on)
            np.testing.assert_array_equal(funnel.lower, getattr(limits, lower))
            np.testing.assert_array_equal(funnel.upper, getattr(limits, upper))


@KINDS
def test_no_level_asked_for_is_99_8_per_cent(kind):
    x, n = areas(kind, np.random.default_rng(7), (5, 15), 0.5)
    assert_same(CALLS[kind](x, n), CALLS[kind](x, n, level=0.998))


def test_units_on_both_sides_of_a_rate_funnel_read_in_the_unit_of_the_rate():
    population = np.full((1, 15), 200_000.0)
    events = np.full((1, 15), 100.0)
    events[0, 3], events[0, 7] = 150.0, 50.0
    funnel = rate_funnel(events, population, judged_on="unadjusted")
    assert funnel.centre[0] == pytest.approx(50)
    assert funnel.value[0, :4].tolist() == pytest.approx([50, 50, 50, 75])
    assert np.flatnonzero(funnel.side[0]).tolist() == [3, 7] and funnel.side[0, [3, 7]].tolist() == [1, -1]
    lower, upper = rate_limits(50, [200_000, 20_000_000], per=100_000)
    assert lower[0] == pytest.approx(funnel.lower[0, 0]) and upper[0] == pytest.approx(funnel.upper[0, 0])
    assert 34 < lower[0] < 37 < 48 < lower[1] < 50 < upper[1] < 52 < 65 < upper[0] < 68


@pytest.mark.parametrize("method", ["SHMI", "CQC"])
def test_drawn_rate_limits_pass_through_those_of_the_units(method):
    x, n = areas("CQC rate", np.random.default_rng(8), (1, 15), 0.5)
    funnel = rate_funnel(x, n, method=method, per=1000)
    assert funnel.overdispersed[0]
    drawn = rate_limits(funnel.centre, n[0], tau2=funnel.tau2, method=method, per=1000)
    np.testing.assert_allclose(drawn, (funnel.lower[0], funnel.upper[0]), rtol=1e-12)
    plain = rate_limits(funnel.centre, n[0], method=method, per=1000, level=0.95)
    np.testing.assert_allclose(plain, (funnel.unadjusted.lower95[0], funnel.unadjusted.upper95[0]), rtol=1e-12)


@KINDS
@pytest.mark.parametrize("n_units", [2, 3, 15])
def test_equal_units_are_never_outside(kind, n_units):
    x, n = np.full((1, n_units), 30.0), np.full((1, n_units), 31.0 if kind in ("SHMI", "CQC") else 300.0)
    funnel = CALLS[kind](x, n, level=0.5)
    assert not funnel.outside.any() and not funnel.overdispersed.any()
    assert funnel.tau2[0] == 0 and funnel.phi[0] < 0.1 and np.isfinite(funnel.upper).all()


@KINDS
def test_one_unit_has_limits_and_no_overdispersion(kind):
    funnel = CALLS[kind]([[NAN, 5.0]], [[30.0, 30.0]])
    assert (funnel.n_units[0], funnel.tau2[0], funnel.overdispersed[0]) == (1, 0, False)
    assert funnel.lower[0, 1] < funnel.upper[0, 1] < np.inf
    if kind not in ("SHMI", "CQC"):
        assert funnel.phi[0] == pytest.approx(0, abs=1e-20) and not funnel.outside.any()
    alone = ratio_funnel([[30.0]], [[30.0]])
    assert alone.phi[0] == 0 and not alone.outside.any()


@KINDS
def test_a_funnel_without_a_figure_has_none_and_does_not_disturb_its_neighbour(kind):
    x, n = areas(kind, np.random.default_rng(9), (1, 15), 0.5)
    alone = CALLS[kind](x, n)
    beside = CALLS[kind](np.vstack([x * NAN, x]), np.vstack([n, n]))
    assert_same(CALLS[kind](x, n), alone)
    for name in FIGURES:
        assert np.isnan(getattr(beside, name)[0]).all()
        np.testing.assert_array_equal(getattr(beside, name)[1], getattr(alone, name)[0])
    assert (beside.n_units[0], beside.n_kept[0], beside.tau2[0], beside.outside[0].any()) == (0, 0, 0, False)
    assert np.isnan(beside.phi[0]) and (kind in ("SHMI", "CQC") or np.isnan(beside.centre[0]))


@KINDS
@pytest.mark.parametrize("shape", [(0, 0), (0, 5), (2, 0)])
def test_nothing_in_gives_nothing_out(kind, shape):
    funnel = CALLS[kind](np.empty(shape), np.empty(shape))
    assert funnel.side.shape == funnel.adjusted.upper998.shape == shape
    assert funnel.phi.shape == (shape[0],)


@pytest.mark.parametrize("kind", ["SHMI", "SHMI rate"])
@pytest.mark.parametrize("n_units", [2, 3, 5, 15])
def test_units_with_no_events_never_make_phi_infinite(kind, n_units):
    x, n = np.full((1, n_units), 40.0), np.full((1, n_units), 50.0)
    x[0, 0] = 0
    funnel = CALLS[kind](x, n)
    assert funnel.z[0, 0] == -np.inf and np.isnan(funnel.z_used[0, 0])
    assert np.isfinite(funnel.phi[0]) and np.isfinite(funnel.tau2[0]) and np.isfinite(funnel.upper).all()
    assert funnel.side[0, 0] == -1


@pytest.mark.parametrize("kind", ["CQC", "CQC rate", "proportion"])
def test_units_with_no_events_count_on_the_other_scales(kind):
    funnel = CALLS[kind]([[0.0, 40, 40, 40, 40]], [[50.0] * 5])
    assert np.isfinite(funnel.z).all() and funnel.n_kept[0] == 5 and np.isfinite(funnel.phi[0])


def test_no_events_anywhere_leaves_nothing_to_judge():
    none, n = np.zeros((1, 5)), np.full((1, 5), 100.0)
    for kind in ("SHMI rate", "CQC rate"):
        funnel = CALLS[kind](none, n)
        assert (funnel.centre[0], funnel.n_units[0], funnel.n_kept[0], funnel.tau2[0]) == (0, 5, 0, 0)
        assert funnel.value.tolist() == none.tolist() and np.isnan(funnel.upper).all()
        assert not funnel.outside.any() and funnel.few_expected.all()
    shares = proportion_funnel(none, n)
    assert (shares.centre[0], shares.phi[0], shares.outside.any()) == (0, 0, False)
    every = proportion_funnel(n, n)
    assert (every.centre[0], every.phi[0], every.outside.any()) == (1, 0, False)
    ratio = ratio_funnel(none, n)
    assert ratio.n_kept[0] == 0 and math.isnan(ratio.phi[0]) and ratio.tau2[0] == 0 and (ratio.side == -1).all()


def test_one_huge_unit_among_small_ones_keeps_tau2_finite():
    funnel = proportion_funnel([[1e17, 5, 9]], [[1e18, 20, 20]], trim=0.0)
    assert np.isfinite(funnel.tau2[0]) and funnel.tau2[0] >= 0


def test_an_excess_that_all_units_share_widens_a_ratio_funnel_but_not_a_rate_funnel():
    expected = np.full((1, 15), 400.0)
    observed = expected * 1.5 + np.arange(15) - 7
    assert ratio_funnel(observed, expected).overdispersed[0]
    assert not rate_funnel(observed, expected).overdispersed[0]


def test_shmi_rounds_expected_to_two_decimals_and_a_rate_does_not():
    rounded = ratio_funnel([[8.0, 3]], [[5.004, 2.996]], judged_on="adjusted")
    plain = ratio_funnel([[8.0, 3]], [[5.0, 3.0]], judged_on="adjusted")
    np.testing.assert_array_equal(rounded.upper, plain.upper)
    np.testing.assert_array_equal(rounded.value, [[8 / 5.004, 3 / 2.996]])
    tiny = rate_funnel([[1.0, 0]], [[1000.0, 0.1]], method="SHMI")
    assert tiny.n_units[0] == 2 and not tiny.outside.any()


BAD = [
    ([1.0, 2.0], [9.0, 9.0], r"shaped \(funnels, units\), not \(2,\) and \(2,\)"),
    ([[1.0, 2.0]], [[9.0]], r"shaped \(funnels, units\), not \(1, 2\) and \(1, 1\)"),
    ([[1.0, -2.0]], [[9.0, 9.0]], r"must not be negative: found -2 \(funnel 0, unit 1\)"),
    ([[1.0], [NAN]], [[9.0], [0.0]], r"must be greater than zero, or NaN for missing: found 0 \(funnel 1, unit 0\)"),
    ([[1.0, 2.0]], [[9.0, -9.0]], r"must not be negative: found -9 \(funnel 0, unit 1\)"),
    ([[np.inf, 2.0]], [[9.0, 9.0]], r"must be finite, or NaN for missing: found inf \(funnel 0, unit 0\)"),
    ([[1.0, 2.0]], [[9.0, np.inf]], r"must be finite, or NaN for missing: found inf \(funnel 0, unit 1\)"),
]


@KINDS
@pytest.mark.parametrize(("x", "n", "message"), BAD)
def test_counts_and_denominators_that_do_not_fit_are_refused_in_words(kind, x, n, message):
    with pytest.raises(ValueError, match=message):
        CALLS[kind](x, n)


@KINDS
@pytest.mark.parametrize(
    ("options", "message"),
    [
        ({"level": 99.8}, "level must be a share between 0 and 1"),
        ({"level": 1.0}, "level must be a share between 0 and 1"),
        ({"level": NAN}, "level must be a share between 0 and 1"),
        ({"trim": 0.5}, "trim must be a share from 0 to under 0.5"),
        ({"trim": -0.1}, "trim must be a share from 0 to under 0.5"),
        ({"trim": 10}, "trim must be a share from 0 to under 0.5"),
        ({"judged_on": "both"}, "judged_on must be one of auto, adjusted, unadjusted, not 'both'"),
    ],
)
def test_options_that_do_not_fit_are_refused_in_words(kind, options, message):
    with pytest.raises(ValueError, match=message):
        CALLS[kind]([[1.0, 2.0]], [[9.0, 9.0]], **options)


@pytest.mark.parametrize("call", [proportion_funnel, ratio_funnel, rate_funnel])
@pytest.mark.parametrize("per", [0, -1, NAN, np.inf])
def test_a_unit_of_nothing_is_refused(call, per):
    with pytest.raises(ValueError, match="per must be a number above 0"):
        call([[1.0, 2.0]], [[9.0, 9.0]], per=per)


@pytest.mark.parametrize(
    ("call", "message"),
    [
        (lambda: proportion_funnel([[10.0, 2.0]], [[9.0, 9.0]]), "numerators must not exceed .* found 10"),
        (lambda: ratio_funnel([[1.0, 2.0]], [[0.004, 9.0]]), "SHMI rounds expected to two decimals.* found 0.004"),
        (lambda: ratio_funnel([[4.0, NAN, 2.0]], [[4.0, 1.0, 2.0]]), "equal in every unit of funnel 0"),
        (lambda: ratio_funnel([[1.0, 2.0]], [[9.0, 9.0]], method="shmi"), "method must be one of SHMI, CQC"),
        (lambda: rate_funnel([[1.0, 2.0]], [[9.0, 9.0]], method="PR"), "method must be one of SHMI, CQC"),
        (lambda: proportion_limits(1.2, 50), "centre of a proportion must lie between 0 and 1: found 1.2"),
        (lambda: proportion_limits(101, 50, per=100), "centre of a proportion must lie between 0 and 100: found 101"),
        (lambda: proportion_limits(-0.1, 50), "centre must not be negative"),
        (lambda: proportion_limits(0.1, [50, 0]), "denominators must be greater than zero"),
        (lambda: proportion_limits(0.1, 50, tau2=-1), "tau2 must not be negative"),
        (lambda: proportion_limits([0.1, 0.2], [5, 6, 7]), r"shapes do not fit together: centre \(2,\)"),
        (lambda: ratio_limits([5, 0]), "expected must be greater than zero"),
        (lambda: ratio_limits([5, 6], tau2=[0.1, 0.2, 0.3]), r"do not fit together: expected \(2,\), tau2 \(3,\)"),
        (lambda: rate_limits(-1, 50), "centre must not be negative"),
        (lambda: rate_limits(1, 0), "population must be greater than zero"),
        (lambda: rate_limits(1, 50, method="RC"), "method must be one of SHMI, CQC"),
        (lambda: rate_limits(1, 50, tau2=-1), "tau2 must not be negative"),
    ],
)
def test_what_does_not_fit_is_refused_in_words(call, message):
    with pytest.raises(ValueError, match=message):
        call()
