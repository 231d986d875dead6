"""A moderator removes words from a suggestion: they are gone everywhere, and the audit still verifies."""

import gzip

import pytest
from sqlalchemy import text

from psc.register.database.audit import newest, rolled_back, verify
from psc.register.database.backup import back_up, restore
from psc.register.errors import Incomplete, NotAllowed, PersonalDataFound, StaleEdit
from psc.register.unsaved_forms import describe_keep_step, describe_step
from psc.register.workflow.permissions import PUBLIC
from psc.register.workflow.record import Record
from psc.register.workflow.redaction import REMOVED, mark, remove
from tests.register.database.test_audit import broken, tamper
from tests.register.world import KEY, World, new_world, published

SAID = "Sister Thistlewood was kind. My friend Thistlewood-Wren waited.\nThistlewood and Thistlewoods differ."
NAME = mark("name")
LEFT = f"Sister {NAME} was kind. My friend {NAME}-Wren waited.\n{NAME} and Thistlewoods differ."


def send(world: World, what: str = SAID) -> Record:
    return world.service.create(PUBLIC, "suggestion", {"what": what, "area": "wessex"}, areas=["wessex"])


def redact(world: World, sent: Record, words: str = "Thistlewood", was: str = "name", who=None, reason="It names her."):
    return world.act(who or world.reviewer, sent, "redact", reason, remove=words, was=was)


def everything(world: World) -> str:
    """Every row of every table of the register, as text."""
    with world.service.database.reading() as session:
        tables = ("suggestion", "audit", "audit_redaction", "form", "sent_form")
        return "\n".join(str(row) for table in tables for row in session.execute(text(f"SELECT * FROM {table}")))


def test_removed_words_are_gone_from_the_record_the_audit_and_backups_and_the_audit_verifies(world, tmp_path):
    sent = world.act(world.reviewer, send(world, SAID.replace("Thistlewoods", "others")), "accept")
    sent = world.act(world.lead, sent, "answer", "We thanked Thistlewood for it.")
    with world.service.database.reading() as session:
        noted = newest(session).seal
    after = redact(world, sent)
    assert after.state == "answered"
    assert after.content["what"] == LEFT.replace("Thistlewoods", "others")
    assert after.content["removed"] == [{"was": "name", "reason": "It names her."}]
    (shown,) = published(world).suggestions
    assert (shown.what, shown.answer) == (after.content["what"], f"We thanked {NAME} for it.")
    assert "Thistlewood" not in everything(world)
    assert broken(world) == []
    with world.service.database.reading() as session:
        assert rolled_back(session, seal=noted) == [], "a seal that was noted before is still there"
    back_up(world.service.database, tmp_path / "backup.jsonl.gz")
    assert b"Thistlewood" not in gzip.decompress((tmp_path / "backup.jsonl.gz").read_bytes())
    other = new_world(f"sqlite:///{tmp_path / 'other.db'}")
    restore(other.service.database, tmp_path / "backup.jsonl.gz", key=KEY, keep=tmp_path / "kept.jsonl.gz")
    with other.service.database.reading() as session:
        assert verify(session, KEY) == []
    other.service.database.close()


def test_removed_words_do_not_stay_in_the_files_of_sqlite(tmp_path):
    world = new_world(f"sqlite:///{tmp_path / 'register.db'}")
    redact(world, send(world, "Please thank Thistlewood for her kindness."))
    for file in tmp_path.iterdir():
        assert b"Thistlewood" not in file.read_bytes(), file.name
    world.service.database.close()


def test_all_but_the_removed_words_stays_as_it_was_sent(world):
    after = redact(world, send(world))
    assert after.content["what"] == LEFT
    again = redact(world, after, "Thistlewoods")
    assert again.content["what"] == LEFT.replace("Thistlewoods", NAME)
    assert len(again.content["removed"]) == 2
    assert broken(world) == []


