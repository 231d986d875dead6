"""What the public reads is found by priority, by metric and area, and in the order of its dates."""

import pytest

from psc.register.public.public_register import RecordProvenance
from tests.register.world import published


def test_published_tests_of_a_priority_come_in_the_order_of_their_cycles(world):
    priority = world.priority()
    for start in ("2025-03-01", "2025-01-01", "2025-02-01"):
        world.test(priority, start=start)
    register = published(world)
    assert [test.start for test in register.tests_by_priority[priority.id]] == [
        "2025-01-01",
        "2025-02-01",
        "2025-03-01",
    ]
    assert set(register.tests_by_id) == {test.id for test in register.tests}


def test_tests_about_a_metric_are_those_of_the_area_whose_priority_names_it(world):
    test = world.test(world.priority())
    register = published(world)
    assert [found.id for found in register.tests_about("methotrexate-10mg", "wessex")] == [test.id]
    assert register.tests_about("methotrexate-10mg", "eastern") == register.tests_about("mrsa", "wessex") == []


def test_adoptions_about_a_metric_are_those_of_solutions_that_name_it(world):
    solution = world.solution(metrics=["methotrexate-10mg"])
    adoption = world.adoption(solution)
    register = published(world)
    ((found, adopted),) = register.adoptions_about("methotrexate-10mg", "eastern")
    assert (found.id, adopted.id) == (solution.id, adoption.id)
    assert register.adoptions_about("methotrexate-10mg", "wessex") == []


@pytest.mark.parametrize(
    ("standing", "is_own"),
    [
        (RecordProvenance(), False),
        (RecordProvenance("compiled", "wessex", "2026-11-02"), False),
        (RecordProvenance("compiled", "wessex", "2026-11-02", rewritten=True), True),
        (RecordProvenance("authored"), True),
    ],
)
def test_words_are_an_areas_own_once_it_wrote_or_rewrote_them(standing, is_own):
    assert standing.is_areas_own is is_own


@pytest.mark.parametrize(("today", "due"), [("2027-01-01", False), ("2028-11-03", True), ("2030-01-01", True)])
def test_review_of_a_shared_solution_is_due_from_its_day_on(world, today, due):
    world.solution()
    (solution,) = published(world).solutions
    assert solution.review_due(today) is due
