"""Every role, for its own area and for another, tries every action on every kind of record in every state."""

import re
from itertools import product

import pytest

from psc.register.workflow.lifecycle import LIFECYCLES, PUBLIC_STATES, states
from psc.register.workflow.permissions import PUBLIC, Actor, Grant, RecordStatus, may, may_read, refusal

# Kind, action, states it starts from, who may. "own": of an area that owns the record; "elsewhere": of another area.
# Written out by hand from what each role is for; whatever is not here must be refused.
ALLOWED = """
priority    create       new                                            contributor own, lead own
priority    edit         draft, in_consultation                         contributor own, lead own
priority    edit         published                                      lead own
priority    consult      draft                                          lead own
priority    redraft      in_consultation                                lead own
priority    publish      in_consultation, published                     lead own
priority    close        published                                      lead own
priority    discard      draft                                          contributor own, lead own
test        create       new                                            contributor own, lead own
test        edit         draft                                          contributor own, lead own
test        edit         published                                      lead own
test        publish      draft                                          lead own
test        discard      draft                                          contributor own, lead own
solution    create       new                                            contributor own, lead own
solution    edit         developing                                     contributor own, lead own
solution    edit         tested_locally, shared_nationally              lead own
solution    mark_tested  developing                                     lead own
solution    propose      tested_locally, shared_nationally              lead own
solution    return       tested_locally, shared_nationally              reviewer elsewhere
solution    share        tested_locally, shared_nationally              reviewer elsewhere
solution    review       shared_nationally                              lead own
solution    withdraw     developing, tested_locally                       lead own
solution    withdraw     shared_nationally                                lead own, reviewer elsewhere
adoption    create       new                                            contributor own, lead own
adoption    edit         draft                                          contributor own, lead own
adoption    edit         published                                      lead own
adoption    publish      draft                                          lead own
adoption    discard      draft                                          contributor own, lead own
suggestion  create       new                                            anyone
suggestion  accept       received                                       reviewer elsewhere
suggestion  reject       received, accepted, answered                   reviewer elsewhere
suggestion  answer       accepted, answered                             lead own
suggestion  redact       received, accepted, answered, rejected         reviewer elsewhere
event       create       new                                            contributor own, lead own
event       edit         draft                                          contributor own, lead own
event       edit         published                                      lead own
event       publish      draft                                          lead own
event       cancel       published                                      lead own
event       discard      draft                                          contributor own, lead own
capability  create       new                                            contributor own, lead own
capability  edit         draft                                          contributor own, lead own
capability  edit         published                                      lead own
capability  publish      draft                                          lead own
capability  discard      draft                                          contributor own, lead own
chart_decision  create   new                                            contributor own, lead own
chart_decision  edit     draft                                          contributor own, lead own
chart_decision  publish  draft                                          lead own
chart_decision  discard  draft                                          contributor own, lead own
chart_decision  approve  proposed                                       lead own, reviewer elsewhere
chart_decision  return   proposed                                       lead own, reviewer elsewhere
chart_decision  withdraw  published                                     lead own, reviewer elsewhere
grant       create       new                                            administrator own, administrator elsewhere
grant       revoke       active                                         administrator own, administrator elsewhere
grant       restore      revoked                                        administrator own, administrator elsewhere
"""
ROLES = ("contributor", "lead", "reviewer", "administrator", "no role", "public")
OWN, OTHER = "wessex", "eastern"
ACTIONS = sorted({action for steps in LIFECYCLES.values() for action in steps})
CLAIMS = {("priority", "published"), ("priority", "closed"), ("solution", "shared_nationally"),
          ("solution", "withdrawn"), ("adoption", "published")}  # fmt: skip


def _allowed() -> dict[tuple[str, str, str], set[str]]:
    table: dict[tuple[str, str, str], set[str]] = {}
    for line in ALLOWED.strip().splitlines():
        kind, action, from_states, who = re.split(r" {2,}", line)
        for state in from_states.split(", "):
            table[kind, action, "" if state == "new" else state] = set(who.split(", "))
    return table


TABLE = _allowed()


def _someone(role: str, area: str) -> Actor:
    if role == "public":
        return PUBLIC
    if role == "no role":
        return Actor("someone@example.org", "Someone")
    return Actor("someone@example.org", "Someone", (Grant(role, "" if role == "administrator" else area),))


@pytest.mark.parametrize("kind", LIFECYCLES)
def test_every_role_may_do_what_it_is_for_and_nothing_else(kind):
    tried = 0
    for role, (where, area), action, state in product(
        ROLES, [("own", OWN), ("elsewhere", OTHER)], ACTIONS, states(kind)
    ):
        who = TABLE.get((kind, action, state), set())
        expected = "anyone" in who or f"{role} {where}" in who
        record = RecordStatus(kind, state, (OWN,))
        assert may(_someone(role, area), action, record) is expected, (role, where, action, state)
        tried += 1
    assert tried == len(ROLES) * 2 * len(ACTIONS) * len(states(kind))


def test_the_table_names_only_what_there_is():
    for kind, action, state in TABLE:
        assert state in LIFECYCLES[kind][action].of


@pytest.mark.parametrize("kind", LIFECYCLES)
def test_what_was_compiled_can_only_be_claimed_by_its_areas_lead_or_withdrawn(kind):
    for role, (where, area), action, state in product(
        ROLES, [("own", OWN), ("elsewhere", OTHER)], ACTIONS, states(kind)
    ):
        if state == "":
            continue
        expected = (kind, state) in CLAIMS and action == "claim" and (role, where) == ("lead", "own")
        # What is unsafe can be stopped, whoever wrote it down.
        expected |= action == "withdraw" and f"{role} {where}" in TABLE.get((kind, action, state), ())
        record = RecordStatus(kind, state, (OWN,), compiled=True)
        assert may(_someone(role, area), action, record) is expected, (role, where, action, state)


