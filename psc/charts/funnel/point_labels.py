"""Names written beside points where they hide neither each other nor a point, on a phone as on a desk."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from psc.charts.style.side_labels import LINE_HEIGHT, text_width

PLOT_WIDTHS = (220, 320, 560, 840)
"""Widths of a plot in pixels, from a phone's to a desk's: a chart is drawn before it is known who looks at it."""
HALO = 7
"""Half the side of the square that a point keeps free, in pixels."""
NEAR = 9
FAR = tuple(sign * LINE_HEIGHT * step for step in range(1, 16) for sign in (1, -1))
"""Heights above and below a point at which a name with a leader is tried, in pixels, nearest first."""
OPTIONAL_FAR = 4
"""How many of them are tried for a name that need not be written: a long leader is worse than no name."""

Point = tuple[float, float]
"""Where a point lies, as shares of the plot's width and height from the lower left."""


@dataclass(frozen=True, slots=True)
class Spot:
    """A place for a name: the left end and the middle of its text, in pixels from its point; with a leader or not."""

    left: float
    middle: float
    width: float
    leader: bool

    def box(self, x: float, y: float) -> tuple[float, float, float, float]:
        """Return left, bottom, right and top of the text in pixels, for a point at ``x``, ``y``."""
        half = LINE_HEIGHT / 2
        return x + self.left, y + self.middle - half, x + self.left + self.width, y + self.middle + half

    def annotation(self) -> dict[str, Any]:
        """Return where plotly has to write the name, from its point."""
        right_of_point = self.left > 0
        beside = right_of_point or self.left + self.width < 0
        anchor = ("left" if right_of_point else "right") if beside else "center"
        shift = self.left if right_of_point else self.left + self.width if beside else 0
        if not self.leader:
            return {"showarrow": False, "xanchor": anchor, "xshift": shift, "yanchor": "middle", "yshift": self.middle}
        return {"showarrow": True, "arrowhead": 0, "xanchor": anchor, "ax": shift, "ay": -self.middle, "standoff": 5}


def name_spots(
    points: Sequence[Point], names: Sequence[str], must: Sequence[bool], plot_height: float
) -> list[Spot | None]:
    """Return a spot for each name, or None where there is no room; a name that ``must`` be written always has one.

    A spot is free if, at each of `PLOT_WIDTHS`, it lies inside the plot (``plot_height`` pixels high) and on no point
    and no other name. Names that must be written choose first, and may stand further off with a leader to their point.
    """
    taken: list[tuple[int, Spot]] = []
    spots: list[Spot | None] = [None] * len(points)
    for index in sorted(range(len(points)), key=lambda index: (not must[index], points[index])):
        width = text_width(names[index])
        near = [
            Spot(left, middle, width, leader=False)
            for left, middle in [
                (NEAR, 0.0), (-NEAR - width, 0.0), (-width / 2, 13.0), (-width / 2, -13.0),
                (6.0, 11.0), (6.0, -11.0), (-6 - width, 11.0), (-6 - width, -11.0),
            ]
        ]  # fmt: skip
        heights = FAR if must[index] else FAR[:OPTIONAL_FAR]
        far = [Spot(left, middle, width, leader=True) for middle in heights for left in (18.0, -18.0 - width)]
        free = (spot for spot in near + far if _is_free(spot, index, points, taken, plot_height))
        spots[index] = next(free, near[0] if must[index] else None)
        if spot := spots[index]:
            taken.append((index, spot))
    return spots


def _is_free(
    spot: Spot, index: int, points: Sequence[Point], taken: Sequence[tuple[int, Spot]], plot_height: float
) -> bool:
    for plot_width in PLOT_WIDTHS:
        middles = [(x * plot_width, y * plot_height) for x, y in points]
        box = spot.box(*middles[index])
        if box[0] < 0 or box[1] < 0 or box[2] > plot_width or box[3] > plot_height:
            return False
        others = [(x - HALO, y - HALO, x + HALO, y + HALO) for n, (x, y) in enumerate(middles) if n != index]
        others += [other.box(*middles[n]) for n, other in taken]
        if any(_overlap(box, other) for other in others):
            return False
    return True


def _overlap(one: tuple[float, float, float, float], other: tuple[float, float, float, float]) -> bool:
    return one[0] < other[2] and other[0] < one[2] and one[1] < other[3] and other[1] < one[3]
