"""The figures behind a verdict are drawn so that they can be counted."""

from datetime import date

import pytest

from psc.catalogue.definition import load_catalogue
from psc.charts.spc.year_on_year import Pair, Year, pairs_figure, years_figure


@pytest.fixture(scope="module")
def definition(data):
    return load_catalogue(data / "harms").by_id["methotrexate-10mg"]


def months(*figures):
    return [Pair(date(2025, n + 1, 1), then, now) for n, (then, now) in enumerate(figures)]


def test_each_month_with_both_figures_has_a_bar_from_the_year_before(definition):
    figure = pairs_figure(definition, months((2.0, 1.5), (None, 1.4), (1.8, 1.9)))
    bars, before, after = figure.data
    assert list(bars.y) == [2.0, 1.5, None, 1.8, 1.9, None]
    assert list(before.y) == [2.0, None, 1.8]
    assert list(after.y) == [1.5, 1.4, 1.9]


def test_hovering_names_the_month_of_the_year_before(definition):
    _, before, after = pairs_figure(definition, months((2.0, 1.5), (2.0, 1.5))).data
    assert before.text[1].startswith("February 2024")
    assert after.text[1].startswith("February 2025")


@pytest.mark.parametrize(
    ("pair", "way"),
    [((2.0, 1.0), "lower"), ((1.0, 2.0), "higher"), ((1.0, 1.0), "the same"), ((None, 1.0), ""), ((1.0, None), "")],
)
def test_pair_says_how_the_month_lies_to_the_year_before(pair, way):
    assert months(pair)[0].way == way


def test_line_at_the_years_before_spans_them_and_the_latest_year_stands_out(definition):
    years = [Year(date(2018 + n, 4, 1), 10.0 + n) for n in range(6)]
    level, series = years_figure(definition, years, 12.0, 5).data
    assert list(level.y) == [12.0, 12.0]
    assert level.x[0] < 0 < 5 < level.x[1]
    assert series.marker.size[-1] > max(series.marker.size[:-1])


def test_financial_year_is_named_by_both_its_years():
    assert Year(date(1999, 4, 1), 1.0).label == "1999/00"
