"""What is drawn on a chart of a series."""

import json

from psc.charts.spc.points import MARKERS

QUIET = [10.0, 12, 11, 10, 12, 11, 10, 12, 11, 10, 12, 11, 10, 12]


def drawn(figure):
    """The figure as the browser gets it."""
    return json.loads(figure.to_json())


def points(figure):
    """The recorded points, by what is said of them."""
    names = {words for _, _, words in MARKERS.values()}
    return {trace["name"]: trace for trace in drawn(figure)["data"] if trace.get("name") in names}
