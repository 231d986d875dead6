"""Figures that contradict each other or their definition are named by file, line and column."""

import datetime as dt

import pandas as pd
import pytest

from psc.catalogue.observations import read_checked_observations, read_observations
from psc.faults import InvalidData


def swap(old: str, new: str):
    def change(lines: list[str]) -> None:
        (line,) = [number for number, text in enumerate(lines) if old in text]
        lines[line] = lines[line].replace(old, new)

    return change


def drop(*numbers: int):
    def change(lines: list[str]) -> None:
        for number in sorted(numbers, reverse=True):
            del lines[number]

    return change


def test_figures_are_read_with_their_types(harms):
    table = read_observations(harms.folder, "germs")
    assert list(table) == ["area", "period_start", "period_end", "numerator", "denominator", "value", "note"]
    wessex = table[table["area"] == "wessex"].iloc[1]
    assert wessex["period_start"] == pd.Timestamp("2024-02-01")
    assert (wessex["numerator"], wessex["denominator"], wessex["value"], wessex["note"]) == (14.0, 50.0, 28.0, "")


def test_a_blank_cell_is_missing_and_not_nought(harms):
    harms.edit(swap("wessex,2024-02-01,2024-02-29,14,50,28,", "wessex,2024-02-01,2024-02-29,,,,Not published."))
    february = read_observations(harms.folder, "germs").query("area == 'wessex'").iloc[1]
    assert february[["numerator", "denominator", "value"]].isna().all()
    assert february["note"] == "Not published."


def test_reading_a_metric_without_figures_says_which_file_is_missing(harms):
    with pytest.raises(InvalidData, match=r"harms/others/observations\.csv"):
        read_observations(harms.folder, "others")


def test_reading_a_spoilt_table_raises_with_all_its_faults(harms):
    harms.edit(lambda lines: (swap("wessex,2024-02-01", "wessex,soon")(lines), swap("kss,2024-03-01", "kss,x")(lines)))
    with pytest.raises(InvalidData) as raised:
        read_observations(harms.folder, "germs")
    assert len(raised.value.faults) == 2


CASES = {
    "unknown area": (swap("wessex,2024-02-01", "wesex,2024-02-01"), ["line 39, area", "'wesex'", "wessex"]),
    "unreadable date": (swap("wessex,2024-02-01", "wessex,2024-02-30"), ["line 39, period_start", "2024-02-30"]),
    "unreadable number": (swap("2024-02-29,14,50,28", "2024-02-29,a,50,28"), ["line 39, numerator", "'a'", "a number"]),
    "negative count": (
        swap("2024-02-29,14,50,28", "2024-02-29,-14,50,28"),
        ["line 39, numerator", "-14", "at least 0"],
    ),
    "same period twice": (
        lambda lines: lines.insert(39, lines[39]),
        ["line 40, area", "wessex, 2024-02-01 again (first in line 39)", "once"],
    ),
    "end before start": (swap("wessex,2024-02-01,2024-02-29", "wessex,2024-02-01,2023-02-28"), ["line 39, period_end"]),
    "end not the last day": (
        swap("wessex,2024-02-01,2024-02-29", "wessex,2024-02-01,2024-02-28"),
        ["line 39, period_end", "found 2024-02-28", "expected 2024-02-29"],
    ),
    "start not the first day": (
        swap("wessex,2024-02-01", "wessex,2024-02-02"),
        ["line 39, period_start", "2024-02-02", "the first day of a month"],
    ),
    "value not from its parts": (
        swap("2024-02-29,14,50,28,", "2024-02-29,14,50,28.1,"),
        ["line 39, value", "found 28.1", "28 = numerator ÷ denominator × 100"],
    ),
    "more than all": (swap("2024-02-29,14,50,28,", "2024-02-29,60,50,120,"), ["line 39, numerator", "60", "it is a %"]),
    "denominator nought": (
        swap("2024-02-29,14,50,28,", "2024-02-29,14,0,,No admissions."),
        ["line 39, denominator", "found 0", "more than 0"],
    ),
    "denominator missing": (swap("2024-02-29,14,50,28,", "2024-02-29,14,,28,"), ["line 39, denominator", "a blank"]),
    "numerator missing": (swap("2024-02-29,14,50,28,", "2024-02-29,,50,28,"), ["line 39, numerator", "a blank"]),
    "no figure and no note": (swap("2024-02-29,14,50,28,", "2024-02-29,,,,"), ["line 39, value", "a note saying why"]),
    "areas out of order": (
        lambda lines: lines.insert(2, lines.pop(49)),
        ["line 3, area", "east-midlands after yorkshire-humber", "sorted by area"],
    ),
    "periods out of order": (
        lambda lines: lines.insert(38, lines.pop(39)),
        ["line 39, period_start", "2024-01-01 after a later period"],
    ),
    "england not the sum": (
        swap("2024-02-29,135,750,18,", "2024-02-29,140,750,18.6667,"),
        ["line 9, numerator", "found 140", "135, the sum of the areas"],
    ),
    "england missing where areas are not": (
        swap("2024-02-29,135,750,18,", "2024-02-29,,,,Not published."),
        ["line 9, numerator", "a blank", "135, the sum of the areas"],
    ),
    "gap": (drop(39), ["line 39, period_start", "a gap after 2024-01-01", "a blank value and a note"]),
    "late start": (drop(38), ["line 38, period_start", "a first period of 2024-02-01", "2024-01-01, as elsewhere"]),
    "early end": (drop(40), ["line 39, period_start", "a last period of 2024-02-01", "2024-03-01, as elsewhere"]),
    "area without rows": (drop(38, 39, 40), ["no row for wessex", "all 15 areas and england"]),
    "a wrong column": (swap("area,period_start", "place,period_start"), ["line 1, place", "unknown column"]),
    "a row too short": (swap("wessex,2024-02-01,2024-02-29,14,50,28,", "wessex,2024-02-01"), ["line 39", "2 cells"]),
    "nothing at all": (lambda lines: lines.clear(), ["no header"]),
}


