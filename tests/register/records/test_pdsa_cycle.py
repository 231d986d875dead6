"""What a test of change must say before it is public."""

import pytest

from psc.register.errors import Incomplete


def test_ended_cycle_is_not_published_without_what_was_learned(world):
    test = world.test(world.priority(), publish=False, end="2025-04-01")
    with pytest.raises(Incomplete) as incomplete:
        world.act(world.lead, test, "publish")
    assert set(incomplete.value.problems) == {"what_happened", "learned", "decision"}
