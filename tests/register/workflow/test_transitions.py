"""An action changes what it should beyond the state: agreement, proposals, reviews."""

import pytest

from psc.register.errors import NotAllowed
from tests.register.world import PRIORITY, SOLUTION, published


def test_a_priority_of_two_areas_is_published_when_a_lead_of_each_has_agreed(world):
    draft = world.service.create(world.lead, "priority", PRIORITY, areas=["wessex", "eastern"])
    consulted = world.act(world.lead, draft, "consult")
    half = world.act(world.lead, consulted, "publish")
    assert (half.state, half.links["agreed"]) == ("in_consultation", ["wessex"])
    assert published(world).priorities == ()
    whole = world.act(world.eastern_lead, half, "publish")
    assert whole.state == "published"
    assert published(world).priorities[0].areas == ("wessex", "eastern")


def test_a_change_takes_back_what_the_areas_had_agreed_to(world):
    draft = world.service.create(world.lead, "priority", PRIORITY, areas=["wessex", "eastern"])
    half = world.act(world.lead, world.act(world.lead, draft, "consult"), "publish")
    words = {**PRIORITY, "title": "Something else altogether"}
    changed = world.service.edit(world.lead, "priority", half.id, words, version=half.version)
    assert changed.links["agreed"] == []


def test_a_solution_sent_back_says_why_and_can_be_proposed_again(world):
    proposed = world.act(world.lead, world.solution(shared=False), "propose")
    back = world.act(world.reviewer, proposed, "return", "Say how many wards took part.")
    assert (back.links["proposed"], back.links["returned"]) == (False, "Say how many wards took part.")
    again = world.act(world.lead, back, "propose")
    assert (again.links["proposed"], again.links["returned"]) == (True, None)


def test_what_is_shared_stays_as_reviewed_until_a_reviewer_shares_the_new_words(world):
    shared = world.solution()
    words = {**SOLUTION, "problem": "Three strengths look alike."}
    revised = world.service.edit(world.lead, "solution", shared.id, words, version=shared.version)
    assert published(world).solutions[0].problem == "Two strengths look alike."
    proposed = world.act(world.lead, revised, "propose")
    world.act(world.reviewer, proposed, "share")
    assert published(world).solutions[0].problem == "Three strengths look alike."


def test_a_change_after_the_proposal_must_be_proposed_again(world):
    proposed = world.act(world.lead, world.solution(shared=False), "propose")
    changed = world.service.edit(world.lead, "solution", proposed.id, SOLUTION, version=proposed.version)
    with pytest.raises(NotAllowed, match="changed it since"):
        world.act(world.reviewer, changed, "share")


def shared_priority(world):
    """A published priority of Wessex and Eastern."""
    draft = world.service.create(world.lead, "priority", PRIORITY, areas=["wessex", "eastern"])
    half = world.act(world.lead, world.act(world.lead, draft, "consult"), "publish")
    return world.act(world.eastern_lead, half, "publish")


def test_new_words_for_a_published_priority_of_two_areas_wait_until_both_agree(world):
    shown = shared_priority(world)
    with pytest.raises(NotAllowed, match="nothing new"):
        world.act(world.lead, shown, "publish")
    words = {**PRIORITY, "title": "Wessex alone would say this"}
    changed = world.service.edit(world.lead, "priority", shown.id, words, version=shown.version)
    half = world.act(world.lead, changed, "publish")
    assert published(world).priorities[0].title == PRIORITY["title"]
    world.act(world.eastern_lead, half, "publish")
    assert published(world).priorities[0].title == "Wessex alone would say this"


def test_priority_of_two_areas_is_closed_only_when_both_agree(world):
    half = world.act(world.lead, shared_priority(world), "close", "Wessex is done.")
    assert published(world).priorities[0].status == "active"
    assert published(world).priorities[0].outcome is None
    world.act(world.eastern_lead, half, "publish")
    (priority,) = published(world).priorities
    assert (priority.status, priority.outcome) == ("closed", "Wessex is done.")


def test_review_of_a_shared_solution_is_at_most_two_years_away(world):
    proposed = world.act(world.lead, world.solution(shared=False, next_review="2150-01-01"), "propose")
    world.act(world.reviewer, proposed, "share")
    assert published(world).solutions[0].next_review == "2028-11-02"


def test_words_changed_back_to_what_is_shared_need_no_reviewer(world):
    shared = world.solution()
    edit = world.service.edit
    revised = edit(world.lead, "solution", shared.id, {**shared.content, "problem": "A slip."}, version=shared.version)
    assert revised.links["revision"]
    back = edit(world.lead, "solution", shared.id, shared.content, version=revised.version)
    assert back.links["revision"] is None
    with pytest.raises(NotAllowed):
        world.act(world.reviewer, back, "share")
