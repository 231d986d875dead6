"""Do the facts about an area agree with each other: its names now and over time, its people, its tile?"""

from collections.abc import Iterator, Mapping
from itertools import pairwise
from typing import Any

import pandas as pd

from psc import clock
from psc.faults import Fault
from psc.files.tables import LINE
from psc.geography.sound_tables import Tables

AREAS = "boundaries/areas.csv"
NAMES = "boundaries/area_names.csv"
LAST_DAY = "9999-12-31"
COMMON_WORDS = """area areas board care central city county district east england health integrated mid north part
south upon west with without"""
SHORTEST_WORD = 4


def check_areas(tables: Tables) -> Iterator[Fault]:
    """People are the sum of their ages; tiles differ; names and places are the area's own; doubts are of columns."""
    areas = tables["areas.csv"]
    yield from _people(tables["population.csv"], areas)
    yield from _tiles(areas)
    yield from _names_of_others(areas)
    yield from _places(areas, tables["geography_weights.csv"])
    for row in areas.to_dict("records"):
        for name in filter(None, row["unverified"].split(";")):
            if name not in row:
                yield Fault(AREAS, repr(name), "names of columns of this table", int(row[LINE]), "unverified")


def _people(table: pd.DataFrame, areas: pd.DataFrame) -> Iterator[Fault]:
    table = table.assign(people=table["people"].astype(int))
    for column, bands in (("population", None), ("population_65_plus", ["65-84", "85+"])):
        counted = table if bands is None else table[table["age_band"].isin(bands)]
        people = counted.groupby("area")["people"].sum()
        for row in areas.to_dict("records"):
            expected = int(people.get(row["id"], 0))
            if int(row[column]) != expected:
                wanted = f"{expected}, the sum of its ages in population.csv"
                yield Fault(AREAS, row[column], wanted, int(row[LINE]), column)


def _tiles(areas: pd.DataFrame) -> Iterator[Fault]:
    taken: dict[tuple[int, int], str] = {}
    for row in areas.to_dict("records"):
        tile = int(row["tile_col"]), int(row["tile_row"])
        if (other := taken.setdefault(tile, row["id"])) != row["id"]:
            found = f"the tile of {other} (column {tile[0]}, row {tile[1]})"
            yield Fault(AREAS, found, "a tile of its own", int(row[LINE]), "tile_col")


def _names_of_others(areas: pd.DataFrame) -> Iterator[Fault]:
    """A name that says another area and not the one it stands for has been swapped."""
    called = {row["id"]: (row["name"].lower(), row["id"].replace("-", " ")) for row in areas.to_dict("records")}
    for row in areas.to_dict("records"):
        for column in ("psc_name", "hin_name"):
            text = row[column].lower()
            said = [area for area, names in called.items() if any(name in text for name in names)]
            if said and row["id"] not in said:
                expected = f"the name of the body of {row['name']}, not of {', '.join(said)}"
                yield Fault(AREAS, repr(row[column]), expected, int(row[LINE]), column)


def _places(areas: pd.DataFrame, weights: pd.DataFrame) -> Iterator[Fault]:
    """Words about an area's places that name none of its boards and districts belong to another area."""
    names = weights.groupby("area")["name"].agg(" ".join)
    for row in areas.to_dict("records"):
        if not _words_in(row["places"]) & _words_in(names.get(row["id"], "")):
            expected = f"places of {row['name']}, at least one of them named in geography_weights.csv"
            yield Fault(AREAS, repr(row["places"]), expected, int(row[LINE]), "places")


def _words_in(text: str) -> set[str]:
    words = {"".join(filter(str.isalpha, word)) for word in text.lower().replace("-", " ").split()}
    return {word for word in words if len(word) >= SHORTEST_WORD} - set(COMMON_WORDS.split())


def check_names(tables: Tables) -> Iterator[Fault]:
    """No period ends before it begins or overlaps another; one name holds today, and is that of areas.csv."""
    today = clock.today().isoformat()
    names = tables["area_names.csv"].to_dict("records")
    for row in names:
        if row["from"] and row["to"] and row["from"] > row["to"]:
            yield Fault(NAMES, row["to"], f"a day after {row['from']}", int(row[LINE]), "to")
    for area in tables["areas.csv"].to_dict("records"):
        own = [row for row in names if row["area"] == area["id"]]
        yield from _overlaps(own)
        yield from _name_of_today([row for row in own if row["kind"] == "HIN"], area, today)


def _overlaps(names: list[dict[Any, Any]]) -> Iterator[Fault]:
    """Periods of formal names known from day to day; a trading name may stand beside a formal one."""
    known = [row for row in names if row["kind"] != "trading name" and row["from"] and (row["to"] or _is_last(row))]
    known.sort(key=lambda row: row["from"])
    for before, after in pairwise(known):
        if after["from"] <= (before["to"] or LAST_DAY):
            found = f"a period that overlaps that of {after['name']} (line {after[LINE]}), from {after['from']}"
            yield Fault(NAMES, found, "one formal name of an area at a time", int(before[LINE]), "to")


def _is_last(row: Mapping[Any, Any]) -> bool:
    """Only of a network's present kind does an empty end mean that the name is still in use."""
    return bool(row["kind"] == "HIN")


def _name_of_today(names: list[dict[Any, Any]], area: Mapping[Any, Any], today: str) -> Iterator[Fault]:
    holding = [row for row in names if row["from"] <= today <= (row["to"] or LAST_DAY)]
    if len(holding) != 1:
        number = f"{len(holding)} names" if holding else "no name"
        found = f"{number} of {area['id']} in use today among those of kind HIN"
        yield Fault(NAMES, found, "exactly one, begun and not ended", column="from")
    elif holding[0]["name"] != area["hin_name"]:
        expected = f"{holding[0]['name']!r}, as in area_names.csv (line {holding[0][LINE]})"
        yield Fault(AREAS, repr(area["hin_name"]), expected, int(area[LINE]), "hin_name")
