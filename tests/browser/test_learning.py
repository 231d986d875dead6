"""Learning events into one's own calendar, and what the public sends, in a real browser."""

import time
from urllib.request import urlopen

import pytest
from icalendar import Calendar
from playwright.sync_api import expect

from psc.demo import grant_roles
from psc.register.opening import open_configured
from psc.settings import register_url
from psc.web.session.register import LOOK_AGAIN_SECONDS
from tests.web.records import REVIEWER, Records

WHAT = "Tell families sooner when something goes wrong."


@pytest.fixture(scope="module")
def records(address):
    """The register of the running site, with the demo's people in it."""
    grant_roles(register_url())
    service = open_configured()
    yield Records(service)
    service.database.close()


def open_with_new(visitor, path):
    """Open a page that shows what a process other than the site's has just put into the register."""
    time.sleep(LOOK_AGAIN_SECONDS)
    return visitor.open(path)


def test_an_event_goes_into_ones_own_calendar(records, visitor):
    made = records.event(title="Teamwork; a day, together 🙂", date="2199-03-12", end="2199-03-13", place="York")
    page = open_with_new(visitor, "/learning?area=wessex")
    card = page.locator(f"article[id='{made.id}']")
    expect(card).to_contain_text("Tuesday 12 March 2199 to Wednesday 13 March 2199")
    with page.expect_download() as download:
        card.get_by_role("link", name="Add to your calendar").click()
    assert download.value.suggested_filename == f"{made.id}.ics"
    [event] = Calendar.from_ical(download.value.path().read_bytes()).events
    assert str(event["SUMMARY"]) == "Teamwork; a day, together 🙂"
    visitor.is_clean()


def test_the_address_on_the_page_is_one_a_calendar_program_can_ask(records, visitor):
    made = records.event(title="Teamwork far ahead", date="2199-05-01")
    page = open_with_new(visitor, "/learning?area=wessex")
    shown = page.get_by_test_id("stCode").first.inner_text().strip()
    assert shown == f"{visitor.base}/calendar.ics?area=wessex"
    with urlopen(shown) as answer:
        assert answer.headers["Content-Type"] == "text/calendar; charset=utf-8"
        names = {str(event["UID"]) for event in Calendar.from_ical(answer.read()).events}
    assert f"{made.id}@patient-safety-collaboratives" in names
    visitor.is_clean()


def test_past_events_unfold(records, visitor):
    made = records.event(title="Teamwork long ago", date="2020-03-12")
    page = open_with_new(visitor, "/learning")
    card = page.locator(f"article[id='{made.id}']")
    expect(card).to_be_hidden()
    page.get_by_text("Past events").click()
    expect(card).to_be_visible()
    visitor.is_clean()


def test_a_suggestion_sent_with_a_double_click_arrives_once(records, visitor):
    before = len(records.service.records(REVIEWER, "suggestion"))
    page = visitor.open("/suggest?area=wessex")
    page.get_by_role("textbox", name="What matters to you").fill(WHAT)
    page.get_by_role("button", name="Send", exact=True).dblclick()
    expect(page.get_by_text("Thank you. What you wrote has arrived.")).to_be_visible()
    page.wait_for_load_state("networkidle")
    sent = records.service.records(REVIEWER, "suggestion")
    assert len(sent) == before + 1
    assert sent[0].content == {"what": WHAT, "area": "wessex"}
    visitor.is_clean()


def test_a_refused_text_is_marked_and_stays_in_the_form_to_be_mended(records, phone):
    page = phone.open("/suggest?area=wessex")
    box = page.get_by_role("textbox", name="What matters to you")
    box.fill("Ring me on 0117 496 0123 about the ward.")
    page.get_by_role("button", name="Send", exact=True).click()
    expect(page.locator(".psc-said mark")).to_have_text("0117 496 0123")
    expect(page.locator(".psc-said mark")).to_be_in_viewport()
    expect(box).to_have_value("Ring me on 0117 496 0123 about the ward.")
    box.fill("Answer the bell on the ward at night.")
    page.get_by_role("button", name="Send", exact=True).click()
    expect(page.get_by_text("Thank you. What you wrote has arrived.")).to_be_in_viewport()
    phone.is_clean()


def test_what_was_not_sent_yet_is_kept_from_page_to_page_and_not_dropped_without_asking(records, visitor):
    sockets, asked = [], []
    visitor.page.on("websocket", lambda socket: sockets.append(socket))
    page = visitor.open("/suggest?area=wessex")
    page.on("dialog", lambda dialog: (asked.append(dialog.type), dialog.dismiss()))
    box = page.get_by_role("textbox", name="What matters to you")
    box.click()
    # A moment's rest is enough. (Of a click in the very moment in which the box is left Streamlit hears only the box.)
    with sockets[-1].expect_event("framesent", lambda sent: b"Begun here" in sent):
        box.press_sequentially("Begun here")
    page.get_by_role("link", name="Signals", exact=True).first.click()
    expect(page.locator("h1.psc-title")).to_have_text("What do all measures say, everywhere?")
    page.go_back()
    expect(box).to_have_value("Begun here")
    expect(page.get_by_role("combobox", name="Where", exact=True)).to_have_value("Wessex")
    box.press("End")
    box.press_sequentially(" and gone on with.")
    with page.expect_event("dialog"):
        page.evaluate("() => { window.location.reload(); }")
    assert asked == ["beforeunload"]
    page.get_by_role("button", name="Send", exact=True).click()
    expect(page.get_by_text("Thank you. What you wrote has arrived.")).to_be_visible()
    [sent] = [one for one in records.service.records(REVIEWER, "suggestion") if "Begun here" in one.content["what"]]
    assert sent.content["what"] == "Begun here and gone on with."
    page.get_by_role("button", name="Write another one").click()
    expect(box).to_have_value("")
    page.reload()
    expect(box).to_have_value("")
    assert asked == ["beforeunload"], "with nothing written there is nothing to ask about"
    visitor.is_clean()


def test_an_accepted_suggestion_is_reached_by_the_address_its_sender_was_given(records, visitor):
    made = records.suggestion("Teamwork between shifts is what matters.")
    page = open_with_new(visitor, f"/suggest#{made.id}")
    card = page.locator(f"article[id='{made.id}']")
    expect(card).to_be_in_viewport()
    expect(card).to_contain_text("Accepted; not answered yet.")
    visitor.is_clean()
