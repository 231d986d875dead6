"""An axis of values starts at 0 where 0 is near, and then in all charts of a measure."""

import math
from datetime import date

import pandas as pd
import pytest

from psc.catalogue.definition import load_catalogue
from psc.charts.spc.year_on_year import Pair, Year, pairs_figure, years_figure
from psc.charts.style.scale import is_near_zero, scale_of, starts_at_zero, value_range
from psc.store.query import run_query


@pytest.mark.parametrize(
    ("figures", "near"),
    [([1.0, 2.23], True), ([1.0, 2.0], False), ([0.0, 0.0], False), ([math.nan, 1.0, 3.0], True), ([-1.0, 9.0], False)],
)
def test_zero_is_near_where_the_lowest_is_less_than_half_of_the_highest(figures, near):
    assert is_near_zero(figures) is near
    assert is_near_zero([]) is False


def test_axis_starts_at_zero_where_it_is_near_or_asked_for_and_nothing_lies_below():
    assert scale_of([1.0, 2.23])[0] == 0
    assert scale_of([4.0, 5.0])[0] == pytest.approx(3.94)
    assert scale_of([4.0, 5.0], from_zero=True)[0] == 0
    assert scale_of([4.0, 5.0], [-1.0], from_zero=True)[0] < -1
    assert scale_of([4.0, 5.0], [1.0])[0] > 0, "a limit alone does not bring 0 near"
    assert scale_of([math.nan]) == (0, 1)


def measure(*areas):
    parts = [pd.DataFrame({"area_id": f"area {n}", "value": values}) for n, values in enumerate(areas)]
    return pd.concat(parts, ignore_index=True)


def test_measure_starts_at_zero_where_that_is_near_in_more_than_half_of_its_areas():
    near, far, none = [1.0, 3.0], [2.0, 3.0], [math.nan, math.nan]
    assert starts_at_zero(measure(near, near, far, none))
    assert not starts_at_zero(measure(near, far, none))


def test_shipped_measures_start_at_zero_where_most_areas_moved_by_half(store, data):
    metrics = [metric.id for metric in load_catalogue(data / "harms").metrics if metric.has_series]
    found = {metric for metric in metrics if starts_at_zero(run_query(store, "series", metric=metric))}
    assert {"mrsa", "c-difficile", "methotrexate-10mg", "emergency-admission-waits"} <= found
    assert not {"shmi", "falls-admissions-65-plus", "saba-share", "gabapentinoids"} & found


def test_figures_behind_a_verdict_follow_the_same_rule(data):
    definition = load_catalogue(data / "harms").by_id["mrsa"]
    far, near = [1.8, 2.0, 1.9], [1.0, 2.23, 1.2]
    for figures, asked, at_zero in ((far, False, False), (far, True, True), (near, False, True)):
        years = [Year(date(2020 + n, 4, 1), value) for n, value in enumerate(figures)]
        pairs = [Pair(date(2025, n + 1, 1), value, value + 0.1) for n, value in enumerate(figures)]
        drawn = [
            years_figure(definition, years, 1.9, 2, from_zero=asked),
            pairs_figure(definition, pairs, from_zero=asked),
        ]
        assert [figure.layout.yaxis.range[0] == 0 for figure in drawn] == [at_zero] * 2, figures


def test_common_scale_of_areas_far_apart_starts_at_zero():
    rows = measure([7.0, 8.0], [40.0, 45.0]).assign(lower_limit=math.nan, upper_limit=math.nan)
    assert value_range(rows)[0] == 0
