"""What the public's pages say stays true after the last step, and a preview says the same before it is public."""

import pytest

from psc.register.public.preview import preview
from psc.register.role_grants import grant
from psc.register.workflow.permissions import Actor
from psc.web.session import store
from psc.web.session.register import access
from psc.web.workspace.previews import preview_html
from tests.register.world import PRIORITY
from tests.web.chain import METRIC, new_chain, world_of_site
from tests.web.conftest import Site
from tests.web.desk import LENA, fill, new, published_priority

STAGE_DATES = {
    "interested": {"interested_on": "2025-01-01"},
    "engaged": {"engaged_on": "2025-01-01"},
    "adopted": {"adopted_on": "2025-02-01"},
    "sustained": {"adopted_on": "2024-02-01", "sustained_on": "2025-03-01"},
    "stopped": {"adopted_on": "2024-02-01", "stopped_on": "2025-03-01"},
}
AREAS = ("eastern", "oxford", "manchester")


@pytest.fixture
def world(store_file, tmp_path, monkeypatch):
    """A register of this test's own, with its people."""
    monkeypatch.setenv("PSC_STORE", str(store_file))
    monkeypatch.setenv("PSC_REGISTER_URL", f"sqlite:///{tmp_path / 'register.db'}")
    return world_of_site(monkeypatch)


def shown_beside(site: Site) -> str:
    """What a record's page in the workspace says the public will see."""
    return site.text.split("As the public will see it")[1].split("All that is written")[0]


@pytest.mark.parametrize(
    ("stages", "words"),
    [
        ((), "No other area has recorded that it adopted this."),
        (("interested", "engaged"), "No other area has recorded that it adopted this."),
        (("adopted",), "One other area has recorded that it adopted this."),
        (("stopped",), "One other area has recorded that it adopted this, and has since stopped."),
        (("stopped", "engaged"), "One other area has recorded that it adopted this, and has since stopped."),
        (("adopted", "sustained"), "2 other areas have recorded that they adopted this."),
        (("adopted", "stopped"), "2 other areas have recorded that they adopted this; one of them has since stopped."),
        (("stopped", "stopped"), "2 other areas have recorded that they adopted this; both have since stopped."),
        (
            ("stopped", "adopted", "stopped"),
            "3 other areas have recorded that they adopted this; 2 of them have since stopped.",
        ),
        (("stopped",) * 3, "3 other areas have recorded that they adopted this; all of them have since stopped."),
    ],
)
def test_who_else_adopted_it_counts_those_that_stopped(world, stages, words):
    solution = world.solution()
    for area, stage in zip(AREAS, stages, strict=False):
        lead = Actor(f"lead@{area}.example", area)
        if area != "eastern":
            grant(world.service, world.admin, lead.email, "lead", area)
        dates = {"adopted_on": None} | STAGE_DATES[stage]
        world.adoption(solution, lead=lead, area=area, stage=stage, **dates)
    access().look_again()
    assert store.register().solutions_by_id[solution.id].spread == words


def test_the_page_of_a_solution_does_not_deny_an_adoption_that_stopped(world):
    chain = new_chain(world)
    stopped = {"stage": "stopped", "sites": "Two hospitals", "adopted_on": "2024-10-01", "stopped_on": "2025-10-01"}
    world.service.edit(world.eastern_lead, "adoption", chain.adoption.id, stopped, version=chain.adoption.version)
    access().look_again()
    text = Site().visit("solutions", id=chain.solution.id).text
    assert "One other area has recorded that it adopted this, and has since stopped." in text
    assert "No other area has recorded" not in text
    assert "Adopted 1 October 2024" in text


@pytest.mark.parametrize("adopted", [False, True])
def test_a_withdrawn_solution_is_not_said_to_have_spread_nor_to_have_stopped_everywhere(world, adopted):
    solution = world.solution()
    if adopted:
        world.adoption(solution)
    world.act(world.lead, world.service.read(world.lead, "solution", solution.id), "withdraw", "It hid late doses.")
    access().look_again()
    site = Site()
    for case in (solution.id, "sim-withdrawn"):
        text = site.visit("solutions", id=case).text
        assert "Withdrawn</span>: No longer recommended, however far it had spread." in text
        assert "No longer recommended. Do not use." in text
        assert "Spread, then stopped" not in text and "Stopped. Do not use" not in text


