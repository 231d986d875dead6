"""A share above half is judged on what is left of it, in the same way in England."""

import numpy as np

from psc.catalogue.definition import load_catalogue
from psc.store.verdicts.complement import complement_of

METRICS = load_catalogue().metrics
SHARE = next(metric for metric in METRICS if metric.is_share)
RATE = next(metric for metric in METRICS if not metric.is_share)
VALUE = np.array([[96.0] * 24, [4.0] * 24])
SEGMENT = np.zeros(VALUE.shape, np.int64)


def test_share_above_half_is_turned_and_its_direction_with_it():
    judged = complement_of(SHARE, VALUE, SEGMENT)
    assert judged.flipped.tolist() == [True, False]
    np.testing.assert_array_equal(judged.value, np.full(VALUE.shape, 4.0))
    assert judged.sign.tolist() == [-1, 1]


def test_rate_is_never_turned_however_high():
    judged = complement_of(RATE, VALUE, SEGMENT)
    assert not judged.flipped.any()
    np.testing.assert_array_equal(judged.value, VALUE)


def test_ratio_to_england_is_of_what_is_left_on_both_sides():
    judged = complement_of(SHARE, VALUE, SEGMENT)
    england = np.full(24, 92.0)
    england[0] = 100.0
    ratios = judged.beside(england)
    assert np.isnan(ratios[0, 0])
    np.testing.assert_allclose(ratios[0, 1:], 4 / 8)
    np.testing.assert_allclose(ratios[1, 1:], 4 / 92)
