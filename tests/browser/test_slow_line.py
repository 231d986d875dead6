"""Forms on a slow line: a box whose code comes late still shows what stands in it, and nothing is lost."""

import re

import pytest
from playwright.sync_api import Page, Route, expect

from psc.register.opening import open_configured
from tests.browser.sign_in import SignedInSite
from tests.register.world import PRIORITY
from tests.web.records import LEADS

LENA = LEADS["wessex"]
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


def test_a_box_of_the_workspace_that_comes_late_is_not_empty(signed_in_site, chromium, service):
    priority = service.create(LENA, "priority", WRITTEN, areas=["wessex"])
    with signed_in_site.member(chromium) as member:
        held = hold_back(member.page, "TextArea|Selectbox|Multiselect|DateInput")
        page = signed_in_site.sign_in(member.page, LENA.email, f"/workspace?record=priority:{priority.id}")
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
