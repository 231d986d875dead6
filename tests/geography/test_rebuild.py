"""The committed files are what the build makes of the raw files, and agree with independent work on them."""

import geopandas as gpd
import numpy as np
import pandas as pd
import pytest
import shapely

from psc.geography.areas import load_catchments, load_lsoa_areas
from psc.geography.coverage import dissolve, to_metres
from psc.settings import data_folder

BOUNDARIES = data_folder() / "boundaries"

# In one group, so that the geography is rebuilt once and not by each process of the tests.
pytestmark = [pytest.mark.needs_raw, pytest.mark.xdist_group("raw")]


@pytest.fixture(scope="module")
def exact(raw):
    return dissolve(raw)


def test_outlines_agree_with_an_independent_dissolve(raw):
    reference = gpd.read_file(raw / "boundaries" / "ahsn.geojson").to_crs(27700).set_index("psc_id").geometry
    drawn = gpd.GeoDataFrame.from_features(load_catchments(BOUNDARIES)["features"], crs=4326).to_crs(27700)
    for area, outline in zip(drawn["id"], drawn.geometry, strict=True):
        both = outline.intersection(reference[area]).area / outline.union(reference[area]).area
        assert both >= 0.99, area
    assert set(drawn["id"]) == set(reference.index)


def test_every_listed_trust_stands_in_its_own_area(raw, exact):
    trusts = pd.read_csv(raw / "boundaries" / "lookup_trust_psc.csv").query("basis == 'QART list'")
    points = to_metres(shapely.points(trusts["lon"], trusts["lat"]))
    inside = [exact[area].contains(point) for area, point in zip(trusts["psc_id"], points, strict=True)]
    assert len(inside) == 120
    assert trusts.loc[~np.array(inside), "nhs_trust22_name"].tolist() == []


def test_other_trusts_stand_where_they_are_counted(exact):
    trusts = pd.read_csv(BOUNDARIES / "organisations.csv").query("basis == 'headquarters'")
    points = to_metres(shapely.points(trusts["lon"], trusts["lat"]))
    found = [next((area for area, shape in exact.items() if shape.contains(point)), "") for point in points]
    assert dict(zip(trusts["name"], found, strict=True)) == dict(
        zip(trusts["name"], trusts["area"].fillna(""), strict=True)
    )


def test_small_area_ranges_expand_to_the_raw_lookup(raw):
    lookup = pd.read_csv(raw / "boundaries" / "lookup_lsoa21_psc.csv")
    assert load_lsoa_areas(BOUNDARIES) == dict(zip(lookup["lsoa21_code"], lookup["psc_id"], strict=True))


def test_split_places_have_the_people_of_their_board(raw):
    weights = pd.read_csv(raw / "boundaries" / "geography_weights.csv")
    for split in pd.read_csv(BOUNDARIES / "splits.csv").itertuples():
        cut = weights[(weights["code"] == split.icb) & (weights["psc_id"] == split.area)]
        assert cut["population"].tolist() == [split.population], split.place
