"""Every series is judged as a patient person with a pencil would judge it."""

import math
from datetime import date

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from psc.catalogue.definition import load_catalogue
from psc.catalogue.parts import Rebase, SeriesBreak, Target
from psc.stats.spc.xmr import xmr
from psc.store.grid import grid_of
from psc.store.judge import judge
from psc.store.query import run_query
from tests.store.judge_twin import judge_series
from tests.store.monthly_rows import MONTHS, counts, observations

POINT_FIGURES = ("centre", "lower_limit", "upper_limit")

EXACT = (
    *("state", "side", "rule", "points", "missing", "no_limits"),
    *("limits_points", "value"),
)

SIGNAL_FIGURES = ("period_start", "first_period", "limits_from", "value")


@pytest.fixture(scope="module")
def definition(data):
    """Make a definition of a measure, true but for what a test asks for."""
    real = load_catalogue(data / "harms").by_id["methotrexate-10mg"]

    def make(direction="lower", chart="xmr", breaks=(), interval="byar", numerator_kind="count", unit="per bed"):
        told = tuple(SeriesBreak(date=day, reason="A new definition.") for day in breaks)
        return real.model_copy(
            update={
                "direction": direction,
                "chart": chart,
                "series_breaks": told,
                "interval": interval,
                "numerator_kind": numerator_kind,
                "unit": unit,
            }
        )

    return make


def signal(definition, values, **options):
    judged = judge(definition(**options), grid_of(observations({"wessex": values})))
    assert len(judged.signals) == 1
    return judged.signals.iloc[0]


def as_date(value):
    return None if pd.isna(value) else pd.Timestamp(value).date()


def assert_same(judged, area, points, expected):
    rows = judged.points[judged.points["area_id"] == area].set_index("period_start")
    assert [day.date() for day in rows.index] == list(points)
    for day, point in points.items():
        row = rows.loc[pd.Timestamp(day)]
        assert (row["segment"], row["point_type"]) == (point["segment"], point["point_type"]), day
        assert row["rules"] == "; ".join(point["rules"]), day
        for name in POINT_FIGURES:
            assert row[name] == pytest.approx(point[name], rel=1e-9, abs=1e-12, nan_ok=True), (day, name)
    found = judged.signals.set_index("area_id").loc[area]
    for name, value in expected.items():
        got = as_date(found[name]) if name in SIGNAL_FIGURES and name != "value" else found[name]
        assert got == value, name


