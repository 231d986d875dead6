"""UKHSA annual tables of healthcare-associated infections: the .ods workbook as published."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pandas as pd

from psc.faults import Fault, InvalidData
from psc.geography.apportion import apportion, load_weights
from psc.ingest.measures import Measure
from psc.ingest.publication import COUNT, LINE, TEXT, label, named_twice, read_publication, records
from psc.ingest.tidy_observations import financial_year, with_england

RATES_SHEET = "Table_S6"
ENGLAND_SHEET = "Table_S1"
HEADER_ROW = 2  # two title lines stand above the header of every sheet
NOT_COLLECTED = "[x]"
RATE_COLUMNS = [
    "Species",
    "Sustainability transformation partnerships code (ONS)",
    "Sustainability transformation partnerships code (NHS)",
    "Integrated care board (ICB)",
]
ENGLAND_COLUMNS = ["Species", "Financial year", "Mid-year population estimate", "All reported cases"]
YEAR = re.compile(r"(\d{4}) to (\d{4})")


def read_workbook(path: Path) -> dict[str, pd.DataFrame]:
    """Read the two sheets that are used, cell by cell, without headers. Raises InvalidData if one is not there."""
    if not path.exists():
        raise InvalidData([Fault(label(path), "no such file", "the publisher's workbook")])
    with pd.ExcelFile(path, engine="odf") as book:
        wanted = [RATES_SHEET, ENGLAND_SHEET]
        absent = [name for name in wanted if name not in book.sheet_names]
        if absent:
            raise InvalidData([Fault(label(path), f"no sheet {name}", f"a sheet {name}") for name in absent])
        return {name: pd.read_excel(book, sheet_name=name, header=None) for name in wanted}


def _clean(cell: Any) -> str:
    """Text of a cell; the publisher's headings and names hold non-breaking spaces and line breaks."""
    return " ".join(str(cell).split()) if pd.notna(cell) else ""


def _year(text: str) -> int | None:
    """Starting year of "2009 to 2010", or None."""
    match = YEAR.fullmatch(text)
    return int(match[1]) if match and int(match[2]) == int(match[1]) + 1 else None


def _number(cell: Any) -> float | None:
    try:
        number = float(cell)
    except (TypeError, ValueError):
        return None
    return number if 0 <= number < float("inf") else None


def _body(sheet: pd.DataFrame) -> Iterator[tuple[int, list[Any]]]:
    """Rows below the header with the row number a spreadsheet program shows."""
    for index in range(HEADER_ROW + 1, len(sheet)):
        yield index + 1, list(sheet.iloc[index])


def read_icb_rates(sheet: pd.DataFrame, file: str, species: list[str], codes: set[str]) -> pd.DataFrame:
    """Read sheet S6: species, code (ONS code of the integrated care board), year (start), rate per 100,000.

    ``[x]`` (not collected) gives no row. A species and year has a rate for every one of ``codes`` or for none: a
    total without one board would look like a fall. Species other than ``species`` are not expected, and each of
    them must be there. Raises InvalidData with every fault.
    """
    file = f"{file} {RATES_SHEET}"
    header = [_clean(cell) for cell in sheet.iloc[HEADER_ROW]]
    years = {place: _year(text) for place, text in enumerate(header) if place >= len(RATE_COLUMNS)}
    faults = [
        Fault(file, repr(found), repr(expected), HEADER_ROW + 1)
        for found, expected in zip(header, RATE_COLUMNS, strict=False)
        if found != expected
    ]
    faults += [
        Fault(file, repr(header[place]), "a financial year such as 2009 to 2010", HEADER_ROW + 1)
        for place, year in years.items()
        if year is None
    ]
    faults += named_twice(file, header, HEADER_ROW + 1)
    if faults:
        raise InvalidData(faults)
    rows: list[tuple[str, str, int, float]] = []
    seen: dict[tuple[str, str], int] = {}
    for number, cells in _body(sheet):
        name, code = _clean(cells[0]), _clean(cells[1])
        if name not in species:
            faults.append(Fault(file, repr(name), "one of " + ", ".join(species), number, "Species"))
            continue
        if code not in codes:
            faults.append(Fault(file, repr(code), "the ONS code of an integrated care board", number, RATE_COLUMNS[1]))
        if seen.setdefault((name, code), number) != number:
            expected = f"once (it stands in row {seen[name, code]})"
            faults.append(Fault(file, f"{name}, {code} again", expected, number, RATE_COLUMNS[1]))
        for place, year in years.items():
            if _clean(cells[place]) == NOT_COLLECTED:
                continue
            rate = _number(cells[place])
            if rate is None:
                found = repr(_clean(cells[place])) if _clean(cells[place]) else "nothing"
                faults.append(Fault(file, found, "a rate, 0 or more, or [x]", number, header[place]))
            else:
                rows.append((name, code, int(str(year)), rate))
    rates = pd.DataFrame(rows, columns=["species", "code", "year", "rate"])
    faults += _incomplete(file, rates, species, codes)
    if faults:
        raise InvalidData(faults)
    return rates


def _incomplete(file: str, rates: pd.DataFrame, species: list[str], codes: set[str]) -> list[Fault]:
    faults = [
        Fault(file, f"no rates of {name}", "rates per integrated care board", None, "Species")
        for name in species
        if name not in set(rates["species"])
    ]
    for (name, year), part in rates.groupby(["species", "year"]):
        absent = sorted(codes - set(part["code"]))
        if absent:
            expected = "a rate for every board, or [x] for all"
            faults.append(Fault(file, f"no rate of {name} for {', '.join(absent)} in {year}", expected))
    return faults


