"""Run charts against the figures of qicharts2 0.8.1, a slow twin, and what a reader may rely on."""

import math
from itertools import groupby
from statistics import median

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from psc.stats.spc import crossrun
from psc.stats.spc.run_chart import anhoej_limits, run_chart, run_limits
from tests.stats.golden_cases import cases, number, rows
from tests.stats.spc.run_methods import METHODS

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


def test_every_case_is_a_reference_case_and_every_method_is_among_them():
    assert len(CASES) == 28
    assert {case.status for case in CASES.values()} == {"reference"}
    assert {case.params["runs_method"] for case in CASES.values()} == set(METHODS)


@pytest.mark.parametrize("id", CASES)
def test_each_reference_case_is_reproduced(id):
    """The reference shows the Anhøj limits whichever rule judges, so the limits are compared with the Anhøj chart's."""
    case = CASES[id]
    for values, expected, told in zip(*parts_of(case), case.expected["parts"], strict=True):
        line = {"baseline_points": case.params["freeze"], "centre": case.params["centre_line"]}
        chart = run_chart([values], **line)
        np.testing.assert_allclose(chart.median, number(expected[0]["cl"]), rtol=1e-9)
        assert chart.n_useful[0] == told["n_useful"]
        for name in ("longest_run", "longest_run_max", "crossings", "crossings_min"):
            theirs = told["n_" + name if name.startswith("crossings") else name]
            assert getattr(chart, name)[0] == (theirs or 0), name
        judged = run_chart([values], **line, method=METHODS[case.params["runs_method"]])
        assert judged.signal[0] == told["runs_signal"]


def test_the_limits_are_those_of_the_reference_for_every_number_of_useful_points():
    table = rows("runchart_limits.csv")
    longest, fewest = anhoej_limits([int(row["n_useful"]) for row in table])
    assert longest.tolist() == [int(row["longest_run_max"]) for row in table]
    assert fewest.tolist() == [int(row["n_crossings_min"]) for row in table]


@pytest.mark.parametrize("theirs", METHODS)
def test_the_verdict_is_that_of_the_reference_on_its_grid(theirs):
    grid = rows("runchart_boxes.csv")
    n, crossings, longest = (np.array([int(row[name]) for row in grid]) for name in ("n", "crossings", "longest"))
    signal = run_limits(n, METHODS[theirs]).signal(longest, crossings)
    assert signal.tolist() == [row[theirs] == "TRUE" for row in grid]
    assert len(grid) == 672


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
        (
            {"values": [[1.0]], "method": "bestbox"},
            "method must be one of 'anhoej', 'best box', 'cut box', not 'bestbox'",
        ),
    ],
)
def test_what_does_not_fit_is_refused_in_words(given, message):
    with pytest.raises(ValueError, match=message):
        run_chart(**given)


def of_runs(*lengths):
    """A series about 0 with runs of these lengths."""
    return [(-1.0) ** k for k, length in enumerate(lengths) for _ in range(length)]


def verdicts(values):
    return {method: bool(run_chart([values], centre=0, method=method).signal[0]) for method in METHODS.values()}


def test_the_article_s_example_of_eleven_points():
    """Anhøj & Wentzel-Larsen 2020: signals if C < 2 or L > 6; C < 3 or L > 7; and, cut, if C = 3 and L = 7 too."""
    assert verdicts(of_runs(6, 3, 2)) == {"anhoej": False, "best box": True, "cut box": True}
    assert verdicts(of_runs(7, 2, 1, 1)) == {"anhoej": True, "best box": False, "cut box": True}
    assert verdicts(of_runs(7, 1, 1, 1, 1)) == {"anhoej": True, "best box": False, "cut box": False}
    assert verdicts(of_runs(6, 2, 2, 1)) == {"anhoej": False, "best box": False, "cut box": False}


def test_the_limits_shown_are_those_of_the_rule_that_judges():
    chart = run_chart([of_runs(7, 2, 1, 1)] * 2, centre=0, method="cut box")
    told = (chart.longest_run_max, chart.crossings_min, chart.corner_longest_run_max, chart.corner_crossings_min)
    assert [limit[0] for limit in told] == [7, 3, 6, 4]
    chart = run_chart([of_runs(7, 2, 1, 1)], centre=0)
    assert (chart.longest_run_max[0], chart.corner_longest_run_max[0]) == (6, 6)
    assert (chart.crossings_min[0], chart.corner_crossings_min[0]) == (2, 2)


@pytest.mark.parametrize("method", ["best box", "cut box"])
def test_without_a_box_the_anhoej_rules_judge(method):
    for n in (0, 1, 9, 101, 5000):
        limits, anhoej = run_limits(n, method), run_limits(n, "anhoej")
        for name in ("longest_run_max", "crossings_min", "corner_longest_run_max", "corner_crossings_min"):
            assert getattr(limits, name) == getattr(anhoej, name)
    assert run_limits([9, 11], method).longest_run_max.tolist() == [6, 7]
    assert run_chart([[1.0] * 9, [4.0] * 9], centre=0, method=method).signal.tolist() == [True, True]
    assert not run_chart([[NAN] * 20, [4.0] * 20], method=method).signal.any()


def test_no_box_is_worked_out_before_a_box_rule_is_asked_for(monkeypatch):
    monkeypatch.setattr(crossrun, "_boxes", None)
    assert run_chart([[1.0, 2.0] * 20]).n_useful[0] == 40
    with pytest.raises(TypeError):
        run_chart([[1.0, 2.0] * 20], method="best box")


@given(series, st.sampled_from([*METHODS.values()]), st.integers(1, 5))
def test_read_backwards_upside_down_or_with_gaps_a_chart_has_the_same_verdict(values, method, gaps):
    whole = run_chart([values], method=method)
    for other in (values[::-1], [-value for value in values], [value for v in values for value in [v] + [NAN] * gaps]):
        chart = run_chart([other], method=method)
        for name in ("n_useful", "longest_run", "crossings", "signal", "longest_run_max", "corner_crossings_min"):
            assert getattr(chart, name) == getattr(whole, name)
