"""Signing in and out in a real browser, with a provider that works, is refused, or is not there."""

import re

import pytest
from playwright.sync_api import expect

from psc.demo import USERS
from tests.browser.sign_in import SIGN_IN, Member, SignedInSite

LEAD = next(user for user in USERS if user.role == "lead")


@pytest.fixture
def member(windows, signed_in_site: SignedInSite) -> Member:
    with signed_in_site.member(windows) as member:
        yield member


def test_a_lead_signs_in_is_greeted_by_name_and_signs_out(signed_in_site, member):
    page = signed_in_site.sign_in(member.page, LEAD.email)
    expect(page).to_have_url(f"{member.base}/workspace")
    expect(page.get_by_text(f"You are signed in as {LEAD.name} ({LEAD.email}).")).to_be_visible()
    page.reload()
    expect(page.get_by_text(LEAD.name)).to_be_visible()
    page.get_by_role("button", name="Sign out").click()
    page.get_by_role("button", name="End session").click()
    expect(page.get_by_text("You are signed out of this site in this window.")).to_be_visible()
    page.goto(f"{member.base}/workspace")
    expect(page.get_by_role("button", name=SIGN_IN, exact=True)).to_be_visible()
    expect(page.get_by_text(LEAD.name)).to_have_count(0)
    member.is_clean()


def test_people_come_back_to_the_very_view_they_left(signed_in_site, member):
    page = signed_in_site.sign_in(member.page, LEAD.email, "/workspace?area=wessex&show=a%26b%2Fc")
    expect(page).to_have_url(f"{member.base}/workspace?area=wessex&show=a%26b%2Fc")
    expect(page.get_by_text(LEAD.name)).to_be_visible()
    member.is_clean()


def test_whoever_stops_at_the_provider_is_told_that_nothing_changed(member):
    page = member.page
    page.goto(f"{member.base}/workspace")
    page.get_by_role("button", name=SIGN_IN, exact=True).click()
    page.get_by_role("button", name="Go back without signing in").click()
    expect(page.get_by_text("You stopped before signing in was finished")).to_be_visible()
    expect(page.get_by_role("button", name=SIGN_IN, exact=True)).to_be_visible()
    member.is_clean()


def test_without_the_provider_there_is_a_plain_page_of_ours_and_a_way_back(signed_in_site, member):
    page = member.page
    page.goto(f"{member.base}/workspace?area=wessex")
    with signed_in_site.without_provider():
        with page.expect_response(re.compile("/auth/login")) as answered:
            page.get_by_role("button", name=SIGN_IN, exact=True).click()
        assert answered.value.status == 503
        expect(page.locator("h1")).to_have_text("Signing in is not possible at the moment.")
        expect(page.get_by_text("Everything that is published can be read without signing in.")).to_be_visible()
        page.get_by_role("link", name="Go to the map").click()
        expect(page.locator("h1.psc-title")).to_have_text("Where is harm changing?")
        page.go_back()
        page.get_by_role("link", name="Go back and try again").click()
        expect(page).to_have_url(f"{member.base}/workspace?area=wessex")
    page.get_by_role("button", name=SIGN_IN, exact=True).click()
    page.get_by_role("button", name=LEAD.email).click()
    expect(page.get_by_text(LEAD.name)).to_be_visible()


def test_a_provider_that_goes_away_half_way_leaves_a_message_and_the_next_attempt_works(signed_in_site, member):
    page = member.page
    page.goto(f"{member.base}/workspace")
    page.get_by_role("button", name=SIGN_IN, exact=True).click()
    expect(page.get_by_role("button", name=LEAD.email)).to_be_visible()
    state = re.search(r"state=([^&]+)", page.url).group(1)
    with signed_in_site.without_provider():
        page.goto(f"{member.base}/oauth2callback?code=given&state={state}")
        expect(page.get_by_text("Signing in did not work, so you are not signed in.")).to_be_visible()
        expect(page).to_have_url(f"{member.base}/workspace?signin=failed")
    page = signed_in_site.sign_in(page, LEAD.email, "/workspace?signin=failed")
    expect(page).to_have_url(f"{member.base}/workspace")
    expect(page.get_by_text(LEAD.name)).to_be_visible()
    expect(page.get_by_text("Signing in did not work")).to_have_count(0)


def test_where_signing_in_is_not_set_up_the_workspace_says_how_to(visitor):
    page = visitor.open("/workspace")
    expect(page.get_by_text("Signing in is not set up on this site")).to_be_visible()
    page.get_by_text("how to set signing in up").click()
    expect(page.get_by_text("/oauth2callback").first).to_be_visible()
    expect(page.get_by_text("make demo")).to_be_visible()
    expect(page.get_by_role("button", name=SIGN_IN, exact=True)).to_have_count(0)
    visitor.is_clean()
