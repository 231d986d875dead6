"""Outlines in metres and degrees lead back to each other, and a label stands inside its area."""

import numpy as np
import pytest
import shapely

from psc.geography.coverage import label_point, to_degrees, to_metres


def test_degrees_are_those_of_a_place_known_in_metres():
    # Tower of London: British National Grid TQ 336 805.
    (point,) = to_degrees(np.array([shapely.Point(533600, 180500)], dtype=object))
    assert (point.x, point.y) == pytest.approx((-0.076, 51.508), abs=0.002)


def test_metres_and_degrees_lead_back_to_each_other():
    shapes = np.array([shapely.box(-2.1, 51.0, -2.0, 51.1), shapely.Point(0.5, 52.5)], dtype=object)
    for shape, again in zip(shapes, to_degrees(to_metres(shapes)), strict=True):
        assert shapely.equals_exact(shape, again, tolerance=1e-6)


def test_label_stands_in_the_largest_part_of_an_area_with_islands():
    mainland, island = shapely.box(-2, 51, -1, 52), shapely.box(-4, 51, -3.9, 51.1)
    point = shapely.Point(label_point(shapely.MultiPolygon([island, mainland])))
    assert mainland.contains(point)


def test_label_of_a_crescent_stands_inside_it_where_its_centroid_does_not():
    crescent = shapely.box(-2, 51, -1, 52).difference(shapely.box(-1.9, 51.1, -1, 51.9))
    assert not crescent.contains(crescent.centroid)
    assert crescent.contains(shapely.Point(label_point(crescent)))
