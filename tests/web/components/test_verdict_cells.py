"""The cells of a table that hold a verdict."""

from psc.web.components.verdict_cells import sign_cell
from tests.narrate.verdict_samples import NONE, a_month


def test_cell_of_too_few_to_say_does_not_claim_that_nothing_changed():
    assert sign_cell(a_month(**NONE, reason="too_few_to_say")) == "Too few to say"
    assert "No clear change" in sign_cell(a_month(**NONE))
