"""The Learning page and the calendars: what is coming, what was learned, and what a calendar program makes of it."""

import dataclasses
import re
from datetime import UTC, date, datetime
from html import unescape

import pytest
from hypothesis import given
from hypothesis import strategies as st
from icalendar import Calendar
from starlette.applications import Starlette
from starlette.testclient import TestClient

from psc.demo import grant_roles
from psc.register.database import audit
from psc.register.public.public_register import LearningEvent
from psc.register.search.text_search import index_of
from psc.web.learning import learning_events
from psc.web.routes.application import ROUTES
from psc.web.routes.calendar_routes import calendar_file
from psc.web.session import store
from psc.web.session.register import access
from tests.web.records import Records

TODAY = "2026-11-02"
NAMES = {"wessex": "Wessex", "eastern": "Eastern"}
ODD = 'Falls; what worked, "really"\\n & <b>why</b> 🙂'


@pytest.fixture
def records(store_file, tmp_path, monkeypatch):
    """A register of its own, on a day on which nothing in it moves."""
    url = f"sqlite:///{tmp_path / 'register.db'}"
    monkeypatch.setenv("PSC_STORE", str(store_file))
    monkeypatch.setenv("PSC_REGISTER_URL", url)
    monkeypatch.setattr(learning_events, "today", lambda: TODAY)
    grant_roles(url)
    service = access().service()
    yield Records(service)
    service.database.close()


@pytest.fixture
def client(records):
    """What a calendar program asks the site."""
    return TestClient(Starlette(routes=list(ROUTES)))


def learning(site, **query):
    access().look_again()
    return site.visit("learning", **query).text


def calendar(client, path="/calendar.ics"):
    access().look_again()
    answer = client.get(path)
    assert answer.status_code == 200
    return Calendar.from_ical(answer.content)


def card(text, title):
    return re.search(rf"<article[^>]*>(?:(?!</article>).)*{re.escape(title)}.*?</article>", text, re.DOTALL)[0]


def test_a_new_register_says_plainly_that_nothing_is_recorded_and_what_history_tells(records, site):
    text = learning(site)
    assert "No area has recorded a learning event, people trained or coaches yet." in text
    assert "No area has recorded a learning event yet." in text
    assert "No area has recorded people trained or coaches yet." in text
    assert "psc-event" not in text
    assert "Wessex has not recorded a learning event" in learning(site, area="wessex")
    history = text.split("In the published history")[1]
    assert "The Q initiative starts with 231 founding members" in history and "health.org.uk" in history
    for title in ("Network of quality and safety champions", "Community of practice for patient safety leads"):
        assert title in history
    link = unescape(re.search(r'href="(/solutions\?[^"]+)">22 shared solutions<', history)[1])
    site.visit("solutions", method=link.partition("method=")[2].replace("%2C", ","))
    assert site.text.count("<article") == 22


def test_events_to_come_stand_first_by_date_and_past_ones_are_folded_away(records, site):
    records.event(title="Far", date="2027-03-12")
    records.event(title="Near", date="2026-12-01")
    records.event(title="Now", date="2026-11-01", end="2026-11-02")
    records.event(title="Over", date="2026-10-30", end="2026-11-01")
    text = learning(site)
    coming, past = text.split("Past events")
    assert re.findall("<h3>(.*?)</h3>", coming) == ["Now", "Near", "Far"]
    assert re.findall("<h3>(.*?)</h3>", past) == ["Over"]
    assert coming.count("<details") == 1 and " open" not in coming.rpartition("<details")[2]
    assert "Three learning events are in the diary, the first of them under way now." in text


