"""The steps of records in the workspace: what is published is what its actor has seen."""

from psc.register.workflow.lifecycle import CREATE, LIFECYCLES
from psc.register.workflow.permissions import PUBLIC
from psc.web.session.register import access
from psc.web.workspace.workspace_words import ACTIONS, DONE, describe_action
from tests.register.world import PRIORITY, TEST
from tests.web.desk import (
    CASEY,
    ELLIS,
    LENA,
    ROWAN,
    box,
    codes,
    fill,
    in_consultation,
    labels,
    press,
    proposed_solution,
    published_priority,
    put,
    suggestion,
)

UNSEEN = "changed this while you were looking at it. Nothing was done."


def by_casey(register, record, title):
    """A change that Casey saves meanwhile."""
    return register.edit(CASEY, record.kind, record.id, {**record.content, "title": title}, version=record.version)


def test_words_that_a_lead_has_not_seen_are_not_published(signed_in, register):
    made = in_consultation(register)
    page = signed_in(LENA, record=f"priority:{made.id}")
    by_casey(register, made, "Words that Lena has not seen")
    press(page, "Publish")
    assert f"{CASEY.email} {UNSEEN}" in page.text
    assert register.read(LENA, "priority", made.id).state == "in_consultation"
    assert box(page, f"priority:{made.id}|title").value == "Words that Lena has not seen"
    press(page, "Publish")
    assert "It is published." in page.text
    assert register.read(LENA, "priority", made.id).state == "published"


def test_a_solution_that_was_changed_under_its_reviewer_is_not_shared(signed_in, register):
    made = proposed_solution(register)
    page = signed_in(ROWAN, record=f"solution:{made.id}")
    changed = register.edit(LENA, "solution", made.id, {**made.content, "title": "Changed"}, version=made.version)
    register.act(LENA, "solution", made.id, "propose", version=changed.version)
    press(page, "Share nationally")
    assert f"{LENA.email} {UNSEEN}" in page.text
    assert register.read(LENA, "solution", made.id).state == "tested_locally"
    press(page, "Share nationally")
    assert register.read(LENA, "solution", made.id).content["title"] == "Changed"
    assert register.read(LENA, "solution", made.id).state == "shared_nationally"


def test_a_step_that_is_gone_when_it_is_pressed_says_so_and_keeps_the_reason(signed_in, register):
    made = proposed_solution(register)
    page = signed_in(ROWAN, record=f"solution:{made.id}")
    put(page, f"solution:{made.id}:return", words="Say how many wards took part.")
    register.edit(LENA, "solution", made.id, {**made.content, "title": "Changed"}, version=made.version)
    press(page, "Send back")
    assert f"{LENA.email} {UNSEEN}" in page.text and "You wrote: Say how many wards took part." in page.text
    assert "Send back" not in labels(page)


def test_a_lead_with_words_of_their_own_sees_both_versions_before_a_step(signed_in, register):
    made = in_consultation(register)
    form = f"priority:{made.id}"
    page = signed_in(LENA, record=form)
    fill(page, form, title="Lena's own words")
    by_casey(register, made, "Casey's words")
    fill(page, form, title="Lena's own words, again")
    press(page, "Publish")
    assert UNSEEN in page.text and "Casey&#x27;s words" in page.text and "Lena&#x27;s own words, again" in page.text
    assert register.read(LENA, "priority", made.id).state == "in_consultation"
    press(page, "Publish")
    assert register.read(LENA, "priority", made.id).content["title"] == "Casey's words"
    press(page, "Save mine in place of theirs")
    assert register.read(LENA, "priority", made.id).content["title"] == "Lena's own words, again"


def consulted_while_writing(signed_in, register, title):
    """A draft that Lena opens for consultation with a new title in its form, not saved; and her page."""
    made = register.create(LENA, "priority", codes(register), areas=["wessex"])
    page = signed_in(LENA, record=f"priority:{made.id}")
    fill(page, f"priority:{made.id}", title=title)
    return made, press(page, "Open for consultation")


