"""The points that put the cut and the disputed places on the map lie in those places."""

import csv
import json

import geopandas as gpd
import pandas as pd
import pytest
import shapely

from psc.geography.areas import load_catchments
from psc.geography.map_check import EAST, NORTH, SOUTH, WEST
from psc.settings import data_folder

BOUNDARIES = data_folder() / "boundaries"
NEAR = 0.01  # degrees, about one kilometre: the drawn lines are simplified
DISPUTED = {
    "Bassetlaw": ("sicbl24_code", {"E38000008"}),
    "Bedfordshire and Luton": ("ltla24_code", {"E06000032", "E06000055", "E06000056"}),
    "Burton upon Trent": ("ltla24_code", {"E07000193"}),  # East Staffordshire
    "Frimley": ("icb24_code", {"E54000034"}),
    "Glossop": ("ltla24_code", {"E07000037"}),  # High Peak
    "Hertfordshire and west Essex": ("icb24_code", {"E54000025"}),
    "Swindon": ("ltla24_code", {"E06000030"}),
}


def points(file):
    """Place → (point, row)."""
    with (BOUNDARIES / file).open(encoding="utf-8", newline="") as handle:
        rows = list(csv.DictReader(handle))
    return {row["place"]: (shapely.Point(float(row["lon"]), float(row["lat"])), row) for row in rows}


@pytest.fixture(scope="module")
def outlines():
    features = load_catchments(BOUNDARIES)["features"]
    return {feature["id"]: shapely.from_geojson(json.dumps(feature["geometry"])) for feature in features}


@pytest.fixture(scope="module")
def small_areas(raw):
    lookup = pd.read_csv(raw / "boundaries" / "lookup_lsoa21_psc.csv", dtype=str)
    return gpd.read_file(raw / "boundaries" / "lsoa21_bsc_v4.gpkg").merge(lookup, on="lsoa21_code")


def test_each_split_lies_in_the_area_it_is_drawn_in(outlines):
    for place, (point, row) in points("splits.csv").items():
        assert [area for area, outline in outlines.items() if outline.contains(point)] == [row["area"]], place


def test_each_disputed_place_lies_in_the_area_it_is_drawn_in(outlines):
    found = points("disputed_places.csv")
    cumbria, row = found.pop("Cumbria")
    for area in (row["drawn_in"], row["also_linked_to"]):
        assert outlines[area].distance(cumbria) < NEAR, "Cumbria is marked on the line that cuts it"
    for place, (point, row) in found.items():
        assert [area for area, outline in outlines.items() if outline.contains(point)] == [row["drawn_in"]], place


def test_every_point_lies_in_england_and_is_rounded():
    for file in ("splits.csv", "disputed_places.csv"):
        for place, (point, row) in points(file).items():
            assert WEST < point.x < EAST and SOUTH < point.y < NORTH, place
            assert all(len(row[name].split(".")[1]) == 4 for name in ("lon", "lat")), place


@pytest.mark.needs_raw
def test_each_split_is_marked_within_its_own_cut(small_areas):
    for place, (point, row) in points("splits.csv").items():
        home = small_areas[small_areas.contains(point)]
        assert home["psc_id"].tolist() == [row["area"]], place
        assert home["psc_id_icb_level"].tolist() == [row["rest_of_icb"]], place
        assert home["split"].iloc[0].startswith(place)


@pytest.mark.needs_raw
def test_each_disputed_place_is_marked_within_its_own_bounds(small_areas):
    found = points("disputed_places.csv")
    places = {place.split(" (")[0]: point for place, (point, _) in found.items()}
    assert set(DISPUTED) | {"Cumbria"} == set(places)
    for place, (column, codes) in DISPUTED.items():
        assert small_areas.loc[small_areas.contains(places[place]), column].isin(codes).tolist() == [True], place
