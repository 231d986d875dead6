"""Forms in a real browser: what a box shows is what the record says or what was typed, and that is what is saved."""

import re

import pytest
from playwright.sync_api import Page, Route, expect

from psc.register.opening import open_configured
from psc.register.workflow.permissions import Actor
from tests.browser.desk import Desk
from tests.browser.sign_in import SignedInSite
from tests.register.world import PRIORITY, RESULT, SOLUTION
from tests.web.records import LEADS

LENA, CASEY = LEADS["wessex"], Actor("contributor@wessex.example", "Casey Contributor")
WRITTEN = {**PRIORITY, "title": "Only while the line is slow", "care_settings": ["acute"], "harm_areas": ["medication"]}


@pytest.fixture
def service(signed_in_site: SignedInSite, monkeypatch):
    """The register of the site on which Lena signs in."""
    monkeypatch.setenv("PSC_REGISTER_URL", signed_in_site.register_url)
    opened = open_configured()
    yield opened
    opened.database.close()


def hold_back(page: Page, code: str) -> list[Route]:
    """Let the code that draws some boxes not arrive; return what is held, to let go of later."""
    held: list[Route] = []
    page.route(re.compile(f"/({code})[^/]*\\.js"), lambda route: held.append(route))
    return held


def test_a_box_of_the_workspace_that_comes_late_is_not_empty(signed_in_site, windows, service):
    priority = service.create(LENA, "priority", WRITTEN, areas=["wessex"])
    with signed_in_site.member(windows) as member:
        held = hold_back(member.page, "TextArea|Selectbox|Multiselect|DateInput")
        page = signed_in_site.open_as(member.page, LENA.email, f"/workspace?record=priority:{priority.id}")
        title = page.get_by_label("Title", exact=True)
        title.fill("Said anew while the line is slow")
        title.press("Tab")
        expect(page.get_by_text("Kept as your draft. Only you see it until you save.")).to_be_visible()
        for late in held:
            late.continue_()
        expect(page.get_by_label("Summary in plain English", exact=True)).to_have_value(WRITTEN["summary"])
        expect(page.get_by_role("combobox", name="Who set it", exact=True)).to_have_value(re.compile("^Local"))
        expect(page.get_by_role("group", name="When it will be looked at again")).to_contain_text("31/01/2028")
        page.get_by_role("button", name="Save", exact=True).click()
        expect(page.get_by_text("Saved.", exact=True)).to_be_visible()
        after = service.read(LENA, "priority", priority.id)
        assert after.content == {**WRITTEN, "title": "Said anew while the line is slow"}
        member.is_clean()


def test_a_box_of_the_public_form_that_comes_late_is_not_empty(phone):
    held = hold_back(phone.page, "Selectbox")
    page = phone.open("/suggest?area=wessex")
    box = page.get_by_role("textbox", name="What matters to you")
    box.fill("Ring me on 0117 496 0123 about the ward.")
    page.get_by_role("button", name="Send", exact=True).click()
    expect(page.locator(".psc-said mark")).to_have_text("0117 496 0123")
    for late in held:
        late.continue_()
    expect(page.get_by_role("combobox", name="Where", exact=True)).to_have_value("Wessex")
    phone.is_clean()


def by_casey(service, record, **words):
    """A change that Casey saves meanwhile."""
    return service.edit(CASEY, "priority", record.id, {**record.content, **words}, version=record.version)


@pytest.fixture
def lena(signed_in_site: SignedInSite, windows):
    """Lena at her desk, signed in."""
    with signed_in_site.member(windows) as member:
        signed_in_site.open_as(member.page, LENA.email)
        yield Desk(member.page, signed_in_site.base)
        member.is_clean()


