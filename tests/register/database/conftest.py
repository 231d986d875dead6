"""A register whose audit has something in it."""

import pytest

from tests.register.world import PRIORITY, World


@pytest.fixture
def lived_in(world: World) -> World:
    """A register in which a good deal has happened."""
    priority = world.priority()
    world.test(priority)
    world.adoption(world.solution())
    world.service.edit(world.lead, "priority", priority.id, PRIORITY, version=priority.version)
    return world
