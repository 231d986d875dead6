"""Does whatever names an area, a board or a district name one that there is, and the right one?"""

from collections.abc import Iterator

import pandas as pd

from psc.faults import Fault
from psc.files.tables import LINE
from psc.geography.sound_tables import Tables

DISPUTED = "boundaries/disputed_places.csv"
SPLITS = "boundaries/splits.csv"
FORMER = "boundaries/former_organisations.csv"


def check_disputed_places(tables: Tables) -> Iterator[Fault]:
    """The areas a place is also linked to are areas, each once, and others than the one it is drawn in."""
    areas = list(tables["areas.csv"]["id"])
    for row in tables["disputed_places.csv"].to_dict("records"):
        linked = [area for area in row["also_linked_to"].split("; ") if area]
        for number, area in enumerate(linked):
            if area not in areas:
                expected = f"ids of areas.csv: {', '.join(areas)}"
            elif area == row["drawn_in"]:
                expected = "other areas than the one it is drawn in"
            elif area in linked[:number]:
                expected = "each area once"
            else:
                continue
            yield Fault(DISPUTED, repr(area), expected, int(row[LINE]), "also_linked_to")


def check_splits(tables: Tables) -> Iterator[Fault]:
    """A place cut out of a board is in another area than the rest of it, with its people in geography_weights.csv."""
    weights = tables["geography_weights.csv"]
    boards = weights[weights["geography"] == "icb24_ods"]
    for row in tables["splits.csv"].to_dict("records"):
        line = int(row[LINE])
        people = dict(boards.loc[boards["code"] == row["icb"], ["area", "population"]].itertuples(index=False))
        if not people:
            yield Fault(SPLITS, repr(row["icb"]), "the code of a board in geography_weights.csv", line, "icb")
            continue
        if row["area"] == row["rest_of_icb"]:
            expected = "another area than the place was drawn in"
            yield Fault(SPLITS, repr(row["rest_of_icb"]), expected, line, "rest_of_icb")
        for column in ("area", "rest_of_icb"):
            if row[column] not in people:
                expected = f"an area of {row['icb']}: {', '.join(people)}"
                yield Fault(SPLITS, repr(row[column]), expected, line, column)
        if row["area"] in people and int(row["population"]) != int(people[row["area"]]):
            expected = f"{people[row['area']]}, the people of {row['icb']} in {row['area']} in geography_weights.csv"
            yield Fault(SPLITS, row["population"], expected, line, "population")


def check_former(tables: Tables) -> Iterator[Fault]:
    """A closed trust is on no other list, and its districts are districts of its area."""
    weights = tables["geography_weights.csv"]
    areas: dict[str, set[str]] = {}
    for geography, code, area in weights[["geography", "code", "area"]].itertuples(index=False):
        if geography in ("lad18", "lad24"):
            areas.setdefault(code, set()).add(area)
    listed = _lines(tables["organisations.csv"])
    for row in tables["former_organisations.csv"].to_dict("records"):
        line = int(row[LINE])
        if row["ods_code"] in listed:
            expected = f"a trust that organisations.csv does not have (there in line {listed[row['ods_code']]})"
            yield Fault(FORMER, repr(row["ods_code"]), expected, line, "ods_code")
        for code in row["districts"].split(";"):
            if code not in areas:
                yield Fault(FORMER, repr(code), "codes of districts in geography_weights.csv", line, "districts")
            elif row["area"] not in areas[code]:
                expected = f"districts of {row['area']}; this one is in {', '.join(sorted(areas[code]))}"
                yield Fault(FORMER, repr(code), expected, line, "districts")


def _lines(table: pd.DataFrame) -> dict[str, int]:
    return dict(zip(table["ods_code"], table[LINE].astype(int), strict=True))
