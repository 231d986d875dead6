"""A chart's limits are the reader's choice: two years or all, kept in the address, and said beside the chart."""

import json
import re

import numpy as np
import pytest

from psc.catalogue.definition import load_catalogue
from psc.stats.spc.xmr import xmr
from psc.store.query import run_query

METRIC, AREA = "saba-share", "wessex"
WITHOUT_RANGE = 'data-label="Usual range">none</td>'


@pytest.fixture(scope="module")
def values(store):
    rows = run_query(store, "series", metric=METRIC)
    return rows.loc[rows["area_id"] == AREA, "value"].to_numpy()


def upper_limits(site) -> list[float]:
    """The levels of the upper limits drawn on the chart of the whole series, one for each stretch with limits."""
    figures = [json.loads(chart.proto.spec) for chart in site.app.get("plotly_chart")]
    lines = [
        [y for y in trace["y"] if y is not None]
        for trace in figures[-1]["data"]
        if trace.get("line", {}).get("dash") == "dash" and trace["mode"] == "lines"
    ]
    return [max(levels) for levels in lines if levels]


def test_a_chart_has_limits_of_the_last_two_years_and_says_so(site, values):
    text = site.visit("chart", metric=METRIC, area=AREA).text
    assert max(upper_limits(site)) == pytest.approx(xmr(values[None, -24:]).upl[0, -1])
    assert "The limits rest on the last 24 months with figures" in text
    assert "Earlier figures are drawn without limits and not judged." in text
    assert site.asked("limits") is None
    # Every figure before the last two years is in the table, without a range.
    assert text.count(WITHOUT_RANGE) == len(values) - 24


def test_with_limits_from_all_years_the_chart_its_words_and_its_table_are_drawn_anew(site, values):
    text = site.visit("chart", metric=METRIC, area=AREA, limits="all_years").text
    expected = xmr(values[None, :])
    assert max(upper_limits(site)) == pytest.approx(expected.upl[0, -1])
    assert f"The limits rest on {len(values)} months, from" in text
    assert WITHOUT_RANGE not in text
    assert f"{expected.lpl[0, -1]:.1f} to {expected.upl[0, -1]:.1f}" in text


def test_choosing_limits_puts_them_into_the_address_and_the_default_takes_them_out(site):
    site.visit("chart", metric=METRIC, area=AREA)
    picker = next(group for group in site.app.button_group if group.label == "Limits")
    picker.set_value("all_years").run()
    assert site.asked("limits") == "all_years"
    picker = next(group for group in site.app.button_group if group.label == "Limits")
    picker.set_value("last_two_years").run()
    assert site.asked("limits") is None


def test_limits_that_are_none_are_answered_with_a_message_and_the_default(site, values):
    text = site.visit("chart", metric=METRIC, area=AREA, limits="<b>last week").text
    assert "This address asks for limits “<b>last week”" in text.replace("&lt;", "<").replace("&gt;", ">")
    assert max(upper_limits(site)) == pytest.approx(xmr(values[None, -24:]).upl[0, -1])


def latest_point(text: str) -> str:
    return re.search(r"<b>The latest point alone.</b> (.*?)</span>", text).group(1)


@pytest.mark.parametrize("limits", ["last_two_years", "all_years"])
def test_sign_of_the_latest_point_stands_at_the_chart_and_says_what_it_is_set_against(site, limits):
    said = latest_point(site.visit("chart", metric=METRIC, area=AREA, limits=limits).text)
    assert re.fullmatch(
        r"Improving: lower than usual, against the average since \w+ 20\d\d\. In \w+ 20\d\d it is .*\.", said
    )
    assert ("since December 2020" in said) == (limits == "all_years")


def test_sign_unlike_the_verdict_says_why_the_two_differ(site):
    said = latest_point(site.visit("chart", metric="methotrexate-10mg", area=AREA, limits="all_years").text)
    assert said.startswith("Improving: lower than usual. In December 2025 it is")
    assert "This differs from the verdict above: the sign sets the latest points against the average since " in said
    assert said.endswith("the verdict sets them against the same months a year before.")


@pytest.mark.parametrize("metric", ["mrsa", "shmi", "falls-admissions-65-plus"])
def test_chart_without_limits_has_no_sign_of_its_latest_point(site, metric):
    text = site.visit("chart", metric=metric, area=AREA).text
    assert "The latest point alone" not in text and "Variation" not in text
    assert "Each point stands in the middle of the 12 months it covers." in text


def test_page_of_a_measure_that_is_not_judged_has_no_empty_column_beside_what_it_says(site):
    def columns(metric):
        site.visit("chart", metric=metric, area=AREA)
        return len(site.app.get("column"))

    assert columns("shmi") == columns("falls-admissions-65-plus") == columns("mrsa") - 2
    text = site.visit("chart", metric="shmi", area=AREA).text
    assert "<b>England.</b> 1.00 times the number of deaths expected in October 2012 to September 2013." in text


@pytest.mark.parametrize("metric", ["mrsa", "shmi"])
def test_a_chart_that_is_not_monthly_offers_no_choice_of_limits(site, metric):
    text = site.visit("chart", metric=metric, area=AREA).text
    assert not [group for group in site.app.button_group if group.label == "Limits"]
    assert "Signs by chance" not in text and "This month" not in text


def test_every_monthly_chart_says_what_was_to_be_expected_this_month_where_the_store_knows(site, store, data):
    monthly = [
        metric.id for metric in load_catalogue(data / "harms").metrics if metric.has_series and metric.grain == "month"
    ]
    known = 0
    for metric in monthly:
        row = run_query(store, "metric_signals", metric=metric).set_index("area_id").loc[AREA]
        text = site.visit("chart", metric=metric, area=AREA).text
        assert ("we would expect" in text) == (not np.isnan(row["expected"])), metric
        assert ("Signs by chance" in text) == (row["chart"] == "xmr"), metric
        known += "we would expect" in text
    assert known >= len(monthly) - 1