def test_a_card_says_all_that_is_known_and_escapes_it(records, site):
    made = records.event(
        title=ODD, about="Bring **one** chart. <script>alert(1)</script>", place="Winchester", capacity=1200,
        link="https://example.org/a?b=1&c=2", end="2027-03-13",
    )  # fmt: skip
    shown = card(learning(site), "Falls; what worked")
    assert "Falls; what worked, &#34;really&#34;\\n &amp; &lt;b&gt;why&lt;/b&gt; 🙂</h3>" in shown
    assert "Friday 12 March 2027 to Saturday 13 March 2027" in shown
    assert "<strong>one</strong>" in shown and "<script>" not in shown
    for part in ("Everyone", "Winchester", "1,200", "Wessex", 'href="https://example.org/a?b=1&amp;c=2"'):
        assert part in shown
    assert f'href="/calendar/{made.id}.ics"' in shown
    records.event(title="Bare")
    assert card(learning(site), "Bare").count("not recorded") == 2


def test_a_cancelled_event_stays_with_its_reason_and_does_not_count(records, site):
    records.cancelled("The speaker is <ill>.", title="Called off", date="2026-12-01")
    text = learning(site)
    assert "It will not take place: The speaker is &lt;ill&gt;." in card(text, "Called off")
    assert "No learning event is in the diary." in text


def test_an_area_shows_its_own_events_and_counts(records, site):
    records.event("eastern", title="Theirs")
    records.event(title="Ours")
    records.trained(skill="Ours alone")
    records.trained("eastern", skill="Theirs", people=1, end="2026-06-30")
    text = learning(site, area="eastern")
    assert "Theirs" in text and "Ours" not in text
    assert "One learning event is in the diary, on Friday 12 March 2027." in text
    assert text.count("Eastern recorded 1 person trained in “Theirs” from 1 April 2025 to 30 June 2026.") == 2
    assert "/calendar.ics?area=eastern" in [code.value for code in site.app.code]


def test_people_trained_are_reach_never_added_up_and_newest_first(records, site):
    records.trained(people=95, start="2024-04-01", end="2025-03-31")
    records.trained(people=120)
    records.trained(what="coaches", skill="Improvement", people=14)
    records.trained("eastern", people=1310, how_counted="Online **certificates**.")
    text = learning(site)
    assert "People trained or coaches are recorded by two of 15 areas." in text
    assert "Wessex recorded 120 people trained in “Teamwork” from 1 April 2025 to 31 March 2026." in text
    assert "Reach</span> How many people, teams or places took part. It does not show that care improved." in text
    assert "the figures are not added up" in text
    people = re.findall(r'data-label="People">([\d,]+) <span class="psc-kind">Reach</span>', text)
    assert people == ["1,310", "14", "120", "95"]
    assert text.index("Eastern recorded") < text.index("Wessex recorded")
    assert "Online <strong>certificates</strong>." in text
    for total in ("1,430", "1,525", "1,539", "215", "229"):
        assert total not in text


def test_coaches_are_counted_on_a_day(records, site):
    records.trained(what="coaches", skill="Improvement", people=1)
    assert "Wessex recorded 1 coach in “Improvement” on 31 March 2026." in learning(site)


def test_what_a_search_finds_is_shown_first_also_when_it_is_past_or_elsewhere(records, site):
    past = records.event(title="Sharing sepsis stories", date="2026-05-05")
    count = records.trained("eastern", skill="Human factors")
    access().look_again()
    for words, record in (("sepsis stories", past), ("human factors", count)):
        text = site.visit("search", q=words).text
        assert f'href="/learning?item={record.id}"' in text and "Piece of learning" in text
        shown = learning(site, item=record.id, area="wessex")
        assert shown.index("What you asked for") < shown.index('id="events"')
        first = shown.split("What you asked for")[1].split('id="events"')[0]
        assert record.content.get("title", record.content.get("skill")) in first


def test_an_item_that_is_none_is_answered_with_a_message(records, site):
    assert "“no-such &lt;b&gt;”, which does not exist here" in learning(site, item="no-such <b>")


