"""Funnels against FunnelPlotR 0.6.0, case by case and all in one call; its quirks, and what we do instead."""

import json
from typing import get_args

import numpy as np
import pytest

from psc.stats.funnels.funnel import Funnel, proportion_funnel, rate_funnel, ratio_funnel
from psc.stats.funnels.limit_curves import Method, proportion_limits, ratio_limits
from tests.stats.golden_cases import FOLDER, Case, cases, number

CASES = cases("funnel")
QUIRK_FIELDS = {
    told["id"]: told.get("quirk_fields", []) for told in json.loads((FOLDER / "funnel_cases.json").read_text())
}
REPRODUCED = [id for id, case in CASES.items() if case.status == "reference" and "error" not in case.expected]
REFUSED = ["funnel_063"]
RATIO_OF_COUNTS = ["funnel_026", "funnel_034", "funnel_038", "funnel_046"]
NO_EVENTS = ["funnel_051"]
NOT_OVERDISPERSED = ["funnel_018", "funnel_061"]
TINY_UNITS = ["funnel_067"]
NOT_SQUARED_BACK = ["funnel_025", "funnel_033", "funnel_037", "funnel_045", "funnel_053"]
NOT_CLAMPED = ["funnel_069"]
LEVELS = {95: 0.95, 99: 0.998}
LIMITS = ("lcl95", "ucl95", "lcl998", "ucl998")
OURS = ("lower95", "upper95", "lower998", "upper998")


def column(told: list[dict], name: str) -> np.ndarray:
    return np.array([number(row[name]) for row in told])


def padded(batch: list[Case], name: str) -> np.ndarray:
    out = np.full((len(batch), max(len(case.inputs) for case in batch)), np.nan)
    for i, case in enumerate(batch):
        out[i, : len(case.inputs)] = column(case.inputs, name)
    return out


def funnels(batch: list[Case]) -> Funnel:
    """One call for all of one kind; they must share what is set for a whole call."""
    params, adjusted = batch[0].params, batch[0].expected.get("limits_used_for_outliers") != "unadjusted"
    x, n = padded(batch, "numerator"), padded(batch, "denominator")
    shared = {
        "trim": params["trim_by"],
        "level": LEVELS[params["outlier_limit"]],
        "judged_on": "adjusted" if adjusted else "unadjusted",
        "per": params["multiplier"],
    }
    if params["data_type"] == "PR":
        return proportion_funnel(x, n, **shared)
    return ratio_funnel(x, n, method=params["sr_method"], **shared)


def kind(case: Case) -> tuple:
    params = case.params
    return (
        *(params[name] for name in ("data_type", "sr_method", "trim_by", "outlier_limit", "multiplier")),
        case.expected["limits_used_for_outliers"],
    )


def assert_as_reference(funnel: Funnel, i: int, case: Case) -> None:
    """All figures but those known to be wrong in the package, whose published formula the cases tell."""
    told = {row["unit"]: row for row in case.rows}
    expected = [told[row["unit"]] for row in case.inputs]
    assert len(told) == len(case.rows) == len(case.inputs)
    here, per = np.s_[i, : len(expected)], case.params["multiplier"]
    for ours, theirs in (("centre", "centre"), ("phi", "phi"), ("tau2", "tau2")):
        np.testing.assert_allclose(getattr(funnel, ours)[i], case.expected[theirs], rtol=1e-9, atol=1e-15)
    assert funnel.overdispersed[i] == (case.expected["tau2"] > 0)
    np.testing.assert_allclose(funnel.value[here], per * column(expected, "numerator") / given(case), rtol=1e-12)
    for name in ("z", "z_used"):
        np.testing.assert_allclose(getattr(funnel, name)[here], column(expected, name), rtol=1e-9, atol=1e-12)
    assert (funnel.n_units[i], funnel.n_kept[i]) == (len(expected), (~np.isnan(column(expected, "z_used"))).sum())
    for ours, theirs in zip(OURS, LIMITS, strict=True):
        adjusted, plain = getattr(funnel.adjusted, ours)[here], getattr(funnel.unadjusted, ours)[here]
        np.testing.assert_allclose(plain, column(expected, theirs), rtol=1e-6)
        np.testing.assert_allclose(adjusted, column(expected, f"preferred_od_{theirs}"), rtol=1e-6)
        if f"od_{theirs}" not in QUIRK_FIELDS[case.id]:
            np.testing.assert_allclose(adjusted, column(expected, f"od_{theirs}"), rtol=1e-6)
    if "outlier" not in QUIRK_FIELDS[case.id]:
        assert funnel.outside[here].tolist() == [row["outlier"] == "1" for row in expected]
        assert funnel.outside[i].sum() == case.expected["n_outliers"]


def given(case: Case) -> np.ndarray:
    """Denominators as given to the package, unrounded, which its ratios have too."""
    return column(case.inputs, "denominator")


@pytest.mark.parametrize("id", REPRODUCED)
def test_each_reference_case_is_reproduced(id):
    assert_as_reference(funnels([CASES[id]]), 0, CASES[id])


def test_all_reference_cases_are_reproduced_in_one_padded_call_of_each_kind():
    kinds: dict[tuple, list[Case]] = {}
    for id in REPRODUCED:
        kinds.setdefault(kind(CASES[id]), []).append(CASES[id])
    assert max(map(len, kinds.values())) > 5
    for batch in kinds.values():
        funnel = funnels(batch)
        for i, case in enumerate(batch):
            assert_as_reference(funnel, i, case)


def test_every_case_of_the_family_is_exercised():
    tested = [*REPRODUCED, *REFUSED, *RATIO_OF_COUNTS, *NO_EVENTS, *NOT_OVERDISPERSED, *TINY_UNITS]
    assert sorted(tested) == sorted(CASES)
    assert {id for id in CASES if QUIRK_FIELDS[id]} == {*RATIO_OF_COUNTS, *NOT_SQUARED_BACK, *NOT_CLAMPED}


