"""The 15 areas, their names over time, their trusts and their outlines, read from ``data/boundaries``.

Light on purpose: no geopandas, no pandas, so that a page starts fast. Files are taken to be valid;
``psc.geography.check_boundaries.check_boundaries`` says so, or what is wrong. Every ``folder`` is the boundaries
folder.
"""

from dataclasses import dataclass
from pathlib import Path
from typing import Any

from psc.files.csv_rows import rows_of
from psc.files.json_documents import read_json

MAP = "catchments.geojson"

ENGLAND = "england"
"""The id under which figures of all England stand beside those of the areas."""


@dataclass(frozen=True, slots=True)
class Area:
    """One collaborative's catchment. Populations are mid-2020 people living there, areas km² of land.

    ``places`` and ``straddles`` are plain words about the area as drawn; ``straddles`` is empty where nothing is
    disputed. ``north_to_south`` is 1 for the northernmost of 15. ``unverified`` names the fields that no source
    confirmed: they must not be shown as fact.
    """

    id: str
    name: str
    short_name: str
    psc_name: str
    hin_name: str
    website: str
    places: str
    population: int
    population_65_plus: int
    area_km2: int
    label_lon: float
    label_lat: float
    tile_col: int
    tile_row: int
    north_to_south: int
    straddles: str
    unverified: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class AreaName:
    """A name an area's network had, and when (ISO dates; None where not known, or still in use).

    ``kind`` is AHSN, trading name or HIN. Beware: "Health Innovation Network" was the south London body until
    30 September 2023 and is the network of all 15 since, so never match on that name alone.
    """

    area: str
    name: str
    valid_from: str | None
    valid_to: str | None
    kind: str
    source: str
    verified: bool


@dataclass(frozen=True, slots=True)
class Organisation:
    """An NHS trust (2022), its area, and how that was found.

    ``basis`` is "NHS England list" (stated by NHS England) or "headquarters" (where its head office stands:
    weaker for ambulance and community trusts, which work across lines). ``status`` is open or closed.
    """

    ods_code: str
    name: str
    area: str
    basis: str
    lon: float
    lat: float
    status: str


def load_areas(folder: Path) -> list[Area]:
    """Read ``areas.csv``: the 15 areas, sorted by id."""
    return [
        Area(
            id=row["id"],
            name=row["name"],
            short_name=row["short_name"],
            psc_name=row["psc_name"],
            hin_name=row["hin_name"],
            website=row["website"],
            places=row["places"],
            population=int(row["population"]),
            population_65_plus=int(row["population_65_plus"]),
            area_km2=int(row["area_km2"]),
            label_lon=float(row["label_lon"]),
            label_lat=float(row["label_lat"]),
            tile_col=int(row["tile_col"]),
            tile_row=int(row["tile_row"]),
            north_to_south=int(row["north_to_south"]),
            straddles=row["straddles"],
            unverified=tuple(row["unverified"].split(";")) if row["unverified"] else (),
        )
        for row in _rows(folder / "areas.csv")
    ]


def load_area_names(folder: Path) -> list[AreaName]:
    """Read ``area_names.csv``: every name of every area, oldest first within an area."""
    return [
        AreaName(
            area=row["area"],
            name=row["name"],
            valid_from=row["from"] or None,
            valid_to=row["to"] or None,
            kind=row["kind"],
            source=row["source"],
            verified=row["verified"] == "yes",
        )
        for row in _rows(folder / "area_names.csv")
    ]


def load_organisations(folder: Path) -> list[Organisation]:
    """Read ``organisations.csv``: the trusts of the 15 areas, sorted by code (three in Wales are left out)."""
    return [
        Organisation(
            ods_code=row["ods_code"],
            name=row["name"],
            area=row["area"],
            basis=row["basis"],
            lon=float(row["lon"]),
            lat=float(row["lat"]),
            status=row["status"],
        )
        for row in _rows(folder / "organisations.csv")
        if row["area"]
    ]


def load_lsoa_areas(folder: Path) -> dict[str, str]:
    """Expand ``lsoa21_area.csv``: code of every LSOA 2021 in England (33,755) → area id."""
    return {
        f"E{number:08d}": row["area"]
        for row in _rows(folder / "lsoa21_area.csv")
        for number in range(int(row["first"][1:]), int(row["last"][1:]) + 1)
    }


def load_catchments(folder: Path) -> dict[str, Any]:
    """Read ``catchments.geojson``: a feature collection of 15 areas in longitude and latitude (WGS 84).

    The properties of a feature: id, name, short_name, ahsn_name, hin_name, label_lon, label_lat, area_km2 and
    population. For drawing only: lines are simplified (mostly by
    about 100 m, in places by more than a kilometre, narrow estuaries left out), so ask it nothing about a place.
    """
    collection: dict[str, Any] = read_json(folder / MAP, f"boundaries/{MAP}", expected="a GeoJSON feature collection")
    return collection


def _rows(path: Path) -> list[dict[str, str]]:
    return rows_of(path, f"boundaries/{path.name}")