@pytest.mark.parametrize("state", ["received", "accepted", "answered", "rejected"])
def test_words_are_removed_in_every_state_and_the_state_stays(world, state):
    sent = send(world)
    if state in ("accepted", "answered"):
        sent = world.act(world.reviewer, sent, "accept")
    if state == "answered":
        sent = world.act(world.lead, sent, "answer", "We did.")
    if state == "rejected":
        sent = world.act(world.reviewer, sent, "reject", "It is about one person.")
    assert redact(world, sent).state == state
    assert broken(world) == []


def test_only_a_reviewer_of_another_area_removes_words(world):
    sent = world.act(world.reviewer, send(world), "accept")
    for who in (world.lead, world.contributor, world.own_reviewer, world.admin, PUBLIC):
        with pytest.raises(NotAllowed):
            redact(world, sent, who=who)
    assert world.service.read(world.reviewer, "suggestion", sent.id).content["what"] == SAID


@pytest.mark.parametrize(
    ("asked", "field"),
    [
        ({"words": "Nobody"}, "remove"),
        ({"words": "Thistle"}, "remove"),
        ({"words": "  "}, "remove"),
        ({"words": "removed by"}, "remove"),
        ({"was": "nonsense"}, "was"),
        ({"reason": "  "}, "reason"),
        ({"reason": "It names Thistlewood."}, "reason"),
    ],
)
def test_what_cannot_be_removed_is_refused_and_changes_nothing(world, asked, field):
    sent = send(world)
    before = everything(world)
    with pytest.raises(Incomplete) as refused:
        redact(world, sent, **asked)
    assert list(refused.value.problems) == [field]
    assert everything(world) == before


def test_a_reason_with_personal_data_and_an_older_version_are_refused(world):
    sent = send(world)
    with pytest.raises(PersonalDataFound):
        redact(world, sent, reason="It is about NHS number 943 476 5919.")
    redact(world, sent)
    with pytest.raises(StaleEdit):
        redact(world, sent, "kind")


def test_nobody_sends_a_note_of_a_removal(world):
    words = {"what": SAID, "area": "wessex", "removed": [{"was": "name", "reason": "x"}]}
    sent = world.service.create(PUBLIC, "suggestion", words, areas=["wessex"])
    assert "removed" not in sent.content


def test_words_of_an_answer_are_removed_too(world):
    sent = world.act(world.lead, world.act(world.reviewer, send(world), "accept"), "answer", "Ann Wren sees to it.")
    after = redact(world, sent, "Ann Wren")
    assert (after.content["answer"], after.content["what"]) == (f"{NAME} sees to it.", SAID)
    assert broken(world) == []


ENTRY = "(SELECT min(number) FROM audit WHERE kind = 'suggestion')"


@pytest.mark.parametrize(
    "statement",
    [
        f"UPDATE audit SET after = replace(after, 'kind', 'rude') WHERE number = {ENTRY}",
        f"UPDATE audit SET who = 'someone@else.example' WHERE number = {ENTRY}",
        f"UPDATE audit SET seal = '{'2' * 64}' WHERE number = {ENTRY}",
        f"UPDATE audit_redaction SET seal = '{'2' * 64}' WHERE number = {ENTRY}",
        f"DELETE FROM audit_redaction WHERE number = {ENTRY}",
        f"INSERT INTO audit_redaction SELECT 1, seal FROM audit WHERE number = {ENTRY}",
    ],
)
def test_whoever_changes_an_entry_with_removed_words_is_found_out(world, statement):
    redact(world, send(world))
    tamper(world, statement)
    assert broken(world) != []


def test_whoever_puts_removed_words_back_is_found_out(world):
    sent = send(world)
    with world.service.database.reading() as session:
        whole = newest(session).after
    redact(world, sent)
    tamper(
        world,
        f"UPDATE audit SET after = :whole WHERE number = {ENTRY}",
        "DELETE FROM audit_redaction",
        whole=whole,
    )
    assert broken(world) != []


