"""The UKHSA workbook: rates per integrated care board become estimated cases per area."""

import csv
import datetime as dt
import shutil

import pandas as pd
import pytest

from psc.ingest.measures import Measure
from psc.ingest.ukhsa import infection_series, read_england, read_icb_rates, read_populations, read_workbook

WORKBOOK = "ukhsa_hcai_annual_tables_2023_to_2024.ods"
POPULATIONS = "icb_midyear_population_2011_2022.csv"
MEASURES = [
    Measure("e-coli", "Escherichia coli", 100_000, 2, 0),
    Measure("c-difficile", "C. difficile", 100_000, 2, 0),
]
SPECIES = [measure.source for measure in MEASURES]
CODES = {"E54000024", "E54000050"}


def cells(path):
    """The cells of a sheet written as CSV, numbers as numbers."""

    def read(text):
        try:
            return float(text)
        except ValueError:
            return text or None

    with path.open(encoding="utf-8", newline="") as stream:
        return pd.DataFrame([[read(text) for text in row] for row in csv.reader(stream)])


@pytest.fixture
def folder(samples, tmp_path):
    """A publisher's folder, its workbook written in the published format."""
    with pd.ExcelWriter(tmp_path / WORKBOOK, engine="odf") as book:
        for sheet in ("s1", "s6"):
            frame = cells(samples / f"ukhsa_{sheet}.csv")
            frame.to_excel(book, sheet_name=f"Table_{sheet.upper()}", header=False, index=False)
    shutil.copy(samples / "ukhsa_populations.csv", tmp_path / POPULATIONS)
    return tmp_path


@pytest.fixture
def series(folder, boundaries):
    return infection_series(folder, boundaries, MEASURES)


def test_cases_are_estimated_from_rates_and_shared_out(series):
    rows = series["e-coli"][series["e-coli"]["period_start"] == dt.date(2022, 4, 1)].set_index("area")
    assert rows["numerator"].to_dict() == {"eastern": 375, "oxford": 125, "nenc": 2400, "england": 2900}
    assert rows["denominator"].to_dict() == {"eastern": 750_000, "oxford": 250_000, "nenc": 3e6, "england": 4e6}
    assert rows["value"].to_dict() == {"eastern": 50, "oxford": 50, "nenc": 80, "england": 72.5}
    assert set(rows["period_end"]) == {dt.date(2023, 3, 31)}
    assert set(rows["note"]) == {""}


def test_a_year_without_board_populations_uses_the_nearest_scaled_to_england(series):
    rows = series["e-coli"][series["e-coli"]["period_start"] == dt.date(2023, 4, 1)].set_index("area")
    assert rows["denominator"]["nenc"] == 3_150_000
    assert rows["numerator"]["england"] == 3465
    assert rows["value"]["nenc"] == 90, "scaling must not change a rate"
    assert set(rows["note"]) == {"Uses board populations of mid-2022, scaled to England's of the year."}


def test_years_that_were_not_collected_are_absent(series):
    assert series["e-coli"]["period_start"].min() == dt.date(2022, 4, 1)
    assert series["c-difficile"]["period_start"].min() == dt.date(2021, 4, 1)


def test_every_fault_of_the_rates_sheet_is_named_with_its_row(samples, faults_of):
    sheet = cells(samples / "ukhsa_s6_bad.csv")
    code = "Sustainability transformation partnerships code (ONS)"
    assert faults_of(read_icb_rates, sheet, "ukhsa/book.ods", SPECIES, CODES) == [
        "ukhsa/book.ods Table_S6, line 4, 2022 to 2023: found 'fifty'; expected a rate, 0 or more, or [x]",
        "ukhsa/book.ods Table_S6, line 5, 2023 to 2024: found '-1.0'; expected a rate, 0 or more, or [x]",
        f"ukhsa/book.ods Table_S6, line 6, {code}: found Escherichia coli, E54000050 again; "
        "expected once (it stands in row 5)",
        "ukhsa/book.ods Table_S6, line 7, Species: found 'Salmonella'; expected one of Escherichia coli, C. difficile",
        f"ukhsa/book.ods Table_S6, line 8, {code}: found 'E54000099'; "
        "expected the ONS code of an integrated care board",
        "ukhsa/book.ods Table_S6: found no rate of C. difficile for E54000024, E54000050 in 2021; "
        "expected a rate for every board, or [x] for all",
        "ukhsa/book.ods Table_S6: found no rate of C. difficile for E54000024 in 2022; "
        "expected a rate for every board, or [x] for all",
        "ukhsa/book.ods Table_S6: found no rate of C. difficile for E54000024 in 2023; "
        "expected a rate for every board, or [x] for all",
        "ukhsa/book.ods Table_S6: found no rate of Escherichia coli for E54000024 in 2022; "
        "expected a rate for every board, or [x] for all",
    ]