def test_a_compiled_record_of_several_areas_is_claimed_by_none_of_them():
    lead = _someone("lead", OWN)
    assert not may(lead, "claim", RecordStatus("priority", "published", (OWN, OTHER), compiled=True))
    assert not may(lead, "claim", RecordStatus("adoption", "published", (), compiled=True))


def test_a_reviewer_who_also_leads_an_area_does_not_review_that_area_either():
    both = Actor("r@example.org", "R", (Grant("reviewer", OTHER), Grant("lead", OWN)))
    assert not may(both, "share", RecordStatus("solution", "tested_locally", (OWN,)))
    assert not may(both, "share", RecordStatus("solution", "tested_locally", (OTHER,)))
    assert may(both, "share", RecordStatus("solution", "tested_locally", ("oxford",)))


def test_a_suggestion_about_all_of_england_is_answered_by_a_reviewer():
    record = RecordStatus("suggestion", "accepted", ("england",))
    assert may(_someone("reviewer", OWN), "answer", record)
    assert not may(_someone("lead", OWN), "answer", record)


def test_several_areas_share_a_priority_and_the_lead_of_any_works_on_it():
    record = RecordStatus("priority", "draft", (OWN, OTHER))
    assert may(_someone("lead", OTHER), "consult", record)
    assert not may(_someone("lead", "oxford"), "consult", record)


@pytest.mark.parametrize("kind", LIFECYCLES)
def test_the_public_reads_what_is_published_and_nothing_else(kind):
    for state in states(kind):
        if state:
            assert may_read(PUBLIC, RecordStatus(kind, state, (OWN,))) is (state in PUBLIC_STATES[kind])


@pytest.mark.parametrize("kind", [kind for kind in LIFECYCLES if kind not in ("grant", "suggestion")])
def test_an_areas_people_read_its_drafts_and_other_areas_people_do_not(kind):
    for state in states(kind):
        if not state or state in PUBLIC_STATES[kind]:
            continue
        record = RecordStatus(kind, state, (OWN,))
        assert may_read(_someone("contributor", OWN), record)
        assert may_read(_someone("lead", OTHER), record) is (state == "in_consultation")
        assert not may_read(_someone("administrator", OWN), record) or state == "in_consultation"


def test_a_suggestion_that_is_not_published_is_for_reviewers_from_elsewhere_alone():
    for state in ("received", "rejected"):
        record = RecordStatus("suggestion", state, (OWN,))
        readers = {(role, area) for role in ROLES for area in (OWN, OTHER) if may_read(_someone(role, area), record)}
        assert readers == {("reviewer", OTHER)}


def test_only_a_lead_throws_away_what_several_areas_began():
    shared = RecordStatus("priority", "draft", (OWN, OTHER))
    assert not may(_someone("contributor", OWN), "discard", shared)
    assert may(_someone("lead", OWN), "discard", shared)


def test_what_was_withdrawn_before_it_was_shared_is_for_its_own_area_alone():
    record = RecordStatus("solution", "withdrawn", (OWN,), hidden=True)
    readers = {(role, area) for role in ROLES for area in (OWN, OTHER) if may_read(_someone(role, area), record)}
    assert readers == {(role, OWN) for role in ("contributor", "lead", "reviewer")}


def test_a_solution_being_worked_out_is_for_its_own_area_alone():
    record = RecordStatus("solution", "developing", (OWN,))
    readers = {(role, area) for role in ROLES for area in (OWN, OTHER) if may_read(_someone(role, area), record)}
    assert readers == {(role, OWN) for role in ("contributor", "lead", "reviewer")}


def test_decisions_about_every_areas_charts_are_made_by_reviewers_alone():
    for action, steps in LIFECYCLES["chart_decision"].items():
        for state in steps.of:
            record = RecordStatus("chart_decision", state, ("england",))
            able = {
                (role, area) for role in ROLES for area in (OWN, OTHER) if may(_someone(role, area), action, record)
            }
            assert able == {("reviewer", OWN), ("reviewer", OTHER)}, (action, state)
            readers = {role for role in ROLES if state and may_read(_someone(role, OWN), record)}
            assert state in ("", "published") or readers == {"reviewer"}


def test_nobody_is_their_own_second_person():
    proposed = RecordStatus("chart_decision", "proposed", (OWN,), proposed_by="someone@example.org")
    assert "another lead" in refusal(_someone("lead", OWN), "approve", proposed).lower()
    assert "yourself" in refusal(_someone("reviewer", OTHER), "approve", proposed)
    other = RecordStatus("chart_decision", "proposed", (OWN,), proposed_by="other@example.org")
    assert may(_someone("lead", OWN), "approve", other)


def test_a_decision_that_waits_for_a_second_person_is_read_by_those_who_can_approve_it():
    record = RecordStatus("chart_decision", "proposed", (OWN,))
    readers = {(role, area) for role in ROLES for area in (OWN, OTHER) if may_read(_someone(role, area), record)}
    assert readers == {("contributor", OWN), ("lead", OWN), ("reviewer", OWN), ("reviewer", OTHER)}


def test_a_refusal_says_what_it_would_take():
    draft = RecordStatus("priority", "in_consultation", (OWN,))
    assert "lead" in refusal(_someone("contributor", OWN), "publish", draft)
    assert "administrator can give you one" in refusal(_someone("no role", OWN), "publish", draft)
    solution = RecordStatus("solution", "tested_locally", (OWN,))
    assert "another area" in refusal(_someone("reviewer", OWN), "share", solution)
    assert "in consultation" in refusal(_someone("lead", OWN), "close", draft)
