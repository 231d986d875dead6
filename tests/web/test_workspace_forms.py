"""Forms in the workspace: nothing that was typed is lost, and nobody's words are overwritten unseen."""

from datetime import date

import pytest

from psc.register.errors import Incomplete, Unavailable
from psc.register.role_grants import grant, grants, revoke
from psc.register.unsaved_forms import drop_form, forms_of
from psc.web.session.register import access
from psc.web.workspace.form import form as forms
from psc.web.workspace.form.form_fields import FORMS
from psc.web.workspace.form.problems import labelled
from tests.register.world import PRIORITY, RESULT, SOLUTION, TEST
from tests.web.desk import (
    ADMIN,
    CASEY,
    LENA,
    ROWAN,
    box,
    codes,
    fill,
    in_consultation,
    labels,
    new,
    press,
    proposed_solution,
    published_priority,
    put,
)

BOTH = "changed this while you were writing"
UNSAVED = "Something in the form below is not saved yet."


@pytest.fixture
def draft(register):
    """A draft of Wessex."""
    return register.create(LENA, "priority", codes(register), areas=["wessex"])


def by_lena(register, record, **words):
    """A change that Lena saves meanwhile."""
    return register.edit(LENA, record.kind, record.id, {**record.content, **words}, version=record.version)


def revoked(register, who):
    """Take somebody's role."""
    for held in grants(register, ADMIN):
        if held.links["email"] == who.email:
            revoke(register, ADMIN, held.id, held.version)


def test_the_first_words_typed_after_someone_elses_save_stay_and_both_are_shown(signed_in, register, draft):
    page, form = signed_in(CASEY, record=f"priority:{draft.id}"), f"priority:{draft.id}"
    by_lena(register, draft, title="Lena's new title")
    fill(page, form, title="Casey's first words")
    assert box(page, f"{form}|title").value == "Casey's first words"
    press(page, "Save")
    assert BOTH in page.text and "Lena&#x27;s new title" in page.text
    assert register.read(LENA, "priority", draft.id).content["title"] == "Lena's new title"


def test_what_is_typed_and_sent_with_the_same_click_is_compared_too(signed_in, register, draft):
    page, form = signed_in(CASEY, record=f"priority:{draft.id}"), f"priority:{draft.id}"
    by_lena(register, draft, title="Lena's new title")
    put(page, form, title="Typed and saved at once")
    press(page, "Save")
    assert BOTH in page.text and "Typed and saved at once" in page.text
    press(page, "Keep theirs and drop mine")
    assert box(page, f"{form}|title").value == "Lena's new title"


def test_ones_own_second_window_is_called_that(signed_in, register, draft):
    page, form = signed_in(LENA, record=f"priority:{draft.id}"), f"priority:{draft.id}"
    by_lena(register, draft, title="Said in the other window")
    put(page, form, title="Said in this one")
    press(page, "Save")
    assert "You changed this in another window" in page.text and "Saved in the other window" in page.text
    assert f"Saved by {LENA.email}" not in page.text
    press(page, "Save what is written here")
    assert register.read(LENA, "priority", draft.id).content["title"] == "Said in this one"


def test_a_form_in_which_nothing_was_changed_follows_the_record(signed_in, register, draft):
    page, form = signed_in(CASEY, record=f"priority:{draft.id}"), f"priority:{draft.id}"
    by_lena(register, draft, title="Lena's new title")
    page.app.run()
    assert box(page, f"{form}|title").value == "Lena's new title"
    assert forms_of(register, CASEY) == []


def test_a_kept_draft_older_than_the_record_is_edited_and_saved_after_both_were_seen(signed_in, register, draft):
    form = f"priority:{draft.id}"
    fill(signed_in(CASEY, record=form), form, title="Casey's draft")
    by_lena(register, draft, title="Lena's new title")
    page = signed_in(CASEY, record=form)
    assert box(page, f"{form}|title").value == "Casey's draft"
    assert "has changed this since you began" in page.text
    fill(page, form, title="Casey's better draft")
    assert box(page, f"{form}|title").value == "Casey's better draft"
    press(page, "Save")
    assert BOTH in page.text and "Lena&#x27;s new title" in page.text
    press(page, "Save mine in place of theirs")
    assert "Saved." in page.text
    assert register.read(LENA, "priority", draft.id).content["title"] == "Casey's better draft"


def test_words_changed_back_leave_the_form_to_follow_the_record(signed_in, register, draft):
    page, form = signed_in(CASEY, record=f"priority:{draft.id}"), f"priority:{draft.id}"
    fill(page, form, title="A slip")
    fill(page, form, title=PRIORITY["title"])
    by_lena(register, draft, title="Lena's new title")
    page.app.run()
    assert box(page, f"{form}|title").value == "Lena's new title"
    assert forms_of(register, CASEY) == []


