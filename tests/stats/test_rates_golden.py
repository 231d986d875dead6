"""Standardised rates against PHEindicatormethods 2.1.0, case by case and all in one call."""

import numpy as np
import pytest

from psc.stats.rates.standardised_rates import directly_standardised_rate
from tests.stats.golden_cases import Case
from tests.stats.scalar_cases import column, figure, scalar_cases

pytestmark = pytest.mark.filterwarnings("error")

DSR = scalar_cases("dsr")

TESTED = [f"dsr_{n}" for n in ("01", "03", "04", "06", "08", "09", "11", "12", "15", "17")]
REFUSED = ["dsr_14"]
# The reference reads missing counts as zero; here the caller has to say so.
MISSING_AS_ZERO = ("dsr_12",)


def levels(case: Case) -> list[tuple[float, str]]:
    """Each confidence and what its limits' names end in."""
    confidence = case.params["confidence"]
    if not isinstance(confidence, list):
        return [(confidence, "")]
    return [(level, f"_{level * 100:g}".replace(".", "_")) for level in confidence]


def dsr_arguments(case: Case) -> dict:
    return {
        "counts": [column(case, "events")],
        "populations": [column(case, "population")],
        "standard_population": column(case, "standard_population"),
    }


def assert_as_reference(found, i: int, case: Case, limits: str = "") -> None:
    expected = case.expected
    assert found.total_count[i] == expected["total_count"]
    assert found.total_population[i] == expected["total_population"]
    assert found.suppressed[i] == (expected["statistic"] == "dsr NA for total count < 10")
    for ours, theirs in (("value", "value"), ("lower", f"lower{limits}"), ("upper", f"upper{limits}")):
        np.testing.assert_allclose(getattr(found, ours)[i], figure(expected[theirs]), rtol=1e-9, err_msg=ours)


def test_every_case_is_tested_and_none_is_a_quirk():
    assert {*TESTED, *REFUSED} == set(DSR)
    assert {case.status for case in DSR.values()} == {"reference"}


@pytest.mark.parametrize("id", TESTED)
def test_each_reference_rate_is_reproduced(id):
    case = DSR[id]
    for confidence, limits in levels(case):
        found = directly_standardised_rate(
            **dsr_arguments(case),
            multiplier=case.params["multiplier"],
            confidence=confidence,
            missing_as_zero=id in MISSING_AS_ZERO,
        )
        assert_as_reference(found, 0, case, limits)


def test_the_reference_rates_of_one_standard_are_reproduced_in_one_call():
    batch = [DSR[id] for id in TESTED if len(DSR[id].inputs) == 19]
    assert len(batch) == 8
    tables = [np.array([column(case, name) for case in batch]) for name in ("events", "population")]
    standards = {tuple(column(case, "standard_population")) for case in batch}
    assert len(standards) == 1
    found = {
        level: directly_standardised_rate(
            *tables, next(iter(standards)), multiplier=1, confidence=level, missing_as_zero=True
        )
        for level in (0.95, 0.998)
    }
    for i, case in enumerate(batch):
        for level, limits in levels(case):
            for name in ("value", "lower", "upper"):
                expected = figure(case.expected["value" if name == "value" else name + limits])
                ours = getattr(found[level], name)[i] * case.params["multiplier"]
                np.testing.assert_allclose(ours, expected, rtol=1e-9, err_msg=case.id)


def test_dsr_12_missing_counts_are_zero_only_if_the_caller_says_so():
    found = directly_standardised_rate(**dsr_arguments(DSR["dsr_12"]))
    assert np.isnan([found.total_count, found.value, found.lower, found.upper]).all()
    assert not found.suppressed[0]


def test_dsr_14_a_population_of_zero_is_refused():
    with pytest.raises(ValueError, match="populations must all be greater than zero: found 0 at series 0, age band 18"):
        directly_standardised_rate(**dsr_arguments(DSR["dsr_14"]))
