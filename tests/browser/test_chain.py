"""The whole chain in a real browser: from a draft to a published priority, tests, a solution shared and adopted."""

import os
import re
import subprocess
import sys
from collections.abc import Iterator, Mapping

import pytest
from playwright.sync_api import expect

from psc.demo import USERS
from psc.settings import ROOT
from tests.browser.conftest import Visitor
from tests.browser.desk import Desk
from tests.browser.sign_in import SignedInSite

CASEY, LENA = "contributor@wessex.example", "lead@wessex.example"
ROWAN, ELLIS = "reviewer@eastern.example", "lead@eastern.example"
ADDY = "administrator@psc.example"
METHOTREXATE = "Methotrexate 10 mg tablets"
PRIORITY, SOLUTION = "Only one strength of methotrexate", "One strength on the shelf"
TESTS = {"Two-nurse check": "01032025", "Pharmacist calls back": "01062025"}


@pytest.fixture
def desks(signed_in_site: SignedInSite, windows) -> Iterator[Mapping[str, Desk]]:
    """Everybody who signed in, one after the other in a window that they share."""
    with signed_in_site.member(windows) as member:
        found = {}
        for user in USERS:
            page = signed_in_site.open_as(member.page, user.email)
            expect(page.get_by_text(f"You are signed in as {user.name} ({user.email}).")).to_be_visible()
            found[user.email] = Desk(page, signed_in_site.base, page.context.cookies())
            page.context.clear_cookies()
        yield found
        member.is_clean()


def test_the_chain_from_a_draft_to_an_adoption_elsewhere(desks, signed_in_site, windows, state):
    priority = _a_priority_from_draft_to_published(desks)
    tests = [_a_test_of_change(desks, priority, title, start) for title, start in TESTS.items()]
    solution = _a_solution_shared_by_a_reviewer_from_elsewhere(desks, tests[-1])
    _adopted_by_another_area(desks, solution)
    with signed_in_site.member(windows) as public:
        _the_public_sees_it(public, priority, solution)
    _the_administrator_sees_the_roles(desks[ADDY])
    _the_audit_verifies(signed_in_site, state)


def _a_priority_from_draft_to_published(desks: Mapping[str, Desk]) -> str:
    casey, lena = desks[CASEY], desks[LENA]
    casey.open("/workspace?new=priority")
    casey.write("Title", PRIORITY)
    casey.write("Summary in plain English", "Nobody should be given the wrong strength of a strong medicine.")
    casey.choose("Kinds of harm", "Medicines safety")
    casey.choose("Care settings", "Acute hospitals")
    casey.choose("Who set it", "Local")
    casey.choose("Level at which patients and staff took part", "Partners")
    casey.write("How patients and staff took part", "Six patients and two pharmacists chose it together.")
    casey.choose("Linked measures", METHOTREXATE)
    casey.write("Whom to contact", "Patient safety lead")
    casey.day("When it will be looked at again", "31012030")
    record = casey.save()
    expect(casey.page.get_by_role("button", name="Publish", exact=True)).to_have_count(0)
    lena.open(f"/workspace?record={record}")
    lena.done("Open for consultation", "It is open for consultation.")
    lena.done("Publish", "It is published.")
    return record


def _a_test_of_change(desks: Mapping[str, Desk], priority: str, title: str, start: str) -> str:
    casey, lena = desks[CASEY], desks[LENA]
    casey.open(f"/workspace?new=test&priority_id={priority.partition(':')[2]}")
    casey.write("Title", title)
    casey.write("Question: what is the test to find out?", "Does it catch the wrong strength?")
    casey.write("Prediction: what do you expect?", "Half of the slips are caught.")
    casey.write("Plan: who does what, for how long?", "One ward, one month.")
    casey.write("Where", "One ward in Southampton")
    casey.day("First day", start)
    record = casey.save()
    lena.open(f"/workspace?record={record}")
    lena.done("Publish", "It is published.")
    return record


