"""Run charts against the figures of qicharts2 0.8.1, a slow twin, and what a reader may rely on."""

import math
from itertools import groupby
from statistics import median

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from psc.stats.runchart import anhoej_limits, run_chart
from tests.stats.golden_cases import cases, number, rows

NAN = math.nan
CASES = cases("runchart")


def parts_of(case) -> tuple[list[list[float]], list[list[dict]]]:
    """The values and the expected rows of each part of a case; points that the case leaves out are missing."""
    values = [number(row["y"]) for row in case.inputs]
    for point in case.params["exclude"] or []:
        values[point - 1] = NAN
    cut = case.params["part_after"] or len(values)
    expected = sorted(case.rows, key=lambda row: int(row["x"]))
    return [part for part in (values[:cut], values[cut:]) if part], [e for e in (expected[:cut], expected[cut:]) if e]


@pytest.mark.parametrize("id", CASES)
def test_each_reference_case_is_reproduced(id):
    case = CASES[id]
    for values, expected, told in zip(*parts_of(case), case.expected["parts"], strict=True):
        chart = run_chart([values], baseline_points=case.params["freeze"], centre=case.params["centre_line"])
        np.testing.assert_allclose(chart.median, number(expected[0]["cl"]), rtol=1e-9)
        assert chart.n_useful[0] == told["n_useful"]
        for name in ("longest_run", "longest_run_max", "crossings", "crossings_min"):
            theirs = told["n_" + name if name.startswith("crossings") else name]
            assert getattr(chart, name)[0] == (theirs or 0), name
        if case.params["runs_method"] == "anhoej":
            assert chart.signal[0] == told["runs_signal"]


def test_the_limits_are_those_of_the_reference_for_every_number_of_useful_points():
    table = rows("runchart_limits.csv")
    longest, fewest = anhoej_limits([int(row["n_useful"]) for row in table])
    assert longest.tolist() == [int(row["longest_run_max"]) for row in table]
    assert fewest.tolist() == [int(row["n_crossings_min"]) for row in table]


def test_the_verdict_is_that_of_the_reference_on_its_grid():
    for row in rows("runchart_boxes.csv"):
        longest, fewest = anhoej_limits(int(row["n"]))
        signal = int(row["longest"]) > longest or int(row["crossings"]) < fewest
        assert signal == (row["anhoej"] == "TRUE"), row


def twin(values):
    recorded = [value for value in values if not math.isnan(value)]
    if not recorded:
        return NAN, 0, 0, 0
    line = median(recorded)
    runs = [len(list(run)) for _, run in groupby(value > line for value in recorded if value != line)]
    return line, sum(runs), max(runs, default=0), max(len(runs) - 1, 0)


series = st.lists(st.one_of(st.integers(-9, 9).map(float), st.just(NAN)), max_size=40)


@given(st.lists(series, min_size=1, max_size=5))
def test_many_padded_series_are_judged_as_the_slow_obvious_code_judges_each(many):
    longest = max(map(len, many))
    chart = run_chart([values + [NAN] * (longest - len(values)) for values in many])
    for i, values in enumerate(many):
        figures = (chart.median[i], chart.n_useful[i], chart.longest_run[i], chart.crossings[i])
        assert figures == pytest.approx(twin(values), nan_ok=True)


@given(series.filter(len), st.integers(-20, 20), st.sampled_from([-3, -1, 0.5, 2]))
def test_moving_stretching_or_turning_a_series_moves_its_median_and_not_the_verdict(values, shift, scale):
    before = run_chart([values])
    after = run_chart([[value * scale + shift for value in values]])
    np.testing.assert_allclose(after.median, before.median * scale + shift, atol=1e-9)
    np.testing.assert_array_equal(after.relative_to_median, before.relative_to_median * np.sign(scale))
    for name in ("n_useful", "longest_run", "crossings", "signal"):
        assert getattr(after, name) == getattr(before, name)


def test_a_value_of_rounding_error_above_the_median_is_on_it():
    values = [0.1 + 0.2, 0.3, 0.3, 0.3, 0.5, 0.1]
    assert run_chart([values]).n_useful[0] == 2


@pytest.mark.parametrize("values", [[[]], [[NAN, NAN]], [[4.0]], [[4.0] * 20]])
def test_without_a_useful_point_nothing_signals(values):
    chart = run_chart(values)
    assert (chart.n_useful[0], chart.longest_run[0], chart.crossings[0], chart.signal[0]) == (0, 0, 0, False)


def test_the_median_may_be_fixed_on_the_first_recorded_points_series_by_series():
    values = [NAN, 1.0, 3, 2, 9, 9, 9]
    assert run_chart([values, values], baseline_points=[3, 0]).median.tolist() == [2, 6]


def test_a_gap_or_a_point_on_the_median_neither_makes_nor_breaks_a_run():
    whole = [1.0, 9, 1, 9, 8, 7, 6, 8, 9, 7, 1, 2, 1, 2, 1]
    gappy = [*whole[:5], NAN, *whole[5:8], NAN, NAN, *whole[8:]]
    assert run_chart([gappy]).longest_run[0] == run_chart([whole]).longest_run[0] == 6


@pytest.mark.parametrize(
    ("given", "message"),
    [
        ({"values": [1.0]}, "series, points"),
        ({"values": [[np.inf]]}, "infinite"),
        ({"values": [[1.0]], "centre": [1.0, 2.0]}, "centre must be a finite number"),
        ({"values": [[1.0]], "centre": NAN}, "centre must be a finite number"),
        ({"values": [[1.0]], "baseline_points": -1}, "at least 1 point"),
    ],
)
def test_what_does_not_fit_is_refused_in_words(given, message):
    with pytest.raises(ValueError, match=message):
        run_chart(**given)
