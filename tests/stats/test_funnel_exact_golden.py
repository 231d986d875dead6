"""Fingertips-style funnels against PHEindicatormethods 2.1.0: limit lines, significance and what must be refused."""

import json

import numpy as np
import pytest

from psc.stats.funnel import proportion_funnel, rate_funnel
from psc.stats.funnel_exact import events_limits, proportion_side, rate_side, ratio_side, simple_proportion_limits
from tests.stats.golden_cases import FOLDER, Case, cases, number, rows

PHE = cases("phe_funnel")
PHE_LIMITS = rows("phe_funnel_limits.csv")
PHE_ERRORS = {told["what"]: told["result"] for told in json.loads((FOLDER / "phe_errors.json").read_text())}
PHE_REPRODUCED = [id for id, case in PHE.items() if case.status == "reference" and not case.expected["errors"]]
PER_THOUSAND, OVER_ITS_DENOMINATOR = "phefunnel_14", "phefunnel_16"
SIDES = {"proportion": proportion_side, "ratio": ratio_side, "rate": rate_side}


def column(told: list[dict], name: str) -> np.ndarray:
    return np.array([number(row[name]) for row in told])


def significance(case: Case) -> list[str]:
    """Both levels in the words of the reference."""
    x, n = ([column(case.inputs, name)] for name in ("numerator", "denominator"))
    wide, narrow = (SIDES[case.params["statistic"]](x, n, level=level)[0] for level in (0.998, 0.95))
    words = {0: "Not significant", 1: "High", -1: "Low"}
    return [
        words[int(near)] if near == 0 else f"{words[int(near)]} ({0.001 if far else 0.025})"
        for far, near in zip(wide, narrow, strict=True)
    ]


def overall(case: Case) -> float:
    if case.params["statistic"] == "ratio":
        return case.params["multiplier"]
    total = column(case.inputs, "numerator").sum() / column(case.inputs, "denominator").sum()
    return total * case.params["multiplier"]


def lines(id: str) -> tuple[np.ndarray, dict[tuple[float, int], np.ndarray]]:
    told = [row for row in PHE_LIMITS if row["case_id"] == id]
    names = {(0.95, 0): "lower_2s", (0.95, 1): "upper_2s", (0.998, 0): "lower_3s", (0.998, 1): "upper_3s"}
    return column(told, "x"), {key: column(told, name) for key, name in names.items()}


def drawn(case: Case, x: np.ndarray, level: float) -> tuple[np.ndarray, np.ndarray]:
    if case.params["statistic"] == "proportion":
        return simple_proportion_limits(overall(case), x, level=level, per=case.params["multiplier"])
    return events_limits(x, centre=overall(case), level=level)


@pytest.mark.parametrize("id", [*PHE_REPRODUCED, PER_THOUSAND])
def test_fingertips_significance_is_that_of_the_reference(id):
    assert significance(PHE[id]) == [row["significance"] for row in PHE[id].rows]


@pytest.mark.parametrize("id", [*PHE_REPRODUCED, OVER_ITS_DENOMINATOR])
def test_fingertips_limit_lines_are_those_of_the_reference(id):
    x, expected = lines(id)
    assert len(x) == 100
    # The reference finds Poisson limits by bisection, to about this; proportions have a closed formula.
    rtol = 1e-9 if PHE[id].params["statistic"] == "proportion" else 3e-4
    for (level, end), line in expected.items():
        np.testing.assert_allclose(drawn(PHE[id], x, level)[end], line, rtol=rtol, atol=1e-9)


def test_phefunnel_14_upper_limits_per_thousand_are_cut_at_a_thousand_not_at_a_hundred():
    case = PHE[PER_THOUSAND]
    x, expected = lines(PER_THOUSAND)
    for level in (0.95, 0.998):
        lower, upper = drawn(case, x, level)
        np.testing.assert_allclose(lower, expected[level, 0], rtol=1e-9, atol=1e-9)
        assert set(expected[level, 1]) == {100}
        assert (upper > overall(case)).all() and upper[0] == 1000
        inside = (lower > 0) & (upper < 1000)
        np.testing.assert_allclose((lower + upper)[inside], 2 * overall(case), rtol=1e-12)
        assert inside.sum() > 50


def test_phefunnel_16_a_numerator_over_its_denominator_is_refused():
    case = PHE[OVER_ITS_DENOMINATOR]
    x, n = ([column(case.inputs, name)] for name in ("numerator", "denominator"))
    for call in (proportion_side, proportion_funnel):
        with pytest.raises(ValueError, match=r"must not exceed their denominators: found 12 \(funnel 0, unit 1\)"):
            call(x, n)


def test_every_fingertips_case_is_exercised():
    assert {*PHE_REPRODUCED, PER_THOUSAND, OVER_ITS_DENOMINATOR} == set(PHE) == {r["case_id"] for r in PHE_LIMITS}


@pytest.mark.parametrize("id", [id for id, case in PHE.items() if case.params["statistic"] == "rate"])
def test_the_rate_funnel_without_overdispersion_gives_the_same_verdict_as_fingertips(id):
    x, n = ([column(PHE[id].inputs, name)] for name in ("numerator", "denominator"))
    for level in (0.95, 0.998):
        funnel = rate_funnel(x, n, level=level, judged_on="unadjusted", per=PHE[id].params["multiplier"])
        np.testing.assert_array_equal(funnel.side, rate_side(x, n, level=level))
        np.testing.assert_allclose(funnel.value[0], column(PHE[id].inputs, "rate"), rtol=1e-12)
        np.testing.assert_allclose(funnel.centre, overall(PHE[id]), rtol=1e-12)


REFUSALS = {
    "rate with a negative count": (
        "must not be negative: found -1",
        [lambda: rate_funnel([[2, -1]], [[9, 9]]), lambda: rate_side([[2, -1]], [[9, 9]]), lambda: ratio_side(-1, 9)],
    ),
    "proportion with denominator zero": (
        r"denominators must be greater than zero, or NaN for missing: found 0 \(funnel 0, unit 1\)",
        [lambda: proportion_funnel([[2, 0]], [[9, 0]]), lambda: proportion_side([[2, 0]], [[9, 0]])],
    ),
    "proportion above one": (
        r"numerators must not exceed their denominators: found 10 \(funnel 0, unit 1\)",
        [lambda: proportion_funnel([[2, 10]], [[9, 9]]), lambda: proportion_side([[2, 10]], [[9, 9]])],
    ),
    # The reference takes 95 for 95%; here a slip between a share and a percentage is not guessed at.
    "confidence 95 is accepted as per cent": (
        "level must be a share between 0 and 1, such as 0.998 for 99.8% limits, not 95",
        [lambda: proportion_funnel([[1, 2]], [[9, 9]], level=95), lambda: rate_side([[1, 2]], [[9, 9]], level=95)],
    ),
}


@pytest.mark.parametrize("what", PHE_ERRORS)
def test_what_the_reference_refuses_is_refused_and_so_is_a_level_in_per_cent(what):
    message, calls = REFUSALS[what]
    for call in calls:
        with pytest.raises(ValueError, match=message):
            call()


def test_every_refusal_told_is_exercised():
    assert set(REFUSALS) == set(PHE_ERRORS)
