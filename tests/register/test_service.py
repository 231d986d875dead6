"""What people do in the register, on SQLite and on PostgreSQL."""

import pytest

from psc.register.errors import Incomplete, NoSuchRecord, NotAllowed, StaleEdit
from psc.register.records.headline_figure import headline
from psc.register.role_grants import grant, grants, revoke
from psc.register.workflow.permissions import PUBLIC
from tests.register.world import ADOPTION, PRIORITY, SOLUTION, TEST, published


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


@pytest.mark.parametrize("day", ["1900-01-01", "2199-12-31"])
def test_what_is_shared_can_be_read_whatever_day_its_form_took(world, day):
    world.solution(start=day)
    (solution,) = published(world).solutions
    assert solution.start == day


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


def test_a_test_belongs_to_a_priority_of_its_own_area(world):
    with pytest.raises(NotAllowed):
        world.service.create(
            world.eastern_lead, "test", TEST, areas=["eastern"], links={"priority_id": world.priority().id}
        )


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


def test_a_solution_withdrawn_before_it_was_shared_never_reaches_the_public(world):
    world.act(world.lead, world.solution(shared=False), "withdraw", "It did not work.")
    assert published(world).solutions == ()


def test_an_area_records_its_adoption_once_and_not_of_its_own_work(world):
    shared = world.solution()
    first = world.adoption(shared, publish=False)
    with pytest.raises(NotAllowed, match="recorded already"):
        world.adoption(shared)
    with pytest.raises(NotAllowed, match="own area"):
        world.service.create(world.lead, "adoption", ADOPTION, areas=["wessex"], links={"solution_id": shared.id})
    world.act(world.eastern_lead, first, "discard")
    assert world.adoption(shared).state == "published"


def test_no_test_is_begun_of_a_priority_that_is_over(world):
    closed = world.act(world.lead, world.priority(), "close", "It is usual care now.")
    with pytest.raises(NotAllowed, match="over"):
        world.test(closed)


def test_a_link_that_leads_nowhere_is_refused(world):
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


def test_a_solution_does_not_grow_from_another_areas_test(world):
    test = world.test(world.priority())
    with pytest.raises(NotAllowed, match="own area"):
        world.service.create(world.eastern_lead, "solution", SOLUTION, areas=["eastern"], links={"test_ids": [test.id]})


def test_a_solution_names_the_tests_it_grew_from(world):
    test = world.test(world.priority())
    made = world.service.create(world.lead, "solution", SOLUTION, areas=["wessex"], links={"test_ids": [test.id]})
    proposed = world.act(world.lead, world.act(world.lead, made, "mark_tested"), "propose")
    world.act(world.reviewer, proposed, "share")
    assert [solution.title for solution in published(world).solutions_from(test.id)] == [SOLUTION["title"]]


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


def test_a_role_taken_away_counts_from_that_moment(world):
    draft = world.priority("draft")
    (held,) = [g for g in grants(world.service, world.admin) if g.links["email"] == world.contributor.email]
    revoke(world.service, world.admin, held.id, held.version)
    with pytest.raises((NotAllowed, NoSuchRecord)):
        world.service.edit(world.contributor, "priority", draft.id, PRIORITY, version=draft.version)
    grant(world.service, world.admin, world.contributor.email, "contributor", "wessex")
    assert world.service.edit(world.contributor, "priority", draft.id, PRIORITY, version=draft.version).version == 2


def test_the_last_administrator_cannot_be_taken_away(world):
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


def test_one_area_does_not_close_what_two_began(world):
    half = world.act(world.lead, shared_priority(world), "close", "Wessex is done.")
    assert published(world).priorities[0].status == "active"
    assert published(world).priorities[0].outcome is None
    world.act(world.eastern_lead, half, "publish")
    (priority,) = published(world).priorities
    assert (priority.status, priority.outcome) == ("closed", "Wessex is done.")


def test_what_is_between_an_area_and_its_reviewers_is_blank_for_others(world):
    shared = world.solution()
    words = {**SOLUTION, "problem": "Not for everyone yet."}
    revised = world.service.edit(world.lead, "solution", shared.id, words, version=shared.version)
    proposed = world.act(world.lead, revised, "propose")
    world.act(world.reviewer, proposed, "return", "Say how many wards.")
    for who, sees in ((world.lead, True), (world.reviewer, True), (world.eastern_lead, False), (PUBLIC, False)):
        links = world.service.read(who, "solution", shared.id).links
        assert (links["returned"] == "Say how many wards.") is sees
        assert bool(links["revision"]) is sees


def test_a_draft_test_is_not_named_by_the_solution_that_grew_from_it(world):
    test = world.test(world.priority(), publish=False, title="Closing ward seven")
    made = world.service.create(world.lead, "solution", SOLUTION, areas=["wessex"], links={"test_ids": [test.id]})
    proposed = world.act(world.lead, world.act(world.lead, made, "mark_tested"), "propose")
    world.act(world.reviewer, proposed, "share")
    assert published(world).solutions[0].test_ids == ()


def test_others_drafts_are_as_if_they_were_not_there_for_links_too(world):
    draft = world.priority("draft")
    with pytest.raises(NoSuchRecord):
        world.service.create(world.eastern_lead, "test", TEST, areas=["eastern"], links={"priority_id": draft.id})


def test_a_review_is_at_most_two_years_away(world):
    proposed = world.act(world.lead, world.solution(shared=False, next_review="2150-01-01"), "propose")
    world.act(world.reviewer, proposed, "share")
    assert published(world).solutions[0].next_review == "2028-11-02"


def test_without_results_no_praise_stands_on_the_card(world):
    words = {"results": [], "results_note": "Falls fell by 90%."}
    proposed = world.act(world.lead, world.solution(shared=False, **words), "propose")
    world.act(world.reviewer, proposed, "share")
    assert headline(published(world).solutions[0]).sentence == "No result is given; the page says why."


def test_the_audit_is_for_administrators_and_a_records_history_for_its_area(world):
    shown = world.priority()
    assert [change.action for change in world.service.history(world.lead, "priority", shown.id)] == [
        "publish", "consult", "create",
    ]  # fmt: skip
    with pytest.raises(NotAllowed):
        world.service.history(world.eastern_lead, "priority", shown.id)
    with pytest.raises(NotAllowed):
        world.service.audit_entries(world.lead)
    assert world.service.audit_entries(world.admin)[0].action == "publish"


def test_words_changed_back_to_what_is_shared_need_no_reviewer(world):
    shared = world.solution()
    edit = world.service.edit
    revised = edit(world.lead, "solution", shared.id, {**shared.content, "problem": "A slip."}, version=shared.version)
    assert revised.links["revision"]
    back = edit(world.lead, "solution", shared.id, shared.content, version=revised.version)
    assert back.links["revision"] is None
    with pytest.raises(NotAllowed):
        world.act(world.reviewer, back, "share")
