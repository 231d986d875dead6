"""An area counts once for every stage it has passed, and silence of the sources is no count."""

from itertools import pairwise

import pytest
from hypothesis import given

from psc.charts.maps.adoption_stages import LOOKS, STEPS, describe_spread, spread_counts
from psc.register.records.register_vocabulary import ADOPTION_STAGES
from tests.charts.maps.made_up_spread import ANY, STAGES


def test_every_stage_of_the_register_can_be_shown():
    assert set(LOOKS) == set(ADOPTION_STAGES)


def test_an_area_counts_for_every_stage_it_has_passed():
    counts = spread_counts(STAGES)
    assert counts == {"interested": 6, "engaged": 5, "adopted": 4, "sustained": 1, "stopped": 1, "unknown": 1}


@given(ANY)
def test_a_funnel_never_widens_and_nobody_is_lost(stages):
    counts = spread_counts(stages)
    assert all(counts[wide] >= counts[narrow] for wide, narrow in pairwise(STEPS))
    assert counts["interested"] + counts["unknown"] == len(stages)
    assert counts["stopped"] <= counts["adopted"] - counts["sustained"]


@pytest.mark.parametrize(
    ("stages", "words"),
    [
        (
            {"wessex": "engaged"},
            "On record, of 15 areas: 1 took part. Whether any took it into use or still used it a year or more later "
            "is not recorded.",
        ),
        (
            {"wessex": "interested"},
            "On record, of 15 areas: 1 showed interest. Whether any took part, took it into use or still used it a "
            "year or more later is not recorded.",
        ),
        (
            {"wessex": "adopted", "oxford": "unknown"},
            "On record, of 15 areas: 1 took part and 1 took it into use. Whether any still used it a year or more "
            "later is not recorded. How far it went is not recorded for 1 more.",
        ),
        ({"wessex": "unknown"}, "How far it went is not recorded for 1 of the 15 areas."),
    ],
)
def test_a_stage_that_no_area_is_on_record_for_is_not_recorded_rather_than_none(stages, words):
    assert describe_spread(stages) == words


def test_a_letter_stands_out_from_its_fill():
    def light(colour):
        parts = [int(colour[n : n + 2], 16) / 255 for n in (1, 3, 5)]
        linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
        return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]

    for _, letter, fill, ink in LOOKS.values():
        dark, bright = sorted([light(fill), light(ink)])
        assert (bright + 0.05) / (dark + 0.05) >= 4.5, letter
