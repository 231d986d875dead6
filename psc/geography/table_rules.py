"""The columns, types, rules and keys that the programs rely on in the tables of ``data/boundaries``.

``datapackage.json`` says them to other programs, and words for people besides. Whoever changes it there alone would
only switch a check off, so :func:`check_rules` holds it to what stands here.
"""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, get_args

from psc.faults import Fault
from psc.files.package_form import Package, Resource
from psc.files.tables import names_of
from psc.geography.apportion import Geography
from psc.geography.areas import MAP

PACKAGE = "boundaries/datapackage.json"
AREA_IDS = [
    "east-midlands",
    "eastern",
    "imperial",
    "kss",
    "manchester",
    "nenc",
    "north-west-coast",
    "oxford",
    "south-london",
    "south-west",
    "uclpartners",
    "wessex",
    "west-midlands",
    "west-of-england",
    "yorkshire-humber",
]
NHS_BEGAN = "1948-07-05"
MOST_PEOPLE = 70_000_000
ENGLAND_KM2 = 130_279

Rules = dict[str, Any]
"""The type of a column, and under ``constraints`` what its cells must keep to."""


def _column(kind: str, **constraints: Any) -> Rules:
    return {"type": kind, "constraints": constraints}


def _text(**constraints: Any) -> Rules:
    return _column("string", required=True, **constraints)


def _number(kind: str, least: float, most: float, **constraints: Any) -> Rules:
    return _column(kind, required=True, minimum=least, maximum=most, **constraints)


ANY_TEXT = _column("string")
PEOPLE = _number("integer", 0, MOST_PEOPLE)
SHARE = _number("number", 0, 1)
LONGITUDE = _number("number", -7, 2)
LATITUDE = _number("number", 49.5, 56)
TILE = _number("integer", 0, 5)
ODS_CODE = _text(pattern="[A-Z0-9]{3}")
LSOA = _text(pattern=r"E01\d{6}", unique=True)
DAY = _column("date", minimum=NHS_BEGAN)

COLUMNS: Mapping[str, Mapping[str, Rules]] = {
    "areas.csv": {
        "id": _text(enum=AREA_IDS),
        "name": _text(unique=True),
        "short_name": _text(unique=True, pattern=".{1,14}"),
        "psc_name": _text(unique=True),
        "hin_name": _text(unique=True),
        "website": _text(pattern=r"https?://[A-Za-z0-9-]+(\.[A-Za-z0-9-]+)+(/[^ ]*)?"),
        "places": _text(),
        "population": PEOPLE,
        "population_65_plus": PEOPLE,
        "area_km2": _number("integer", 1, ENGLAND_KM2),
        "label_lon": LONGITUDE,
        "label_lat": LATITUDE,
        "tile_col": TILE,
        "tile_row": TILE,
        "north_to_south": _number("integer", 1, 15, unique=True),
        "straddles": ANY_TEXT,
        "unverified": _column("string", pattern="[a-z_]+(;[a-z_]+)*"),
    },
    "area_names.csv": {
        "area": _text(),
        "name": _text(),
        "from": DAY,
        "to": DAY,
        "kind": _text(enum=["AHSN", "trading name", "HIN"]),
        "source": _text(),
        "verified": _text(enum=["yes", "no"]),
    },
    "geography_weights.csv": {
        "geography": _text(enum=list(get_args(Geography))),
        "code": _text(pattern="[A-Z0-9]{3,9}"),
        "name": _text(),
        "area": _text(),
        "weight": SHARE,
        "weight_65_plus": SHARE,
        "population": PEOPLE,
        "population_65_plus": PEOPLE,
    },
    "population.csv": {
        "area": _text(),
        "age_band": _text(enum=["0-14", "15-44", "45-64", "65-84", "85+"]),
        "people": PEOPLE,
    },
    "organisations.csv": {
        "ods_code": ODS_CODE,
        "name": _text(),
        "area": ANY_TEXT,
        "basis": _text(enum=["NHS England list", "headquarters"]),
        "lon": LONGITUDE,
        "lat": LATITUDE,
        "status": _text(enum=["open", "closed"]),
    },
    "organisation_successors.csv": {
        "old_code": ODS_CODE,
        "new_code": ODS_CODE,
        "date": _column("date", required=True, minimum="2010-04-01"),
    },
    "former_organisations.csv": {
        "ods_code": ODS_CODE,
        "name": _text(),
        "area": _text(),
        "districts": _text(pattern=r"E\d{8}(;E\d{8})*"),
        "why": _text(),
    },
    "lsoa21_area.csv": {"first": LSOA, "last": LSOA, "area": _text()},
    "splits.csv": {
        "place": _text(),
        "lon": LONGITUDE,
        "lat": LATITUDE,
        "population": PEOPLE,
        "icb": _text(pattern="Q[A-Z0-9]{2}"),
        "rest_of_icb": _text(),
        "area": _text(),
        "how_cut": _text(),
        "evidence": _text(),
    },
    "disputed_places.csv": {
        "place": _text(),
        "lon": LONGITUDE,
        "lat": LATITUDE,
        "drawn_in": _text(),
        "also_linked_to": _column("string", pattern="[a-z-]+(; [a-z-]+)*"),
        "why": _text(),
    },
}
PRIMARY_KEYS: Mapping[str, str] = {
    "areas.csv": "id",
    "area_names.csv": "area kind name",
    "geography_weights.csv": "geography code area",
    "population.csv": "area age_band",
    "organisations.csv": "ods_code",
    "organisation_successors.csv": "old_code new_code",
    "former_organisations.csv": "ods_code",
    "lsoa21_area.csv": "first",
    "splits.csv": "place",
    "disputed_places.csv": "place",
}
OF_AN_AREA = ("area", "drawn_in", "rest_of_icb")
"""Columns that hold the id of a row of areas.csv, in whichever table they stand."""
TEXTS = (MAP, "how-the-lines-were-drawn.md")


