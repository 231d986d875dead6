"""Rebuild ``data/boundaries`` from the raw files: the catchments, and the tables that belong to them.

Names, places, splits and disputed places are written by hand and kept: the build needs them in the folder, and
refreshes only what is measured.
"""

import json
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import shapely

from psc.faults import Fault, InvalidData
from psc.files.csv_files import write_csv
from psc.files.tables import text_table
from psc.geography import boundary_tables
from psc.geography.coverage import dissolve, label_point, simplify

ATTRIBUTION = (
    "Source: Office for National Statistics licensed under the Open Government Licence v.3.0. "
    "Contains OS data © Crown copyright and database right 2023. The grouping into areas is ours."
)

BIGGEST_MAP = 100_000
"""Bytes. The map travels to every reader, NHS networks and telephones included."""

TABLES = {
    "geography_weights.csv": boundary_tables.geography_weights,
    "population.csv": boundary_tables.population,
    "organisations.csv": boundary_tables.organisations,
    "organisation_successors.csv": boundary_tables.organisation_successors,
    "lsoa21_area.csv": boundary_tables.lsoa_ranges,
}


def build_boundaries(raw: Path, out: Path) -> None:
    """Write the catchments and the derived tables of ``out`` from the raw files in ``raw``.

    ``out`` must already hold ``areas.csv`` and ``area_names.csv``: their words are ours and are kept; the measured
    columns of ``areas.csv`` are replaced. The same input gives the same bytes.
    Raises ``InvalidData`` when those files and the raw lookup do not name the same areas, and ``ValueError`` when
    the simplified map is not a valid coverage or grew beyond 100 kB.
    """
    areas = text_table(out / "areas.csv", file="boundaries/areas.csv").set_index("id", drop=False)
    names = text_table(out / "area_names.csv", file="boundaries/area_names.csv")
    exact = dissolve(raw)
    if sorted(areas.index) != list(exact):
        found = f"areas {', '.join(sorted(areas.index))}"
        raise InvalidData([Fault("boundaries/areas.csv", found, f"areas {', '.join(exact)}", column="id")])
    for file, derive in TABLES.items():
        _write(derive(raw), out / file)
    shapes = simplify(exact)
    areas = _measure(areas, raw, exact, shapes)
    _write(areas, out / "areas.csv")
    text = _geojson(areas, names, shapes)
    _check(shapes, text)
    (out / "catchments.geojson").write_text(text, encoding="utf-8")


def _measure(
    areas: pd.DataFrame, raw: Path, exact: dict[str, shapely.Geometry], shapes: dict[str, shapely.Geometry]
) -> pd.DataFrame:
    people = boundary_tables.population(raw)
    people["people"] = people["people"].astype(int)
    older = people[people["age_band"].isin(["65-84", "85+"])]
    labels = {area: label_point(shape) for area, shape in shapes.items()}
    northing = pd.Series({area: shape.centroid.y for area, shape in exact.items()})
    return areas.sort_index().assign(
        population=people.groupby("area")["people"].sum(),
        population_65_plus=older.groupby("area")["people"].sum(),
        area_km2=pd.Series({area: round(shape.area / 1e6) for area, shape in exact.items()}),
        label_lon=pd.Series({area: lon for area, (lon, _) in labels.items()}),
        label_lat=pd.Series({area: lat for area, (_, lat) in labels.items()}),
        **{name: boundary_tables.tiles(raw)[name] for name in ("tile_col", "tile_row")},
        north_to_south=northing.rank(ascending=False).astype(int),
    )


def _geojson(areas: pd.DataFrame, names: pd.DataFrame, shapes: dict[str, shapely.Geometry]) -> str:
    formal = names[names["kind"] == "AHSN"].drop_duplicates("area", keep="last").set_index("area")["name"]
    features = [
        {
            "type": "Feature",
            "id": row["id"],
            "properties": {
                "id": row["id"],
                "name": row["name"],
                "short_name": row["short_name"],
                "ahsn_name": formal[row["id"]],
                "hin_name": row["hin_name"],
                "label_lon": row["label_lon"],
                "label_lat": row["label_lat"],
                "area_km2": row["area_km2"],
                "population": row["population"],
            },
            "geometry": json.loads(shapely.to_geojson(shapes[row["id"]])),
        }
        for row in areas.to_dict("records")
    ]
    collection: dict[str, Any] = {"type": "FeatureCollection", "attribution": ATTRIBUTION, "features": features}
    return json.dumps(collection, ensure_ascii=False, separators=(",", ":")) + "\n"


def _check(shapes: dict[str, shapely.Geometry], text: str) -> None:
    drawn = np.array(list(shapes.values()), dtype=object)
    if not (shapely.is_valid(drawn).all() and shapely.coverage_is_valid(drawn)):
        raise ValueError("the simplified catchments overlap, leave gaps or cross themselves")
    size = len(text.encode())
    if size > BIGGEST_MAP:
        raise ValueError(f"catchments.geojson would have {size} bytes, more than {BIGGEST_MAP}: coarsen TOLERANCES")


def _write(table: pd.DataFrame, path: Path) -> None:
    write_csv(table, path)