@pytest.mark.parametrize("case", CASES)
def test_a_spoilt_table_is_named(harms, case):
    change, said = CASES[case]
    harms.edit(change)
    faults = harms.said()
    assert all(fault.startswith("harms/germs/observations.csv") for fault in faults)
    assert any(all(words in fault for words in said) for fault in faults), faults


def test_a_month_that_repeats_another_in_every_area_is_named(harms):
    january = {}
    for line in (harms.folder / "germs" / "observations.csv").read_text().splitlines():
        area, start, _, figures = line.split(",", 3)
        if start == "2024-01-01":
            january[area] = figures

    def copy(lines: list[str]) -> None:
        for number, line in enumerate(lines):
            if ",2024-03-01," in line:
                lines[number] = ",".join(line.split(",")[:3]) + "," + january[line.split(",")[0]]

    harms.edit(copy)
    copied, far = harms.said()
    assert "2024-03-01: every figure is that of another period" in copied
    assert "line 10, numerator: found 120; expected within 0.5% of 150 (Some table)" in far


def test_a_month_that_repeats_another_in_one_area_is_not(harms):
    harms.edit(swap("2024-02-29,14,50,28,", "2024-02-29,13,50,26,"))
    harms.replace("germs/observations.csv", "2024-02-29,135,750,18,", "2024-02-29,134,750,17.8667,")
    assert harms.said() == []


def test_england_far_from_the_published_count_is_named(harms):
    harms.replace("germs/definition.yaml", "numerator: 150", "numerator: 160")
    (fault,) = harms.said()
    assert "line 10, numerator: found 150; expected within 0.5% of 160 (Some table)" in fault


def test_a_published_count_of_a_period_without_figures_is_named(harms):
    harms.replace("germs/definition.yaml", "period_start: 2024-03-01", "period_start: 2023-03-01")
    (fault,) = harms.said()
    assert "no england row for 2023-03-01" in fault


@pytest.mark.parametrize("reason", ["note", "definition"])
def test_a_gap_that_somebody_explained_is_no_fault(harms, reason):
    def without_february(lines: list[str]) -> None:
        for number in range(49, 1, -1):
            if ",2024-02-01," in lines[number]:
                del lines[number]
                lines[number] += "Nothing came for February." if reason == "note" else ""

    harms.edit(without_february)
    if reason == "definition":
        gap = "gaps: [{first: 2024-02-01, last: 2024-02-01, reason: Nothing came.}]\nchecked_on"
        harms.replace("germs/definition.yaml", "checked_on", gap)
    assert harms.said() == []