def _a_solution_shared_by_a_reviewer_from_elsewhere(desks: Mapping[str, Desk], test: str) -> str:
    lena, rowan = desks[LENA], desks[ROWAN]
    lena.open(f"/workspace?new=solution&test_id={test.partition(':')[2]}")
    lena.write("Title", SOLUTION)
    lena.write("The problem", "Two strengths of methotrexate look alike, and one is four times as strong.")
    lena.write("What was done", "Only the weaker strength is kept on the shelf.")
    lena.write("Who tested it", "Three wards in Southampton")
    lena.choose("Kinds of harm", "Medicines safety")
    lena.choose("Care settings", "Acute hospitals")
    lena.write("How patients took part", "Patients chose the words of the leaflet.")
    lena.choose("Linked measures", METHOTREXATE)
    lena.press("Add one: results")
    lena.write("What was measured", "Wrong strength given")
    lena.choose("Kind of figure", "Observed")
    lena.write("Before", "9 a month")
    lena.write("After", "3 a month")
    lena.write("Source: where it can be checked", "Ward audit, spring 2025")
    lena.choose("Evidence", "Self-reported")
    lena.write("What to know before trying it", "Three wards only, counted by those who ran it.")
    lena.write("Whom to contact", "Chief pharmacist")
    record = lena.save()
    lena.done("Mark as tested locally", "It is marked as tested locally.")
    lena.done("Propose for sharing", "It is proposed: a reviewer from another area will read it.")
    rowan.open("/workspace")
    expect(rowan.page.get_by_text("proposed for sharing: please review it")).to_be_visible()
    rowan.page.get_by_role("link", name=SOLUTION).first.click()
    rowan.settled()
    rowan.done("Share nationally", "It is shared nationally.")
    return record


def _adopted_by_another_area(desks: Mapping[str, Desk], solution: str) -> None:
    ellis = desks[ELLIS]
    ellis.open(f"/workspace?new=adoption&solution_id={solution.partition(':')[2]}")
    ellis.choose("How far it has gone", "Adopted")
    ellis.write("Where", "Two hospitals in Norwich")
    ellis.day("Adopted on", "01092025")
    ellis.save()
    ellis.done("Publish", "It is published.")


def _the_public_sees_it(public: Visitor, priority: str, solution: str) -> None:
    page = public.open("/priorities?area=wessex")
    page.get_by_role("link", name=PRIORITY).click()
    expect(page.locator("h1.psc-title")).to_have_text(PRIORITY)
    for title in TESTS:
        expect(page.get_by_role("heading", name=re.compile(title))).to_be_visible()
    page = public.open("/chart?metric=methotrexate-10mg&area=wessex")
    for title in TESTS:
        expect(page.locator("ol.psc-marks li").filter(has_text=title)).to_have_count(1)
    page = public.open("/chart?metric=methotrexate-10mg&area=eastern")
    expect(page.locator("ol.psc-marks li").filter(has_text=SOLUTION)).to_have_count(1)
    page = public.open(f"/solutions?id={solution.partition(':')[2]}")
    expect(page.locator("h1.psc-title")).to_have_text(SOLUTION)
    expect(page.get_by_text("Two hospitals in Norwich")).to_be_visible()
    page = public.open("/search?q=methotrexate strenght")
    expect(page.locator(".psc-hit").filter(has_text=PRIORITY)).to_have_count(1)
    expect(page.locator(".psc-hit").filter(has_text=SOLUTION)).to_have_count(1)
    public.is_clean()


def _the_administrator_sees_the_roles(addy: Desk) -> None:
    addy.open("/workspace?people=1")
    expect(addy.page.get_by_text(LENA, exact=True)).to_be_visible()


def _the_audit_verifies(site: SignedInSite, state) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "psc", "audit", "verify"], cwd=ROOT, capture_output=True, text=True, timeout=60,
        env={**os.environ, "PSC_REGISTER_URL": site.register_url, "PSC_STATE": str(state)}, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stdout + done.stderr
