"""New limits are suggested where a change is certain and has lasted, and never to make a concern disappear."""

from dataclasses import replace
from datetime import date

import pytest

from psc.narrate.new_limits import describe_new_limits
from psc.narrate.verdicts import Verdict
from psc.store.one_side import Run

LOWER = Verdict(
    method="monthly", direction="lower", certain=True, state="improving", change=-0.08, lower=-0.10, upper=-0.06,
    change_on_year=None, pairs=12, agreeing=12, years=0, against_england="", against_change=None, against_lower=None,
    against_upper=None, flags=(), reason="", period_start=date(2025, 12, 1), period_end=date(2025, 12, 31), value=12.0,
)  # fmt: skip
RUN = Run(13, date(2024, 12, 1), "below", date(2018, 1, 1))


def test_a_certain_change_that_lasted_thirteen_figures_is_suggested_with_its_evidence(definition):
    said = describe_new_limits(definition(), LOWER, RUN)
    assert "Improving: lower than a year before in 12 of the last 12 months; 8% lower (6% to 10%)." in said
    assert "13 months in a row, since December 2024, lie below the average of all figures since January 2018." in said
    assert "If you know what changed" in said


@pytest.mark.parametrize(
    ("verdict", "run"),
    [
        ({"certain": False, "state": "unclear"}, RUN),
        ({"state": "concern"}, RUN),
        ({"direction": "none", "certain": False, "state": "steady"}, RUN),
        ({}, replace(RUN, length=12)),
        ({}, replace(RUN, side="above")),
        ({}, None),
    ],
)
def test_nothing_is_suggested_otherwise(definition, verdict, run):
    assert describe_new_limits(definition(), replace(LOWER, **verdict), run) == ""
