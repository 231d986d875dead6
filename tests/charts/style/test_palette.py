"""Every state has its colours, and its words elsewhere."""

from psc.charts.style.palette import STATE_COLOUR, STATE_FILL
from psc.narrate.verdicts import STATE_WORDS as VERDICT_WORDS
from tests.charts.style.icon_pairs import PAIRS


def test_every_state_has_its_colours_and_its_words():
    states = {state for state, _ in PAIRS}
    assert set(STATE_COLOUR) == set(STATE_FILL) == set(VERDICT_WORDS) == {*states, "unclear"}
