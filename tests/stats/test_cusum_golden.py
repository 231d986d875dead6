"""CUSUM charts against qicharts2 0.8.1 and OpenPrescribing, case by case and in one call; quirks, and our answers."""

import numpy as np
import pytest

from psc.stats.cusum import bernoulli_cusum, percentile_cusum
from tests.stats.golden_cases import cases, number
from tests.stats.test_cusum import PERCENTILE, percentile_twin

BERNOULLI_CASES = cases("bcusum")
CASES = cases("opcusum")
QUIRKS = {"opcusum_16", "opcusum_18", "opcusum_22"}
REFERENCE = [id for id in CASES if id not in QUIRKS]
WAYS = {"up": 1, "down": -1, "": 0}
ROUNDED = 0.005


def column(case, name):
    return np.array([number(row[name]) for row in case.rows])


def values_of(case):
    return [number(row["value"]) for row in case.inputs]


def options(case):
    return {"window": case.params["window"], "threshold": case.params["sensitivity"]}


def chart_of(id):
    return percentile_cusum([values_of(CASES[id])], **options(CASES[id]))


def alerts(chart, series=0):
    return np.flatnonzero(chart.alert[series]).tolist()


def test_every_case_is_tested():
    assert {id for id, case in CASES.items() if case.status == "quirk"} == QUIRKS
    assert {*REFERENCE, *QUIRKS} == set(CASES) and len(CASES) == 15
    assert len(BERNOULLI_CASES) == 6
    assert {case.status for case in BERNOULLI_CASES.values()} == {"reference"}


@pytest.mark.parametrize("id", BERNOULLI_CASES)
def test_each_bernoulli_case_is_reproduced(id):
    case = BERNOULLI_CASES[id]
    target = case.params["target"]
    standard = {"target": target} if target < 1 else {"baseline_points": target}
    chart = bernoulli_cusum(
        [[number(row["y"]) for row in case.inputs]],
        odds_ratio=case.params["odds_ratio"],
        limit=case.params["limit"],
        **standard,
    )
    for ours, theirs in (("proportion", "p0"), ("proportion_up", "p1"), ("proportion_down", "p2")):
        np.testing.assert_allclose(getattr(chart, ours)[0], case.expected[theirs], rtol=1e-9)
    for name in ("weight_up", "weight_down", "cusum_up", "cusum_down"):
        np.testing.assert_allclose(getattr(chart, name)[0], column(case, name), rtol=1e-9, atol=1e-12, err_msg=name)
    for way in ("up", "down"):
        signal = getattr(chart, f"signal_{way}")[0]
        assert signal.tolist() == [row[f"signal_{way}"] == "TRUE" for row in case.rows]
        assert signal.sum() == case.expected[f"n_{way}"]


def assert_as_reference(chart, case, series=0):
    """Means and thresholds at 1e-9, alerts exactly, sums but for the reference's rounding at each step of a run."""
    n = len(case.rows)
    np.testing.assert_allclose(chart.mean[series, :n], column(case, "target_mean"), rtol=1e-9)
    np.testing.assert_allclose(chart.threshold[series, :n], column(case, "alert_threshold"), rtol=1e-9)
    assert chart.alert[series, :n].tolist() == [WAYS[row["alert"]] for row in case.rows]
    assert alerts(chart, series) == case.expected["alert_indices"]
    for name in ("cusum_up", "cusum_down"):
        steps = 0
        for ours, theirs in zip(getattr(chart, name)[series, :n], column(case, name), strict=True):
            steps = 0 if ours == theirs == 0 else steps + 1
            assert abs(ours - theirs) <= ROUNDED * steps + 1e-9, name
    told = case.expected["last_alert"]
    if told is None:
        assert chart.last_length[series] == 0
        assert np.isnan(chart.last_from[series]) and np.isnan(chart.last_to[series])
    else:
        last = (chart.last_from[series], chart.last_to[series], chart.last_length[series])
        assert last == pytest.approx((told["from"], told["to"], told["period"]), rel=1e-9)


@pytest.mark.parametrize("id", REFERENCE)
def test_each_percentile_case_is_reproduced(id):
    assert_as_reference(chart_of(id), CASES[id])


def test_all_percentile_cases_of_one_window_are_reproduced_in_one_call():
    same = [case for id, case in CASES.items() if id in REFERENCE and options(case) == {"window": 12, "threshold": 5}]
    assert len(same) == 9
    longest = max(len(case.inputs) for case in same)
    padded = [values_of(case) + [np.nan] * (longest - len(case.inputs)) for case in same]
    chart = percentile_cusum(padded)
    for s, case in enumerate(same):
        assert_as_reference(chart, case, s)


@pytest.mark.parametrize("id", CASES)
def test_with_the_reference_s_rounding_and_gaps_the_slow_code_gives_all_its_figures(id):
    rows = percentile_twin(values_of(CASES[id]), **options(CASES[id]), as_reference=True)
    expected = [column(CASES[id], name) for name in ("target_mean", "alert_threshold", "cusum_up", "cusum_down")]
    np.testing.assert_allclose(np.array(rows)[:, :4].T, expected, rtol=1e-9, atol=1e-9)
    assert [row[4] for row in rows] == [WAYS[row["alert"]] for row in CASES[id].rows]


@pytest.mark.parametrize("id", ["opcusum_16", "opcusum_18"])
def test_a_gap_changes_no_figure_of_the_points_around_it(id):
    values = np.array([values_of(CASES[id])])
    recorded = ~np.isnan(values[0])
    chart, without = chart_of(id), percentile_cusum(values[:, recorded])
    for name in PERCENTILE:
        np.testing.assert_array_equal(getattr(chart, name)[:, recorded], getattr(without, name))


def test_opcusum_16_a_missing_value_keeps_the_running_sums():
    chart, theirs = chart_of("opcusum_16"), column(CASES["opcusum_16"], "cusum_down")
    assert np.flatnonzero(np.isnan(values_of(CASES["opcusum_16"]))).tolist() == [5]
    assert theirs[4] < 0 and theirs[5] == 0
    assert chart.cusum_down[0, 5] == chart.cusum_down[0, 4] < 0
    assert chart.alert[0, 5] == 0
    assert alerts(chart) == CASES["opcusum_16"].expected["alert_indices"]


def test_opcusum_18_a_series_that_starts_late_is_held_to_its_first_twelve_points():
    values = values_of(CASES["opcusum_18"])
    chart = chart_of("opcusum_18")
    assert np.isnan(values[:4]).all()
    np.testing.assert_allclose(chart.mean[0, :16], np.mean(values[4:16]), rtol=1e-12)
    np.testing.assert_allclose(chart.threshold[0, :16], 5 * np.std(values[4:16]), rtol=1e-12)
    assert not chart.cusum_up[0, :4].any() and not chart.cusum_down[0, :4].any()
    assert alerts(chart) == CASES["opcusum_18"].expected["alert_indices"]


def test_opcusum_22_proportions_alert_as_percentages_do_because_sums_are_not_rounded():
    values = np.array([values_of(CASES["opcusum_22"])])
    chart, as_percentages = chart_of("opcusum_22"), percentile_cusum(values * 100)
    assert CASES["opcusum_22"].expected["alert_indices"] == list(range(25, 33))
    assert alerts(chart) == alerts(as_percentages) == list(range(25, 35))
    np.testing.assert_allclose(chart.cusum_up * 100, as_percentages.cusum_up, rtol=1e-9, atol=1e-12)
    reference = percentile_twin((values[0] * 100).tolist(), as_reference=True)
    assert [i for i, row in enumerate(reference) if row[4]] == alerts(chart)
