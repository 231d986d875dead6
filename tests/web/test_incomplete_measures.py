"""Every page on measures of every kind that lack figures: no page breaks, and what it says is true."""

import html
import re
from pathlib import Path

import pandas as pd
import pytest

from psc.catalogue.package import write_package
from psc.geography.areas import load_areas
from psc.settings import data_folder
from psc.store.build_store import build_store
from psc.store.connection import Store
from tests.kinds_of_measure import KINDS, STATES, write_measure, write_measure_of_england_alone
from tests.small_data import few_series_of
from tests.web.conftest import Site

AREAS = {area.id: area.name for area in load_areas(data_folder() / "boundaries")}
COUNTS = [kind for kind in KINDS if KINDS[kind].total is None and KINDS[kind].published]
TURNS = list(STATES)
COMPARED = [
    ("share", "area-lacks-newest"), ("rate", "newest-blank"), ("count", "whole"), ("yearly", "newest-of-one-area"),
    ("amount", "one-area-alone"),
]  # fmt: skip
"""What the Compare page is opened on: 15 charts each are slow to draw."""
# The states take turns, so that every state comes with one kind or more.
WRITTEN = sorted({*((kind, TURNS[(n + 3) % len(TURNS)]) for n, kind in enumerate(KINDS)), *COMPARED})


@pytest.fixture(scope="module")
def world(tmp_path_factory, data) -> dict[str, str]:
    """The environment of a site whose only figures are those of `WRITTEN`."""
    folder = tmp_path_factory.mktemp("incomplete")
    few = few_series_of(data, folder / "data", keep=())
    for kind, state in WRITTEN:
        write_measure(few / "harms", f"{kind}-{state}", KINDS[kind], STATES[state])
    write_measure_of_england_alone(few / "harms", "england-alone")
    write_package(few / "harms")
    build_store(few, folder / "psc.duckdb")
    return {"PSC_STORE": str(folder / "psc.duckdb"), "PSC_DATA": str(few)}


@pytest.fixture
def site(world, monkeypatch) -> Site:
    for name, value in world.items():
        monkeypatch.setenv(name, value)
    return Site()


@pytest.fixture(scope="module")
def rows(world):
    """Ask the store."""
    with Store(Path(world["PSC_STORE"])) as store:
        yield lambda sql, *values: store.cursor().execute(sql, list(values)).df()


def words(text: str) -> str:
    """A page's text without its markup."""
    return re.sub(r"\s+", " ", html.unescape(re.sub(r"<[^>]+>", " ", text)))


def answer(text: str) -> str:
    return html.unescape(re.search(r'class="psc-answer">(.*?)</p>', text, re.DOTALL).group(1))


def measure_line(text: str) -> str:
    return html.unescape(re.search(r'class="psc-brief"><b>[^<]* in England.</b>(.*?)</p>', text, re.DOTALL).group(1))


def figures(rows, metric: str) -> pd.DataFrame:
    return rows("SELECT * FROM observation WHERE metric_id = ? AND value IS NOT NULL AND area_id <> 'england'", metric)


def test_every_page_opens_and_says_which_areas_have_no_figure(site, rows):
    for kind, state in WRITTEN:
        metric = f"{kind}-{state}"
        known = figures(rows, metric)
        newest = known["period_end"].max()
        text = site.visit("map", metric=metric, area="wessex", view="table", colour="value").text
        said = measure_line(text)
        assert f"Data to {newest:%B %Y}" in said, metric
        absent = len(AREAS) - known["area_id"].nunique()
        assert ("No figures in" in said) == (absent > 0), metric
        ends = known.groupby("area_id")["period_end"].max()
        assert ("they end earlier" in said) == bool((ends < newest).any()), metric
        assert text.count("<tr") == 1 + len(ends), metric
        shown = words(site.visit("chart", metric=metric, area="wessex").text)
        assert not re.search(r"\bnan\b|\bNaT\b", shown), metric
        assert ("No figures for this measure in this area." in shown) == ("wessex" not in ends.index), metric


