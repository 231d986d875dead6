"""The public can send, each place and all together only so much, and one form only once."""

import threading
from types import SimpleNamespace

import pytest

from psc.register import sending
from psc.register.errors import Incomplete, PersonalDataFound, TooMany
from psc.register.roles import PUBLIC
from psc.register.sending import Allowance, send_suggestion

HOUR = 3600.0
WHAT = "Tell families sooner when something goes wrong."


@pytest.fixture
def clock(monkeypatch):
    """A clock that stands still until a test moves it on."""
    time = SimpleNamespace(now=1_800_000_000.0)
    time.time = lambda: time.now
    monkeypatch.setattr("limits.storage.memory.time", time)
    monkeypatch.setattr(sending, "time", time)
    return time


def send(world, allowance, token, what=WHAT, area="wessex", harm_area=None, sender="192.0.2.1"):
    return send_suggestion(
        world.service, allowance, what=what, area=area, harm_area=harm_area, sender=sender, token=token
    )


def received(world):
    reviewer = world.reviewer
    return [record for record in world.service.records(reviewer, "suggestion") if record.state == "received"]


def test_a_suggestion_arrives_with_its_area_and_nothing_of_its_sender(world):
    sent = send(world, Allowance(), "one", harm_area="falls")
    [found] = received(world)
    assert found == sent
    assert found.content == {"what": WHAT, "area": "wessex", "harm_area": "falls"}
    assert found.areas == ("wessex",) and found.updated_by == PUBLIC.email
    assert "192.0.2.1" not in repr(found)


def test_one_about_all_of_england_belongs_to_no_area(world):
    assert send(world, Allowance(), "one", area="england").areas == ("england",)


def test_a_form_sent_twice_makes_one_record_and_counts_once(world):
    allowance = Allowance(from_one=2)
    first = send(world, allowance, "same")
    assert send(world, allowance, "same") == first
    assert send(world, allowance, "other").id != first.id
    assert len(received(world)) == 2


def test_a_form_sent_twice_at_the_same_moment_makes_one_record(world):
    allowance, ids = Allowance(), []
    start = threading.Barrier(4)

    def press():
        start.wait()
        ids.append(send(world, allowance, "same").id)

    threads = [threading.Thread(target=press) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(ids) == 4 and len(set(ids)) == 1
    assert len(received(world)) == 1


@pytest.mark.parametrize(
    ("words", "error"),
    [
        ({"what": "Too short"}, Incomplete),
        ({"what": ""}, Incomplete),
        ({"what": "x" * 1001}, Incomplete),
        ({"area": None}, Incomplete),
        ({"area": "atlantis"}, Incomplete),
        ({"harm_area": "dragons"}, Incomplete),
        ({"what": "Please ring me on 0117 496 0123 about it."}, PersonalDataFound),
        ({"what": "My NHS number is 943 476 5919, look it up."}, PersonalDataFound),
    ],
)
def test_what_is_refused_is_not_kept_and_does_not_count(world, words, error):
    allowance = Allowance(from_one=1)
    with pytest.raises(error):
        send(world, allowance, "one", **words)
    assert received(world) == []
    send(world, allowance, "one")


def test_one_place_may_send_so_many_within_any_hour(clock):
    allowance = Allowance(from_one=2)
    allowance.take("here", "first")
    clock.now += HOUR / 2
    allowance.take("here", "second")
    clock.now += HOUR / 2 - 90
    with pytest.raises(TooMany, match=r"2 suggestions an hour .* still in the form.* in about 2 minutes"):
        allowance.take("here", "third")
    allowance.take("elsewhere", "fourth")
    clock.now += 91
    allowance.take("here", "third")
    with pytest.raises(TooMany, match="in about 30 minutes"):
        allowance.take("here", "fifth")


def test_a_refusal_is_not_counted_against_anyone(clock):
    allowance = Allowance(from_one=1, from_all=2)
    allowance.take("here", "first")
    for number in range(5):
        with pytest.raises(TooMany):
            allowance.take("here", f"again {number}")
    allowance.take("elsewhere", "second")


def test_all_together_may_send_so_many(clock):
    allowance = Allowance(from_one=5, from_all=3)
    for number in range(3):
        allowance.take(f"place {number}", str(number))
    with pytest.raises(TooMany, match=r"More suggestions .* in about 60 minutes"):
        allowance.take("another place", "4")
    clock.now += HOUR + 1
    allowance.take("another place", "4")


def test_twenty_at_once_are_not_more_than_are_allowed():
    allowance, outcomes = Allowance(from_one=5), []
    start = threading.Barrier(20)

    def press(number):
        start.wait()
        try:
            allowance.take("here", str(number))
            outcomes.append(True)
        except TooMany:
            outcomes.append(False)

    threads = [threading.Thread(target=press, args=(number,)) for number in range(20)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(outcomes) == [False] * 15 + [True] * 5


def test_no_address_is_kept(clock):
    allowance = Allowance()
    allowance.take("192.0.2.77", "one")
    assert "192.0.2.77" not in repr(vars(allowance)) + repr(vars(allowance._limiter.storage))