@pytest.mark.parametrize("id", REFUSED)
def test_funnel_063_the_same_column_twice_is_refused(id):
    with pytest.raises(ValueError, match="equal in every unit of funnel 0: check the columns"):
        funnels([CASES[id]])


@pytest.mark.parametrize("id", RATIO_OF_COUNTS)
def test_ratios_of_two_counts_are_not_offered_because_the_reference_limits_are_far_too_narrow(id):
    case = CASES[id]
    centre = case.expected["centre"]
    numerators, denominators = column(case.rows, "numerator"), column(case.rows, "denominator")
    theirs = np.log(column(case.rows, "ucl95") / centre) / 1.959964
    np.testing.assert_allclose(theirs, np.sqrt(1 / (4 * denominators)), rtol=1e-3)
    assert (theirs < 0.5 * np.sqrt(1 / numerators + 1 / denominators)).all()
    assert get_args(Method) == ("SHMI", "CQC")
    for call in (ratio_funnel, rate_funnel):
        with pytest.raises(ValueError, match="method must be one of SHMI, CQC, not 'RC'"):
            call([numerators], [denominators], method="RC")
    with pytest.raises(ValueError, match="method must be one of SHMI, CQC, not 'RC'"):
        ratio_limits(denominators, tau2=0.0, method="RC")


@pytest.mark.parametrize("id", NOT_SQUARED_BACK)
def test_cqc_limits_are_squared_back_where_the_reference_leaves_the_root(id):
    funnel, case = funnels([CASES[id]]), CASES[id]
    told = {row["unit"]: row for row in case.rows}
    for ours, theirs in zip(OURS, LIMITS, strict=True):
        root = column([told[row["unit"]] for row in case.inputs], f"od_{theirs}")
        np.testing.assert_allclose(getattr(funnel.adjusted, ours)[0], root**2, rtol=1e-6)
    expected = {"funnel_033": 1, "funnel_053": 1}.get(id, 0)
    assert funnel.outside.sum() == expected < case.expected["n_outliers"]


@pytest.mark.parametrize("id", NOT_CLAMPED)
def test_funnel_069_a_lower_limit_that_would_turn_back_is_zero(id):
    funnel, case = funnels([CASES[id]]), CASES[id]
    told = {row["unit"]: row for row in case.rows}
    theirs = column([told[row["unit"]] for row in case.inputs], "od_lcl998")
    assert ((theirs > 0) & (funnel.adjusted.lower998[0] == 0)).any()
    spread = 3.090232 * np.sqrt(1 / (4 * given(case)) + case.expected["tau2"])
    below_zero = np.arcsin(np.sqrt(case.expected["centre"])) < spread
    np.testing.assert_array_equal(funnel.adjusted.lower998[0] == 0, below_zero)
    assert (np.diff(funnel.adjusted.lower998[0][np.argsort(given(case))]) >= 0).all()
    assert funnel.outside.sum() == case.expected["n_outliers"]


def test_funnel_051_a_unit_with_no_events_is_low_and_never_makes_phi_infinite():
    case = CASES["funnel_051"]
    funnel = funnels([case])
    assert_as_reference(funnel, 0, case)
    (none,) = np.flatnonzero(column(case.inputs, "numerator") == 0)
    assert funnel.z[0, none] == -np.inf and np.isnan(funnel.z_used[0, none]) and funnel.side[0, none] == -1
    few = np.s_[:, none - 2 : none + 3]
    untrimmed = ratio_funnel(padded([case], "numerator")[few], padded([case], "denominator")[few], trim=0.0)
    assert untrimmed.n_kept[0] == 4 and np.isfinite(untrimmed.phi[0]) and np.isfinite(untrimmed.upper).all()


@pytest.mark.parametrize("id", NOT_OVERDISPERSED)
def test_without_overdispersion_units_are_judged_on_the_unadjusted_limits(id):
    case = CASES[id]
    assert_as_reference(funnels([case]), 0, case)
    funnel = ratio_funnel(padded([case], "numerator"), padded([case], "denominator"))
    assert not funnel.overdispersed[0] and not funnel.adjusted_limits[0]
    np.testing.assert_array_equal(funnel.upper, funnel.unadjusted.upper998)
    assert not np.allclose(funnel.upper, funnel.adjusted.upper998, rtol=0.01)
    assert not funnel.outside.any()


def test_funnel_067_units_too_small_for_the_log_limits_are_marked():
    case = CASES["funnel_067"]
    funnel = funnels([case])
    assert_as_reference(funnel, 0, case)
    assert funnel.n_kept[0] == 120
    assert funnel.few_expected[0].tolist() == (given(case) < 10).tolist()
    assert 0 < funnel.few_expected.sum() < 150


def test_the_drawn_curves_pass_through_the_limits_of_the_units():
    case = CASES["funnel_031"]
    funnel = funnels([case])
    drawn = proportion_limits(funnel.centre, given(case), tau2=funnel.tau2, level=0.95, per=1000)
    np.testing.assert_allclose(drawn, (funnel.adjusted.lower95[0], funnel.adjusted.upper95[0]), rtol=1e-12)
    case = CASES["funnel_025"]
    funnel = funnels([case])
    drawn = ratio_limits(given(case), tau2=funnel.tau2, method="CQC")
    np.testing.assert_allclose(drawn, (funnel.adjusted.lower998[0], funnel.adjusted.upper998[0]), rtol=1e-12)
    np.testing.assert_allclose(ratio_limits(given(case))[1], funnel.unadjusted.upper998[0], rtol=1e-12)
