"""What people do in the register, on SQLite and on PostgreSQL."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from psc.register.errors import Incomplete, NoSuchRecord, NotAllowed, PersonalDataFound, StaleEdit
from psc.register.records.headline_figure import headline
from psc.register.unsaved_forms import keep_form, open_form
from psc.register.workflow.permissions import PUBLIC
from tests.clean_text_twin import cleaned_letter_by_letter
from tests.register.at_once import draft, state
from tests.register.world import ADOPTION, PRIORITY, SOLUTION, published


def test_a_priority_goes_from_draft_to_the_public_and_is_closed_with_its_outcome(world):
    draft = world.service.create(world.contributor, "priority", PRIORITY, areas=["wessex"])
    assert (draft.state, draft.version) == ("draft", 1)
    assert published(world).priorities == ()
    consulted = world.act(world.lead, draft, "consult")
    assert published(world).priorities == ()
    shown = world.act(world.lead, consulted, "publish")
    (priority,) = published(world).priorities
    assert (priority.title, priority.areas, priority.status) == (PRIORITY["title"], ("wessex",), "active")
    assert priority.standing.is_areas_own
    assert priority.year_from == 2026 and priority.year_to is None
    with pytest.raises(Incomplete) as incomplete:
        world.act(world.lead, shown, "close")
    assert "outcome" in incomplete.value.problems
    world.act(world.lead, shown, "close", "The slips fell by a third, and the check is usual care now.")
    (priority,) = published(world).priorities
    assert (priority.status, priority.year_to) == ("closed", 2026)
    assert priority.outcome.startswith("The slips fell")


def test_a_solution_is_shared_by_a_reviewer_from_elsewhere_and_adopted_by_another_area(world):
    tested = world.solution(shared=False)
    with pytest.raises(NotAllowed):
        world.act(world.reviewer, tested, "share")
    proposed = world.act(world.lead, tested, "propose")
    assert published(world).solutions == ()
    with pytest.raises(NotAllowed, match="another area"):
        world.act(world.own_reviewer, proposed, "share")
    shared = world.act(world.reviewer, proposed, "share")
    (solution,) = published(world).solutions
    assert (solution.title, solution.status) == (SOLUTION["title"], "shared_nationally")
    assert solution.spread_reach == "region"
    assert solution.next_review == "2028-11-02"
    assert not solution.review_due("2028-11-01") and solution.review_due("2028-11-02")
    world.adoption(shared)
    (solution,) = published(world).solutions
    (adoption,) = solution.adopted_by
    assert (adoption.area, adoption.stage, adoption.reached) == ("eastern", "adopted", {"adopted": "2025-10-01"})
    assert solution.spread_reach == "multi_region"
    assert [found.id for found, _ in published(world).adoptions_about("methotrexate-10mg", "eastern")] == [solution.id]


def test_a_withdrawn_solution_stays_with_its_reason_and_cannot_be_adopted(world):
    shared = world.solution()
    with pytest.raises(Incomplete):
        world.act(world.reviewer, shared, "withdraw")
    gone = world.act(world.reviewer, shared, "withdraw", "A patient was harmed when the ward ran out.")
    (solution,) = published(world).solutions
    assert (solution.status, solution.evidence_grade) == ("withdrawn", "W")
    assert solution.withdrawn_reason == "A patient was harmed when the ward ran out."
    with pytest.raises(NotAllowed):
        world.adoption(gone)


def test_two_people_edit_at_once_and_the_second_sees_both_versions(world):
    seen = world.priority("draft")
    first = {**PRIORITY, "title": "Hers, saved first"}
    second = {**PRIORITY, "title": "His, saved second"}
    world.service.edit(world.lead, "priority", seen.id, first, version=seen.version)
    with pytest.raises(StaleEdit) as stale:
        world.service.edit(world.contributor, "priority", seen.id, second, version=seen.version)
    assert stale.value.theirs["title"] == "Hers, saved first"
    assert stale.value.mine["title"] == "His, saved second"
    assert stale.value.who == world.lead.email
    kept = world.service.edit(world.contributor, "priority", seen.id, second, version=stale.value.version)
    assert kept.content["title"] == "His, saved second"


def test_a_form_sent_twice_makes_one_record(world):
    one = world.service.create(world.contributor, "priority", PRIORITY, areas=["wessex"], token="form-1")
    two = world.service.create(world.contributor, "priority", PRIORITY, areas=["wessex"], token="form-1")
    assert one.id == two.id
    assert len(world.service.records(world.contributor, "priority")) == 1


def test_the_same_form_with_other_words_loses_none_of_them(world):
    world.service.create(world.contributor, "priority", PRIORITY, areas=["wessex"], token="form-1")
    other = {**PRIORITY, "title": "Written in the other window"}
    two = world.service.create(world.contributor, "priority", other, areas=["wessex"], token="form-1")
    assert two.content["title"] == "Written in the other window"
    assert len(world.service.records(world.contributor, "priority")) == 2


def test_someone_elses_draft_is_as_if_it_were_not_there(world):
    draft = world.priority("draft")
    with pytest.raises(NoSuchRecord):
        world.service.read(world.eastern_lead, "priority", draft.id)
    with pytest.raises(NoSuchRecord):
        world.service.edit(world.eastern_lead, "priority", draft.id, PRIORITY, version=draft.version)


def test_nobody_writes_in_another_areas_name(world):
    shared = world.solution()
    both = ["eastern", "wessex"]
    for kind, words, links in (
        ("adoption", ADOPTION, {"solution_id": shared.id}),
        ("event", {"title": "Falls day"}, {}),
        ("capability", {"skill": "Coaching"}, {}),
        ("solution", SOLUTION, {}),
    ):
        with pytest.raises(NotAllowed):
            world.service.create(world.eastern_lead, kind, words, areas=both, links=links)
    for areas in (["wessex", "nowhere"], ["wessex", "wessex"], []):
        with pytest.raises(NotAllowed):
            world.service.create(world.lead, "priority", PRIORITY, areas=areas)
    with pytest.raises(NotAllowed):
        world.service.create(PUBLIC, "suggestion", {"what": "Look at falls.", "area": "wessex"}, areas=["eastern"])


def test_without_results_no_praise_stands_on_the_card(world):
    words = {"results": [], "results_note": "Falls fell by 90%."}
    proposed = world.act(world.lead, world.solution(shared=False, **words), "propose")
    world.act(world.reviewer, proposed, "share")
    assert headline(published(world).solutions[0]).sentence == "No result is given; the page says why."


@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(words=st.text(st.characters(exclude_categories=()), min_size=3, max_size=60))
def test_whatever_is_typed_is_stored_in_clean_text_or_refused_with_its_field(world, words):
    try:
        made = draft(world, words)
    except (Incomplete, PersonalDataFound):
        return
    assert made.content["title"] == cleaned_letter_by_letter(words).replace("\n", " ").strip()
    assert world.service.read(world.lead, "priority", made.id).content == made.content
    form = open_form(world.service, world.lead, "any", version=None, content={})
    keep_form(world.service, world.lead, form, {"title": words})
    state(world)


def test_a_record_of_an_impossible_name_is_not_there(world):
    for name in ("\x00", "\ud800", "no-such-record", "'; DROP TABLE audit; --"):
        with pytest.raises(NoSuchRecord):
            world.service.read(world.lead, "priority", name)
