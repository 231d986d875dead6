"""The same site with one thing changed: the map is built again, under a new key, whenever the measure changes.

This is how folium maps are usually recoloured. Everything else on the page is the real one, so the two differ in
nothing but the map; it shows the polygons, tooltips and labels, and is spared the London inset.
"""

import runpy

import folium
from streamlit_folium import st_folium

from psc.catalogue.definition import Metric
from psc.charts.maps.catchment_map import LEAFLET_CSS, LEAFLET_JS
from psc.web.map import sections
from psc.web.routes.application import SITE
from psc.web.session import store


def show_rebuilt_map(definition: Metric, look: sections.MapLook, selected: str | None) -> None:
    """Stand in for `psc.web.map.sections.show_map`."""
    base = folium.Map(tiles=None, location=(52.8, -1.6), zoom_start=6, attribution_control=False)
    base.default_js, base.default_css = LEAFLET_JS, LEAFLET_CSS
    folium.GeoJson(
        store.documents().catchments,
        style_function=lambda feature: {"fillColor": look.areas[feature["properties"]["id"]].fill, "fillOpacity": 1},
        tooltip=folium.GeoJsonTooltip(["name"]),
    ).add_to(base)
    for area in store.areas().itertuples():
        paint = look.areas[area.id]
        label = f"{look.icons.get(paint.icon, paint.text)}<span>{area.short_name}</span>"
        folium.Marker((area.label_lat, area.label_lon), icon=folium.DivIcon(label, (0, 0))).add_to(base)
    st_folium(
        base,
        key=f"map of {definition.id}",
        height=sections.HEIGHT,
        use_container_width=True,
        returned_objects=["last_active_drawing"],
    )


sections.show_map = show_rebuilt_map
runpy.run_path(str(SITE))
