"""The Shewhart charts against qicharts2 0.8.1, case by case and many in one call; its quirks, and what we answer."""

import math
from dataclasses import dataclass

import numpy as np
import pytest

from psc.stats.spc.control import ShewhartChart
from psc.stats.spc.rare_events import g_chart, t_chart
from psc.stats.spc.run_chart import run_chart
from psc.stats.spc.segments import split_segments
from psc.stats.spc.shewhart import c_chart, i_prime_chart, p_prime_chart, u_prime_chart
from tests.stats.golden_cases import Case, cases, number

NAN = math.nan
CASES = cases("shewhart")
ANSWERED = [id for id, case in CASES.items() if case.status == "reference" and "error" not in case.expected]
REFUSED = ["shewhart_093"]
QUIRKS = ["shewhart_097", "shewhart_098"]

LINES = {"centre": "cl", "lcl": "lcl", "near_lcl": "lcl95", "near_ucl": "ucl95", "ucl": "ucl"}
CHARTS = {
    **{"ip": i_prime_chart, "up": u_prime_chart, "pp": p_prime_chart},
    **{"c": c_chart, "g": g_chart, "t": t_chart},
}
BY_DENOMINATOR = {"ip", "up", "pp"}
SCREENED = {"ip", "up", "pp", "t"}


@dataclass(frozen=True)
class Kind:
    """What cases must share to be charted in one call."""

    chart: str
    per: float
    screen: bool
    non_negative: bool


def kind_of(case: Case) -> Kind:
    told = case.params
    chart = told["chart"]
    return Kind(chart, told["multiply"], told["screen_moving_ranges"], not told["allow_negative_limits"])


def starts_of(case: Case, n: int) -> np.ndarray:
    starts = np.zeros(n, dtype=bool)
    starts[case.params["part_after"] or []] = True
    return starts


def excluded_of(case: Case, n: int) -> np.ndarray:
    excluded = np.zeros(n, dtype=bool)
    excluded[np.array(case.params["exclude"] or [], dtype=int) - 1] = True
    return excluded


def values_of(case: Case, column: str) -> np.ndarray:
    return np.array([number(row[column]) for row in case.inputs])


def padded(arrays: list[np.ndarray]) -> np.ndarray:
    shape = np.max([array.shape for array in arrays], axis=0)
    flags = np.issubdtype(arrays[0].dtype, np.bool_)
    out = np.full((len(arrays), *shape), False if flags else NAN)
    for i, array in enumerate(arrays):
        out[(i, *map(slice, array.shape))] = array
    return out


def charted(batch: list[Case]) -> ShewhartChart:
    """One call for all, which must be of one kind, the shorter ones padded at the end."""
    (kind,) = {kind_of(case) for case in batch}
    values = [values_of(case, "y") for case in batch]
    given = [padded(values)]
    options: dict = {
        "segment_starts": padded([starts_of(case, len(v)) for case, v in zip(batch, values, strict=True)]),
        "excluded": padded([excluded_of(case, len(v)) for case, v in zip(batch, values, strict=True)]),
        "baseline_points": np.array([case.params["freeze"] or 0 for case in batch]),
        "centre": np.array([case.params["centre_line"] or NAN for case in batch]),
    }
    if kind.chart in BY_DENOMINATOR:
        given.append(padded([values_of(case, "n") for case in batch]))
        options["per"] = kind.per
    if kind.chart in SCREENED:
        options["screen"] = kind.screen
    if kind.non_negative:
        options["non_negative"] = True
    return CHARTS[kind.chart](*given, **options)


def column(case: Case, name: str) -> np.ndarray:
    rows = [number(row[name]) for row in case.rows]
    return np.array(rows)


def flag(case: Case, name: str) -> np.ndarray:
    return np.array([row[name] == "TRUE" for row in case.rows])


