"""The map draws without anyone else's server, and a change of measure sends paint, not a map."""

import json
import re

import pytest
import streamlit_folium

from psc.charts.maps.catchment_map import AreaPaint, catchment_map, catchment_paint
from psc.store.stored_documents import read_documents
from psc.web.map.sections import map_look

URL = "/assets/catchments.js?v=0123456789ab"
LABEL = "Map of the 15 areas"
ADDRESS = re.compile(r"(?:https?:)?//[\w.-]+\.\w{2,}")
OWN = ("/assets/",)


def sent(monkeypatch, paint) -> dict:
    """What streamlit-folium sends to the browser for a map with this paint."""
    seen = {}
    monkeypatch.setattr(streamlit_folium, "_component_func", lambda **message: seen.update(message))
    streamlit_folium.st_folium(
        catchment_map(URL, LABEL), key="map", returned_objects=["last_active_drawing"], feature_group_to_add=paint
    )
    return seen


def a_paint(fill="#a8e2f9", selected=None):
    areas = {"wessex": AreaPaint(fill=fill, sentence="Wessex. Improving.", icon="improving-low")}
    return catchment_paint(areas, {"improving-low": "<svg/>"}, selected, ["wessex"])


def painted(message: dict) -> dict:
    """The state that the paint applies, read back as a browser would."""
    found = re.search(r"pscMap\.paint\((\{.*\})\);", message["feature_group"])
    assert found
    return json.loads(found.group(1))


def test_nothing_is_asked_of_another_server(monkeypatch):
    message = sent(monkeypatch, a_paint())
    for part in ("script", "header", "html", "feature_group"):
        addresses = [a for a in ADDRESS.findall(message[part]) if not a.endswith("www.w3.org")]
        assert addresses == [], part
    links = message["js_links"] + message["css_links"]
    assert links
    assert all(link.startswith(OWN) for link in links)
    assert URL in message["js_links"]


def test_leaflet_comes_before_what_builds_on_it(monkeypatch):
    links = sent(monkeypatch, a_paint())["js_links"]
    assert links == ["/assets/leaflet/leaflet.js", URL]


def test_there_are_no_tiles_and_no_marker_pictures(monkeypatch):
    message = sent(monkeypatch, a_paint())
    assert "tileLayer" not in message["script"]
    assert "marker" not in message["script"].lower()


def test_the_map_is_named_for_those_who_do_not_see_it(monkeypatch):
    assert json.dumps(LABEL) in sent(monkeypatch, a_paint())["script"]


def test_another_measure_or_selection_leaves_the_map_itself_as_it_was(monkeypatch):
    """A message with another script or key would make the browser build the map anew."""
    messages = [sent(monkeypatch, paint) for paint in (a_paint(), a_paint("#f6c9a0"), a_paint(selected="wessex"))]
    for part in ("script", "key", "header", "html", "js_links", "css_links"):
        assert all(message[part] == messages[0][part] for message in messages), part
    assert len({message["feature_group"] for message in messages}) == 3


def test_the_paint_says_how_each_area_looks_and_which_is_chosen(monkeypatch):
    state = painted(sent(monkeypatch, a_paint(selected="wessex")))
    assert state["areas"]["wessex"]["fill"] == "#a8e2f9"
    assert state["areas"]["wessex"]["sentence"] == "Wessex. Improving."
    assert state["icons"] == {"improving-low": "<svg/>"}
    assert (state["selected"], state["order"]) == ("wessex", ["wessex"])


def test_words_in_the_paint_cannot_become_script(monkeypatch):
    nasty = "</script><script>alert('x')</script>"
    paint = catchment_paint({"wessex": AreaPaint(fill="#fff", sentence=nasty)}, {}, None, ["wessex"])
    message = sent(monkeypatch, paint)
    assert "</script>" not in message["feature_group"]
    assert painted(message)["areas"]["wessex"]["sentence"] == nasty


@pytest.mark.parametrize("colour", ["signal", "value"])
def test_the_paint_of_every_real_measure_is_small_and_complete(colour, store, store_file, monkeypatch):
    monkeypatch.setenv("PSC_STORE", str(store_file))
    documents = read_documents(store)
    areas = {feature["properties"]["id"] for feature in documents.catchments["features"]}
    for metric in documents.catalogue.metrics:
        if not metric.has_series:
            continue
        look = map_look(metric.id, colour)
        message = sent(monkeypatch, catchment_paint(look.areas, look.icons, "wessex", sorted(areas)))
        assert len(message["feature_group"].encode()) < 20_000, metric.id
        state = painted(message)
        assert set(state["areas"]) == areas, metric.id
        for area in state["areas"].values():
            assert re.fullmatch(r"#[0-9a-f]{6}|hatch", area["fill"])
            assert area["sentence"].endswith(".")
            assert not area["icon"] or area["icon"] in state["icons"]
            assert area["icon"] or area["text"], "an area with neither icon nor figure"
