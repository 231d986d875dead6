"""What looks like personal data is found wherever and however it is written; the prose of projects is let through."""

import re
import time
from collections.abc import Iterator

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from psc.register.compiled.load import load_register
from psc.register.privacy.personal_data import Finding, find_personal_data, undeclared
from psc.settings import data_folder
from tests.register.privacy.found_kinds import NHS, PROSE, TODAY, found


@given(PROSE)
def test_words_and_small_numbers_are_let_through(prose: str) -> None:
    # "447 100 100 100" is a mobile number without its "+" as well as four numbers; the guard asks.
    assume(not re.search(r"\b44 ?7( ?\d){9}\b", prose))
    assert found(prose) == []


@given(st.text())
def test_any_text_is_searched_without_fault_and_spans_are_exact(text: str) -> None:
    found(text)


@pytest.mark.parametrize(
    "text",
    [
        "started 12 March 2024 and runs until 31/03/2027",
        "The NHS began on 5 July 1948. Since 5 July 1948 the NHS has grown.",
        "Published 12 March 2008. Period: 1 April 2009 to 31 March 2010.",
        "babies born between 1 April 2019 and 31 March 2020",
        "babies born before 27 weeks since 1 April 2023",
        "people aged 75 and over on 31 March 2024",
        "World Patient Safety Day, 17 September 2024, was the patient leaflet of 12 March 2024",
        "Mr Hall will open the new ward on 12 March 2027.",
        "each patient on 12 March 2024",
        "the 70th birthday of the NHS on 5 July 2018",
        "version 12.3.48, 30/02/1948, 12/13/14",
        "10,930 care homes, 2014 to 2016, 2023-24, 45.5% of 1,234,567 (95% CI 0.92-1.03; P<0.001)",
        "ISRCTN12345678, NCT01234567, 10.1136/bmjoq-2019-000704, ISBN 0306406152, E54000040, RA701, Y02467",
        "BS1, SW1A, A1 2BC, on floor B6 2nd left, PDSA 3",
        "https://example.org/2008/03/12/0117-496-0123/BS16NW",
        "Look at the dot above the limit, and at every dot in the chart.",
        "0.9434765919",
        "Mrs Ashworth, chief nurse, opened the day on 3 June 2024",
        "Hepatitis B. Patients fell ill.",
        "943 476 5918",
    ],
)
def test_prose_of_projects_is_let_through(text: str) -> None:
    assert found(text) == []


def test_several_in_one_text_come_in_order() -> None:
    text = "0117 496 0123 0117 496 0124\nJo, DOB 12/3/48, 943-476-5919\tjo@nhs.net BS1 6NW"
    assert [kind for kind, _ in found(text)] == ["phone", "phone", "date_of_birth", "nhs_number", "email", "postcode"]


# fmt: off
PIECES = [
    "http://", "www.", "1 ", "9 ", "01/", "01-", "1.", "(0", "+", "+44 ", "a@", "@", "a.", "a at ", " dot a", "x dot ",
    "12/03/1948 ", "1 Jan ", "Mrs ", "Mrs A", "Mr B, ", "Mr A (", "A. ", "patient ", "patient A ", "Smith, A. ",
    "he fell ",
    "12/03/1948 he fell ", "NHS no ", "NHS ", "hospital no ", "NI ", "AB12", "EX2 ", "\u200b", "e\u0301",
    "born ", "([", "'", "my mother Ann ", "Name: Ab, Ab ", "a man called Ab ", "van der de la A", "Mrs Ab his ",
    "call O ", "J E ", "%20", "&", "hospital numbers 123456, ", "9,",
]

# fmt: on


@pytest.mark.parametrize("piece", PIECES)
def test_search_time_grows_linearly_with_the_length_of_a_text(piece: str) -> None:
    """A pattern that tries every way of reading a text would take a hundred times as long for ten times the length."""

    def seconds(length: int) -> float:
        text = piece * (length // len(piece)) + f" is it, {NHS}"
        begun = time.process_time()
        findings = find_personal_data(text, TODAY)
        taken = time.process_time() - begun
        assert ("nhs_number", NHS) in [(finding.kind, finding.text) for finding in findings]
        return taken

    short = max(min(seconds(2_000), seconds(2_000)), 0.005)
    assert seconds(20_000) < 40 * short


def test_declared_contact_is_accepted_but_no_number_or_date_of_a_patient() -> None:
    text = f"Ask Team@NHS.net, 0117\u00a0496 0123 or BS1 6NW. Jo, born 12/03/1948, {NHS}; jo@nhs.net"
    findings = find_personal_data(text, TODAY)
    declared = ["team@nhs.net ", "0117 4960123", "bs16nw", NHS, "12/03/1948"]
    assert [finding.text for finding in undeclared(findings, declared)] == ["12/03/1948", NHS, "jo@nhs.net"]
    assert undeclared(findings, []) == findings
    assert undeclared(findings, ["nhs.net", "0117", "BS1"])[:3] == findings[:3], "a part of a contact declares nothing"


def test_number_in_a_web_address_is_accepted_only_where_that_address_is_declared() -> None:
    address = "https://example.org/report/9434765919"
    text = f"See {address}, [too](https://example.org/b/9434765919) and 9434765919."
    findings = find_personal_data(text, TODAY)
    assert [finding.declarable for finding in findings] == [address, "https://example.org/b/9434765919", ""]
    assert undeclared(findings, [address.upper()]) == findings[1:]
    assert undeclared(findings, ["9434765919", "https://example.org/report/", "example.org"]) == findings
    assert "publisher's own number" in findings[0].words


def test_web_address_that_names_a_patients_number_cannot_be_declared() -> None:
    for address in ("https://example.org/?nhs_number=9434765919", "https://example.org/patient/9434765919"):
        findings = find_personal_data(address, TODAY)
        assert [finding.declarable for finding in findings] == [""]
        assert undeclared(findings, [address]) == findings


def test_finding_says_what_it_is_and_its_repr_does_not_repeat_it() -> None:
    number, phone = find_personal_data(f"{NHS}, 0117 496 0123")
    assert number.words == f"“{NHS}” looks like an NHS number. Take it out: nothing about one patient may be kept here."
    assert "public contact of an organisation" in phone.words
    assert not number.can_be_public_contact
    assert phone.can_be_public_contact
    assert NHS not in repr(number)


def texts_of(value: object) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        value = list(value.values())
    if isinstance(value, list | tuple):
        for item in value:
            yield from texts_of(item)


def test_nothing_in_the_committed_register_looks_like_personal_data() -> None:
    register = load_register(data_folder() / "register")
    records = (*register.priorities, *register.programmes, *register.solutions, *register.timeline)
    flagged: dict[str, list[Finding]] = {}
    texts = [text for record in records for text in texts_of(record.model_dump())]
    for text in texts:
        if findings := find_personal_data(text, TODAY):
            flagged[text] = findings
    assert len(texts) > 3000
    assert flagged == {}