def check_rules(package: Package) -> Iterator[Fault]:
    """Yield a fault for every file, column, rule and key that the package lacks or gives otherwise."""
    resources = {str(resource.path): resource for resource in package.resources}
    for path in (*COLUMNS, *TEXTS):
        if path not in resources:
            yield Fault(PACKAGE, f"no resource for {path}", "one for each file in use")
        elif path in COLUMNS:
            yield from _columns(resources[path].schema_["fields"], path)
            yield from _keys(resources[path], path, {resource.name: at for at, resource in resources.items()})


def _columns(fields: Sequence[Mapping[str, Any]], path: str) -> Iterator[Fault]:
    described = {field["name"]: field for field in fields}
    for name, rules in COLUMNS[path].items():
        if name not in described:
            yield Fault(PACKAGE, f"no column {name} of {path}", "every column in use")
            continue
        kind, constraints = described[name]["type"], _given(described[name]["constraints"])
        if kind != rules["type"]:
            yield Fault(PACKAGE, f"the type {kind} for {name} of {path}", rules["type"], column=f"{path}.{name}.type")
        for rule in sorted(constraints.keys() | rules["constraints"].keys()):
            found, expected = constraints.get(rule), rules["constraints"].get(rule)
            if found != expected:
                where = f"{path}.{name}.constraints.{rule}"
                yield Fault(PACKAGE, _said(found), f"{_said(expected)}, as the program needs it", column=where)


def _given(constraints: Mapping[str, Any]) -> dict[str, Any]:
    return {rule: value for rule, value in constraints.items() if value is not False}


def _said(value: Any) -> str:
    if value is None:
        return "no such rule"
    return ", ".join(map(str, value)) if isinstance(value, list) else "true" if value is True else str(value)


def _keys(resource: Resource, path: str, paths: Mapping[str, str]) -> Iterator[Fault]:
    schema = resource.schema_
    key = names_of(schema.get("primaryKey", []))
    if key != PRIMARY_KEYS[path].split():
        found = " + ".join(key) or "no key"
        expected = f"{PRIMARY_KEYS[path].replace(' ', ' + ')}, which each row has to itself"
        yield Fault(PACKAGE, found, expected, column=f"{path}.primaryKey")
    links = _links(schema, paths)
    for column in OF_AN_AREA:
        if column in COLUMNS[path] and (column, "areas.csv", "id") not in links:
            found = f"no foreign key from {column} of {path} to id of areas.csv"
            yield Fault(PACKAGE, found, "one", column=f"{path}.foreignKeys")


def _links(schema: Mapping[str, Any], paths: Mapping[str, str]) -> set[tuple[str, str, str]]:
    """Each column that points at a row of another table, that table's file and its column."""
    return {
        (column, paths.get(key["reference"]["resource"], ""), other)
        for key in schema.get("foreignKeys", [])
        for column, other in zip(names_of(key["fields"]), names_of(key["reference"]["fields"]), strict=True)
    }
