"""What people do in the workspace, in Streamlit's own test harness: the real pages, store and register."""

from dataclasses import replace

from psc.register.errors import Unavailable
from psc.register.role_grants import grants, revoke
from psc.register.workflow.permissions import Actor
from psc.web.session.register import access
from tests.register.world import PRIORITY, SOLUTION, TEST
from tests.web.desk import (
    ADMIN,
    CASEY,
    ELLIS,
    LENA,
    ROWAN,
    codes,
    fill,
    labels,
    new,
    press,
    published_priority,
)


def test_without_signing_in_set_up_the_workspace_says_how(site):
    assert "Signing in is not set up" in site.visit("workspace").text


def test_someone_without_a_role_is_told_who_can_give_one(signed_in):
    page = signed_in(Actor("nobody@example.org", "Nobody"))
    assert "An administrator of this site can give you one" in page.text
    assert "A new priority" not in page.text


def test_a_contributor_writes_a_draft_and_finds_it_again(signed_in, register):
    page = signed_in(CASEY, new="priority")
    fill(page, new(page, "priority"), title="Fewer wrong tablets")
    press(page, "Save")
    assert "Saved." in page.text
    (draft,) = [found for found in register.records(CASEY, "priority") if found.state == "draft"]
    assert draft.content == {"title": "Fewer wrong tablets"}
    assert page.asked("record") == f"priority:{draft.id}"
    assert "Fewer wrong tablets" in signed_in(LENA).text
    assert "Fewer wrong tablets" not in signed_in(ELLIS).text
    assert "Publish" not in labels(signed_in(CASEY, record=f"priority:{draft.id}"))


def test_what_is_typed_is_there_again_in_a_new_session(signed_in):
    page = signed_in(CASEY, new="priority")
    fill(page, new(page, "priority"), title="Half a thought", summary="It was a start.")
    again = signed_in(CASEY, new="priority", form=page.asked("form"))
    assert [box.value for box in again.app.text_input if box.key.endswith("|title")] == ["Half a thought"]
    assert [box.value for box in again.app.text_area if box.key.endswith("|summary")] == ["It was a start."]
    assert "Unfinished: Half a thought" in signed_in(CASEY).text


def test_publishing_too_early_says_what_is_missing(signed_in, register):
    made = register.create(LENA, "priority", {"title": "A bare title"}, areas=["wessex"])
    register.act(LENA, "priority", made.id, "consult", version=1)
    page = press(signed_in(LENA, record=f"priority:{made.id}"), "Publish")
    assert "Say what the priority is" in page.text or "Say in plain English what the priority is." in page.text
    assert register.read(LENA, "priority", made.id).state == "in_consultation"


def test_a_lead_takes_a_priority_to_the_public(signed_in, register):
    made = register.create(LENA, "priority", codes(register), areas=["wessex"])
    page = signed_in(LENA, record=f"priority:{made.id}")
    press(page, "Open for consultation")
    press(page, "Publish")
    assert "Published" in page.text
    assert PRIORITY["title"] in page.visit("priorities", area="wessex").text


def test_personal_data_is_shown_and_not_saved_until_it_is_gone_or_declared(signed_in, register):
    page = signed_in(CASEY, new="priority")
    fill(page, new(page, "priority"), title="Fewer falls", summary="Ring 020 7946 0018 if you can help.")
    assert "not stored anywhere" in page.text
    press(page, "Save")
    assert "<mark>020 7946 0018</mark>" in page.text
    assert not [found for found in register.records(CASEY, "priority") if found.state == "draft"]
    press(page, "“020 7946 0018” is a public contact")
    press(page, "Save")
    (draft,) = [found for found in register.records(CASEY, "priority") if found.state == "draft"]
    assert draft.content["public_contacts"] == ["020 7946 0018"]


