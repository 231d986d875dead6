"""Definitions and signals to make sentences of."""

from datetime import date

import pytest

from psc.catalogue.definition import load_catalogue
from psc.narrate.signal_words import Signal


@pytest.fixture(scope="session")
def definition(data):
    """Make the definition of a monthly share, or of what a test asks for."""
    real = load_catalogue(data / "harms").by_id["methotrexate-10mg"]
    words = {"plain_title": "Strong tablets", "unit_sentence": "{value}% of items", "decimals": 1, "kind": "process"}

    def make(**changes):
        return real.model_copy(update={**words, **changes})

    return make


@pytest.fixture(scope="session")
def yearly(definition):
    """The definition of a yearly rate."""
    return definition(grain="financial_year", chart="run", unit_sentence="{value} per 100,000 people")


def make_signal(**changes) -> Signal:
    """A steady monthly series of two years, but for what a test asks for."""
    steady = {
        "chart": "xmr",
        "state": "steady",
        "side": "",
        "assurance": "",
        "rule": "",
        "points": 24,
        "missing": 0,
        "non_random": None,
        "no_limits": "",
        "period_start": date(2025, 12, 1),
        "period_end": date(2025, 12, 31),
        "value": 1234.56,
        "first_period": date(2024, 1, 1),
        "odd": "",
        "expected": None,
        "expected_lower": None,
        "expected_upper": None,
    }
    told = {**steady, **changes}
    rest = {"limits_points": told["points"], "limits_from": told["first_period"]}
    return Signal(**{**rest, **told})


def make_run(**changes) -> Signal:
    """A yearly series of eight years that is not judged, but for what a test asks for."""
    years = {
        "chart": "run",
        "state": "unjudged",
        "points": 8,
        "non_random": False,
        "period_start": date(2023, 4, 1),
        "period_end": date(2024, 3, 31),
        "first_period": date(2016, 4, 1),
    }
    return make_signal(**{**years, **changes})