def test_ones_own_saves_and_steps_stand_in_nobodys_way(signed_in, register):
    made, page = consulted_while_writing(signed_in, register, "Not saved yet")
    press(page, "Save")
    assert "Saved." in page.text
    press(page, "Back to draft")
    press(page, "Open for consultation")
    press(page, "Publish")
    assert "It is published." in page.text
    assert register.read(LENA, "priority", made.id).content["title"] == "Not saved yet"


def test_a_draft_kept_across_ones_own_step_is_saved_in_a_new_session(signed_in, register):
    made, _ = consulted_while_writing(signed_in, register, "Kept over a step")
    press(signed_in(LENA, record=f"priority:{made.id}"), "Save")
    assert register.read(LENA, "priority", made.id).content["title"] == "Kept over a step"


def test_personal_data_in_an_answer_is_marked_and_a_public_contact_can_be_declared(signed_in, register):
    sent = suggestion(register, "Please count the falls at night.")
    key = f"suggestion:{sent.id}:answer"
    page = signed_in(LENA, record=f"suggestion:{sent.id}")
    put(page, key, words="Ring 020 7946 0018 about the night round.")
    press(page, "Answer in public")
    assert "<mark>020 7946 0018</mark>" in page.text
    assert box(page, f"{key}|words").value == "Ring 020 7946 0018 about the night round."
    assert register.read(LENA, "suggestion", sent.id).state == "accepted"
    press(page, "“020 7946 0018” is a public contact")
    press(page, "Answer in public")
    assert register.read(LENA, "suggestion", sent.id).content["answer"] == "Ring 020 7946 0018 about the night round."
    assert not box(page, f"{key}|words").value


def test_a_patients_number_in_a_reason_cannot_be_declared(signed_in, register):
    sent = suggestion(register, "Please count the falls at night.", accepted=False)
    page = signed_in(ROWAN, record=f"suggestion:{sent.id}")
    put(page, f"suggestion:{sent.id}:reject", words="It is about NHS number 943 476 5919.")
    press(page, "Do not publish")
    assert "<mark>943 476 5919</mark>" in page.text
    assert not [label for label in labels(page) if "public contact" in label]
    assert register.read(ROWAN, "suggestion", sent.id).state == "received"


def test_a_suggestion_led_to_a_priority_of_its_area_and_not_to_a_compiled_one(signed_in, register):
    sent = suggestion(register, "Please count the falls at night.")
    published_priority(register)
    page = signed_in(LENA, record=f"suggestion:{sent.id}")
    assert box(page, f"suggestion:{sent.id}:answer|priority").options == [PRIORITY["title"]]


def test_suggestions_are_listed_for_their_area_and_for_reviewers(signed_in, register):
    suggestion(register, "Ours is on show.")
    suggestion(register, "Theirs is on show.", "oxford")
    suggestion(register, "Nobody has looked at this one.", accepted=False)
    area = signed_in(CASEY).text
    assert "Suggestions from the public" in area and "Ours is on show." in area
    assert "Theirs is on show." not in area and "Nobody has looked" not in area
    review = signed_in(ROWAN).text
    for words in ("Ours is on show.", "Theirs is on show.", "Nobody has looked at this one."):
        assert words in review
    assert "A new suggestion" not in area + review


def test_what_a_reviewer_wrote_is_shown_as_words_and_not_as_markdown(signed_in, register):
    made = proposed_solution(register)
    words = "![seen](//evil.test/a.png) [Sign in](http://evil.test/)"
    register.act(ROWAN, "solution", made.id, "return", version=made.version, words=words)
    page = signed_in(LENA, record=f"solution:{made.id}")
    assert f'role="alert"><p>A reviewer sent it back: {words}</p>' in page.text
    assert not [found for kind in ("warning", "error", "info", "markdown") for found in page.app.get(kind)
                if "evil" in str(found.value)]  # fmt: skip