def test_two_people_at_once_the_second_sees_both_and_decides(signed_in, register):
    made = register.create(LENA, "priority", codes(register), areas=["wessex"])
    page = signed_in(CASEY, record=f"priority:{made.id}")
    fill(page, f"priority:{made.id}", title="Casey's title")
    register.edit(LENA, "priority", made.id, {**codes(register), "title": "Lena's title"}, version=1)
    press(page, "Save")
    assert "Lena's title" in page.text.replace("&#x27;", "'") and "Casey's title" in page.text.replace("&#x27;", "'")
    assert register.read(LENA, "priority", made.id).content["title"] == "Lena's title"
    press(page, "Save mine in place of theirs")
    assert register.read(LENA, "priority", made.id).content["title"] == "Casey's title"


def test_a_role_taken_in_the_middle_stops_the_save_and_keeps_the_words(signed_in, register):
    made = register.create(LENA, "priority", codes(register), areas=["wessex"])
    page = signed_in(CASEY, record=f"priority:{made.id}")
    fill(page, f"priority:{made.id}", title="Words that must not be lost")
    (held,) = [found for found in grants(register, ADMIN) if found.links["email"] == CASEY.email]
    revoke(register, ADMIN, held.id, held.version)
    press(page, "Save")
    assert "you hold no role here" in page.text
    assert "Words that must not be lost" in page.text
    assert register.read(LENA, "priority", made.id).content["title"] == PRIORITY["title"]


def test_the_register_down_is_said_and_the_public_pages_go_on(signed_in, register, monkeypatch):
    page = signed_in(LENA)
    down = replace(register, database=_Down())
    monkeypatch.setattr(access(), "_service", down)
    assert "cannot be reached" in page.visit("workspace").text
    assert "90 published priorities" in page.visit("priorities").text


def test_what_was_typed_outlives_a_database_that_goes_and_comes_back(signed_in, register, monkeypatch):
    page = signed_in(CASEY, new="priority")
    fill(page, new(page, "priority"), title="Typed before the fault")
    monkeypatch.setattr(access(), "_service", replace(register, database=_Down()))
    page.app.run()
    assert "cannot be reached" in page.text
    monkeypatch.setattr(access(), "_service", register)
    page.app.run()
    assert [box.value for box in page.app.text_input if box.key.endswith("|title")] == ["Typed before the fault"]


class _Down:
    """A database that does not answer."""

    def reading(self):
        raise Unavailable("The register cannot be reached at the moment.")

    writing = reading

    def close(self):
        """Nothing to close."""


def test_a_solution_is_proposed_sent_back_and_shared_by_a_reviewer_from_elsewhere(signed_in, register):
    words = {**SOLUTION, "harm_areas": codes(register)["harm_areas"]}
    made = register.create(LENA, "solution", words, areas=["wessex"])
    page = signed_in(LENA, record=f"solution:{made.id}")
    press(page, "Mark as tested locally")
    press(page, "Propose for sharing")
    assert "waits for a reviewer" in page.text
    review = signed_in(ROWAN)
    assert "please review it" in review.text
    review = signed_in(ROWAN, record=f"solution:{made.id}")
    next(box for box in review.app.text_area if box.key.endswith("return|words")).set_value("Say how many wards.")
    press(review, "Send back")
    page = signed_in(LENA, record=f"solution:{made.id}")
    assert "Say how many wards." in page.text
    press(page, "Propose for sharing")
    press(signed_in(ROWAN, record=f"solution:{made.id}"), "Share nationally")
    access().look_again()
    assert SOLUTION["title"] in page.visit("solutions").text


def test_a_test_is_written_from_its_priority(signed_in, register):
    priority = published_priority(register)
    page = signed_in(CASEY, new="test", priority_id=priority.id)
    fill(page, new(page, "test", priority.id), title=TEST["title"], question=TEST["question"])
    press(page, "Save")
    (test,) = register.records(CASEY, "test")
    assert (test.links["priority_id"], test.links["cycle"]) == (priority.id, 1)