def test_the_search_knows_learning_by_its_words_and_its_area(records):
    event = records.event("eastern", title="Sharing", about="Stories of **delirium**.", place="Ely", audience="Carers")
    access().look_again()
    index = index_of(store.register())
    for words in ("sharing", "delirium stories", "ely", "carers", "sharing eastern"):
        assert event.id in index.ids(words, "learning")
    assert index.ids("sharing", "learning") == [hit.id for hit in index.search("sharing", kind="learning")]
    [hit] = index.search("sharing delirium", kind="learning")
    assert "**" not in hit.excerpt_html


def test_a_calendar_program_reads_the_feed(records, client):
    records.event(title=ODD, about="One, two; three.\n\nA second line.", place="Room 3, York", end="2027-03-13",
                  link="https://example.org/a,b;c")  # fmt: skip
    records.cancelled("No room.", title="Called off")
    found = calendar(client)
    assert found["VERSION"] == "2.0" and found["PRODID"] and not found.errors
    by_title = {str(event["SUMMARY"]): event for event in found.events}
    assert set(by_title) == {ODD, "Cancelled: Called off"}
    event = by_title[ODD]
    assert (event["DTSTART"].dt, event["DTEND"].dt) == (date(2027, 3, 12), date(2027, 3, 14))
    assert str(event["LOCATION"]) == "Room 3, York" and str(event["URL"]) == "https://example.org/a,b;c"
    told = str(event["DESCRIPTION"]).splitlines()
    assert told == ["One, two; three.", "A second line.", "For: Everyone", "Run by: Wessex",
                    "More: https://example.org/a,b;c"]  # fmt: skip
    assert str(event["STATUS"]) == "CONFIRMED"
    assert str(by_title["Cancelled: Called off"]["STATUS"]) == "CANCELLED"
    assert "Cancelled: No room." in str(by_title["Cancelled: Called off"]["DESCRIPTION"])


def test_a_calendars_own_name_is_escaped_as_the_titles_in_it_are(records, client):
    made = records.event(title="Falls; a day, with \\ commas")
    access().look_again()
    lines = client.get(f"/calendar/{made.id}.ics").text.replace("\r\n ", "").splitlines()
    for name in ("NAME", "X-WR-CALNAME", "SUMMARY"):
        assert rf"{name}:Falls\; a day\, with \\ commas" in lines


def test_a_change_keeps_the_events_name_and_raises_its_number(records, client):
    made = records.event(title="First title")
    before = calendar(client, f"/calendar/{made.id}.ics").events[0]
    changed = {**made.content, "title": "Second title"}
    records.service.edit(
        access().service().actor("lead@wessex.example", "Lena"), "event", made.id, changed, version=made.version
    )
    after = calendar(client, f"/calendar/{made.id}.ics").events[0]
    assert str(after["SUMMARY"]) == "Second title"
    assert str(after["UID"]) == str(before["UID"]) == f"{made.id}@patient-safety-collaboratives"
    assert int(after["SEQUENCE"]) == int(before["SEQUENCE"]) + 1
    since_2020 = datetime.now(UTC) - datetime(2020, 1, 1, tzinfo=UTC)
    assert int(before["SEQUENCE"]) > since_2020.total_seconds(), "calendars have seen such numbers before"
    assert after["LAST-MODIFIED"].dt >= before["LAST-MODIFIED"].dt
    assert after["DTSTAMP"].dt == after["LAST-MODIFIED"].dt


def test_a_clock_that_jumps_back_before_2020_breaks_no_calendar_and_no_page(records, client, site):
    made = records.event(title="Made while the clock was right")
    first = int(calendar(client).events[0]["SEQUENCE"])
    wrong = dataclasses.replace(records.service, now=lambda: datetime(1970, 1, 1, tzinfo=UTC))
    lead = wrong.actor("lead@wessex.example", "Lena")
    wrong.edit(lead, "event", made.id, {**made.content, "title": "Changed in 1970"}, version=made.version)
    [event] = calendar(client).events
    assert str(event["SUMMARY"]) == "Changed in 1970" and int(event["SEQUENCE"]) > first
    assert "Changed in 1970" in learning(site)
    with records.service.database.reading() as session:
        assert audit.verify(session, records.service.key) == []


