"""The usual way to recolour a folium map: build it again with new colours under a new key.

It shows less than the real map (no labels, no inset, nothing else on the page), which flatters it.
"""

import folium
import streamlit as st
from streamlit_folium import st_folium

from psc.charts.map import LEAFLET_CSS, LEAFLET_JS
from psc.web import data
from psc.web.map_view import map_look

titles = {metric.id: metric.title for metric in data.catalogue().metrics if metric.has_series}
metric = st.selectbox("Measure", list(titles), format_func=titles.__getitem__)
areas = map_look(data.version(), metric, "signal").areas
base = folium.Map(tiles=None, location=(52.8, -1.6), zoom_start=6, attribution_control=False)
base.default_js, base.default_css = LEAFLET_JS, LEAFLET_CSS
folium.GeoJson(
    data.documents().catchments,
    style_function=lambda feature: {"fillColor": areas[feature["properties"]["id"]].fill, "weight": 1},
    tooltip=folium.GeoJsonTooltip(["name"]),
).add_to(base)
st_folium(base, key=f"map {metric}", height=620, use_container_width=True, returned_objects=["last_active_drawing"])