def test_an_administrator_gives_and_takes_roles(signed_in, register):
    page = signed_in(ADMIN, people="1")
    next(box for box in page.app.text_input if box.key == "give email").set_value("New.Person@oxford.example ")
    next(box for box in page.app.selectbox if box.key == "give area").set_value("oxford")
    press(page, "Give this role")
    assert "new.person@oxford.example" in page.text
    (held,) = [g for g in grants(register, ADMIN) if g.links["email"] == "new.person@oxford.example"]
    assert (held.links["role"], held.links["area"], held.state) == ("contributor", "oxford", "active")
    ask_to_take(page, held)
    press(page, "Yes, take it away")
    assert "new.person@oxford.example no longer holds that role" in page.text
    assert register.read(ADMIN, "grant", held.id).state == "revoked"


def ask_to_take(page, held):
    """Press the button beside a role."""
    next(button for button in page.app.button if button.key == f"revoke {held.id}").click().run()
    assert not page.app.exception, page.app.exception


def take_away(page):
    """The buttons beside the roles."""
    return [button for button in page.app.button if button.label.startswith("Take away from")]


def test_a_double_click_takes_no_role_and_meets_nobody_elses_button(signed_in, register):
    page = signed_in(ADMIN, people="1")
    before = [button.key for button in take_away(page)]
    ask_to_take(page, held_by(register, CASEY))
    assert (
        f"Take the role of contributor for Wessex away from {CASEY.email}? Their unsaved words are not lost."
        in page.text
    )
    assert [button.key for button in take_away(page)] == before
    assert all(button.disabled for button in take_away(page))
    assert {held_by(register, who).state for who in (CASEY, LENA, ELLIS, ROWAN)} == {"active"}


def test_an_administrator_who_thinks_again_keeps_the_role(signed_in, register):
    page = signed_in(ADMIN, people="1")
    ask_to_take(page, held_by(register, CASEY))
    press(page, "Keep it")
    assert "Yes, take it away" not in labels(page)
    assert not any(button.disabled for button in take_away(page))
    assert held_by(register, CASEY).state == "active"


def test_the_only_administrator_is_told_why_they_stay_one(signed_in, register):
    page = signed_in(ADMIN, people="1")
    ask_to_take(page, held_by(register, ADMIN))
    press(page, "Yes, take it away")
    assert "This is the only administrator" in page.text
    assert held_by(register, ADMIN).state == "active"


def held_by(register, who):
    """The role of somebody who was given one."""
    return next(found for found in grants(register, ADMIN) if found.links["email"] == who.email)


def test_an_administrator_reads_who_changed_what_and_others_do_not(signed_in, register):
    made = register.create(LENA, "priority", codes(register), areas=["wessex"])
    page = signed_in(ADMIN, audit="1")
    assert LENA.email in page.text and made.id in page.text
    assert made.id not in signed_in(ELLIS, audit="1").text


def test_a_record_says_what_happened_to_it(signed_in, register):
    made = register.create(CASEY, "priority", codes(register), areas=["wessex"])
    register.act(LENA, "priority", made.id, "consult", version=1)
    text = signed_in(CASEY, record=f"priority:{made.id}").text
    table = text[text.index("What") :]
    assert table.index('<td role="cell" data-label="What">Open for consultation') < table.index(
        '<td role="cell" data-label="What">Write'
    )
    assert LENA.email in text and CASEY.email in text


def test_only_an_administrator_sees_who_holds_which_role(signed_in):
    assert "Give a role" not in signed_in(LENA, people="1").text


def test_the_lead_of_its_area_takes_over_what_was_compiled_and_the_mark_stays(signed_in, register):
    compiled = next(
        found
        for found in register.records(LENA, "solution")
        if found.compiled and found.areas == ("wessex",) and found.state == "shared_nationally"
    )
    page = signed_in(LENA, record=f"solution:{compiled.id}")
    assert "Save" not in labels(page)
    press(page, "Take it over")
    assert "Save" in labels(page)
    shown = access().published().solutions_by_id[compiled.id]
    assert shown.standing.provenance == "compiled" and shown.standing.claimed_by == "wessex"


def test_nobody_else_takes_over_what_was_compiled(signed_in, register):
    compiled = next(found for found in register.records(LENA, "solution") if found.areas == ("wessex",))
    for who in (CASEY, ELLIS, ROWAN):
        assert "Take it over" not in labels(signed_in(who, record=f"solution:{compiled.id}"))