def test_a_closed_priority_is_not_looked_at_again(world):
    made = world.priority()
    access().look_again()
    site = Site()
    assert "To be looked at again" in site.visit("priority", id=made.id).text
    world.act(world.lead, made, "close", "It is usual care now.")
    access().look_again()
    text = site.visit("priority", id=made.id).text
    assert "To be looked at again" not in text and "31 January 2028" not in text
    assert "It is usual care now." in text and "Patient safety lead" in text


def test_a_closed_priority_looks_the_same_before_and_after_it_is_public(signed_in, register):
    made = published_priority(register)
    register.act(LENA, "priority", made.id, "close", version=made.version, words="The slips fell **by a third**.")
    access().look_again()
    card = shown_beside(signed_in(LENA, record=f"priority:{made.id}"))
    listed = Site().visit("priorities", area="wessex").text
    public = next(part for part in listed.split("<article") if "The slips fell by a third." in part)
    for said in (card, public):
        assert ">Closed<" in said and ">Active<" not in said and "Since " not in said
        assert "<b>What came of it:</b> The slips fell by a third." in said


def test_a_cancelled_event_is_shown_as_cancelled_with_its_reason(signed_in, register):
    words = {"title": "Teamwork day", "audience": "Everyone", "date": "2027-03-12"}
    made = register.create(LENA, "event", words, areas=["wessex"])
    made = register.act(LENA, "event", made.id, "publish", version=made.version)
    assert "Cancelled" not in shown_beside(signed_in(LENA, record=f"event:{made.id}"))
    register.act(LENA, "event", made.id, "cancel", version=made.version, words="The speaker is ill.")
    access().look_again()
    card = shown_beside(signed_in(LENA, record=f"event:{made.id}"))
    public = Site().visit("learning").text
    for said in (card, public):
        assert ">Cancelled<" in said and "It will not take place: The speaker is ill." in said


def test_the_years_are_those_of_publication_and_closing_where_they_are_known(world):
    content = {**PRIORITY, "outcome": "It is usual care now."}
    now, times = "2027-02-01T09:00:00.000+00:00", {"published": "2024-05-01T09:00", "closed": "2026-05-01T09:00"}
    assert "2024 to 2026." in preview_html(preview("priority", content, ("wessex",), {}, now, times))
    assert "Since 2027." in preview_html(preview("priority", PRIORITY, ("wessex",), {}, now))


def test_a_draft_does_not_say_who_set_it_before_that_is_chosen(signed_in, register):
    page = signed_in(LENA, new="priority")
    form = new(page, "priority")
    fill(page, form, title="Safer lifting")
    card = shown_beside(page)
    assert "Who set it: not recorded" in card and ">Local<" not in card
    fill(page, form, origin="local")
    card = shown_beside(page)
    assert ">Local<" in card and "Who set it: not recorded" not in card


def test_the_public_still_reads_who_set_a_priority(signed_in, register):
    published_priority(register)
    text = Site().visit("priorities", area="wessex").text
    assert ">Local<" in text and "Who set it: not recorded" not in text


def test_tests_are_numbered_by_their_first_day_whenever_they_were_entered(world):
    priority = world.priority(metrics=[METRIC])
    late = world.test(priority, title="Later test", start="2025-06-01")
    world.test(priority, title="Never published", start="2023-01-01", publish=False)
    world.test(priority, title="Earlier test", start="2024-02-01")
    world.test(priority, title="Another of that day", start="2024-02-01")
    access().look_again()
    text = Site().visit("priority", id=priority.id).text
    titles = ["Test 1: Earlier test", "Test 2: Another of that day", "Test 3: Later test"]
    places = [text.index(title) for title in titles]
    assert places == sorted(places)
    assert store.register().tests_by_id[late.id].cycle == 3
    other = world.test(world.priority(title="Another priority"), title="Of another priority")
    access().look_again()
    assert store.register().tests_by_id[other.id].cycle == 1


def test_a_preview_does_not_guess_which_test_it_will_be(signed_in, register):
    priority = published_priority(register)
    page = signed_in(LENA, new="test", priority_id=priority.id)
    fill(page, new(page, "test", priority.id), title="Test 9: a second look")
    assert "<h3>Test 9: a second look</h3>" in shown_beside(page)
