"""Standardised rates and ratios against PHEindicatormethods 2.1.0, case by case and all in one call."""

import math

import numpy as np
import pytest

from psc.stats.rates import (
    directly_standardised_rate,
    directly_standardised_rate_non_independent,
    indirectly_standardised_rate,
    indirectly_standardised_ratio,
)
from tests.stats.golden_cases import Case
from tests.stats.scalar_cases import column, figure, scalar_cases

pytestmark = pytest.mark.filterwarnings("error")

DSR = scalar_cases("dsr")
NON_INDEPENDENT = scalar_cases("dsr_nonindependent")
ISR = scalar_cases("isr")

TESTED = {
    "dsr": [f"dsr_{n}" for n in ("01", "03", "04", "06", "08", "09", "11", "12", "15", "17")],
    "dsr refused": ["dsr_14"],
    "dsr_nonindependent": ["dsrni_01", "dsrni_03", "dsrni_04"],
    "isr": [f"isr_{n}" for n in ("01", "02", "05", "06", "07", "08", "11", "12", "15", "17")],
}
# The reference reads missing counts as zero; here the caller has to say so.
MISSING_AS_ZERO = ("dsr_12", "isr_17")


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


def people_by_events(case: Case) -> tuple[np.ndarray, list[int], dict]:
    each = sorted({int(row["events_per_person"]) for row in case.inputs})
    shape = (len(each), len(case.inputs) // len(each))
    order = np.argsort([int(row["events_per_person"]) for row in case.inputs], kind="stable")
    people, populations, standard = (
        np.array(column(case, name))[order].reshape(shape) for name in ("people", "population", "standard_population")
    )
    assert (populations == populations[0]).all() and (standard == standard[0]).all()
    return people, each, {"populations": populations[:1], "standard_population": standard[0]}


def assert_as_reference(found, i: int, case: Case, limits: str = "") -> None:
    expected = case.expected
    assert found.total_count[i] == expected["total_count"]
    if "total_population" in expected:
        assert found.total_population[i] == expected["total_population"]
        assert found.suppressed[i] == (expected["statistic"] == "dsr NA for total count < 10")
    for ours, theirs in (("value", "value"), ("lower", f"lower{limits}"), ("upper", f"upper{limits}")):
        np.testing.assert_allclose(getattr(found, ours)[i], figure(expected[theirs]), rtol=1e-9, err_msg=ours)


def test_every_case_is_tested_and_none_is_a_quirk():
    assert {*TESTED["dsr"], *TESTED["dsr refused"]} == set(DSR)
    assert set(TESTED["dsr_nonindependent"]) == set(NON_INDEPENDENT)
    assert set(TESTED["isr"]) == set(ISR)
    assert {case.status for family in (DSR, NON_INDEPENDENT, ISR) for case in family.values()} == {"reference"}


@pytest.mark.parametrize("id", TESTED["dsr"])
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
    batch = [DSR[id] for id in TESTED["dsr"] if len(DSR[id].inputs) == 19]
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


@pytest.mark.parametrize("id", TESTED["dsr_nonindependent"])
def test_each_reference_rate_of_non_independent_events_is_reproduced(id):
    case = NON_INDEPENDENT[id]
    people, each, arguments = people_by_events(case)
    found = directly_standardised_rate_non_independent([people], each, **arguments, **case.params)
    assert_as_reference(found, 0, case)


def test_dsrni_04_one_event_a_person_is_the_ordinary_method():
    people, each, arguments = people_by_events(NON_INDEPENDENT["dsrni_04"])
    assert each == [1]
    found = directly_standardised_rate_non_independent([people], each, **arguments)
    ordinary = directly_standardised_rate(people, **arguments)
    for name in ("value", "lower", "upper"):
        assert getattr(found, name)[0] == pytest.approx(getattr(ordinary, name)[0], rel=1e-12)


def isr_arguments(case: Case) -> dict:
    return {
        "counts": [column(case, "events")],
        "populations": [column(case, "population")],
        "reference_counts": column(case, "ref_events"),
        "reference_populations": column(case, "ref_population"),
        "missing_as_zero": case.id in MISSING_AS_ZERO,
        "confidence": case.params["confidence"],
    }


@pytest.mark.parametrize("id", TESTED["isr"])
def test_each_reference_indirect_rate_or_ratio_is_reproduced(id):
    case = ISR[id]
    if "ref_rate" in case.expected:
        found = indirectly_standardised_rate(**isr_arguments(case), multiplier=case.params["multiplier"])
        assert found.reference_value == pytest.approx(case.expected["ref_rate"], rel=1e-9)
    else:
        found = indirectly_standardised_ratio(**isr_arguments(case), reference_value=case.params["refvalue"])
        assert found.reference_value == case.params["refvalue"]
    assert found.exact[0] == (case.expected["method"] == "Exact")
    for name in ("observed", "expected", "value", "lower", "upper"):
        np.testing.assert_allclose(getattr(found, name)[0], case.expected[name], rtol=1e-9, err_msg=name)


@pytest.mark.parametrize("confidence", [0.95, 0.998])
def test_the_reference_ratios_are_reproduced_in_one_call(confidence):
    batch = [case for case in ISR.values() if "refvalue" in case.params and case.params["confidence"] == confidence]
    assert len(batch) == {0.95: 4, 0.998: 2}[confidence]
    each = [isr_arguments(case) for case in batch]
    assert all(given["reference_counts"] == each[0]["reference_counts"] for given in each)
    found = indirectly_standardised_ratio(
        [given["counts"][0] for given in each],
        [given["populations"][0] for given in each],
        each[0]["reference_counts"],
        each[0]["reference_populations"],
        confidence=confidence,
        missing_as_zero=True,
    )
    for i, case in enumerate(batch):
        for name in ("value", "lower", "upper"):
            ours = getattr(found, name)[i] * case.params["refvalue"]
            np.testing.assert_allclose(ours, case.expected[name], rtol=1e-9, err_msg=case.id)


def test_isr_17_missing_counts_are_zero_only_if_the_caller_says_so():
    found = indirectly_standardised_ratio(**isr_arguments(ISR["isr_17"]) | {"missing_as_zero": False})
    assert np.isnan([found.observed, found.value, found.lower, found.upper]).all()
    assert not math.isnan(found.expected[0]) and not found.exact[0]