def test_the_audit_can_only_be_added_to_after_words_were_removed(world):
    redact(world, send(world))
    with pytest.raises(Exception, match="append-only"), world.service.database.engine.begin() as connection:
        connection.execute(text("UPDATE audit SET who = 'someone@else.example'"))


@pytest.mark.parametrize("was", REMOVED)
def test_marks_say_what_was_removed_and_are_not_removed_from(was):
    once = remove("Ann's number (Ann) is a number.", "Ann", was)
    assert once == f"{mark(was)}'s number ({mark(was)}) is a number."
    assert remove(once, "moderator", "name") == once
    assert remove("a.b a.b. axb", "a.b", was) == f"{mark(was)} {mark(was)}. axb"


def test_words_are_removed_across_line_breaks_and_spaces_which_a_page_shows_as_one_space(world):
    sent = send(world, "Please thank Ann\nThistlewood, and Ann  Thistlewood again.")
    assert redact(world, sent, "Ann Thistlewood").content["what"] == f"Please thank {NAME}, and {NAME} again."
    assert "Thistlewood" not in everything(world)


def test_words_in_brackets_that_only_look_like_a_mark_are_removed(world):
    after = redact(world, send(world, "Please hear [removed by a moderator: Thistlewood] about falls."))
    assert after.content["what"] == f"Please hear [removed by a moderator: {NAME}] about falls."


@pytest.mark.parametrize(
    ("words", "said", "left"),
    [
        ("Thistlewood", "_Thistlewood_, THISTLEWOOD, Thistle\u00adwood, 2Thistlewood3", "_#_, #, #, 2#3"),
        ("Thistle\u200bwood", "Thistlewood was here", "# was here"),
        ("Ann Thistlewood", "ann thistlewood and ANN\u00a0THISTLEWOOD", "# and #"),
        ("Will", "Will said that he will come", "# said that he will come"),
        ("thistlewood", "thistlewood, Thistlewood", "#, #"),
        ("Ann", "Annual anniversary of Ann's, Joann", "Annual anniversary of #'s, Joann"),
        ("Ann Wren Ann", "Ann Wren Ann Wren Ann", "#"),
        ("Ann Ann", "Ann Ann Ann", "#"),
        ("999 123 4567", "9991234567, NHS999-123-4567, 19991234567", "#, NHS#, 19991234567"),
        ("bs1 6nw", "BS16NW, BS1\n6NW, BS1 6NWX", "#, #, BS1 6NWX"),
        ("12/03/1948", "12.03.1948 or 12 03 1948", "# or #"),
        ("12/3", "12/3, 12 3, 12.3", "#, 12 3, 12.3"),
        ("jane@nhs.net", "Jane@NHS.net", "#"),
    ],
)
def test_words_are_removed_however_else_they_are_spelled_and_parts_of_other_words_stay(words, said, left):
    assert remove(said, words, "name") == left.replace("#", NAME)


def test_a_declared_contact_that_is_removed_is_no_longer_declared(world):
    words = {"what": "Please ring 0117 496 0123 about falls.", "area": "wessex", "public_contacts": ["0117 4960123"]}
    sent = world.service.create(PUBLIC, "suggestion", words, areas=["wessex"])
    after = redact(world, sent, "0117 496 0123", "contact")
    assert after.content["public_contacts"] == []
    assert "4960123" not in everything(world)
    assert broken(world) == []


def test_removed_words_are_gone_from_an_answer_that_somebody_has_begun(world):
    sent = world.act(world.reviewer, send(world), "accept")
    step = f"suggestion:{sent.id}:answer"
    describe_keep_step(world.service, world.lead, step, "We thank Thistlewood.", ["Thistlewood 0117 496 0123"])
    describe_keep_step(world.service, world.lead, "suggestion:another:answer", "Another letter.", [])
    redact(world, sent)
    assert describe_step(world.service, world.lead, step) == f"We thank {NAME}."
    assert describe_step(world.service, world.lead, "suggestion:another:answer") == "Another letter."
    assert "Thistlewood " not in everything(world)