def test_other_headings_are_refused(samples, faults_of):
    sheet = cells(samples / "ukhsa_s6.csv")
    sheet.iloc[2, 3] = "Region"
    sheet.iloc[2, 6] = "2023 to 2025"
    assert faults_of(read_icb_rates, sheet, "ukhsa/book.ods", SPECIES, CODES) == [
        "ukhsa/book.ods Table_S6, line 3: found 'Region'; expected 'Integrated care board (ICB)'",
        "ukhsa/book.ods Table_S6, line 3: found '2023 to 2025'; expected a financial year such as 2009 to 2010",
    ]


def test_a_year_that_stands_twice_is_refused_and_not_counted_twice(samples, faults_of, folder):
    sheet = cells(samples / "ukhsa_s6.csv")
    sheet[sheet.shape[1]] = sheet.iloc[:, -1]
    year = str(sheet.iloc[2, -1])
    assert faults_of(read_icb_rates, sheet, "ukhsa/book.ods", SPECIES, CODES) == [
        f"ukhsa/book.ods Table_S6, line 3: found the column {year} 2 times; expected each column once"
    ]
    england = cells(samples / "ukhsa_s1.csv")
    england = pd.concat([england, england.iloc[[3]]], ignore_index=True)
    [fault] = faults_of(read_england, england, "ukhsa/book.ods")
    assert fault.endswith("again; expected once (it stands in row 4)")
    populations = folder / POPULATIONS
    lines = populations.read_text(encoding="utf-8").splitlines()
    populations.write_text("\n".join(f"{line},{line.split(',')[-1]}" for line in lines) + "\n", encoding="utf-8")
    [fault] = faults_of(read_populations, populations, CODES)
    assert "2 times; expected each column once" in fault


def test_faults_of_the_england_sheet_are_named(samples, faults_of):
    sheet = cells(samples / "ukhsa_s1.csv")
    sheet.iloc[3, 3] = "[x]"
    assert faults_of(read_england, sheet, "ukhsa/book.ods") == [
        "ukhsa/book.ods Table_S1, line 4, Mid-year population estimate: found '[x]'; expected a number of people"
    ]


def test_a_workbook_without_the_sheets_is_refused(tmp_path, faults_of):
    pd.DataFrame([["nothing"]]).to_excel(tmp_path / "book.ods", engine="odf", sheet_name="Notes")
    found = faults_of(read_workbook, tmp_path / "book.ods")
    assert [fault.split(": ")[1] for fault in found] == [
        "found no sheet Table_S6; expected a sheet Table_S6",
        "found no sheet Table_S1; expected a sheet Table_S1",
    ]


def test_populations_must_cover_every_board(tmp_path, faults_of):
    path = tmp_path / "people.csv"
    path.write_text("ICB 2024 Code,2021,2022\nE54000024,990000,many\nE54000024,990000,990000\n")
    assert [fault.split(", ", 1)[1] for fault in faults_of(read_populations, path, CODES)] == [
        "line 2, 2022: found 'many'; expected a whole number, 0 or more",
        "line 3, ICB 2024 Code: found E54000024 again; expected once (it stands on line 2)",
    ]
    path.write_text("ICB 2024 Code,2021,2022\nE54000024,990000,990000\nE54000099,990000,990000\n")
    assert [fault.split(": ")[1] for fault in faults_of(read_populations, path, CODES)] == [
        "found 'E54000099'; expected the ONS code of an integrated care board",
        "found no line for E54000050; expected every integrated care board",
    ]
