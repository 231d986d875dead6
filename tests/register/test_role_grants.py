"""Roles are given and taken by administrators, each once, and one administrator stays."""

import dataclasses
from functools import partial

import pytest

from psc.register.errors import Incomplete, NoSuchRecord, NotAllowed
from psc.register.role_grants import grant, grants, revoke
from psc.register.workflow.record import Record
from tests.register.at_once import at_once, patient
from tests.register.world import PRIORITY


def test_role_given_by_several_at_the_same_moment_is_given_once(world):
    with patient(world) as world:
        give = partial(grant, world.service, world.admin, "new@wessex.example", "lead", "wessex")
        for _ in range(3):
            given = at_once(give, give, give)
            assert len({(held.id, held.state) for held in given}) == 1, given
            revoke(world.service, world.admin, given[0].id, max(held.version for held in given))


def test_of_two_administrators_who_resign_at_the_same_moment_one_stays(world):
    with patient(world) as world:
        other = dataclasses.replace(world.admin, email="other@psc.example")
        second = grant(world.service, world.admin, other.email, "administrator")
        (first,) = [held for held in grants(world.service, other) if held.links["email"] == world.admin.email]
        results = at_once(
            lambda: revoke(world.service, world.admin, first.id, first.version),
            lambda: revoke(world.service, other, second.id, second.version),
        )
        assert len([result for result in results if isinstance(result, Record)]) == 1
        (refused,) = [result for result in results if isinstance(result, NotAllowed)]
        assert "only administrator" in str(refused)


def test_a_role_taken_away_counts_from_that_moment(world):
    draft = world.priority("draft")
    (held,) = [g for g in grants(world.service, world.admin) if g.links["email"] == world.contributor.email]
    revoke(world.service, world.admin, held.id, held.version)
    with pytest.raises((NotAllowed, NoSuchRecord)):
        world.service.edit(world.contributor, "priority", draft.id, PRIORITY, version=draft.version)
    grant(world.service, world.admin, world.contributor.email, "contributor", "wessex")
    assert world.service.edit(world.contributor, "priority", draft.id, PRIORITY, version=draft.version).version == 2


def test_role_of_the_last_administrator_cannot_be_taken_away(world):
    (held,) = [g for g in grants(world.service, world.admin) if g.links["role"] == "administrator"]
    with pytest.raises(NotAllowed, match="only administrator"):
        revoke(world.service, world.admin, held.id, held.version)


def test_only_an_administrator_gives_roles(world):
    with pytest.raises(NotAllowed):
        grant(world.service, world.lead, "friend@wessex.example", "lead", "wessex")
    with pytest.raises(Incomplete):
        grant(world.service, world.admin, "not an address", "lead", "wessex")
    with pytest.raises(Incomplete):
        grant(world.service, world.admin, "friend@wessex.example", "lead", "atlantis")
