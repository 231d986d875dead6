"""A record hangs only on what its area may hang it on."""

from functools import partial

import pytest

from psc.register.errors import NoSuchRecord, NotAllowed
from psc.register.workflow.permissions import PUBLIC
from tests.register.at_once import at_once, patient, state
from tests.register.world import ADOPTION, SOLUTION, TEST, published


def test_what_there_may_be_one_of_stays_one_when_several_make_it_at_the_same_moment(world):
    with patient(world) as world:
        shared, priority = world.solution(), world.priority()
        adopt = partial(
            world.service.create,
            world.eastern_lead,
            "adoption",
            ADOPTION,
            areas=["eastern"],
            links={"solution_id": shared.id},
        )
        results = at_once(adopt, adopt, adopt)
        assert sorted(type(result).__name__ for result in results) == ["NotAllowed", "NotAllowed", "Record"]
        plan = partial(
            world.service.create, world.contributor, "test", TEST, areas=["wessex"], links={"priority_id": priority.id}
        )
        assert sorted(result.links["cycle"] for result in at_once(plan, plan, plan)) == [1, 2, 3]
        state(world)


def test_tests_of_change_are_numbered_in_the_order_they_were_planned(world):
    priority = world.priority()
    first = world.test(priority)
    second = world.test(priority, title="Two-nurse check at night", publish=False)
    assert [first.links["cycle"], second.links["cycle"]] == [1, 2]
    assert [test.title for test in published(world).tests] == [TEST["title"]]
    world.act(world.lead, second, "publish")
    register = published(world)
    assert [test.cycle for test in register.tests_by_priority[priority.id]] == [1, 2]
    assert [test.title for test in register.tests_about("methotrexate-10mg", "wessex")] == [
        "Two-nurse check",
        "Two-nurse check at night",
    ]


def test_pdsa_cycle_of_another_areas_priority_is_refused(world):
    with pytest.raises(NotAllowed):
        world.service.create(
            world.eastern_lead, "test", TEST, areas=["eastern"], links={"priority_id": world.priority().id}
        )


def test_an_area_records_its_adoption_once_and_not_of_its_own_work(world):
    shared = world.solution()
    first = world.adoption(shared, publish=False)
    with pytest.raises(NotAllowed, match="recorded already"):
        world.adoption(shared)
    with pytest.raises(NotAllowed, match="own area"):
        world.service.create(world.lead, "adoption", ADOPTION, areas=["wessex"], links={"solution_id": shared.id})
    world.act(world.eastern_lead, first, "discard")
    assert world.adoption(shared).state == "published"


def test_pdsa_cycle_of_a_closed_priority_is_refused(world):
    closed = world.act(world.lead, world.priority(), "close", "It is usual care now.")
    with pytest.raises(NotAllowed, match="over"):
        world.test(closed)


def test_link_that_leads_nowhere_is_refused(world):
    for kind, words, links in (
        ("test", TEST, {"priority_id": "no-such-priority"}),
        ("solution", SOLUTION, {"test_ids": ["no-such-test"]}),
    ):
        with pytest.raises(NoSuchRecord):
            world.service.create(world.lead, kind, words, areas=["wessex"], links=links)
    sent = world.service.create(
        PUBLIC, "suggestion", {"what": "Look at falls on stairs.", "area": "wessex"}, areas=["wessex"]
    )
    accepted = world.act(world.reviewer, sent, "accept")
    with pytest.raises(NoSuchRecord):
        world.act(world.lead, accepted, "answer", "We have.", priority_id="no-such-priority")


def test_solution_that_names_another_areas_test_is_refused(world):
    test = world.test(world.priority())
    with pytest.raises(NotAllowed, match="own area"):
        world.service.create(world.eastern_lead, "solution", SOLUTION, areas=["eastern"], links={"test_ids": [test.id]})


def test_a_solution_names_the_tests_it_grew_from(world):
    test = world.test(world.priority())
    made = world.service.create(world.lead, "solution", SOLUTION, areas=["wessex"], links={"test_ids": [test.id]})
    proposed = world.act(world.lead, world.act(world.lead, made, "mark_tested"), "propose")
    world.act(world.reviewer, proposed, "share")
    assert [solution.title for solution in published(world).solutions_from(test.id)] == [SOLUTION["title"]]


def test_others_drafts_are_as_if_they_were_not_there_for_links_too(world):
    draft = world.priority("draft")
    with pytest.raises(NoSuchRecord):
        world.service.create(world.eastern_lead, "test", TEST, areas=["eastern"], links={"priority_id": draft.id})
