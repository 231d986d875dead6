"""The page of an area: its counts, its tables, and the level beside England."""

import re
from dataclasses import replace
from datetime import date
from html import unescape

import pytest

from psc.narrate.area import counted_in
from psc.web.area import area_cells, change_here, levels_here
from psc.web.session import store
from tests.narrate.test_verdicts import monthly, yearly_verdict
from tests.web.test_pages import AREAS

NUMBERS = ("none", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")
MOST_WORDS = 30


@pytest.fixture
def store_served(store_file, monkeypatch):
    monkeypatch.setenv("PSC_STORE", str(store_file))


def table(text: str, caption: str) -> list[list[str]]:
    """The rows of a table as plain text, cell by cell; none without such a table."""
    found = re.search(rf"<caption>{re.escape(caption)}</caption>(.*?)</table>", text, re.DOTALL)
    rows = re.findall(r"<tr role=\"row\">(.*?)</tr>", found.group(1), re.DOTALL)[1:] if found else []
    return [
        [unescape(re.sub(r"<[^>]+>", " ", cell)).strip() for cell in re.findall(r"<t[hd][^>]*>(.*?)</t[hd]>", row)]
        for row in rows
    ]


@pytest.mark.parametrize("area", AREAS)
def test_the_answer_is_short_and_its_counts_are_the_rows_of_the_tables(site, area):
    text = site.visit("area", area=area).text
    answer = unescape(re.search(r'<p class="psc-answer">(.*?)</p>', text).group(1))
    assert len(answer.split()) <= MOST_WORDS, answer
    harm, risks = re.search(r"Harm.*?: (\w+) of (\w+) .*Risks and waits.*?: (\w+) of (\w+) ", answer).groups()[1:3]
    assert len(table(text, "Harm")) == NUMBERS.index(harm)
    changed = table(text, "Risks and waits that clearly rose or fell")
    said = re.findall(r"(\w+)(?: of \w+)? (?:rose|fell)", answer.split("Risks and waits")[1])
    assert len(changed) == sum(map(NUMBERS.index, said)), risks


def test_a_measure_with_no_better_side_has_a_table_of_its_own(site):
    text = site.visit("area", area="nenc").text
    for caption in ("The same, where neither way is better", "Rose or fell clearly, where neither way is better"):
        assert table(text, caption)[0][0].startswith("All opioid painkillers"), caption
    for caption in (
        "Measures that changed clearly more or less here than in England",
        "Risks and waits that clearly rose or fell",
    ):
        assert not [row for row in table(text, caption) if "All opioid" in row[0]]


def test_a_measure_that_gives_no_verdicts_and_one_not_judged_are_in_no_count(store_served):
    for area in AREAS:
        measured = change_here.steady_in(area)
        counted = {one.definition.id for section in ("harm", "risk") for one in counted_in(measured, section)}
        assert counted and counted.isdisjoint({"all-antibiotics", "shmi", "falls-admissions-65-plus", "total-opioids"})


def test_an_unsteady_measure_is_left_out_of_the_answer_even_where_it_changed(store_served, monkeypatch):
    before = change_here.page_summary("wessex")
    monkeypatch.setattr(store, "gives_verdicts", lambda metric: metric not in {"all-antibiotics", "fluoroquinolones"})
    assert "five of eight fell" in before and "four of seven fell" in change_here.page_summary("wessex")


def test_measures_that_are_not_judged_say_why_and_are_in_no_table_of_change(site):
    text = site.visit("area", area="wessex").text
    trends = text.split('id="trends"')[1]
    assert "Not judged: each figure covers 12 months that overlap with the next." in trends
    assert "Not judged: these rates were published without the number of people behind them." in trends
    assert not [row for row in table(text, "Harm") if "fall" in row[0] or "Deaths" in row[0]]


def test_the_level_of_waits_is_met_before_any_change(site):
    text = site.visit("area", area="south-london").text
    row = table(text, "The level here and in England")[0]
    assert row[0].startswith("Long waits in A&E for a hospital bed") and row[0].endswith("% of emergency admissions")
    assert row[1:4] == ["38.1", "20.7", "not compared: a trust changed how much it counts"]
    assert text.index("38.1") < text.index("Where change here differs from England")


def test_levels_clearly_unlike_england_say_so_with_the_difference_in_people(site):
    rows = {
        row[0].split("  ")[0]: row
        for row in table(site.visit("area", area="nenc").text, "The level here and in England")
    }
    row = rows["Blood infections with MSSA"]
    assert row[1:5] == ["30.9", "23.5", "clearly higher", "220 fewer (140 to 310) in the year to March 2024"]
    assert "Gut infections with C. difficile" not in rows


def test_the_harm_table_has_intervals_few_cases_and_the_change_on_the_year_before(site):
    rows = {row[0].split("  ")[0]: row for row in table(site.visit("area", area="south-london").text, "Harm")}
    mrsa = rows["Blood infections with MRSA"]
    assert mrsa[1] == "2.23 (74 reported infections)"
    assert mrsa[3] == "95% higher than the five years before (37% to 177%), 111% higher than the year before"
    assert rows["Blood infections with E. coli"][3].endswith("(not clear), 9% higher than the year before")
    assert rows["Blood infections with E. coli"][1] == "58.5"


def test_a_measure_is_named_plainly_and_then_technically(site):
    trends = site.visit("area", area="wessex").text.split('id="trends"')[1]
    assert '">Very strong doses of opioid painkillers</a></h5>' in trends
    assert '<p class="psc-panel-unit">High-dose opioid items per 1,000 patients<br>items per 1,000' in trends


@pytest.mark.parametrize(
    ("verdict", "said"),
    [
        (monthly(), "8% lower than a year before (6% to 10%)"),
        (monthly(certain=False), "8% lower than a year before (not clear)"),
        (
            yearly_verdict(flags=("pandemic_none",)),
            "19% higher than the five years before (4% to 36%), 15% higher than the year before; "
            "clear only with the pandemic years",
        ),
        (
            yearly_verdict(direction="none", certain=False, flags=("pandemic_higher",)),
            "19% higher than the five years before (not clear), 15% higher than the year before; "
            "clearly higher without the pandemic years",
        ),
        (monthly(direction="none", certain=False, change=0.001), "about the same as a year before (not clear)"),
        (monthly(change=-0.001, lower=-0.002, upper=-0.0005), "0.1% lower than a year before (0.1% to 0.2%)"),
        (monthly(change=None, lower=None, upper=None, direction="higher"), "higher, from none in the 12 months before"),
        (monthly(direction="not_judged", change=None), "not judged"),
        (monthly(direction="none", reason="too_few_to_say"), "too few to say"),
        (None, "not judged"),
    ],
)
def test_a_change_in_a_table_has_its_interval_and_what_it_rests_on(verdict, said):
    assert area_cells.change_cell(verdict) == said


def test_a_plain_count_is_not_set_beside_england(store_served):
    mrsa, verdict = store.definition("mrsa"), store.verdicts_in("wessex")["mrsa"]
    assert ">1.59<" in area_cells.england_cell(mrsa, verdict)
    assert area_cells.england_cell(mrsa.model_copy(update={"denominator": None}), verdict) == "–"
    elsewhen = replace(verdict, period_start=verdict.period_start.replace(year=1990))
    assert area_cells.england_cell(mrsa, elsewhen) == "–"


def test_levels_five_years_old_are_left_to_the_trends(store_served):
    measured = change_here.measured_in("imperial")
    shmi = next(one for one in measured if one.definition.id == "shmi")
    assert store.rows("funnel_areas", metric="shmi").set_index("area_id")["side"]["imperial"] == "low"
    assert "shmi" not in [level.definition.id for level in levels_here.levels("imperial", measured)]
    recent = replace(shmi, verdict=replace(shmi.verdict, period_end=date(2026, 3, 31)))
    assert [level.side for level in levels_here.levels("imperial", [recent])] == ["lower"]


def test_levels_called_clear_on_an_areas_page_are_those_that_compare_calls_clear(store_served):
    for area in store.areas().index:
        listed = levels_here.levels(area, change_here.measured_in(area))
        here = {level.definition.id: level.side for level in listed if level.side}
        compared = {
            one.definition.id: sides[area]
            for one in change_here.measured_in(area)
            if (sides := dict(store.rows("funnel_areas", metric=one.definition.id)[["area_id", "level"]].to_numpy()))
            and sides.get(area)
        }
        assert here.items() <= compared.items()
        assert all(
            level.is_stepped or level.england is None
            for level in listed
            if not level.side and level.definition.id in compared
        )
        assert len(here) >= 3, area