def test_a_test_that_has_not_begun_is_planned(signed_in, register):
    priority = published_priority(register)
    words = {**TEST, "start": "2099-03-01"}
    made = register.create(LENA, "test", words, areas=["wessex"], links={"priority_id": priority.id})
    register.act(LENA, "test", made.id, "publish", version=made.version)
    access().look_again()
    card = signed_in(LENA).visit("priority", id=priority.id).text.split(f'id="{made.id}"')[1].split("</article>")[0]
    assert "planned from 1 March 2099" in card and ">Planned</span>" in card
    assert "under way" not in card.lower()


def test_several_areas_agree_to_a_change_of_what_they_have_published(signed_in, register):
    made = register.create(LENA, "priority", codes(register), areas=["wessex", "eastern"])
    for who, action in ((LENA, "consult"), (LENA, "publish"), (ELLIS, "publish")):
        made = register.act(who, "priority", made.id, action, version=made.version)
    form = f"priority:{made.id}"
    page = signed_in(LENA, record=form)
    assert "Publish" not in labels(page)
    fill(page, form, title="What both now want")
    press(page, "Save")
    press(page, "Publish")
    assert "You have agreed for your area." in page.text and "Publish" not in labels(page)
    assert "waits for your area to agree" in signed_in(ELLIS).text
    press(signed_in(ELLIS, record=form), "Publish")
    assert register.read(PUBLIC, "priority", made.id).content["title"] == "What both now want"


def test_every_step_and_every_change_of_the_audit_has_its_words():
    taken = {action for kind, steps in LIFECYCLES.items() if kind != "grant" for action in steps}
    assert set(DONE) == taken - {CREATE, "edit"} == set(ACTIONS)
    for action in {action for steps in LIFECYCLES.values() for action in steps} | {"compile"}:
        assert "_" not in describe_action(action)


def test_a_step_without_its_reason_stays_open_and_says_what_is_missing(signed_in, register):
    made = proposed_solution(register)
    page = press(signed_in(ROWAN, record=f"solution:{made.id}"), "Send back")
    opened = next(part for part in page.app.expander if part.label == "Send back")
    assert opened.proto.expanded
    assert "psc-form-problem" in page.text and register.read(ROWAN, "solution", made.id).links["proposed"]


def test_the_words_of_a_step_are_there_again_in_another_session_until_it_is_taken(signed_in, register):
    made = proposed_solution(register)
    form = f"solution:{made.id}"
    fill(signed_in(ROWAN, record=form), f"{form}:return", words="Say how many wards.")
    again = signed_in(ROWAN, record=form)
    assert box(again, f"{form}:return|words").value == "Say how many wards."
    assert "Unfinished" not in signed_in(ROWAN).text
    press(again, "Send back")
    assert register.read(LENA, "solution", made.id).links["returned"] == "Say how many wards."
    proposed = register.act(
        LENA, "solution", made.id, "propose", version=register.read(LENA, "solution", made.id).version
    )
    assert proposed.links["proposed"]
    assert not box(signed_in(ROWAN, record=form), f"{form}:return|words").value


def test_what_looks_like_personal_data_in_a_steps_words_is_not_kept(signed_in, register):
    sent = suggestion(register, "Please count the falls at night.")
    key = f"suggestion:{sent.id}:answer"
    fill(signed_in(LENA, record=f"suggestion:{sent.id}"), key, words="Ring 020 7946 0018 about the night round.")
    assert not box(signed_in(LENA, record=f"suggestion:{sent.id}"), f"{key}|words").value


def test_a_published_answer_is_corrected_from_its_own_words(signed_in, register):
    sent = suggestion(register, "Please count the falls at night.")
    register.act(LENA, "suggestion", sent.id, "answer", version=sent.version, words="We count them form May.")
    key = f"suggestion:{sent.id}:answer"
    page = signed_in(LENA, record=f"suggestion:{sent.id}")
    assert box(page, f"{key}|words").value == "We count them form May."
    put(page, key, words="We count them from May.")
    press(page, "Answer in public")
    assert register.read(LENA, "suggestion", sent.id).content["answer"] == "We count them from May."