def assert_as_reference(chart: ShewhartChart, i: int, case: Case) -> None:
    here = np.s_[i, : len(case.rows)]
    value = column(case, "y")
    np.testing.assert_allclose(chart.value[here], value, rtol=1e-9)
    for ours, theirs in LINES.items():
        np.testing.assert_allclose(getattr(chart, ours)[here], column(case, theirs), rtol=1e-9, err_msg=ours)
    assert chart.outside[here].tolist() == flag(case, "sigma_signal").tolist()
    assert (chart.segment[here] + 1).tolist() == [int(row["part"]) for row in case.rows]
    used = flag(case, "in_baseline") & flag(case, "included") & ~np.isnan(value)
    assert chart.in_baseline[here].tolist() == used.tolist()


@pytest.mark.parametrize("id", ANSWERED)
def test_each_reference_case_is_reproduced(id):
    assert_as_reference(charted([CASES[id]]), 0, CASES[id])


@pytest.mark.parametrize("kind", sorted({kind_of(CASES[id]) for id in ANSWERED}, key=str), ids=str)
def test_all_cases_of_a_kind_are_reproduced_in_one_padded_call(kind):
    batch = [CASES[id] for id in ANSWERED if kind_of(CASES[id]) == kind]
    chart = charted(batch)
    for i, case in enumerate(batch):
        assert_as_reference(chart, i, case)


@pytest.mark.parametrize("id", ANSWERED)
def test_runs_about_the_centre_are_those_of_the_reference_part_by_part(id):
    case, chart = CASES[id], charted([CASES[id]])
    n = chart.value.shape[1]
    judged = np.where(excluded_of(case, n), NAN, chart.value)
    rows, _, segment = split_segments(judged, starts_of(case, n)[None])
    centre = np.array([chart.centre[0][chart.segment[0] == number][0] for number in segment])
    runs = run_chart(rows, centre=centre)
    signals = [int(chart.outside[0][chart.segment[0] == number].sum()) for number in segment]
    for i, told in enumerate(case.expected["parts"]):
        assert (runs.n_useful[i], signals[i]) == (told["n_useful"], told["n_sigma_signals"])
        assert runs.longest_run[i] == (told["longest_run"] or 0)
        assert runs.crossings[i] == (told["n_crossings"] or 0)


def test_shewhart_093_a_time_of_zero_between_events_is_refused():
    assert "error" in CASES["shewhart_093"].expected
    with pytest.raises(ValueError, match="greater than zero, not 0"):
        charted([CASES["shewhart_093"]])


def quirk(id: str, value: float) -> ShewhartChart:
    """The chart of a series that the reference gives a centre and no limits; every line of ours is at ``value``."""
    case = CASES[id]
    assert case.status == "quirk"
    np.testing.assert_allclose(column(case, "cl"), value, rtol=1e-9)
    assert all(np.isnan(column(case, theirs)).all() for theirs in LINES.values() if theirs != "cl")
    chart = charted([case])
    assert chart.value.shape == (1, len(case.rows))
    for ours in LINES:
        np.testing.assert_allclose(getattr(chart, ours), value, rtol=1e-12, err_msg=ours)
    assert chart.in_baseline.all() and not chart.outside.any()
    return chart


def test_shewhart_097_a_p_prime_chart_of_equal_proportions_has_limits_equal_to_them():
    chart = quirk("shewhart_097", 0.1)
    assert (chart.sign == 0).all()
    case = CASES["shewhart_097"]
    counts, sizes = ([values_of(case, name)] for name in ("y", "n"))
    counts[0][-1] *= 2
    moved = p_prime_chart(counts, sizes, baseline_points=12)
    assert np.isnan([moved.lcl, moved.ucl]).all() and not moved.outside.any()


def test_shewhart_098_a_u_prime_chart_of_equal_rates_has_limits_equal_to_them_whatever_the_denominators():
    chart = quirk("shewhart_098", 0.1)
    assert len(set(values_of(CASES["shewhart_098"], "n"))) == 3
    assert chart.short.all()


def test_every_case_of_the_family_is_tested():
    assert {*ANSWERED, *REFUSED, *QUIRKS} == set(CASES)
    assert len(ANSWERED) + len(REFUSED) + len(QUIRKS) == len(CASES)
    assert {case.params["chart"] for case in CASES.values()} == set(CHARTS)