def read_england(sheet: pd.DataFrame, file: str) -> pd.DataFrame:
    """Read sheet S1: species, year (start), population (the publisher's, England), cases (all reported, published).

    Raises InvalidData for headings, years or figures that are not what the sheet promises.
    """
    file = f"{file} {ENGLAND_SHEET}"
    header = [re.sub(r" \[Note \d+\]$", "", _clean(cell)) for cell in sheet.iloc[HEADER_ROW]]
    absent = [name for name in ENGLAND_COLUMNS if name not in header]
    if absent:
        raise InvalidData([Fault(file, f"no column {name}", "that heading", HEADER_ROW + 1, name) for name in absent])
    if twice := named_twice(file, header, HEADER_ROW + 1):
        raise InvalidData(twice)
    places = [header.index(name) for name in ENGLAND_COLUMNS]
    faults, rows = [], []
    seen: dict[tuple[str, int | None], int] = {}
    for number, cells in _body(sheet):
        name, text, population, cases = (cells[place] for place in places)
        year = _year(_clean(text))
        checks = [
            ("Financial year", text, year, "a financial year such as 2009 to 2010"),
            ("Mid-year population estimate", population, _number(population), "a number of people"),
            ("All reported cases", cases, _number(cases), "a number of cases"),
        ]
        wrong = [Fault(file, repr(cell), say, number, column) for column, cell, read, say in checks if read is None]
        if year is not None and seen.setdefault((_clean(name), year), number) != number:
            expected = f"once (it stands in row {seen[_clean(name), year]})"
            wrong.append(Fault(file, f"{_clean(name)}, {_clean(text)} again", expected, number, "Financial year"))
        faults += wrong
        if not wrong:
            rows.append((_clean(name), year, _number(population), _number(cases)))
    if faults:
        raise InvalidData(faults)
    return pd.DataFrame(rows, columns=["species", "year", "population", "cases"])


def read_populations(path: Path, codes: set[str]) -> pd.DataFrame:
    """Read mid-year populations of integrated care boards: code, year, people. Raises InvalidData."""
    header = path.read_text(encoding="utf-8-sig").partition("\n")[0].split(",")
    years = [name.strip() for name in header[1:]]
    wrong = [name for name in years if not re.fullmatch(r"\d{4}", name)]
    if wrong:
        raise InvalidData([Fault(label(path), repr(name), "a year such as 2011", 1) for name in wrong])
    first = "ICB 2024 Code"
    frame = read_publication(path, {first: TEXT, **dict.fromkeys(years, COUNT)}, key=[first])
    faults = [
        Fault(label(path), repr(row[first]), "the ONS code of an integrated care board", row[LINE], first)
        for _, row in frame[~frame[first].isin(codes)].iterrows()
    ]
    faults += [
        Fault(label(path), f"no line for {code}", "every integrated care board")
        for code in sorted(codes - set(frame[first]))
    ]
    if faults:
        raise InvalidData(faults)
    long = frame.drop(columns=LINE).melt(first, var_name="year", value_name="people")
    return long.rename(columns={first: "code"}).astype({"year": int, "people": float})


def estimate_cases(rates: pd.DataFrame, populations: pd.DataFrame, england: pd.DataFrame) -> pd.DataFrame:
    """Turn rates per board into estimated cases: species, code, year, numerator (cases), denominator (people), used.

    cases = rate × population ÷ 100,000. The boards' populations of the year (``used``: of the nearest year where
    the table has none) are scaled so that they sum to the England population the publisher's own rates use. With
    them the cases of all boards come within 0.15% of the published England count in every year, unscaled within
    0.5% from 2012/13 and 1.6% before. Scaling does not change the rate of any area.
    """
    england_people = england.groupby("year")["population"].first()
    span = populations["year"].min(), populations["year"].max()
    frame = rates.assign(used=rates["year"].clip(*span))
    frame = frame.merge(populations.rename(columns={"year": "used"}), on=["code", "used"], validate="many_to_one")
    sums = populations.groupby("year")["people"].sum()
    scale = frame["year"].map(england_people) / frame["used"].map(sums)
    frame["denominator"] = frame["people"] * scale
    frame["numerator"] = frame["rate"] * frame["denominator"] / 100_000
    return frame[["species", "code", "year", "numerator", "denominator", "used"]]


def infection_series(folder: Path, boundaries: Path, measures: list[Measure]) -> dict[str, pd.DataFrame]:
    """Return the observations of each infection per area and financial year, by metric id, England included."""
    workbook = folder / "ukhsa_hcai_annual_tables_2023_to_2024.ods"
    weights = load_weights(boundaries)
    codes = set(weights.loc[weights["geography"] == "icb24", "code"])
    sheets = read_workbook(workbook)
    rates = read_icb_rates(sheets[RATES_SHEET], label(workbook), [measure.source for measure in measures], codes)
    england = read_england(sheets[ENGLAND_SHEET], label(workbook))
    populations = read_populations(folder / "icb_midyear_population_2011_2022.csv", codes)
    cases = estimate_cases(rates, populations, england)
    areas = apportion(cases, "icb24", ["numerator", "denominator"], folder=boundaries)
    areas["note"] = [
        "" if row.year == row.used else f"Uses board populations of mid-{row.used}, scaled to England's of the year."
        for row in records(areas)
    ]
    areas["period_start"] = [financial_year(year)[0] for year in areas["year"]]
    areas["period_end"] = [financial_year(year)[1] for year in areas["year"]]
    england_notes = areas.drop_duplicates(["species", "year"]).assign(area="england")
    areas = pd.concat([areas, england_notes], ignore_index=True)
    return {measure.id: with_england(areas[areas["species"] == measure.source], measure) for measure in measures}