def test_a_record_that_was_compiled_and_taken_over_is_no_change_when_it_is_opened(signed_in, register):
    compiled = next(
        found
        for found in register.records(LENA, "solution")
        if found.compiled and found.areas == ("wessex",) and found.state == "shared_nationally"
    )
    register.act(LENA, "solution", compiled.id, "claim", version=compiled.version)
    page = signed_in(LENA, record=f"solution:{compiled.id}")
    page.app.run()
    assert forms_of(register, LENA) == []


def test_words_kept_for_a_record_that_has_moved_on_can_be_copied_and_dropped(signed_in, register):
    made = in_consultation(register)
    form = f"priority:{made.id}"
    page = signed_in(CASEY, record=form)
    fill(page, form, title="What Casey kept", summary="With **stars**.")
    put(page, form, how_set="Typed at the last moment")
    register.act(LENA, "priority", made.id, "publish", version=made.version)
    press(page, "Save")
    assert "Save" not in labels(page)
    for words in ("What Casey kept", "With **stars**.", "Typed at the last moment"):
        assert words in page.text
    again = signed_in(CASEY, record=form)
    assert "Typed at the last moment" in again.text
    press(again, "Drop what I had written")
    assert "What Casey kept" not in again.text and forms_of(register, CASEY) == []


def test_words_kept_for_a_record_that_cannot_be_read_any_more_can_be_copied(signed_in, register, draft):
    form = f"priority:{draft.id}"
    fill(signed_in(CASEY, record=form), form, title="What Casey kept")
    revoked(register, CASEY)
    grant(register, ADMIN, CASEY.email, "contributor", "oxford")
    page = signed_in(CASEY, record=form)
    assert "Nothing to show here" in page.text and "What Casey kept" in page.text


def test_words_sent_by_the_click_that_finds_the_role_gone_are_kept(signed_in, register, draft):
    form = f"priority:{draft.id}"
    page = signed_in(CASEY, record=form)
    put(page, form, title="Typed while the role was taken")
    revoked(register, CASEY)
    press(page, "Save")
    assert "you hold no role here" in page.text and "Typed while the role was taken" in page.text
    assert "Typed while the role was taken" in signed_in(CASEY).text


def test_the_words_of_a_step_are_kept_when_the_role_is_gone(signed_in, register):
    made = proposed_solution(register)
    page = signed_in(ROWAN, record=f"solution:{made.id}")
    put(page, f"solution:{made.id}:return", words="A reason of many words")
    revoked(register, ROWAN)
    press(page, "Send back")
    assert "you hold no role here" in page.text and "A reason of many words" in page.text
    grant(register, ADMIN, ROWAN.email, "reviewer", "eastern")
    page.visit("workspace", record=f"solution:{made.id}")
    assert register.read(LENA, "solution", made.id).links["proposed"]


def test_two_windows_with_new_forms_do_not_write_into_each_other(signed_in, register):
    one, other = signed_in(CASEY, new="priority"), signed_in(CASEY, new="priority")
    fill(one, new(one, "priority"), title="The first of two")
    fill(other, new(other, "priority"), title="The second of two")
    text = signed_in(CASEY).text
    assert "Unfinished: The first of two" in text and "Unfinished: The second of two" in text
    press(one, "Save")
    press(other, "Save")
    saved = {found.content["title"] for found in register.records(CASEY, "priority") if found.state == "draft"}
    assert saved == {"The first of two", "The second of two"}


def test_a_solution_begun_from_a_test_is_tied_to_it_when_it_is_finished_later(signed_in, register):
    priority = published_priority(register)
    test = register.create(CASEY, "test", TEST, areas=["wessex"], links={"priority_id": priority.id})
    page = signed_in(CASEY, new="solution", test_id=test.id)
    fill(page, new(page, "solution", test.id), title="Begun from the test")
    link = next(line for line in signed_in(CASEY).text.split("<li>") if "Unfinished: Begun" in line)
    assert f"test_id={test.id}" in link and f"form={page.asked('form')}" in link
    later = signed_in(CASEY, new="solution", test_id=test.id, form=page.asked("form"))
    press(later, "Save")
    (made,) = [found for found in register.records(CASEY, "solution") if found.state == "developing"]
    assert (made.content["title"], made.links["test_ids"]) == ("Begun from the test", [test.id])


