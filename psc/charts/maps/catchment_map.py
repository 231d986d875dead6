"""The collaboratives map: folium around our own catchment layer, painted without being rebuilt.

The polygons travel once, as a static script. A change of measure sends only what each area looks like (a few
kilobytes) in a feature group, which streamlit-folium swaps in place, so the map neither flickers nor loses its zoom.
"""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass

import folium
from folium.elements import JSCSSMixin
from folium.template import Template

LEAFLET_JS = [("leaflet", "/assets/leaflet/leaflet.js")]
LEAFLET_CSS = [("leaflet_css", "/assets/leaflet/leaflet.css")]


@dataclass(frozen=True)
class AreaPaint:
    """How one area looks and what it says: fill colour (or "hatch"), an icon key or a short text, and a sentence."""

    fill: str
    sentence: str
    icon: str = ""
    text: str = ""
    ink: str = "#212b32"


class _CatchmentLayer(JSCSSMixin, folium.map.Layer):
    """Draws the polygons with labels, keyboard use and the London inset, as the script at ``catchments_url`` does."""

    _template = Template(
        "{% macro script(this, kwargs) %}"
        "var {{ this.get_name() }} = pscMap.draw({{ this._parent.get_name() }}, {{ this.label|tojson }});"
        "{% endmacro %}"
    )

    def __init__(self, catchments_url: str, label: str) -> None:
        super().__init__(name="catchments", control=False)
        self.label = label
        self.default_css = [("catchment_map_css", "/assets/catchment-map.css")]
        self.default_js = [("catchments", catchments_url)]


class _Paint(folium.MacroElement):
    """Applies colours, icons and the selection to the polygons already drawn."""

    _template = Template("{% macro script(this, kwargs) %}pscMap.paint({{ this.state|tojson }});{% endmacro %}")

    def __init__(self, state: Mapping[str, object]) -> None:
        super().__init__()
        self.state = state


def catchment_map(catchments_url: str, label: str) -> folium.Map:
    """Return an empty map of the catchments; ``label`` names it for a screen reader."""
    base = folium.Map(
        tiles=None,
        zoom_control=True,
        keyboard=False,
        scroll_wheel_zoom=False,
        zoom_snap=0.1,
        fade_animation=False,
        zoom_animation=False,
        attribution_control=False,
        location=(52.8, -1.6),
        zoom_start=6,
    )
    base.default_js = LEAFLET_JS
    base.default_css = LEAFLET_CSS
    _CatchmentLayer(catchments_url, label).add_to(base)
    return base


def catchment_paint(
    areas: Mapping[str, AreaPaint], icons: Mapping[str, str], selected: str | None, order: Sequence[str]
) -> folium.FeatureGroup:
    """Return the feature group that paints the map.

    ``areas`` maps area ids to their look, ``icons`` icon keys to SVG, ``order`` is the reading order of the areas.
    """
    group = folium.FeatureGroup(name="paint", control=False)
    state = {"areas": {key: asdict(paint) for key, paint in areas.items()}, "icons": dict(icons)}
    _Paint({**state, "selected": selected, "order": list(order)}).add_to(group)
    return group