@pytest.mark.parametrize(("kind", "state"), COMPARED)
def test_compare_lays_figures_of_one_period_side_by_side_and_names_the_rest(site, rows, kind, state):
    metric = f"{kind}-{state}"
    known = figures(rows, metric)
    text = site.visit("compare", metric=metric).text
    said = words(text.split("Latest figures</h2>")[1].split("</p>")[0])
    filled = known.groupby("period_end")["area_id"].nunique()
    period = filled[2 * filled >= known["area_id"].nunique()].index.max()
    side_by_side = known[known["period_end"] == period]
    decimals = 0 if kind in COUNTS else 1
    low, high = (f"{number:,.{decimals}f}" for number in (side_by_side["value"].min(), side_by_side["value"].max()))
    assert f"{period:%B %Y}" in said
    assert (f"{low} to {high}" if len(side_by_side) > 1 else f"one area has a figure: {low}") in said
    newest = rows("SELECT max(period_end) FROM observation WHERE metric_id = ?", metric).iloc[0, 0]
    assert (f"a figure for {newest:%B %Y}" in said or f"to {newest:%B %Y}. In" in said) == (newest > period)
    assert ("The dashed line is England" in said) == (kind not in COUNTS)
    assert f"{period:%B %Y}, " in answer(text)
    table = text[text.index(": latest figures of the 15 areas") :]
    assert all(f'role="rowheader">{name}</th>' in table for name in AREAS.values())
    assert ('data-label="Period"' in table) == (known.groupby("area_id")["period_end"].max().nunique() > 1)
    charts = site.app.get("plotly_chart")
    changes, stand_out = "Change against the" in text, "Which areas differ clearly" in text
    assert len(charts) == 1 + changes + stand_out + known["area_id"].nunique()
    assert changes == (kind not in ("quarterly", "standardised", "overlapping"))
    assert stand_out == (kind in ("share", "rate", "yearly") and len(side_by_side) > 1)


@pytest.mark.parametrize(
    ("page", "said"),
    [
        ("map", "No area has figures."),
        ("compare", "No area has a figure for this measure."),
        ("chart", "No figures for this measure in this area."),
        ("area", "Wessex"),
    ],
)
def test_a_measure_with_figures_of_england_alone_is_shown_as_missing_in_every_area(site, page, said):
    shown = words(site.visit(page, metric="england-alone", area="wessex", view="table", colour="value").text)
    assert said in shown and not re.search(r"\bnan\b|\bNaT\b", shown)


def test_rows_without_a_figure_are_not_counted_as_figures(site, rows):
    known, lines = rows("SELECT count(value), count(*) FROM observation").iloc[0]
    assert known < lines
    assert f"published figures are loaded, {known:,} in all" in words(site.visit("methods").text)


def test_a_plain_count_has_no_denominator_and_is_not_compared_with_england(site):
    for kind in COUNTS:
        state = next(state for written, state in WRITTEN if written == kind)
        for page in ("chart", "methods"):
            shown = words(site.visit(page, metric=f"{kind}-{state}", area="eastern").text)
            assert "Denominator: " not in shown and "not recorded" not in shown
            assert 'data-label="Denominator"' not in site.text
    text = site.visit("compare", metric="count-whole").text
    assert "Denominator" not in text and "Numerator" not in text and "Counted: What happened." in text
    assert "The dashed line is England" not in text.split("Latest figures</h2>")[1]
    latest = next(chart for chart in site.app.get("plotly_chart") if chart.proto.alt.startswith("Latest figures"))
    assert not re.search(r'"text": ?"England"', latest.proto.spec)
    assert "not published" not in text


def test_signals_and_areas_show_every_measure_or_say_that_it_has_no_figures(site, rows):
    signals = rows("SELECT metric_id, area_id FROM signal WHERE area_id <> 'england'")
    text = site.visit("signals").text
    links = set(re.findall(r'href="/chart\?metric=([a-z0-9-]+)&amp;area=([a-z-]+)"', text))
    assert links == set(signals.itertuples(index=False, name=None))
    every = rows("SELECT metric_id FROM signal")
    assert text.count("<td>no data</td>") == 16 * every["metric_id"].nunique() - len(every)
    text = site.visit("area", area="wessex").text
    here = set(signals.loc[signals["area_id"] == "wessex", "metric_id"])
    for metric in set(signals["metric_id"]) - here:
        assert f"Made up {metric}" in words(text).split("Measures without a figure of this area:")[1]
    assert len(site.app.get("plotly_chart")) == len(here)


def test_no_limit_or_interval_lies_beyond_what_is_possible(rows):
    """Counts and rates are not below 0, shares not above 100%; some limits of these measures would be."""
    limits = rows("""
        SELECT metric_id, unit, least, most FROM metric JOIN (
            SELECT metric_id, least(lower_limit, centre) AS least, upper_limit AS most FROM spc_point
            UNION ALL SELECT metric_id, lower, upper FROM observation
            UNION ALL SELECT metric_id, lower, upper FROM funnel_area
            UNION ALL SELECT metric_id, lower998, upper998 FROM funnel_curve
        ) ON metric.id = metric_id
    """)
    assert len(limits) > 1000
    assert limits["least"].min() == 0
    shares = limits[limits["unit"].str.startswith("%")]
    assert shares["most"].max() == 100
    assert (limits["least"].fillna(0) <= limits["most"].fillna(1e9)).all()