def test_a_record_that_was_saved_is_saved_though_its_draft_cannot_be_dropped(signed_in, register, draft, monkeypatch):
    form = f"priority:{draft.id}"
    page = signed_in(CASEY, record=form)
    fill(page, form, title="Saved before the fault")

    def down(*_):
        monkeypatch.setattr(forms, "drop_form", drop_form)
        raise Unavailable("The register cannot be reached at the moment.")

    monkeypatch.setattr(forms, "drop_form", down)
    press(page, "Save")
    assert "Saved." in page.text and "cannot be reached" not in page.text
    assert register.read(LENA, "priority", draft.id).content["title"] == "Saved before the fault"
    again = signed_in(CASEY, record=form)
    assert "has changed this since you began" not in again.text and forms_of(register, CASEY) == []


@pytest.mark.parametrize("kind", FORMS)
def test_the_preview_stands_once_the_first_field_is_filled(kind, signed_in, register):
    ties = {"test": ("priority_id", published_priority), "adoption": ("solution_id", shared_elsewhere)}
    name, made = ties.get(kind, ("", None))
    tie = made(register).id if made else ""
    page = signed_in(CASEY, new=kind, **({name: tie} if tie else {}))
    first = FORMS[kind][0]
    value = next(iter(first.options())) if first.answer == "choice" else "A title alone"
    fill(page, new(page, kind, tie), **{first.name: value})
    assert "As the public will see it" in page.text
    shown = {"capability": "It can be shown once these are mended."} | dict.fromkeys(
        ("adoption", "chart_decision"), "psc-card"
    )
    assert shown.get(kind, "A title alone</h3>") in page.text
    assert "Add to your calendar" not in page.text


def shared_elsewhere(register):
    """A compiled solution that did not begin in Wessex."""
    access().look_again()
    return next(
        found
        for found in register.records(CASEY, "solution")
        if found.state == "shared_nationally" and "wessex" not in found.areas
    )


def test_what_looks_like_personal_data_is_quoted_as_it_was_written(signed_in):
    page = signed_in(CASEY, new="priority")
    fill(page, new(page, "priority"), title="Fewer falls", summary="Write to falls_team*one@trust.example please.")
    press(page, "Save")
    assert r"“one\@trust\.example” is a public contact" in labels(page)


def test_saving_without_a_change_keeps_every_word(signed_in, register):
    made = register.create(LENA, "solution", codes(register, SOLUTION), areas=["wessex"])
    page = signed_in(CASEY, record=f"solution:{made.id}")
    press(page, "Save")
    after = register.read(CASEY, "solution", made.id)
    assert after.content == made.content


def test_the_other_areas_of_a_new_priority_are_kept_with_its_draft(signed_in, register):
    page = signed_in(CASEY, new="priority")
    name = new(page, "priority")
    fill(page, name, title="Begun by two")
    box(page, f"{name}|also_areas").set_value(["eastern"]).run()
    again = signed_in(CASEY, new="priority", form=name.rpartition(":")[2])
    assert "Wessex and Eastern" in again.text
    press(again, "Save")
    (made,) = [found for found in register.records(CASEY, "priority") if found.content["title"] == "Begun by two"]
    assert made.areas == ("wessex", "eastern")


def test_what_is_missing_in_a_list_is_named_by_row_and_part(register):
    words = codes(register, SOLUTION)
    rows = [
        {"measure": "Falls", "figure_kind": "observed"},
        {name: said for name, said in RESULT.items() if name != "measure"},
    ]
    with pytest.raises(Incomplete) as incomplete:
        register.create(LENA, "solution", {**words, "title": "", "results": rows}, areas=["wessex"])
    said = labelled(FORMS["solution"], {"results": rows}, incomplete.value.problems)
    assert said == [
        "Title: This is too short: at least 3 characters.",
        "Results: “Falls”, Source: where it can be checked: This is needed.",
        "Results: Number 2, What was measured: This is needed.",
    ]


def test_a_step_warns_of_words_that_are_not_saved(signed_in, register):
    made = in_consultation(register)
    page = signed_in(LENA, record=f"priority:{made.id}")
    assert UNSAVED not in page.text
    fill(page, f"priority:{made.id}", title="Not saved yet")
    assert UNSAVED in page.text
    press(page, "Save")
    assert UNSAVED not in page.text


def test_what_was_left_out_of_a_draft_is_named_when_its_writer_comes_back(signed_in, register, draft):
    form = f"priority:{draft.id}"
    fill(signed_in(CASEY, record=form), form, summary="Ring 020 7946 0018 about it")
    page = signed_in(CASEY, record=form)
    assert "was not kept when you left this form" in page.text and "Summary in plain English" in page.text
    assert box(page, f"{form}|summary").value == draft.content["summary"]
    press(page, "Save")
    assert register.read(LENA, "priority", draft.id).content["summary"] == draft.content["summary"]


