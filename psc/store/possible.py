"""Keeps limits and intervals within what a measure's figure can be: no count below 0, no share above 100%."""

import numpy as np
import numpy.typing as npt

from psc.catalogue.definition import Metric

Floats = npt.NDArray[np.float64]


def within_possible(definition: Metric, limits: npt.ArrayLike) -> Floats:
    """Return ``limits`` (any shape, in the measure's unit) cut to the figures that are possible; NaN stays NaN.

    The statistics know nothing of the unit, so an XmR limit may lie below 0 or above 100%. Cutting it changes no
    verdict: a figure itself is never beyond what is possible.
    """
    return np.clip(np.asarray(limits, float), *definition.possible)
