"""Limits are cut to what a measure's figure can be, and a missing one stays missing."""

import numpy as np

from psc.catalogue.definition import load_catalogue
from psc.store.possible import within_possible

METRICS = load_catalogue().metrics
LIMITS = np.array([[-5.0, 0.0, 50.0], [100.0, 130.0, np.nan]])


def test_limits_of_a_share_lie_from_0_to_100_per_cent():
    share = next(metric for metric in METRICS if metric.is_share)
    np.testing.assert_array_equal(within_possible(share, LIMITS), [[0, 0, 50], [100, 100, np.nan]])


def test_limits_of_a_rate_are_cut_at_0_alone():
    rate = next(metric for metric in METRICS if metric.possible == (0, np.inf))
    np.testing.assert_array_equal(within_possible(rate, LIMITS), [[0, 0, 50], [100, 130, np.nan]])