@st.composite
def levels(draw):
    """Values with runs, steps, ties and gaps: what real series are made of."""
    values: list[float] = []
    for _ in range(draw(st.integers(1, 4))):
        start, slope = draw(st.integers(20, 60)), draw(st.sampled_from([0, 0, 0, 1, -1, 3]))
        noise = draw(st.lists(st.integers(-4, 4), min_size=1, max_size=15))
        values += [max(0.0, float(start + slope * n + wobble)) for n, wobble in enumerate(noise)]
    gaps = draw(st.sets(st.integers(0, len(values) - 1), max_size=len(values) // 4))
    with_gaps = [math.nan if n in gaps else value for n, value in enumerate(values)]
    return with_gaps if not all(map(math.isnan, with_gaps)) else values


@settings(max_examples=80, deadline=None)
@given(
    series=st.lists(levels(), min_size=1, max_size=3),
    breaks=st.lists(st.sampled_from(MONTHS), max_size=2, unique=True),
    direction=st.sampled_from(["lower", "higher", "neutral"]),
    chart=st.sampled_from(["xmr", "xmr", "xmr", "run", "line"]),
    denominators=st.lists(st.sampled_from([100, 150, 90, 0.1, 0.2]), min_size=1, max_size=5),
    numerator_kind=st.sampled_from(["count", "amount"]),
    limits=st.sampled_from(["last_two_years", "all_years"]),
)
def test_judge_is_its_slow_twin(definition, series, breaks, direction, chart, denominators, numerator_kind, limits):
    about = {"breaks": sorted(breaks), "direction": direction, "chart": chart}
    length = max(map(len, series))
    named = {f"area-{n}": values + [math.nan] * (length - len(values)) for n, values in enumerate(series)}
    real = definition(**about, numerator_kind=numerator_kind)
    judged = judge(real, grid_of(observations(named, denominators)), limits)
    about |= {"counted": numerator_kind == "count", "share": False, "limits": limits}
    assert len(judged.signals) == len(named)
    for area, values in named.items():
        points, expected = judge_series(MONTHS[:length], values, counts(values, denominators), **about)
        assert_same(judged, area, points, expected)
    if direction == "neutral":
        assert not set(judged.signals["state"]) & {"improving", "concern"}


@pytest.mark.parametrize("metric", ["emergency-admission-waits", "saba-share", "methotrexate-10mg", "mrsa", "shmi"])
def test_the_signals_in_the_store_are_those_of_the_twin(store, data, metric):
    row = run_query(store, "metric_signals", metric=metric).set_index("area_id")
    series = run_query(store, "series", metric=metric)
    real = load_catalogue(data / "harms").by_id[metric]
    about = {"direction": real.direction, "chart": real.chart, "grain": real.grain}
    about |= {"counted": real.numerator_kind == "count", "share": real.has_complement}
    for area, rows in series[series["area_id"] != "england"].groupby("area_id"):
        dates = [day.date() for day in rows["period_start"]]
        behind = list(zip(rows["numerator"], rows["denominator"], strict=True))
        _, expected = judge_series(dates, list(rows["value"]), behind, **about)
        for name in EXACT:
            assert row.loc[area, name] == expected[name], (area, name)
        for name in ("period_start", "first_period", "limits_from"):
            assert as_date(row.loc[area, name]) == expected[name], (area, name)


def test_a_falling_run_that_began_above_the_average_is_not_called_lower_from_its_beginning(definition):
    values = [50, 51, 49, 50, 51, 49, 50, 51, 49, 50, 51, 49, 52, 50, 48, 46, 44, 42, 40, 30]
    found = signal(definition, values)
    assert (found["state"], found["side"], found["rule"]) == ("improving", "low", "outside")
    mean = sum(values) / len(values)
    assert 46 < mean < 48


def test_a_trend_has_held_since_the_values_began_to_go_one_way(definition):
    values = [40, 60, 35, 65, 38, 62, 36, 64, 39, 61, 37, 45, 46, 47, 48, 49, 50, 51]
    found = signal(definition, values)
    assert (found["state"], found["side"], found["rule"]) == ("concern", "high", "trend")


def test_one_point_beyond_a_limit_is_a_concern_of_one_month(definition):
    found = signal(definition, [10, 11, 9, 10, 12, 10, 9, 11, 10, 10, 11, 9, 10, 25])
    assert (found["state"], found["side"], found["rule"]) == ("concern", "high", "outside")


@pytest.mark.parametrize(("direction", "state"), [("lower", "concern"), ("higher", "improving"), ("neutral", "higher")])
def test_which_way_is_better_decides_what_a_high_point_is_called(definition, direction, state):
    values = [10, 11, 9, 10, 12, 10, 9, 11, 10, 10, 11, 9, 10, 25]
    assert signal(definition, values, direction=direction)["state"] == state


def test_under_thirteen_points_there_is_a_run_chart_without_limits_or_verdict(definition):
    judged = judge(definition(), grid_of(observations({"wessex": [5, 5, 5, 5, 5, 5, 5, 5, 5, 5, 5, 90]})))
    found = judged.signals.iloc[0]
    assert (found["chart"], found["state"], found["points"], found["side"]) == ("run", "unjudged", 12, "")
    assert found["centre"] == 5
    assert judged.points["lower_limit"].isna().all()
    assert judged.points["upper_limit"].isna().all()
    assert set(judged.points["rules"]) == {""}
    assert signal(definition, [5, 6] * 6 + [90])["chart"] == "xmr"


def test_a_gap_is_no_point(definition):
    values = [5.0, 6, 5, 6, math.nan, 5, 6, 5, 6, 5, 6, 5, 6]
    assert signal(definition, values)["chart"] == "run"
    judged = judge(definition(), grid_of(observations({"wessex": [*values, 5]})))
    assert judged.signals.iloc[0]["chart"] == "xmr"
    assert len(judged.points) == 13


def test_limits_stay_within_what_is_possible_and_verdicts_do_not_change(definition):
    """Counts near none and shares near all have XmR limits beyond; a target there is judged by those limits."""
    low, high = [0.0, 3, 1, 4, 0, 2, 5, 1, 0, 3, 2, 4, 1, 3], [100.0, 97, 99, 96, 100, 98, 95, 99, 100, 97, 98, 96, 99]
    for values in (low, high):
        plain = xmr(np.array([values]), direction=-1)
        points = judge(
            definition(interval="none", numerator_kind="amount", unit="%"), grid_of(observations({"wessex": values}))
        ).points
        assert plain.lpl.min() < 0 or plain.upl.max() > 100
        assert points["lower_limit"].iloc[0] == max(0, plain.lpl[0, 0])
        assert points["upper_limit"].iloc[0] == min(100, plain.upl[0, 0])
        assert list(points["point_type"]) == list(plain.point_type[0])


def test_a_handful_of_events_a_month_gets_no_limits_and_no_verdict(definition):
    """Under five events a month an XmR chart signals where nothing has changed."""
    values = [0.004, 0.003, 0.006, 0.002, 0.005, 0.004, 0.003] * 3 + [0.012]
    found = signal(definition, values)
    assert (found["chart"], found["state"], found["no_limits"]) == ("run", "unjudged", "small_counts")
    many = signal(definition, [value * 10 for value in values])
    assert (many["chart"], many["state"], many["no_limits"]) == ("xmr", "concern", "")


def test_amounts_are_no_small_counts(definition):
    """Doses and standardised rates are not events, so a low figure is no small count."""
    for kind in ("amount", "standardised"):
        found = signal(definition, [0.004, 0.003, 0.006, 0.002] * 5, interval="none", numerator_kind=kind)
        assert (found["chart"], found["no_limits"]) == ("xmr", "")


def test_a_share_with_few_cases_that_are_not_counted_gets_no_limits_either(definition):
    """Of 1,000 a month all but one to five were assessed: what varies is the handful that were not."""
    values = [1 - missed / 1000 for missed in (4, 3, 1, 2, 5, 4, 3)] * 3
    found = signal(definition, [*values, 0.988], unit="%")
    assert (found["chart"], found["state"], found["no_limits"]) == ("run", "unjudged", "few_exceptions")
    assert signal(definition, [*values, 0.988])["chart"] == "xmr"
    many = [1 - 10 * (1 - value) for value in values]
    assert (signal(definition, many, unit="%")["chart"], signal(definition, many, unit="%")["no_limits"]) == ("xmr", "")


def test_a_series_that_nearly_never_moves_has_no_limits_and_says_so(definition):
    judged = judge(definition(), grid_of(observations({"wessex": [98.0] + [100.0] * 23})))
    found = judged.signals.iloc[0]
    assert (found["chart"], found["state"], found["no_limits"], found["centre"]) == ("run", "unjudged", "no_width", 100)
    assert judged.points[["lower_limit", "upper_limit"]].isna().all(axis=None)
    assert set(judged.points["rules"]) == {""} and set(judged.points["point_type"]) == {"unjudged"}
    assert not found["non_random"]


def test_a_series_with_every_other_figure_missing_has_no_limits_and_says_so(definition):
    found = signal(definition, [10.0, math.nan] * 7 + [11.0, math.nan] * 7)
    assert (found["chart"], found["state"], found["no_limits"]) == ("run", "unjudged", "no_steps")


@pytest.mark.parametrize(
    ("level", "target", "direction", "assurance"),
    [
        (0.9, 0.9, "higher", "pass"),
        (0.9, 0.95, "higher", "fail"),
        (1.0, 1.0, "higher", "pass"),
        (0.0, 0.0, "lower", "pass"),
        (1.0, 0.9, "lower", "fail"),
        (1.0, 1.0, "neutral", ""),
    ],
)
def test_a_constant_share_meets_its_target_or_misses_it_however_few_are_counted(
    definition, level, target, direction, assurance
):
    """At 0% and at 100% there are no limits, as next to nothing varies; the target is met all the same."""
    goal = (Target(start=MONTHS[0], value=target, source="A"),)
    real = definition(direction=direction, unit="%").model_copy(update={"targets": goal})
    found = judge(real, grid_of(observations({"wessex": [level] * 20}))).signals.iloc[0]
    assert found["assurance"] == assurance
    assert found["chart"] == ("xmr" if level == 0.9 else "run")
    assert judge(real, grid_of(observations({"wessex": [level] * 12}))).signals.iloc[0]["assurance"] == ""


def filled(rng, definition, mean):
    """Five years of 15 areas in which nothing changes, ``mean`` events a period, laid out as the definition says."""
    months = pd.date_range("2019-04-01", periods=60 if definition.grain == "month" else 20, freq={
        "month": "MS", "quarter": "QS", "financial_year": "YS-APR"}[definition.grain])  # fmt: skip
    rows = []
    for area in range(15):
        counts = rng.poisson(mean, months.size).astype(float)
        whole = np.nan if definition.denominator is None else 2000.0
        if definition.direction == "higher":
            counts = whole - counts
        rows.append(pd.DataFrame({
            "area_id": f"area-{area:02}", "period_start": months, "period_end": months + pd.offsets.MonthEnd(1),
            "numerator": counts, "denominator": whole,
            "value": counts / (1 if definition.denominator is None else whole) * definition.multiplier,
        }))  # fmt: skip
    return grid_of(pd.concat(rows))


@pytest.mark.parametrize("mean", [0.3, 1, 3])
def test_no_stable_series_of_rare_counts_is_in_alarm_in_any_measure_of_counts(data, mean):
    """As many areas as there are, in every measure that counts, filled in as it ships: with a series or without."""
    rng = np.random.default_rng(20251101)
    counting = [metric for metric in load_catalogue(data / "harms").metrics if metric.numerator_kind == "count"]
    assert sum(not metric.has_series for metric in counting) == 8
    for metric in counting:
        if metric.chart == "line":
            continue
        judged = judge(metric, filled(rng, metric, mean))
        assert len(judged.signals) == 15
        assert set(judged.signals["state"]) == {"unjudged"}, metric.id
        if metric.chart == "xmr":
            reason = "few_exceptions" if metric.direction == "higher" else "small_counts"
            assert set(judged.signals["no_limits"]) == {reason}, metric.id


def test_measures_of_amounts_are_judged_however_small_the_amounts(data):
    amounts = [metric for metric in load_catalogue(data / "harms").metrics if metric.numerator_kind == "amount"]
    assert {metric.id for metric in amounts} == {
        *("anxiolytics-hypnotics", "gabapentinoids", "saba-share", "total-opioids")
    }
    rng = np.random.default_rng(3)
    for metric in amounts:
        values = list(rng.normal(2, 0.2, 40))
        found = judge(metric, grid_of(observations({"wessex": values}, (1.0,)))).signals.iloc[0]
        assert (found["chart"], found["no_limits"]) == ("xmr", ""), metric.id


def test_after_a_series_break_limits_and_runs_start_anew(definition):
    before, after = [10, 12] * 7, [30, 32] * 7
    joined = signal(definition, before + after)
    assert joined["state"] == "concern"
    judged = judge(definition(breaks=[MONTHS[14]]), grid_of(observations({"wessex": before + after})), "all_years")
    found = judged.signals.iloc[0]
    assert (found["state"], found["points"]) == ("steady", 14)
    assert as_date(found["first_period"]) == MONTHS[14]
    centres = judged.points.groupby("segment")["centre"].unique()
    assert [list(values) for values in centres] == [[11], [31]]


def test_a_run_does_not_go_on_across_a_series_break(definition):
    """Four high points before the break and four after are eight in a row, but no run of seven in either part."""
    quiet = [10, 12, 10, 12, 10, 12, 10, 12, 10]
    values = [*quiet, 13, 13, 13, 13, 13, 13, 13, 13, 10, 12, 10, 12, 10, 12, 10, 12, 10]
    whole = judge(definition(), grid_of(observations({"wessex": values})), "all_years")
    assert (whole.points["rules"] == "shift").sum() == 8
    parted = judge(definition(breaks=[MONTHS[13]]), grid_of(observations({"wessex": values})), "all_years")
    assert set(parted.points["segment"]) == {0, 1}
    assert not parted.points["rules"].str.contains("shift").any()


def test_a_short_segment_after_a_break_is_not_judged_by_the_limits_before_it(definition):
    rows = observations({"wessex": [10, 12] * 10 + [90, 91, 95]})
    judged = judge(definition(breaks=[MONTHS[20]]), grid_of(rows), "all_years")
    found = judged.signals.iloc[0]
    assert (found["chart"], found["state"], found["points"], found["centre"]) == ("run", "unjudged", 3, 91)
    limits = judged.points.set_index("period_start")["upper_limit"]
    assert limits.iloc[:20].notna().all()
    assert limits.iloc[20:].isna().all()


def test_overlapping_windows_get_a_line_and_no_rules(definition):
    judged = judge(definition(chart="line"), grid_of(observations({"wessex": [1.0] * 20 + [9.0]})))
    found = judged.signals.iloc[0]
    assert (found["chart"], found["state"], found["rule"], found["non_random"]) == ("line", "unjudged", "", None)
    assert set(judged.points["point_type"]) == {"unjudged"}
    assert judged.points[["centre", "lower_limit", "upper_limit"]].isna().all(axis=None)


def test_a_run_chart_says_when_the_line_moved_more_than_chance(definition):
    assert signal(definition, [1, 2, 3, 4, 5, 11, 12, 13, 14, 15], chart="run")["non_random"]
    assert not signal(definition, [1, 9, 2, 8, 3, 7, 4, 6, 1, 9], chart="run")["non_random"]


def test_a_constant_series_is_steady(definition):
    assert signal(definition, [0.1] * 18)["state"] == "steady"


def test_an_area_without_a_single_figure_has_no_signal(definition):
    judged = judge(definition(), grid_of(observations({"kss": [math.nan] * 14, "wessex": [5.0, 6] * 7})))
    assert list(judged.signals["area_id"]) == ["wessex"]
    assert set(judged.points["area_id"]) == {"wessex"}


def test_the_latest_figure_is_the_last_that_was_published(definition):
    found = signal(definition, [5.0, 6] * 7 + [math.nan, math.nan])
    assert as_date(found["period_start"]) == MONTHS[13]
    assert as_date(found["period_end"]) == date(2019, 2, 28)
    assert found["value"] == 6


def test_the_order_of_the_rows_does_not_matter(definition):
    rows = observations({"kss": [5.0, 6] * 8, "wessex": [float(n) for n in range(16)]})
    mixed = rows.sample(frac=1, random_state=np.random.RandomState(5))
    first, second = judge(definition(), grid_of(rows)), judge(definition(), grid_of(mixed))
    assert first.points.equals(second.points)
    assert first.signals.equals(second.signals)


FLAT = [20.0, 22, 21, 19, 20, 21, 22, 19, 20, 21, 20, 22, 21, 19, 20] * 2


def decided(definition, **changes):
    return definition().model_copy(update=changes)


def test_a_rebase_in_one_area_starts_new_limits_there_and_nowhere_else(definition):
    stepped = [*FLAT[:15], *(value + 20 for value in FLAT[:15])]
    told = Rebase(
        start=MONTHS[15], reason="A ward moved.", area="wessex", decided_by="A. Lead", decided_on=date(2024, 1, 1)
    )
    judged = judge(decided(definition, rebases=(told,)), grid_of(observations({"wessex": stepped, "eastern": stepped})))
    segments = judged.points.groupby("area_id")["segment"].max()
    assert (segments["wessex"], segments["eastern"]) == (1, 0)
    states = judged.signals.set_index("area_id")
    assert (states.loc["wessex", "state"], states.loc["wessex", "points"]) == ("steady", 15)
    assert states.loc["eastern", "state"] == "concern"


def test_a_target_is_judged_on_the_limits_and_the_latest_one_counts(definition):
    targets = (Target(start=MONTHS[0], value=50, source="A"), Target(start=MONTHS[20], value=5, source="B"))
    judged = judge(decided(definition, targets=targets), grid_of(observations({"wessex": FLAT})))
    assert judged.signals["assurance"].item() == "fail"
    earlier = judge(decided(definition, targets=targets[:1]), grid_of(observations({"wessex": FLAT})))
    assert earlier.signals["assurance"].item() == "pass"
    assert judge(definition(), grid_of(observations({"wessex": FLAT}))).signals["assurance"].item() == ""


def test_no_assurance_where_no_limits_are_shown(definition):
    target = (Target(start=MONTHS[0], value=50, source="A"),)
    judged = judge(decided(definition, targets=target), grid_of(observations({"wessex": FLAT[:12]})))
    assert judged.signals["assurance"].item() == ""


def test_six_points_are_a_trend_where_that_was_agreed(definition):
    rising = [*FLAT, 19.0, 20.0, 21.0, 22.0, 23.0, 23.5]
    said = [
        judge(decided(definition, trend_points=points), grid_of(observations({"wessex": rising})))
        .points["rules"]
        .iloc[-1]
        for points in (7, 6)
    ]
    assert "trend" not in said[0] and "trend" in said[1]


def test_a_baseline_fixes_the_limits_on_its_points(definition):
    stepped = [*FLAT[:15], *(value + 20 for value in FLAT[:15])]
    judged = judge(decided(definition, baseline_points=12), grid_of(observations({"wessex": stepped})))
    assert judged.points["centre"].iloc[-1] == pytest.approx(np.mean(FLAT[:12]))
