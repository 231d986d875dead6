"""What is known of each area, and that what is not known is not said."""

import csv
import re
import subprocess
import sys

import pytest

from psc.geography.areas import load_area_names, load_areas, load_lsoa_areas, load_organisations
from psc.settings import data_folder

BOUNDARIES = data_folder() / "boundaries"
TODAY_KEPT = {"uclpartners", "imperial", "manchester"}


def rows(file):
    with (BOUNDARIES / file).open(encoding="utf-8", newline="") as handle:
        return list(csv.DictReader(handle))


def test_the_areas_go_by_the_names_the_product_uses():
    assert {area.id: area.name for area in load_areas(BOUNDARIES)} == {
        "east-midlands": "East Midlands",
        "eastern": "Eastern",
        "imperial": "North West London",
        "kss": "Kent Surrey Sussex",
        "manchester": "Greater Manchester",
        "nenc": "North East and North Cumbria",
        "north-west-coast": "North West Coast",
        "oxford": "Oxford and Thames Valley",
        "south-london": "South London",
        "south-west": "South West",
        "uclpartners": "UCLPartners",
        "wessex": "Wessex",
        "west-midlands": "West Midlands",
        "west-of-england": "West of England",
        "yorkshire-humber": "Yorkshire and Humber",
    }


def test_every_tile_has_its_own_place():
    places = [(area.tile_col, area.tile_row) for area in load_areas(BOUNDARIES)]
    assert len(set(places)) == 15


def test_the_order_runs_from_north_to_south():
    order = [area.id for area in sorted(load_areas(BOUNDARIES), key=lambda area: area.north_to_south)]
    assert order[0] == "nenc"
    assert order.index("manchester") < order.index("west-midlands") < order.index("south-london") < order.index("kss")
    assert order[-1] == "south-west"


def test_fields_no_source_confirmed_are_marked():
    unverified = {area.id: area.unverified for area in load_areas(BOUNDARIES)}
    assert {area: fields for area, fields in unverified.items() if fields} == {
        "east-midlands": ("website",),
        "south-west": ("website",),
    }


def test_every_area_has_a_name_in_every_period():
    names = load_area_names(BOUNDARIES)
    for area in load_areas(BOUNDARIES):
        own = [name for name in names if name.area == area.id]
        assert any(name.kind == "AHSN" and name.valid_from == "2013-05-23" for name in own), area.id
        current = [name for name in own if name.kind == "HIN"]
        assert [(name.name, name.valid_from, name.valid_to) for name in current] == [
            (area.hin_name, "2023-10-01", None)
        ]
        kept = any(name.name == area.hin_name for name in own if name.kind != "HIN")
        assert kept == (area.id in TODAY_KEPT), area.id


def test_health_innovation_network_was_the_south_london_body():
    found = [name for name in load_area_names(BOUNDARIES) if name.name == "Health Innovation Network"]
    assert [(name.area, name.valid_to) for name in found] == [("south-london", "2023-09-30")]


def test_trusts_are_those_of_england_with_how_we_know():
    trusts = load_organisations(BOUNDARIES)
    assert len(trusts) == 215
    assert sum(trust.basis == "NHS England list" for trust in trusts) == 120
    assert {trust.area for trust in trusts} == {area.id for area in load_areas(BOUNDARIES)}
    salisbury = next(trust for trust in trusts if trust.ods_code == "RNZ")
    assert (salisbury.name, salisbury.area, salisbury.status) == ("Salisbury NHS Foundation Trust", "wessex", "open")


def test_small_areas_expand_from_their_ranges():
    lsoas = load_lsoa_areas(BOUNDARIES)
    assert len(lsoas) == 33_755
    assert lsoas["E01000001"] == "uclpartners"  # City of London 001A
    assert "E01000004" not in lsoas  # no such small area in 2021
    assert (BOUNDARIES / "lsoa21_area.csv").stat().st_size <= 150_000


@pytest.mark.parametrize("word", ["Milton Keynes", "South Wiltshire", "Eastern Cheshire"])
def test_the_text_tells_each_split_with_its_people(word):
    split = next(row for row in rows("splits.csv") if row["place"] == word)
    text = (BOUNDARIES / "how-the-lines-were-drawn.md").read_text(encoding="utf-8")
    assert f"**{word}** ({int(split['population']):,} people)" in text


def test_the_text_tells_every_disputed_place():
    text = (BOUNDARIES / "how-the-lines-were-drawn.md").read_text(encoding="utf-8")
    for row in rows("disputed_places.csv"):
        assert f"**{re.sub(r' [(].*', '', row['place'])}**" in text


def test_reading_areas_does_not_load_the_mapping_libraries():
    code = (
        "import sys, psc.geography.areas, psc.geography.check_boundaries, psc.geography.apportion;"
        "print([m for m in ('geopandas', 'shapely', 'pyproj') if m in sys.modules])"
    )
    loaded = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert loaded.stdout.strip() == "[]"
