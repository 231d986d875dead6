"""Verdicts to make sentences of."""

from datetime import date

from psc.geography.areas import ENGLAND
from psc.narrate.attention import Everywhere
from psc.narrate.verdicts import Verdict

NONE = {"direction": "none", "certain": False, "state": "steady", "change": -0.01, "lower": -0.05, "upper": 0.03}
UNSURE = {"certain": False, "state": "unclear", "lower": -0.2, "upper": 0.04}
UNJUDGED = {"method": "", "direction": "not_judged", "certain": False, "state": "unjudged", "change": None}


def a_month(**changes) -> Verdict:
    """A monthly series clearly 8% lower, an improvement, as in England, but for what a test asks for."""
    known = {
        "method": "monthly", "direction": "lower", "certain": True, "state": "improving",
        "change": -0.08, "lower": -0.10, "upper": -0.06, "change_on_year": None, "pairs": 12, "agreeing": 12,
        "years": 0, "against_england": "alike", "against_change": 0.0, "against_lower": -0.02, "against_upper": 0.02,
        "flags": (), "reason": "", "period_start": date(2025, 12, 1), "period_end": date(2025, 12, 31), "value": 9.31,
    }  # fmt: skip
    return Verdict(**{**known, **changes})


def a_year(**changes) -> Verdict:
    """A yearly series clearly 15% higher than the five years before, a concern, but for what a test asks for."""
    known = {
        "method": "yearly", "direction": "higher", "state": "concern", "change": 0.15, "lower": 0.06, "upper": 0.24,
        "change_on_year": 0.10, "pairs": 0, "agreeing": 0, "years": 5,
        "period_start": date(2023, 4, 1), "period_end": date(2024, 3, 31),
    }  # fmt: skip
    return a_month(**{**known, **changes})


def a_steady_year(**changes) -> Verdict:
    """A yearly series without a clear change, 9% higher than the year before, but for what a test asks for."""
    return a_year(**{**NONE, "change": 0.04, "lower": -0.04, "upper": 0.13, "change_on_year": 0.09, **changes})


def everywhere(definition, england: Verdict | None, *areas: Verdict) -> Everywhere:
    """A measure with a verdict for England, and for areas called a0, a1, ..."""
    verdicts = {f"a{number}": verdict for number, verdict in enumerate(areas)}
    return Everywhere(definition, {**verdicts, ENGLAND: england} if england else verdicts)
