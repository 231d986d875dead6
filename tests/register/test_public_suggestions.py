"""The public can send, each place and all together only so much, and one form only once."""

import re
import threading
from ipaddress import ip_network
from types import SimpleNamespace

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from psc import rate_limits
from psc.register.errors import Incomplete, PersonalDataFound, TooMany, Unavailable
from psc.register.public_suggestions import Allowance, network_of, send_suggestion
from psc.register.workflow.permissions import PUBLIC

HOUR = 3600.0
WHAT = "Tell families sooner when something goes wrong."


class Clock(SimpleNamespace):
    """A clock that stands still until a test lets time pass, or sets the time of day anew."""

    def __init__(self) -> None:
        super().__init__(now=1_800_000_000.0, since_start=50.0)
        self.time, self.monotonic = (lambda: self.now), (lambda: self.since_start)

    def pass_by(self, seconds: float) -> None:
        self.now += seconds
        self.since_start += seconds


@pytest.fixture
def clock(monkeypatch):
    time = Clock()
    monkeypatch.setattr("limits.storage.memory.time", time)
    monkeypatch.setattr(rate_limits, "time", time)
    return time


def count(allowance, sender, token):
    with allowance.sending(sender, token):
        pass


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


def test_one_address_may_send_so_many_within_any_hour(clock):
    allowance = Allowance(from_one=2)
    count(allowance, "here", "first")
    clock.pass_by(HOUR / 2)
    count(allowance, "here", "second")
    clock.pass_by(HOUR / 2 - 90)
    with pytest.raises(TooMany, match=r"2 suggestions an hour .* still in the form.* in about 2 minutes"):
        count(allowance, "here", "third")
    count(allowance, "elsewhere", "fourth")
    clock.pass_by(91)
    count(allowance, "here", "third")
    with pytest.raises(TooMany, match="in about 30 minutes"):
        count(allowance, "here", "fifth")


def test_a_refusal_is_not_counted_against_anyone(clock):
    allowance = Allowance(from_one=1, from_all=2)
    count(allowance, "here", "first")
    for number in range(5):
        with pytest.raises(TooMany):
            count(allowance, "here", f"again {number}")
    count(allowance, "elsewhere", "second")


def test_a_suggestion_that_could_not_be_kept_is_not_counted(world, monkeypatch):
    allowance = Allowance(from_one=1, from_all=1)

    def fail(*_, **__):
        raise Unavailable("The register's disk is full.")

    with monkeypatch.context() as broken:
        broken.setattr(type(world.service), "create", fail)
        for number in range(10):
            with pytest.raises(Unavailable):
                send(world, allowance, f"failed {number}")
    send(world, allowance, "one")


def test_a_hundred_addresses_that_send_all_they_may_shut_nobody_out_for_long(clock):
    allowance, flood = Allowance(), [(f"203.0.{place}.7", f"{place} {n}") for n in range(5) for place in range(100)]
    minutes = 0
    while flood:
        flood = [(sender, token) for sender, token in flood if not _sent(allowance, sender, token)]
        clock.pass_by(61)
        minutes += 1
        assert _sent(allowance, f"a person {minutes}", f"their words {minutes}"), "a minute later there is room again"
    assert minutes <= 6


@pytest.mark.parametrize("address", ["203.0.113.{}", "2001:db8:7:{}::/64"], ids=["IPv4", "IPv6"])
def test_all_the_addresses_of_one_network_take_no_more_than_its_share(clock, address):
    allowance = Allowance(from_network=20)
    sent = [_sent(allowance, address.format(place), str(place)) for place in range(100)]
    assert sum(sent) == 20
    with pytest.raises(TooMany, match="20 suggestions an hour are taken from one place"):
        count(allowance, address.format(101), "one more")
    assert _sent(allowance, "198.51.100.1", "elsewhere") and _sent(allowance, "2001:db8:8:1::/64", "elsewhere too")
    clock.pass_by(HOUR + 1)
    assert _sent(allowance, address.format(102), "an hour later")


@given(
    st.ip_addresses(v=4).map(str) | st.ip_addresses(v=6).map(lambda address: str(ip_network(f"{address}/64", False)))
)
def test_an_address_is_of_the_network_around_it(sender):
    network = ip_network(network_of(sender))
    assert ip_network(sender).subnet_of(network) and network.prefixlen == (24 if network.version == 4 else 48)


@given(st.text())
def test_a_sender_without_an_address_is_a_network_of_its_own(sender):
    assume(not re.search(r"[\d:]", sender))
    assert network_of(sender) == sender


def test_other_words_under_the_token_of_a_form_that_was_sent_count_as_another_form(world):
    allowance = Allowance(from_one=2)
    for words in ("Something that matters.", "Something else that matters."):
        send(world, allowance, "same", what=words)
    with pytest.raises(TooMany):
        send(world, allowance, "same", what="A third thing that matters.")
    send(world, allowance, "same", what="Something else that matters.")


def _sent(allowance, sender, token):
    try:
        count(allowance, sender, token)
    except TooMany:
        return False
    return True


def test_all_together_may_send_so_many_a_minute(clock):
    allowance = Allowance(from_one=5, from_all=3)
    for number in range(3):
        count(allowance, f"place {number}", str(number))
    with pytest.raises(TooMany, match=r"More suggestions .* in about a minute"):
        count(allowance, "another place", "4")
    clock.pass_by(61)
    count(allowance, "another place", "4")


@pytest.mark.parametrize("years", [-8, -1, 1, 30])
def test_a_clock_that_is_set_anew_shuts_nobody_out(clock, years):
    allowance = Allowance(from_one=1)
    count(allowance, "here", "before")
    clock.now += years * 365 * 24 * HOUR
    count(allowance, "here", "after")
    with pytest.raises(TooMany, match="in about 60 minutes"):
        count(allowance, "here", "again")
    clock.pass_by(HOUR + 1)
    count(allowance, "here", "an hour later")


def test_twenty_at_once_are_not_more_than_are_allowed():
    allowance, outcomes = Allowance(from_one=5), []
    start, end = threading.Barrier(20), threading.Barrier(20)

    def press(number):
        start.wait()
        try:
            with allowance.sending("here", str(number)):
                outcomes.append(True)
                end.wait()
        except TooMany:
            outcomes.append(False)
            end.wait()

    threads = [threading.Thread(target=press, args=(number,)) for number in range(20)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(outcomes) == [False] * 15 + [True] * 5


def test_no_address_is_kept(clock):
    allowance = Allowance()
    count(allowance, "192.0.2.77", "one")
    kept = [vars(allowance), vars(allowance._limits), vars(allowance._limits._storage)]
    assert "192.0.2.77" not in repr(kept)