def test_a_gap_longer_than_the_explained_one_is_a_fault(harms):
    harms.edit(drop(39))
    gap = "gaps: [{first: 2023-02-01, last: 2024-01-01, reason: Nothing came.}]\nchecked_on"
    harms.replace("germs/definition.yaml", "checked_on", gap)
    assert any("a gap after 2024-01-01" in fault for fault in harms.said())


@pytest.mark.parametrize(
    ("grain", "chart", "start", "end", "fault"),
    [
        ("financial_year", "run", "2023-04-01", "2024-03-31", None),
        ("financial_year", "run", "2023-01-01", "2023-12-31", "the first day of a financial year, 1 April"),
        ("financial_year", "run", "2023-04-01", "2024-04-30", "expected 2024-03-31"),
        ("quarter", "xmr", "2023-04-01", "2023-06-30", None),
        ("quarter", "xmr", "2023-05-01", "2023-07-31", "the first day of a quarter"),
        ("overlapping_year", "line", "2023-07-01", "2024-06-30", None),
        ("overlapping_year", "line", "2023-07-01", "2023-09-30", "expected 2024-06-30"),
    ],
)
def test_periods_follow_the_grain(harms, grain, chart, start, end, fault):
    harms.replace("germs/definition.yaml", "grain: month\nchart: xmr", f"grain: {grain}\nchart: {chart}")
    harms.replace(
        "germs/definition.yaml", "period_start: 2024-03-01, numerator: 150", f"period_start: {start}, numerator: 135"
    )
    february = [number for number in range(2, 50) if number % 3 == 0]

    def change(lines: list[str]) -> None:
        lines[2:] = [lines[number].replace("2024-02-01,2024-02-29", f"{start},{end}") for number in february]

    harms.edit(change)
    faults = harms.said()
    assert bool(faults) == bool(fault)
    assert all(fault in each for each in faults)


def test_standardised_rates_have_a_value_and_no_parts(harms):
    def strip(lines: list[str]) -> None:
        for number, line in enumerate(lines[2:], start=2):
            cells = line.split(",")
            lines[number] = ",".join([*cells[:3], "", "", *cells[5:]])

    harms.edit(strip)
    harms.replace("germs/definition.yaml", "numerator: 150", "value: 20")
    assert harms.said() == []


def test_a_plain_count_has_no_denominator(harms):
    def count(lines: list[str]) -> None:
        for number, line in enumerate(lines[2:], start=2):
            area, start, end, cases, *_ = line.split(",")
            lines[number] = f"{area},{start},{end},{cases},,{cases},"

    for old, new in (("denominator: Admissions", "denominator:"), ("unit: '% of admissions'", "unit: cases")):
        harms.replace("germs/definition.yaml", old, new)
    harms.replace("germs/definition.yaml", "{value}% of", "{value} of")
    harms.replace("germs/definition.yaml", "multiplier: 100", "multiplier: 1")
    (first, *_) = harms.said()
    assert "line 2, denominator: found 50; expected a blank: the definition has no denominator" in first
    harms.edit(count)
    assert harms.said() == []
    harms.replace(
        "germs/observations.csv", "wessex,2024-02-01,2024-02-29,14,,14,", "wessex,2024-02-01,2024-02-29,14,,15,"
    )
    assert harms.said() == [
        "harms/germs/observations.csv, line 39, value: found 15; expected 14 = numerator ÷ denominator × 1"
    ]


def test_the_fast_reader_reads_what_the_careful_one_reads(harms, data):
    pd.testing.assert_frame_equal(
        read_checked_observations(harms.folder, "germs"), read_observations(harms.folder, "germs"), check_dtype=False
    )
    for metric in ("emergency-admission-waits", "shmi"):
        fast, careful = (read(data / "harms", metric) for read in (read_checked_observations, read_observations))
        pd.testing.assert_frame_equal(fast, careful, check_dtype=False, rtol=1e-15)


