"""A learning event as a card: what was typed is shown as typed, and what is not known is said."""

from dataclasses import replace

import pytest

from psc.register.public.public_register import LearningEvent
from psc.web.components.event_card import event_card

BAD = '<b>R&D</b> "day"'
SHOWN = "&lt;b&gt;R&amp;D&lt;/b&gt; &#34;day&#34;"
EVENT = LearningEvent(
    id="teamwork-day", areas=("wessex",), title=BAD, date="2027-03-12", audience=BAD, place=BAD, capacity=1200
)


@pytest.fixture(autouse=True)
def store_of_the_site(store_file, monkeypatch):
    monkeypatch.setenv("PSC_STORE", str(store_file))


def test_words_are_shown_as_typed():
    made = event_card(EVENT)
    assert made.count(SHOWN) == 3
    assert "<b>" not in made


def test_days_and_places_are_said():
    made = event_card(replace(EVENT, end="2027-03-13"))
    assert "<dd>Friday 12 March 2027 to Saturday 13 March 2027</dd>" in made
    assert "<dd>1,200</dd>" in made
    assert "<dd>Wessex</dd>" in made


def test_cancelled_event_says_why_and_looks_withdrawn():
    made = event_card(replace(EVENT, cancelled=BAD))
    assert "psc-event psc-withdrawn" in made
    assert f"It will not take place: {SHOWN}</p>" in made


def test_event_without_date_has_no_calendar_file():
    made = event_card(replace(EVENT, date="", audience=None, place=None, capacity=None))
    assert "Add to your calendar" not in made
    assert made.count("not recorded") == 4