def test_the_feed_of_an_area_holds_its_events_alone(records, client):
    records.event("eastern", title="Theirs")
    records.event(title="Ours")
    assert [str(event["SUMMARY"]) for event in calendar(client, "/calendar.ics?area=eastern").events] == ["Theirs"]
    assert len(calendar(client, "/calendar.ics?area=wessex").events) == 1
    assert calendar(client, "/calendar.ics?area=oxford").events == []


@pytest.mark.parametrize(
    ("path", "words"),
    [
        ("/calendar.ics?area=atlantis", "There is no area atlantis here. The areas are: "),
        ("/calendar.ics?area=", "There is no area"),
        ("/calendar/no-such.ics", "There is no learning event no-such here."),
    ],
)
def test_what_there_is_not_is_said_in_words(client, path, words):
    answer = client.get(path)
    assert answer.status_code == 404
    assert answer.headers["Content-Type"].startswith("text/plain")
    assert words in answer.text


def test_a_draft_is_in_no_calendar(records, client):
    lead = access().service().actor("lead@wessex.example", "Lena")
    draft = records.service.create(lead, "event", {"title": "Secret plan", "date": "2027-01-01"}, areas=["wessex"])
    assert calendar(client).events == []
    assert client.get(f"/calendar/{draft.id}.ics").status_code == 404


def test_a_calendar_that_has_not_changed_is_not_sent_again(records, client):
    records.event()
    first = client.get("/calendar.ics")
    assert first.headers["Content-Type"] == "text/calendar; charset=utf-8"
    assert first.headers["Cache-Control"] == "no-cache"
    again = client.get("/calendar.ics", headers={"If-None-Match": first.headers["ETag"]})
    assert again.status_code == 304 and again.content == b""
    records.event(title="Another")
    access().look_again()
    changed = client.get("/calendar.ics", headers={"If-None-Match": first.headers["ETag"]})
    assert changed.status_code == 200 and changed.headers["ETag"] != first.headers["ETag"]


def test_a_register_that_cannot_be_read_is_not_taken_for_an_empty_one(store_file, tmp_path, monkeypatch):
    broken = tmp_path / "register.db"
    broken.write_bytes(b"no database" * 1000)
    monkeypatch.setenv("PSC_STORE", str(store_file))
    monkeypatch.setenv("PSC_REGISTER_URL", f"sqlite:///{broken}")
    from tests.web.conftest import Site

    text = Site().visit("learning").text
    assert "cannot be read at the moment" in text and "No area has recorded" not in text
    assert "231 founding members" in text
    client = TestClient(Starlette(routes=list(ROUTES)))
    for path in ("/calendar.ics", "/calendar.ics?area=wessex", "/calendar/any.ics"):
        assert client.get(path).status_code == 503


LINES = st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=120).filter(str.strip)


@given(title=LINES, place=LINES, about=LINES, reason=LINES)
def test_any_words_make_a_calendar_that_can_be_read_back(title, place, about, reason):
    event = LearningEvent(
        "an-event-1", ("wessex",), title, "2027-03-12", about=about, place=place, cancelled=reason,
        updated_at="2026-11-02T09:00:00.000+00:00",
    )  # fmt: skip
    body = calendar_file([event], NAMES, title, "learning")
    assert body == calendar_file([event], NAMES, title, "learning")
    assert body.endswith(b"\r\n") and max(map(len, body.split(b"\r\n"))) <= 75
    assert not re.search(rb"[\x00-\x09\x0b\x0c\x0e-\x1f\x7f]|\r(?!\n)|(?<!\r)\n", body)
    read = Calendar.from_ical(body)
    [found] = read.events
    assert not found.errors and str(found["STATUS"]) == "CANCELLED"
    kept = "".join(letter for letter in f"Cancelled: {title}" if letter == "\n" or not _is_control(letter))
    assert str(found["SUMMARY"]) == kept


def _is_control(letter):
    return ord(letter) < 32 or 127 <= ord(letter) < 160