def figures(harms, change):
    """Rewrite every row of the table; ``change`` takes and returns its cells."""
    header, *rows = (harms.folder / "germs" / "observations.csv").read_text(encoding="utf-8").splitlines()
    changed = [",".join(change(row.split(","))) for row in rows]
    harms.write("germs/observations.csv", "\n".join([header, *changed]) + "\n")


DAY_FORMS = {
    "day first": lambda day: f"{day[8:]}/{day[5:7]}/{day[:4]}",
    "with a time": lambda day: f"{day} 00:00:00",
    "a number of Excel": lambda day: str((dt.date.fromisoformat(day) - dt.date(1899, 12, 30)).days),
    "blank": lambda day: "",
}


@pytest.mark.parametrize("form", DAY_FORMS)
def test_a_table_whose_days_all_have_another_form_is_named_cell_by_cell(harms, form):
    write = DAY_FORMS[form]
    figures(harms, lambda cells: [cells[0], write(cells[1]), write(cells[2]), *cells[3:]])
    said = harms.said()
    expected = "a value" if form == "blank" else "a date such as 2024-03-31"
    named = [fault for fault in said if f"expected {expected}" in fault]
    assert len(named) == 96
    assert named[0].startswith("harms/germs/observations.csv, line 2, period_")
    assert not any("stopped the program" in fault for fault in said)


def test_a_header_without_rows_is_named(harms):
    harms.edit(lambda lines: lines.__delitem__(slice(2, None)))
    assert harms.said() == [
        "harms/germs/observations.csv, line 1: found a header and no rows; expected at least one row"
    ]


def test_a_table_of_explained_blanks_is_no_series(harms):
    figures(harms, lambda cells: [*cells[:3], "", "", "", "Not published."])
    assert any(
        "value: found no figure in any row; expected a figure in at least one row; until" in fault
        for fault in harms.said()
    )


def test_a_period_is_refused_until_the_day_after_its_last_day(harms, monkeypatch):
    for today, refused in ((dt.date(2024, 3, 31), True), (dt.date(2024, 4, 1), False)):
        monkeypatch.setattr("psc.catalogue.consistency.today", lambda day=today: day)
        said = [fault for fault in harms.said() if "a period that ended before today" in fault]
        assert bool(said) == refused
    assert harms.said() == []


@pytest.mark.parametrize("cell", ["1e308", "1e13", "-1", "inf", "nan", "9" * 400, "१२"])
@pytest.mark.parametrize("place", [3, 4, 5])
def test_a_number_that_nobody_can_have_counted_is_named(harms, cell, place):
    name = ("numerator", "denominator", "value")[place - 3]

    def change(lines):
        cells = lines[39].split(",")
        cells[place] = cell
        lines[39] = ",".join(cells)

    harms.edit(change)
    assert any(f"line 39, {name}: found" in fault for fault in harms.said())


def test_numbers_enormous_throughout_are_named_and_sum_to_no_error(harms):
    figures(harms, lambda cells: [*cells[:3], "1e308", "1e308", "100", ""])
    said = harms.said()
    assert any("numerator: found '1e308'; expected at most 1000000000000" in fault for fault in said)
    assert not any("stopped the program" in fault for fault in said)


def test_a_value_far_beyond_the_others_is_named_where_nothing_else_tells(harms):
    harms.replace("germs/definition.yaml", "'% of admissions'", "per 1,000 admissions")
    harms.replace("germs/definition.yaml", "{value}% of", "{value} per 1,000")
    harms.replace("germs/definition.yaml", "multiplier: 100", "multiplier: 1000")
    text = (harms.folder / "germs" / "definition.yaml").read_text()
    harms.write("germs/definition.yaml", text[: text.index("england_published")])
    figures(harms, lambda cells: [*cells[:3], "", "", f"{float(cells[3]) / float(cells[4]) * 1000:.6g}", ""])
    assert harms.said() == []
    harms.replace(
        "germs/observations.csv", "wessex,2024-02-01,2024-02-29,,,280,", "wessex,2024-02-01,2024-02-29,,,9e7,"
    )
    assert harms.said() == [
        "harms/germs/observations.csv, line 39, value: found 90000000; "
        "expected a figure in the measure's unit, per 1,000 admissions: half of them are below 180"
    ]