def test_a_choice_a_date_and_a_number_can_be_taken_away_again(signed_in, register):
    words = {"title": "A day of learning", "audience": "All", "date": "2027-03-12", "end": "2027-03-13", "capacity": 30}
    made = register.create(LENA, "event", words, areas=["wessex"])
    page = signed_in(LENA, record=f"event:{made.id}")
    press(press(press(page, "Clear “Places”"), "Clear “Last day, if there are several”"), "Save")
    assert register.read(LENA, "event", made.id).content == {
        name: value for name, value in words.items() if name not in ("capacity", "end")
    }
    priority = register.create(LENA, "priority", codes(register), areas=["wessex"])
    page = signed_in(LENA, record=f"priority:{priority.id}")
    box(page, f"priority:{priority.id}|origin").set_value("")
    press(page, "Save")
    assert "origin" not in register.read(LENA, "priority", priority.id).content


def test_a_second_window_that_saves_takes_nothing_away_that_the_first_has_kept(signed_in, register, draft):
    form = f"priority:{draft.id}"
    first = signed_in(LENA, record=form)
    fill(first, form, title="Kept in the first window")
    second = signed_in(LENA, record=form)
    fill(second, form, title=PRIORITY["title"])
    fill(second, form, summary="Saved in the second window.")
    press(second, "Save")
    press(first, "Save")
    assert "You changed this in another window" in first.text
    again = signed_in(LENA, record=form)
    assert box(again, f"{form}|title").value == "Kept in the first window"


def test_what_was_written_can_be_dropped_after_a_second_look(signed_in, register, draft):
    page, form = signed_in(CASEY, record=f"priority:{draft.id}"), f"priority:{draft.id}"
    assert "Drop what I have written" not in labels(page)
    fill(page, form, title="Not worth keeping")
    press(page, "Drop what I have written")
    press(page, "No, keep it")
    assert box(page, f"{form}|title").value == "Not worth keeping"
    press(page, "Drop what I have written")
    assert [kept.content["title"] for kept in forms_of(register, CASEY)] == ["Not worth keeping"]
    press(page, "Yes, drop it")
    assert box(page, f"{form}|title").value == PRIORITY["title"]
    assert "Drop what I have written" not in labels(page)
    assert forms_of(register, CASEY) == []


def test_a_new_form_that_was_emptied_again_is_not_unfinished(signed_in, register):
    page = signed_in(CASEY, new="priority")
    fill(page, new(page, "priority"), title="Begun by mistake")
    assert len(forms_of(register, CASEY)) == 1
    fill(page, new(page, "priority"), title="")
    assert forms_of(register, CASEY) == []
    assert "Unfinished" not in signed_in(CASEY).text


def test_a_row_that_was_taken_away_can_be_put_back_with_its_words(signed_in, register):
    rows = [{**RESULT, "measure": f"Measure {n}"} for n in "ABC"]
    made = register.create(LENA, "solution", codes(register, {**SOLUTION, "results": rows}), areas=["wessex"])
    page = signed_in(LENA, record=f"solution:{made.id}")
    second = [button for button in page.app.button if button.label == "Take this one away"][1]
    second.click().run()
    assert labels(page).count("Take this one away") == 2
    press(page, "Put it back")
    press(page, "Save")
    results = register.read(LENA, "solution", made.id).content["results"]
    assert [result["measure"] for result in results] == ["Measure A", "Measure B", "Measure C"]


def test_a_row_that_was_taken_away_is_not_saved(signed_in, register):
    rows = [{**RESULT, "measure": f"Measure {n}"} for n in "ABC"]
    made = register.create(LENA, "solution", codes(register, {**SOLUTION, "results": rows}), areas=["wessex"])
    page = signed_in(LENA, record=f"solution:{made.id}")
    press(page, "Take this one away")
    press(page, "Save")
    results = register.read(LENA, "solution", made.id).content["results"]
    assert [result["measure"] for result in results] == ["Measure B", "Measure C"]
    assert "Taken away." not in page.text


def test_whoever_changes_what_waits_for_a_reviewer_is_told_that_it_waits_no_more(signed_in, register):
    made = proposed_solution(register)
    page, form = signed_in(LENA, record=f"solution:{made.id}"), f"solution:{made.id}"
    assert "Saving a change here takes it back" in page.text
    fill(page, form, title="Said better")
    press(page, "Save")
    assert "Saved." in page.text and "It does not wait for a reviewer any more." in page.text


@pytest.mark.parametrize("year", [1925, 2125])
def test_a_day_far_away_is_saved_as_it_was_typed_and_not_dropped(signed_in, register, draft, year):
    page = signed_in(LENA, record=f"priority:{draft.id}")
    day = next(found for found in page.app.date_input if found.label == "When it will be looked at again")
    assert day.min.year < year < day.max.year
    day.set_value(date(year, 1, 31)).run()
    press(page, "Save")
    assert register.read(LENA, "priority", draft.id).content["review_date"] == f"{year}-01-31"
