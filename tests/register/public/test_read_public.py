"""The public reads what was published, and nothing of drafts."""

import pytest

from psc.register.errors import NoSuchRecord
from psc.register.workflow.permissions import PUBLIC
from tests.register.world import SOLUTION, published


@pytest.mark.parametrize("day", ["1900-01-01", "2199-12-31"])
def test_what_is_shared_can_be_read_whatever_day_its_form_took(world, day):
    world.solution(start=day)
    (solution,) = published(world).solutions
    assert solution.start == day


def test_a_solution_withdrawn_before_it_was_shared_never_reaches_the_public(world):
    world.act(world.lead, world.solution(shared=False), "withdraw", "It did not work.")
    assert published(world).solutions == ()


def test_a_suggestion_is_moderated_and_answered_in_public(world):
    words = {"what": "Please look at falls on stairs in care homes.", "area": "wessex"}
    sent = world.service.create(PUBLIC, "suggestion", words, areas=["wessex"])
    assert published(world).suggestions == ()
    with pytest.raises(NoSuchRecord):
        world.act(world.lead, sent, "answer", "We have begun.")
    accepted = world.act(world.reviewer, sent, "accept")
    (shown,) = published(world).suggestions
    assert (shown.what, shown.answer) == (words["what"], None)
    priority = world.priority()
    world.act(world.lead, accepted, "answer", "It is a priority now.", priority_id=priority.id)
    (shown,) = published(world).suggestions
    assert (shown.answer, shown.priority_id) == ("It is a priority now.", priority.id)


def test_a_rejected_suggestion_is_out_of_sight_with_its_reason(world):
    words = {"what": "Dr So-and-so of the clinic is no good.", "area": "wessex"}
    sent = world.service.create(PUBLIC, "suggestion", words, areas=["wessex"])
    world.act(world.reviewer, sent, "reject", "It is about one person.")
    assert published(world).suggestions == ()
    assert world.service.records(world.lead, "suggestion") == []
    (kept,) = world.service.records(world.reviewer, "suggestion")
    assert kept.content["reason"] == "It is about one person."


def test_a_draft_test_is_not_named_by_the_solution_that_grew_from_it(world):
    test = world.test(world.priority(), publish=False, title="Closing ward seven")
    made = world.service.create(world.lead, "solution", SOLUTION, areas=["wessex"], links={"test_ids": [test.id]})
    proposed = world.act(world.lead, world.act(world.lead, made, "mark_tested"), "propose")
    world.act(world.reviewer, proposed, "share")
    assert published(world).solutions[0].test_ids == ()
