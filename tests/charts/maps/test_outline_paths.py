"""Hatching fills an outline and nothing else."""

import re

import pytest

from psc.charts.maps.outline_paths import hatch_data, projection_of


def test_hatching_fills_an_outline_and_leaves_its_hole_free():
    """A square of ten by ten degrees at the equator, with a hole of four by four, has 84 of 100 parts."""
    square = [(0.0, 5.0), (10.0, 5.0), (10.0, -5.0), (0.0, -5.0), (0.0, 5.0)]
    hole = [(3.0, 2.0), (7.0, 2.0), (7.0, -2.0), (3.0, -2.0), (3.0, 2.0)]
    project, _ = projection_of(square, 500, 0)
    lines = re.findall(r"M(\S+) (\S+)l(\S+) (\S+?)(?=M|$)", hatch_data([square, hole], project, 2))
    length = sum(float(step) * 2**0.5 for _, _, step, _ in lines)
    assert length * 2 / 500**2 == pytest.approx(0.84, abs=0.01)
    for x, y, step, down in lines:
        assert step == down
        for share in (0.01, 0.5, 0.99):
            across, along = float(x) + share * float(step), float(y) + share * float(step)
            assert not (152 < across < 348 and 152 < along < 348)
