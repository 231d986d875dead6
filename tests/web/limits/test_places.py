"""Who gets a place for a session, and whose place is taken when there is none left."""

from types import SimpleNamespace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from psc.web.limits.places import ORDINARY_BYTES, SETTLED_SECONDS, Full, Places


@pytest.fixture
def clock():
    return SimpleNamespace(now=100.0)


def places(clock, most=10, most_per_address=5) -> Places:
    return Places(most, most_per_address, lambda: clock.now)


def used(held: Places, clock, address: str):
    place = held.take(address)
    place.heard = clock.now
    return place


def test_address_at_its_limit_is_refused_and_others_are_not(clock):
    held = places(clock)
    for _ in range(5):
        used(held, clock, "a")
    with pytest.raises(Full) as full:
        held.take("a")
    assert full.value.reason == held.problem("a") == "address"
    assert held.problem("b") is None
    assert held.take("b").closing is None


def test_place_that_is_left_can_be_taken_again_and_leaving_twice_is_once(clock):
    held = places(clock)
    first, *_ = [used(held, clock, "a") for _ in range(5)]
    held.leave(first)
    held.leave(first)
    assert len(held) == 4
    used(held, clock, "a")
    with pytest.raises(Full):
        held.take("a")


@pytest.mark.parametrize("newcomer", ["a", "b"])
def test_oldest_session_in_which_nothing_was_asked_gives_way(clock, newcomer):
    held = places(clock, most=5)
    first, *others = [held.take("a") for _ in range(5)]
    clock.now += SETTLED_SECONDS
    held.take(newcomer)
    assert first.closing == "unused"
    assert [place.closing for place in others] == [None] * 4
    assert len(held) == 5


def test_session_that_has_only_just_been_opened_does_not_give_way(clock):
    held = places(clock)
    opened = [held.take("a") for _ in range(5)]
    clock.now += SETTLED_SECONDS / 2
    with pytest.raises(Full):
        held.take("a")
    assert [place.closing for place in opened] == [None] * 5


def test_full_site_takes_the_longest_quiet_session_of_the_address_that_holds_most(clock):
    held = places(clock, most=8)
    heavy = [used(held, clock, "heavy") for _ in range(5)]
    light = [used(held, clock, "light") for _ in range(3)]
    heavy[0].heard = clock.now + 9
    closed = []
    heavy[1].on_close.append(lambda: closed.append(1))
    used(held, clock, "new")
    assert closed == [1]
    assert [place.closing for place in heavy] == [None, "shared", None, None, None]
    assert [place.closing for place in light] == [None] * 3


def test_full_site_refuses_an_address_that_already_has_its_share(clock):
    held = places(clock, most=4)
    for address in ("a", "b", "a", "b"):
        used(held, clock, address)
    assert held.problem("a") == "site"
    with pytest.raises(Full) as full:
        held.take("a")
    assert full.value.reason == "site"


def test_large_messages_have_a_budget_for_each_address_and_in_all_and_ordinary_ones_none(clock):
    mega = 1024 * 1024
    held = Places(10, 10, lambda: clock.now, most_bytes=3 * mega, most_bytes_per_address=2 * mega)
    one, two, other, third = (held.take(address) for address in ("a", "a", "b", "c"))
    assert held.hold(one, mega) and held.hold(one, mega // 2)
    assert not held.hold(two, mega + 1)
    assert held.hold(two, mega)
    assert held.hold(other, mega)
    assert not held.hold(third, ORDINARY_BYTES + 1)
    assert held.hold(third, ORDINARY_BYTES)
    held.leave(one)
    assert held.hold(third, mega)


@given(st.lists(st.tuples(st.sampled_from("abcdef"), st.booleans(), st.booleans()), max_size=120))
def test_limits_hold_and_a_newcomer_with_least_gets_in_whatever_happens(steps):
    clock = SimpleNamespace(now=0.0)
    held, inside = places(clock, most=12, most_per_address=6), []
    for address, uses, leaves in steps:
        clock.now += 1
        own = sum(place.address == address for place in inside)
        try:
            place = held.take(address)
        except Full:
            # Only an address that has at least as much as any other (but for one), or all that it may have.
            counts = [sum(other.address == known for other in inside) for known in "abcdef"]
            assert own >= 6 or own + 1 >= max(counts)
        else:
            place.heard = clock.now if uses else None
            inside = [other for other in (*inside, place) if not other.closing]
        if leaves and inside:
            held.leave(inside.pop())
        assert len(held) == len(inside) <= 12
        assert all(sum(place.address == known for place in inside) <= 6 for known in "abcdef")
