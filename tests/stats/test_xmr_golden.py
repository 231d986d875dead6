"""XmR against NHSRplotthedots 0.2.2, case by case and all in one call; its quirks, and what we do instead."""

import math
from dataclasses import dataclass

import numpy as np
import pytest

from psc.stats.spc.segments import rebase_starts
from psc.stats.spc.xmr import XmR, xmr
from tests.stats.golden_cases import Case, cases, number

CASES = cases("xmr")
DIRECTION = {"increase": 1, "decrease": -1, "neutral": 0}
ANSWERED = [id for id, case in CASES.items() if case.status == "reference" and "error" not in case.expected]


@dataclass(frozen=True)
class Series:
    case: Case
    facet: str
    dates: list[str]
    values: list[float]
    starts: list[bool]
    target: float
    baseline: int
    direction: int

    def expected(self) -> list[dict]:
        return [row for row in self.case.rows if row["facet"] == self.facet]

    def icons(self) -> dict[str, str]:
        """The reference's, without the "inconsistent" it gives in xmr_161 to a facet that has no target."""
        icons = [icon for icon in self.case.expected["icons"] if icon["facet"] == (self.facet or None)]
        return {i["type"]: i["icon"] for i in icons if i["type"] == "variation" or not math.isnan(self.target)}


def series_of(case: Case) -> list[Series]:
    out = []
    for facet in dict.fromkeys(row["facet"] for row in case.inputs):
        rows = sorted((row["date"], row["value"]) for row in case.inputs if row["facet"] == facet)
        dates = [date for date, _ in rows]
        rebase, target = case.params["rebase"] or [], case.params["target"]
        rebase = rebase.get(facet, []) if isinstance(rebase, dict) else rebase
        target = target.get(facet) if isinstance(target, dict) else target
        out.append(
            Series(
                case,
                facet,
                dates,
                [number(value) for _, value in rows],
                rebase_starts(dates, rebase).tolist(),
                math.nan if target is None else target,
                case.params["fix_after_n_points"] or 0,
                DIRECTION[case.params["improvement_direction"]],
            )
        )
    return out


def charts(batch: list[Series], screen: bool) -> XmR:
    """One call for all, the shorter ones padded at the end."""
    longest = max(len(series.values) for series in batch)
    values, starts = np.full((len(batch), longest), np.nan), np.zeros((len(batch), longest), dtype=bool)
    for i, series in enumerate(batch):
        values[i, : len(series.values)] = series.values
        starts[i, : len(series.values)] = series.starts
    return xmr(
        values,
        segment_starts=starts,
        baseline_points=np.array([series.baseline for series in batch]),
        direction=np.array([series.direction for series in batch]),
        target=np.array([series.target for series in batch]),
        screen=screen,
        two_in_three="between two thirds and limit",
        keep_zero_width=True,
    )


def assert_as_reference(chart: XmR, i: int, series: Series) -> None:
    rows = series.expected()
    here = np.s_[i, : len(rows)]
    assert len(rows) == len(series.values)
    for ours, theirs in (("mean", "mean"), ("lpl", "lpl"), ("upl", "upl")):
        np.testing.assert_allclose(getattr(chart, ours)[here], [number(row[theirs]) for row in rows], rtol=1e-9)
    for ours, theirs in (
        ("in_baseline", "in_baseline"),
        ("short", "short_group_warning"),
        ("outside", "outside_limits"),
        ("close", "close_to_limits"),
        ("special_cause_flag", "special_cause_flag"),
    ):
        assert getattr(chart, ours)[here].tolist() == [row[theirs] == "TRUE" for row in rows], ours
    for ours, theirs in (("segment", "rebase_group"), ("relative_to_mean", "relative_to_mean")):
        assert getattr(chart, ours)[here].tolist() == [int(row[theirs]) for row in rows], ours
    assert chart.special_cause[here].tolist() == [row["special_cause_type"] for row in rows]
    assert chart.point_type[here].tolist() == [row["point_type"] for row in rows]
    assert chart.variation[i] == series.icons()["variation"]
    assert chart.assurance[i] == series.icons().get("assurance", "")


@pytest.mark.parametrize("id", ANSWERED)
def test_each_reference_case_is_reproduced(id):
    batch = series_of(CASES[id])
    chart = charts(batch, CASES[id].params["screen_outliers"])
    for i, series in enumerate(batch):
        assert_as_reference(chart, i, series)


@pytest.mark.parametrize("screen", [True, False])
def test_all_reference_cases_are_reproduced_in_one_padded_call(screen):
    batch = [s for id in ANSWERED if CASES[id].params["screen_outliers"] is screen for s in series_of(CASES[id])]
    chart = charts(batch, screen)
    for i, series in enumerate(batch):
        assert_as_reference(chart, i, series)


