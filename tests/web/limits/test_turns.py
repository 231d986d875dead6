"""A few turns at a time, and the next one for whoever has had the fewest lately."""

from types import SimpleNamespace

import pytest

from psc.web.limits import turns as limited
from psc.web.limits.turns import HALF_LIFE_SECONDS, Turns
from tests.event_loop import run_in_own_thread

LONG = 1e6


def test_no_more_than_so_many_have_a_turn_and_giving_back_twice_is_once():
    async def main() -> None:
        turns = Turns(2, LONG)
        first, second, third, fourth = (turns.ask("a") for _ in range(4))
        assert [wanted.done() for wanted in (first, second, third, fourth)] == [True, True, False, False]
        first.result().give_back()
        first.result().give_back()
        assert (third.done(), fourth.done()) == (True, False)
        assert not first.result().seconds_left and second.result().seconds_left

    run_in_own_thread(main())


def test_newcomer_is_before_all_who_wait_from_an_address_that_had_many():
    async def main() -> None:
        turns = Turns(1, LONG)
        held = turns.ask("busy").result()
        waiting = [turns.ask("busy") for _ in range(500)]
        newcomer = turns.ask("new")
        held.give_back()
        assert newcomer.done() and not any(wanted.done() for wanted in waiting)

    run_in_own_thread(main())


def test_waiting_for_long_does_not_put_a_busy_address_before_a_newcomer():
    async def main() -> None:
        clock = SimpleNamespace(now=0.0)
        turns = Turns(1, LONG, lambda: clock.now)
        held = turns.ask("busy").result()
        waiting = turns.ask("busy")
        clock.now += 5 * HALF_LIFE_SECONDS
        newcomer = turns.ask("new")
        held.give_back()
        assert newcomer.done() and not waiting.done()
        assert turns.had("busy") == pytest.approx(1 / 32)

    run_in_own_thread(main())


def test_turn_that_is_held_for_too_long_counts_no_more():
    async def main() -> None:
        turns = Turns(1, 0.02)
        first, second = turns.ask("a"), turns.ask("b")
        await second
        assert not first.result().seconds_left

    run_in_own_thread(main())


def test_whoever_gave_up_waiting_gets_no_turn():
    async def main() -> None:
        turns = Turns(1, LONG)
        held, gone, next_one = turns.ask("a").result(), turns.ask("b"), turns.ask("b")
        gone.cancel()
        held.give_back()
        assert next_one.done()

    run_in_own_thread(main())


def test_addresses_of_long_ago_are_forgotten(monkeypatch):
    monkeypatch.setattr(limited, "TIDY_EVERY", 10)

    async def main() -> None:
        clock = SimpleNamespace(now=0.0)
        turns = Turns(1000, LONG, lambda: clock.now)
        for number in range(200):
            clock.now += HALF_LIFE_SECONDS
            turns.ask(str(number))
        assert len(turns._had) < 30

    run_in_own_thread(main())
