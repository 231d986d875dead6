"""Each verdict has its mark, told apart without colour."""

import pytest

from psc.charts.spc.points import MARKERS, SIZES
from psc.charts.spc.spc_figure import spc_figure
from tests.charts.spc.drawn_points import QUIET, points


@pytest.mark.parametrize(
    ("direction", "last", "name", "symbol"),
    [
        ("lower", 25, "A concern", "square"),
        ("lower", 1, "Improving", "circle"),
        ("higher", 25, "Improving", "circle"),
        ("higher", 1, "A concern", "square"),
        ("neutral", 25, "Higher than usual", "diamond"),
        ("neutral", 1, "Lower than usual", "diamond"),
    ],
)
def test_each_verdict_has_its_mark(definition, series, direction, last, name, symbol):
    judged = definition(direction=direction)
    marks = points(spc_figure(judged, series(judged, [*QUIET, last])))
    assert set(marks) == {"No significant change", name}
    assert marks[name]["marker"]["symbol"] == symbol
    assert marks[name]["x"] == ["2025-03-16"]
    ordinary = marks["No significant change"]["marker"]
    assert marks[name]["marker"]["size"] >= 1.5 * ordinary["size"]
    assert marks[name]["marker"]["line"]["width"] > ordinary["line"]["width"]


def test_verdicts_are_told_apart_without_colour():
    """Improving, a concern and neither: by shape. An ordinary point is smaller, has a thinner outline besides."""
    shapes = {words: symbol for kind, (symbol, _, words) in MARKERS.items() if kind.startswith("special")}
    assert len({shapes["Improving"], shapes["A concern"], shapes["Higher than usual"]}) == 3
    assert len({words for _, _, words in MARKERS.values()}) == len(MARKERS)
    assert all(large > small for small, large in SIZES.values())
    assert all(SIZES["special"][n] > SIZES["unjudged"][n] > SIZES["common"][n] for n in (0, 1))
