"""What a test of change must say before it is public."""

import pytest

from psc.register.errors import Incomplete


def test_a_test_that_has_ended_says_what_was_learned_before_it_is_published(world):
    test = world.test(world.priority(), publish=False, end="2025-04-01")
    with pytest.raises(Incomplete) as incomplete:
        world.act(world.lead, test, "publish")
    assert set(incomplete.value.problems) == {"what_happened", "learned", "decision"}
