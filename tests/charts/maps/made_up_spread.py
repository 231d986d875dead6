"""A made-up solution, and how its map is drawn and read."""

from xml.etree import ElementTree

from hypothesis import strategies as st

from psc.charts.maps.adoption_stages import LOOKS
from psc.charts.maps.spread_map import spread_svg
from psc.geography.areas import load_catchments
from psc.settings import data_folder

SVG = "{http://www.w3.org/2000/svg}"

CATCHMENTS = load_catchments(data_folder() / "boundaries")

NAMES = {feature["properties"]["id"]: feature["properties"]["name"] for feature in CATCHMENTS["features"]}

STAGES = {
    "wessex": "sustained",
    "oxford": "adopted",
    "imperial": "adopted",
    "south-west": "stopped",
    "nenc": "engaged",
    "south-london": "interested",
    "manchester": "unknown",
}

ANY = st.dictionaries(st.sampled_from(sorted(NAMES)), st.sampled_from(sorted(LOOKS)))


def drawn(stages=STAGES, origins=("kss",), names=NAMES):
    return ElementTree.fromstring(spread_svg(CATCHMENTS, stages, origins, names))


def areas(picture, inset=False):
    """Tooltip → paths of every area of the country, or of London enlarged."""
    root = picture.find(f"{SVG}svg") if inset else picture
    groups = root.findall(f"{SVG}g/{SVG}g")
    return {
        group.find(f"{SVG}title").text: group.findall(f"{SVG}path")
        for group in groups
        if group.find(f"{SVG}title") is not None
    }
