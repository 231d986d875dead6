"""Every state can be reached, and what the public reads is a state of its kind."""

import pytest

from psc.register.workflow.lifecycle import CREATE, LIFECYCLES, NEW, PUBLIC_STATES, states

KINDS = sorted(LIFECYCLES)
BEYOND_THE_TABLE = {"chart_decision": {"proposed"}}
"""States that a step leads to in some cases only: a decision that needs a second person is proposed by publishing."""


@pytest.mark.parametrize("kind", KINDS)
def test_every_state_is_reached_from_a_new_record(kind):
    reached = {NEW} | BEYOND_THE_TABLE.get(kind, set())
    for _ in LIFECYCLES[kind]:
        reached |= {step.to for step in LIFECYCLES[kind].values() if step.to and reached & set(step.of)}
    assert reached == set(states(kind))


@pytest.mark.parametrize("kind", KINDS)
def test_public_states_are_states_of_the_kind_and_never_the_first(kind):
    first = LIFECYCLES[kind][CREATE].to
    assert PUBLIC_STATES[kind] <= set(states(kind)) - {NEW, first}


@pytest.mark.parametrize("kind", KINDS)
def test_only_creating_starts_from_no_record(kind):
    assert [action for action, step in LIFECYCLES[kind].items() if NEW in step.of] == [CREATE]


def test_whatever_ends_or_refuses_a_record_needs_words():
    for kind, steps in LIFECYCLES.items():
        for action in {"close", "withdraw", "reject", "cancel", "return", "answer", "redact"} & set(steps):
            assert steps[action].needs, (kind, action)
