"""A reviewer removes words from a suggestion on its page; the public then reads the mark in their place."""

from psc.web.session.register import access
from tests.web.conftest import Site
from tests.web.desk import ADMIN, LENA, ROWAN, box, labels, press, put, suggestion

SAID = "Please look at what Nurse Thistlewood told my mother about falls."
LEFT = "Please look at what Nurse [removed by a moderator: a person's name] told my mother about falls."


def test_a_reviewer_removes_a_name_and_the_public_reads_the_mark(signed_in, register):
    sent = suggestion(register, SAID)
    key = f"suggestion:{sent.id}:redact"
    page = signed_in(ROWAN, record=f"suggestion:{sent.id}")
    put(page, key, remove="Thistlewood", was="name", words="It names a member of staff.")
    press(page, "Remove words")
    assert "The words are removed" in page.text
    assert "Thistlewood" not in page.text
    assert "It names a member of staff." in page.text
    assert not box(page, f"{key}|remove").value
    access().look_again()
    public = Site().visit("suggest")
    assert "[removed by a moderator: a person&#x27;s name]" in public.text or LEFT in public.text
    assert "Thistlewood" not in public.text
    assert "It names a member of staff." not in public.text
    assert "Thistlewood" not in signed_in(ADMIN, audit="1").text


def test_words_that_do_not_stand_there_are_refused_and_what_was_typed_stays(signed_in, register):
    sent = suggestion(register, SAID, accepted=False)
    key = f"suggestion:{sent.id}:redact"
    page = signed_in(ROWAN, record=f"suggestion:{sent.id}")
    put(page, key, remove="Thistle", was="name", words="It names a member of staff.")
    press(page, "Remove words")
    assert "Copy the words exactly as they stand" in page.text
    assert box(page, f"{key}|remove").value == "Thistle"
    put(page, key, remove="Thistlewood")
    press(page, "Remove words")
    assert register.read(ROWAN, "suggestion", sent.id).content["what"] == LEFT


def test_a_lead_is_not_offered_to_remove_words(signed_in, register):
    sent = suggestion(register, SAID)
    assert "Remove words" not in labels(signed_in(LENA, record=f"suggestion:{sent.id}"))