def test_xmr_133_a_baseline_under_12_points_is_refused():
    (series,) = series_of(CASES["xmr_133"])
    with pytest.raises(ValueError, match="at least 12 points"):
        charts([series], True)


def test_xmr_159_repeated_dates_are_refused():
    with pytest.raises(ValueError, match="each once"):
        series_of(CASES["xmr_159"])


def quirk(id: str) -> tuple[XmR, Series]:
    (series,) = series_of(CASES[id])
    return charts([series], True), series


def assert_limits_as_reference(chart: XmR, series: Series) -> None:
    for ours in ("mean", "lpl", "upl"):
        expected = [number(row[ours]) for row in series.expected()]
        np.testing.assert_allclose(getattr(chart, ours)[0], expected, rtol=1e-9)


def test_xmr_037_one_point_has_no_limits_and_no_assurance_icon():
    chart, series = quirk("xmr_037")
    assert_limits_as_reference(chart, series)
    assert series.icons()["assurance"] == "inconsistent"
    assert chart.assurance[0] == ""
    assert chart.short.all() and not chart.outside.any()


def test_xmr_045_one_count_has_its_mean_and_no_limits():
    chart, series = quirk("xmr_045")
    assert_limits_as_reference(chart, series)
    assert (chart.mean[0, 0], chart.relative_to_mean[0, 0], chart.special_cause[0, 0]) == (6, 0, "Common Cause")


def test_xmr_051_a_constant_series_has_limits_equal_to_its_mean():
    chart, series = quirk("xmr_051")
    assert all(math.isnan(number(row["upl"])) for row in series.expected())
    assert (chart.lpl == 5).all() and (chart.upl == 5).all() and (chart.mean == 5).all()
    assert set(chart.special_cause[0]) == {"Common Cause"}
    assert chart.assurance[0] == "inconsistent"
    for target, icon in ((6, "fail"), (4, "pass")):
        assert xmr([series.values], direction=1, target=target).assurance[0] == icon


@pytest.mark.parametrize("id", ["xmr_065", "xmr_067", "xmr_068", "xmr_070", "xmr_072"])
def test_a_missing_value_keeps_its_place_and_is_not_called_common_cause(id):
    chart, series = quirk(id)
    assert_limits_as_reference(chart, series)
    recorded = ~np.isnan(series.values)
    for i, row in enumerate(series.expected()):
        expected = (row["special_cause_type"], row["point_type"]) if recorded[i] else ("", "")
        assert (chart.special_cause[0, i], chart.point_type[0, i]) == expected


@pytest.mark.parametrize("id", ["xmr_067", "xmr_068"])
def test_the_icon_of_a_series_that_ends_missing_is_that_of_its_last_recorded_point(id):
    chart, series = quirk(id)
    assert math.isnan(series.values[-1])
    assert chart.last[0] == len(series.values) - 2
    far_above = [*series.values[:-2], 500.0, math.nan]
    assert xmr([far_above], direction=-1).variation[0] == "concern_high"


def test_xmr_073_a_gap_neither_completes_nor_breaks_a_trend():
    chart, series = quirk("xmr_073")
    gap = series.values.index(next(value for value in series.values if math.isnan(value)))
    assert series.values[gap - 3 : gap + 4] == pytest.approx([44, 45, 46, math.nan, 48, 49, 50], nan_ok=True)
    assert not chart.trend.any()
    seventh = [*series.values[: gap + 4], 51.0, 44.0, *series.values[gap + 6 :]]
    rising = np.flatnonzero(xmr([seventh]).trend[0])
    assert rising.tolist() == [gap - 3, gap - 2, gap - 1, gap + 1, gap + 2, gap + 3, gap + 4]


def test_xmr_118_a_segment_of_one_point_has_no_limits_and_no_assurance_icon():
    chart, series = quirk("xmr_118")
    assert_limits_as_reference(chart, series)
    assert series.icons()["assurance"] == "inconsistent"
    assert chart.assurance[0] == ""
    assert chart.short[0].tolist() == [False] * 20 + [True]


def test_xmr_123_a_rebase_between_two_points_starts_at_the_second():
    chart, series = quirk("xmr_123")
    new = series.dates.index("2023-01-01")
    assert {row["rebase_group"] for row in series.expected()} == {"0"}
    assert chart.segment[0].tolist() == [0] * new + [1] * (len(series.dates) - new)
    assert chart.mean[0, 0] == pytest.approx(np.mean(series.values[:new]), rel=1e-12)
    assert chart.mean[0, -1] == pytest.approx(np.mean(series.values[new:]), rel=1e-12)
