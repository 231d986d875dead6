"""The drawn map: 15 valid outlines that meet without gap or overlap, light enough for a telephone."""

import json

import numpy as np
import pytest
import shapely

from psc.geography.areas import load_areas, load_catchments
from psc.settings import data_folder

BOUNDARIES = data_folder() / "boundaries"
ENGLAND_MID_2020 = 56_550_138  # ONS mid-2020 population estimate of England
ENGLAND_KM2 = 130_310  # land area of England (ONS standard area measurements)


@pytest.fixture(scope="module")
def outlines():
    features = load_catchments(BOUNDARIES)["features"]
    return {feature["id"]: shapely.from_geojson(json.dumps(feature["geometry"])) for feature in features}


def test_fifteen_valid_outlines(outlines):
    assert sorted(outlines) == sorted(area.id for area in load_areas(BOUNDARIES))
    assert len(outlines) == 15
    for area, outline in outlines.items():
        assert outline.is_valid, area
        assert outline.geom_type in {"Polygon", "MultiPolygon"}, area


def test_no_gaps_and_no_overlaps(outlines):
    shapes = np.array(list(outlines.values()), dtype=object)
    assert shapely.coverage_is_valid(shapes)
    union = shapely.union_all(shapes)
    assert union.area == pytest.approx(sum(shape.area for shape in shapes), rel=1e-9)
    assert [hole for part in union.geoms for hole in part.interiors] == []


def test_neighbours_share_their_border_and_strangers_do_not(outlines):
    def touch(one, other):
        return shapely.length(shapely.intersection(outlines[one].boundary, outlines[other].boundary)) > 0

    assert touch("imperial", "uclpartners") and touch("imperial", "south-london") and touch("nenc", "north-west-coast")
    assert not touch("nenc", "kss") and not touch("south-west", "eastern")


def test_islands_people_live_on_are_drawn(outlines):
    places = {
        "Newport, Isle of Wight": ("wessex", -1.293, 50.700),
        "St Mary's, Isles of Scilly": ("south-west", -6.296, 49.922),
        "Sheerness, Isle of Sheppey": ("kss", 0.760, 51.430),
        "Hayling Island": ("wessex", -0.977, 50.790),
        "Barrow-in-Furness": ("north-west-coast", -3.226, 54.115),
    }
    for place, (area, lon, lat) in places.items():
        assert outlines[area].contains(shapely.Point(lon, lat)), place


@pytest.mark.parametrize(
    ("place", "area", "lon", "lat"),
    [
        ("Milton Keynes", "oxford", -0.759, 52.041),
        ("Luton", "eastern", -0.417, 51.879),
        ("Salisbury", "wessex", -1.795, 51.069),
        ("Swindon", "west-of-england", -1.780, 51.556),
        ("Macclesfield", "manchester", -2.125, 53.259),
        ("Crewe", "north-west-coast", -2.441, 53.099),
        ("Glossop", "east-midlands", -1.949, 53.443),
        ("Worksop in Bassetlaw", "east-midlands", -1.124, 53.302),
        ("Carlisle", "nenc", -2.934, 54.895),
        ("Kendal", "north-west-coast", -2.744, 54.328),
        ("Farnham", "oxford", -0.799, 51.214),
        ("Burton upon Trent", "west-midlands", -1.637, 52.807),
        ("Watford", "eastern", -0.396, 51.656),
        ("Chelmsford", "uclpartners", 0.474, 51.736),
    ],
)
def test_disputed_and_split_places_lie_where_the_text_says(outlines, place, area, lon, lat):
    assert [key for key, outline in outlines.items() if outline.contains(shapely.Point(lon, lat))] == [area], place


def test_labels_stand_inside_their_own_area(outlines):
    for area in load_areas(BOUNDARIES):
        assert outlines[area.id].contains(shapely.Point(area.label_lon, area.label_lat)), area.id


def test_the_file_is_light_and_says_who_is_to_thank():
    assert (BOUNDARIES / "catchments.geojson").stat().st_size <= 100_000
    assert "Office for National Statistics" in load_catchments(BOUNDARIES)["attribution"]


def test_coordinates_are_rounded(outlines):
    for outline in outlines.values():
        numbers = shapely.get_coordinates(outline)
        assert np.array_equal(numbers, np.round(numbers, 4))


def test_the_areas_are_the_whole_of_england():
    areas = load_areas(BOUNDARIES)
    assert sum(area.population for area in areas) == ENGLAND_MID_2020
    assert sum(area.area_km2 for area in areas) == pytest.approx(ENGLAND_KM2, rel=0.01)


def test_each_feature_names_its_area_then_and_now():
    properties = {feature["id"]: feature["properties"] for feature in load_catchments(BOUNDARIES)["features"]}
    assert properties["south-london"]["ahsn_name"] == "Health Innovation Network"
    assert properties["south-london"]["hin_name"] == "Health Innovation Network South London"
    assert properties["manchester"]["ahsn_name"] == "Greater Manchester AHSN"
    for kept in ("uclpartners", "imperial"):
        assert properties[kept]["ahsn_name"] == properties[kept]["hin_name"]
