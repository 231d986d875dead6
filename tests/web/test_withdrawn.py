"""What people read, and are asked to do, once a solution has been withdrawn."""

import pytest

from psc.web.session.register import access
from tests.register.world import ADOPTION, SOLUTION
from tests.web.chain import METRIC
from tests.web.conftest import Site
from tests.web.desk import ELLIS, LENA, ROWAN, codes, proposed_solution

ASKED = "withdrawn by those who shared it. Decide whether to stop."
STOPPED = {"stage": "stopped", "stopped_on": "2026-02-01", "note": "It was withdrawn."}


def act(register, who, record, action, words=""):
    return register.act(who, record.kind, record.id, action, version=record.version, words=words)


def shared_solution(register):
    return act(register, ROWAN, proposed_solution(register), "share")


def adoption_of(register, solution, *, publish=True, **words):
    links = {"solution_id": solution.id}
    made = register.create(ELLIS, "adoption", {**ADOPTION, **words}, areas=["eastern"], links=links)
    return act(register, ELLIS, made, "publish") if publish else made


def withdrawn(register, solution):
    gone = act(register, LENA, register.read(LENA, "solution", solution.id), "withdraw", "It caused harm.")
    access().look_again()
    return gone


def waiting(site):
    """What stands under "Waiting for you"."""
    return site.text.split("Waiting for you")[1].split("<h2")[0]


@pytest.fixture
def adoption(register):
    """Eastern's published adoption of a solution of Wessex that has been withdrawn since."""
    solution = shared_solution(register)
    made = adoption_of(register, solution)
    withdrawn(register, solution)
    return made


def test_the_area_that_took_it_up_is_asked_to_decide(signed_in, adoption):
    found = waiting(signed_in(ELLIS))
    assert f'record=adoption%3A{adoption.id}">{SOLUTION["title"]}</a> – {ASKED}' in found
    assert ASKED not in signed_in(LENA).text


@pytest.mark.parametrize("publish", [True, False])
def test_nothing_waits_while_the_solution_is_shared(signed_in, register, publish):
    adoption_of(register, shared_solution(register), publish=publish)
    assert ASKED not in signed_in(ELLIS).text


def test_an_adoption_that_is_not_published_yet_waits_too(signed_in, register):
    solution = shared_solution(register)
    adoption_of(register, solution, publish=False)
    withdrawn(register, solution)
    assert ASKED in waiting(signed_in(ELLIS))


def test_nothing_waits_once_the_area_has_stopped(signed_in, register, adoption):
    register.edit(ELLIS, "adoption", adoption.id, {**adoption.content, **STOPPED}, version=adoption.version)
    access().look_again()
    assert ASKED not in signed_in(ELLIS).text
    page = signed_in(ELLIS, record=f"adoption:{adoption.id}").text
    assert "It caused harm." in page and "Next:" not in page


def test_an_adoption_that_was_compiled_waits_too(signed_in, register):
    withdrawn(register, register.read(LENA, "solution", "elc"))
    assert 'record=adoption%3Aelc--eastern">' in waiting(signed_in(ELLIS)) and ASKED in waiting(signed_in(ELLIS))


def test_the_adoptions_page_says_why_and_what_comes_next(signed_in, adoption):
    page = signed_in(ELLIS, record=f"adoption:{adoption.id}").text
    assert "Published; the solution has been withdrawn." in page
    assert "This solution has been withdrawn by those who shared it: It caused harm." in page
    assert "<b>Next:</b> The solution has been withdrawn: a lead of your area decides whether to stop" in page
    assert "When it goes further" not in page


def test_the_charts_of_the_area_say_that_it_was_withdrawn(adoption):
    page = Site().visit("chart", metric=METRIC, area="eastern")
    assert f"<b>{SOLUTION['title']} (withdrawn since)</b>, adoption, 1 October 2025" in page.text
    chart = next(one for one in page.app.get("plotly_chart") if one.key.startswith("chart")).proto
    assert f"Marked: {SOLUTION['title']} (withdrawn since), 1 October 2025." in chart.alt


def test_the_areas_own_page_says_that_what_it_took_up_was_withdrawn(adoption):
    assert f"{SOLUTION['title']}</a> (withdrawn: do not use)" in Site().visit("area", area="eastern").text


def test_a_change_that_was_not_proposed_yet_is_over_with_the_solution(signed_in, register):
    solution = shared_solution(register)
    words = codes(register, {**SOLUTION, "title": "New"})
    register.edit(LENA, "solution", solution.id, words, version=solution.version)
    withdrawn(register, solution)
    page = signed_in(LENA, record=f"solution:{solution.id}").text
    assert "Withdrawn." in page and "not proposed yet" not in page and "Next:" not in page
    assert "changed since" not in signed_in(LENA).text


def test_nobody_is_asked_to_review_what_was_withdrawn(signed_in, register):
    solution = proposed_solution(register)
    assert "please review it" in waiting(signed_in(ROWAN))
    withdrawn(register, solution)
    assert "please review it" not in signed_in(ROWAN).text
    page = signed_in(LENA, record=f"solution:{solution.id}").text
    assert "Withdrawn." in page and "reviewer from another area" not in page


def test_what_a_reviewer_sent_back_does_not_wait_once_it_is_withdrawn(signed_in, register):
    solution = act(register, ROWAN, proposed_solution(register), "return", "Say how many wards.")
    assert "sent back by a reviewer" in waiting(signed_in(LENA))
    withdrawn(register, solution)
    assert "sent back by a reviewer" not in signed_in(LENA).text
    assert "sent it back" not in signed_in(LENA, record=f"solution:{solution.id}").text
