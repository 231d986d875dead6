"""Do the tables of places cover all of England, each place once? A place left out would lower an area's counts."""

import re
from collections.abc import Iterator

import pandas as pd

from psc.faults import Fault, alike
from psc.files.tables import LINE
from psc.geography.sound_tables import Tables

LSOAS_IN_ENGLAND = 33_755
"""Lower layer super output areas of the 2021 census (ONS)."""
FEWEST_IN_LSOA, MOST_IN_LSOA = 1_000, 3_000
"""People in one small area, as ONS draws them; the mean of a whole area lies between."""
LARGEST_ERROR = 1e-5
"""Weights are rounded to six significant figures."""
WEIGHTS = "boundaries/geography_weights.csv"
LSOAS = "boundaries/lsoa21_area.csv"
CODES = {
    "icb24": (r"E54\d{6}", "the code of an integrated care board, such as E54000008"),
    "icb24_ods": (r"Q[A-Z0-9]{2}", "the code of an integrated care board, such as QYG"),
    "sub_icb24": (r"E38\d{6}", "the code of a part of an integrated care board, such as E38000006"),
    "sub_icb24_ods": (r"[A-Z0-9]{3}(?:[A-Z0-9]{2})?", "the code of a part of an integrated care board, such as 00L"),
    "lad18": (r"E0[6-9]\d{6}", "the code of a district in England, such as E06000001"),
    "lad24": (r"E0[6-9]\d{6}", "the code of a district in England, such as E06000001"),
}
"""Geography → the form of its codes, and the same in words."""


def check_weights(tables: Tables) -> Iterator[Fault]:
    """Weights of a code sum to 1 and are its shares of people; a geography's people are those of every area.

    Every geography is there, with codes as its publisher writes them, each of one name.
    """
    table, areas = tables["geography_weights.csv"], tables["areas.csv"]
    yield from _codes(table)
    for column, people in (("weight", "population"), ("weight_65_plus", "population_65_plus")):
        table = table.assign(**{column: table[column].astype(float), people: table[people].astype(float)})
        by_code = table.groupby(["geography", "code"], sort=False)
        total = by_code[column].transform("sum")
        wrong_sum = (total - 1).abs() > LARGEST_ERROR
        first = by_code[LINE].transform("first") == table[LINE]
        yield from _sums(table[wrong_sum & first], total, column)
        share = table[people] / by_code[people].transform("sum")
        wrong_share = ~wrong_sum & ~((table[column] - share).abs() <= LARGEST_ERROR)
        yield from _shares(table[wrong_share], share, column, people)
        yield from _people(table, areas, people)


def _codes(table: pd.DataFrame) -> Iterator[Fault]:
    faults: list[Fault] = []
    names: dict[tuple[str, str], str] = {}
    for geography, code, name, line in table[["geography", "code", "name", LINE]].itertuples(index=False):
        pattern, expected = CODES[geography]
        if not re.fullmatch(pattern, code):
            faults.append(Fault(WEIGHTS, repr(code), expected, int(line), "code"))
        if (first := names.setdefault((geography, code), name)) != name:
            faults.append(Fault(WEIGHTS, repr(name), f"{first!r}, the name of {code} before", int(line), "name"))
    yield from alike(faults, len(faults))
    for geography in sorted(CODES.keys() - {geography for geography, _ in names}):
        yield Fault(WEIGHTS, f"no row of {geography}", "every geography in use", column="geography")


def _sums(wrong: pd.DataFrame, total: pd.Series, column: str) -> list[Fault]:
    named = (
        Fault(WEIGHTS, f"weights of {row['code']} that sum to {total[index]:.6g}", "a sum of 1", int(row[LINE]), column)
        for index, row in wrong.iterrows()
    )
    return alike(named, len(wrong))


def _shares(wrong: pd.DataFrame, share: pd.Series, column: str, people: str) -> list[Fault]:
    def named() -> Iterator[Fault]:
        for index, row in wrong.iterrows():
            expected = f"{share[index]:.6g}, the share of {row['code']}'s {people}"
            yield Fault(WEIGHTS, f"{row[column]:g}", expected, int(row[LINE]), column)

    return alike(named(), len(wrong))


def _people(table: pd.DataFrame, areas: pd.DataFrame, people: str) -> Iterator[Fault]:
    expected = areas.set_index("id")[people].astype(float)
    summed = table.pivot_table(index="geography", columns="area", values=people, aggfunc="sum", fill_value=0)
    for geography, row in summed.reindex(columns=expected.index, fill_value=0).iterrows():
        for area, number in row.items():
            if number != expected[area]:
                found = f"{number:,.0f} people of {area} in the codes of {geography}"
                yield Fault(WEIGHTS, found, f"{expected[area]:,.0f}, as in areas.csv: a code is missing", column=people)


def check_lsoas(tables: Tables) -> Iterator[Fault]:
    """Ranges do not overlap, count every small area of England, and fit the people of their area."""
    table, areas = tables["lsoa21_area.csv"], tables["areas.csv"]
    end = ""
    sizes: dict[str, int] = {}
    for row in table.to_dict("records"):
        if row["first"] <= end:
            yield Fault(LSOAS, row["first"], f"a code after {end}", int(row[LINE]), "first")
        if row["last"] < row["first"]:
            yield Fault(LSOAS, row["last"], f"a code from {row['first']} on", int(row[LINE]), "last")
        end = max(end, row["last"])
        sizes[row["area"]] = sizes.get(row["area"], 0) + int(row["last"][1:]) - int(row["first"][1:]) + 1
    if sum(sizes.values()) != LSOAS_IN_ENGLAND:
        yield Fault(LSOAS, f"{sum(sizes.values()):,} small areas", f"{LSOAS_IN_ENGLAND:,}, all of England's")
    for area, population in zip(areas["id"], areas["population"].astype(int), strict=True):
        size = sizes.get(area, 0)
        if not FEWEST_IN_LSOA * size < population < MOST_IN_LSOA * size:
            expected = f"one for {FEWEST_IN_LSOA:,} to {MOST_IN_LSOA:,} of its {population:,} people"
            yield Fault(LSOAS, f"{size:,} small areas in {area}", expected, column="area")