def test_whoever_keeps_the_others_words_sees_them_and_saves_them(service, lena):
    priority = service.create(LENA, "priority", WRITTEN, areas=["wessex"])
    lena.open(f"/workspace?record=priority:{priority.id}")
    lena.write("Title", "Lena's title")
    by_casey(service, priority, title="Casey's title", origin="national_commission", review_date="2029-02-28")
    lena.press("Save")
    lena.press("Keep theirs and drop mine")
    expect(lena.page.get_by_role("button", name="Keep theirs and drop mine")).to_have_count(0)
    shows_what_casey_wrote(lena.page)
    lena.save()
    after = service.read(LENA, "priority", priority.id).content
    kept = ("Casey's title", "national_commission", "2029-02-28")
    assert (after["title"], after["origin"], after["review_date"]) == kept


def test_whoever_has_written_nothing_sees_what_was_saved_meanwhile(service, lena):
    priority = service.create(LENA, "priority", WRITTEN, areas=["wessex"])
    lena.open(f"/workspace?record=priority:{priority.id}")
    expect(lena.page.get_by_label("Title", exact=True)).to_have_value(WRITTEN["title"])
    by_casey(service, priority, title="Casey's title", origin="national_commission", review_date="2029-02-28")
    lena.press("Open for consultation")
    expect(lena.page.get_by_text("changed this while you were looking at it")).to_be_visible()
    shows_what_casey_wrote(lena.page)


def test_each_row_of_a_list_keeps_its_own_words(service, lena):
    rows = [{**RESULT, "measure": f"Measure {n}"} for n in "ABC"]
    words = {**SOLUTION, "harm_areas": ["medication"], "results": rows}
    solution = service.create(LENA, "solution", words, areas=["wessex"])
    lena.open(f"/workspace?record=solution:{solution.id}")
    measures = lena.page.get_by_label("What was measured", exact=True)
    expect(measures).to_have_count(3)
    take_away(lena, 1)
    expect(measures).to_have_count(2)
    expect(measures.nth(1)).to_have_value("Measure C")
    take_away(lena, 1)
    expect(measures).to_have_count(1)
    lena.press("Add one: results")
    expect(measures).to_have_count(2)
    expect(measures.nth(1)).to_have_value("")
    measures.nth(1).fill("Measure D")
    measures.nth(1).press("Tab")
    lena.settled()
    lena.press("Save")
    expect(lena.page.get_by_text("“Measure D”, Kind of figure: This is needed.", exact=True)).to_be_visible()
    take_away(lena, 0)
    expect(measures).to_have_count(1)
    lena.write("Source: where it can be checked", "Ward audit")
    lena.choose("Kind of figure", "Observed")
    lena.save()
    after = service.read(LENA, "solution", solution.id).content["results"]
    assert after == [{"measure": "Measure D", "source": "Ward audit", "figure_kind": "observed"}]
    expect(measures).to_have_count(1)
    expect(measures).to_have_value("Measure D")


def test_what_was_saved_can_be_taken_away_again(service, lena):
    priority = service.create(LENA, "priority", WRITTEN, areas=["wessex"])
    lena.open(f"/workspace?record=priority:{priority.id}")
    lena.press("Clear “When it will be looked at again”")
    lena.choose("Who set it", "Not chosen")
    lena.save()
    day = lena.page.get_by_role("group", name="When it will be looked at again")
    expect(day).to_contain_text("dd/mm/yyyy")
    after = service.read(LENA, "priority", priority.id).content
    assert after == {name: value for name, value in WRITTEN.items() if name not in ("review_date", "origin")}
    lena.day("When it will be looked at again", "31012031")
    lena.save()
    assert service.read(LENA, "priority", priority.id).content["review_date"] == "2031-01-31"


def take_away(lena: Desk, number: int) -> None:
    """Take a row of the first list away."""
    lena.page.get_by_role("button", name="Take this one away").nth(number).click()
    lena.settled()


def shows_what_casey_wrote(page):
    """The boxes show Casey's words; those of before are gone."""
    title = page.get_by_label("Title", exact=True)
    expect(title).to_have_count(1)
    expect(title).to_have_value("Casey's title")
    expect(page.get_by_role("combobox", name="Who set it", exact=True)).to_have_value(re.compile("^National"))
    expect(page.get_by_role("group", name="When it will be looked at again")).to_contain_text("28/02/2029")
