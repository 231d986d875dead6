"""What looks like personal data is found wherever and however it is written; the prose of projects is let through."""

import datetime
import re
import time
from collections.abc import Iterator
from itertools import pairwise

import nhs_number
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from psc.register.compiled.load import load_register
from psc.register.privacy.personal_data import Finding, find_personal_data, undeclared
from psc.register.privacy.screening import personal_data
from psc.settings import data_folder

TODAY = datetime.date(2026, 11, 22)
NHS = "943 476 5919"


def found(text: str) -> list[tuple[str, str]]:
    findings = find_personal_data(text, TODAY)
    assert all(text[finding.start : finding.end] == finding.text for finding in findings)
    assert all(first.end <= second.start for first, second in pairwise(findings))
    return [(finding.kind, finding.text) for finding in findings]


@st.composite
def nhs_numbers(draw: st.DrawFn) -> str:
    """Ten digits with a right check digit, in one of the ways people write them."""
    first = draw(st.integers(400_000_000, 499_999_999) | st.integers(600_000_000, 799_999_999))
    check = nhs_number.calculate_checksum(str(first))
    assume(check != 10)
    digits = f"{first}{check}"
    assert nhs_number.is_valid(digits)
    groups = draw(st.sampled_from([(10,), (3, 3, 4), (1,) * 10]))
    gap = draw(st.sampled_from([" ", "-", "\u00a0", "–", "\u202f", "\n", "-\u200b"]))
    starts = [sum(groups[:index]) for index in range(len(groups))]
    return gap.join(digits[start : start + size] for start, size in zip(starts, groups, strict=True))


WORDS = ("the", "ward", "nurses", "tried", "and", "falls", "fell", "by", "half", "in", "homes,", "(patients)", "asked.")
PROSE = st.lists(st.sampled_from(WORDS) | st.integers(10, 999).map(str), max_size=12).map(" ".join)


@given(PROSE, nhs_numbers(), st.sampled_from([" ", " (", ": ", "\n", "—"]), PROSE)
def test_any_nhs_number_is_found_in_any_prose(before: str, number: str, opening: str, after: str) -> None:
    text = f"{before} patient{opening}{number}, {after}"
    assert ("nhs_number", number) in found(text)


@given(PROSE)
def test_words_and_small_numbers_are_let_through(prose: str) -> None:
    # "447 100 100 100" is a mobile number without its "+" as well as four numbers; the guard asks.
    assume(not re.search(r"\b44 ?7( ?\d){9}\b", prose))
    assert found(prose) == []


@given(st.text())
def test_any_text_is_searched_without_fault_and_spans_are_exact(text: str) -> None:
    found(text)


@given(
    st.dates(datetime.date(2011, 1, 1), datetime.date(2026, 11, 22)),
    st.sampled_from(["%d/%m/%Y", "%d-%m-%Y", "%d.%m.%Y", "%d %B %Y", "%B %d, %Y", "%Y-%m-%d", "%d %b %y", "%d %m %Y"]),
    st.integers(0, 9999),
)
def test_the_date_of_a_piece_of_work_is_let_through(day: datetime.date, form: str, figure: int) -> None:
    written = day.strftime(form)
    for text in (f"It started on {written} in {figure} homes.", f"From {written} {figure} homes", f"{written}: began."):
        assert found(text) == []


@pytest.mark.parametrize(
    ("text", "kind", "what"),
    [
        ("Seen (9434765919) today", "nhs_number", "9434765919"),
        ("９４３ ４７６ ５９１９", "nhs_number", "９４３ ４７６ ５９１９"),
        ("٩٤٣٤٧٦٥٩١٩ in Arabic digits", "nhs_number", "٩٤٣٤٧٦٥٩١٩"),
        ("94\u200b3476\u200d5919", "nhs_number", "94\u200b3476\u200d5919"),
        ("943.476.5919", "nhs_number", "943.476.5919"),
        ("in bed 4 943 476 5919", "nhs_number", NHS),
        ("NHS number: 94 34 76 59 19", "nhs_number", "94 34 76 59 19"),
        ("NHSNo9434765919", "nhs_number", "9434765919"),
        ("https://example.org/record?id=9434765919", "nhs_number", "9434765919"),
        ("943_476_5919", "nhs_number", "943_476_5919"),
        ("NHS number 943_476_5919", "nhs_number", "943_476_5919"),
        ("943 \N{BULLET} 476 \N{BULLET} 5919", "nhs_number", "943 \N{BULLET} 476 \N{BULLET} 5919"),
        ("943:476:5919", "nhs_number", "943:476:5919"),
        ("943;476;5919", "nhs_number", "943;476;5919"),
        ("943+476~5919", "nhs_number", "943+476~5919"),
        ("943,476,5919", "nhs_number", "943,476,5919"),
        ("[943] [476] [5919]", "nhs_number", "943] [476] [5919"),
        ("NHS No: 943 476 5918", "nhs_number", "943 476 5918"),
        ("7911123456", "phone", "7911123456"),
        ("jane.smith @ nhs.net", "email", "jane.smith @ nhs.net"),
        ("EX2-5DW", "postcode", "EX2-5DW"),
        ("NI number AB 12 34 56 C", "national_insurance", "AB 12 34 56 C"),
        ("hospital no. K123456", "hospital_number", "K123456"),
        ("Mrs A. Ashworth fell in the bathroom", "patient_name", "Mrs A. Ashworth"),
        ("the patient Ashworth fell twice", "patient_name", "Ashworth"),
        ("ring 0117 496 0123.", "phone", "0117 496 0123"),
        ("ring (0117) 496 0123", "phone", "(0117) 496 0123"),
        ("07700 900123", "phone", "07700 900123"),
        ("07700900123", "phone", "07700900123"),
        ("+44 (0)7700 900123", "phone", "+44 (0)7700 900123"),
        ("0300 123 4567", "phone", "0300 123 4567"),
        ("0800 1111", "phone", "0800 1111"),
        ("bed 4 0117 496 0123", "phone", "0117 496 0123"),
        ("+1 650 253 0000", "phone", "+1 650 253 0000"),
        ("(jane.o'hara+psc@nhs.net)", "email", "jane.o'hara+psc@nhs.net"),
        ("jane [at] nhs [dot] net", "email", "jane [at] nhs [dot] net"),
        ("write to jane.smith at nhs dot net, please", "email", "jane.smith at nhs dot net"),
        ("jane@nhs dot uk", "email", "jane@nhs dot uk"),
        ("jane AT trust DOT nhs DOT uk", "email", "jane AT trust DOT nhs DOT uk"),
        ("at BS1 6NW.", "postcode", "BS1 6NW"),
        ("at bs16nw", "postcode", "bs16nw"),
        ("EC1A\u00a01BB", "postcode", "EC1A\u00a01BB"),
        ("W1A 0AX", "postcode", "W1A 0AX"),
    ],
)
def test_each_kind_is_found_as_people_write_it(text: str, kind: str, what: str) -> None:
    assert found(text) == [(kind, what)]


@pytest.mark.parametrize("written", ["7911 123456", "791 112 3456", "7911123456", "7700 900 123"])
def test_a_mobile_number_is_a_phone_number_whatever_its_check_digit(written: str) -> None:
    for prefix in ("0", "+44 ", "+44", "0044 ", "+44 (0)"):
        assert [kind for kind, _ in found(f"ring {prefix}{written} now")] == ["phone"]


def test_ten_digits_that_are_both_a_phone_number_without_its_0_and_an_nhs_number_are_an_nhs_number() -> None:
    number = next(n for n in range(7_911_100_000, 7_911_200_000) if nhs_number.is_valid(str(n)))
    assert found(f"{number}") == [("nhs_number", f"{number}")]
    assert found(f"0{number}") == [("phone", f"0{number}")]
    assert found(f"+44 {number}") == [("phone", f"+44 {number}")]


# fmt: off
WAYS_TO_WRITE_A_DATE = [
    "12/03/1948", "12.3.48", "12-03-1948", "12/3/2015", "12\u00a0March\u00a01948", "12031948", "1948-03-12",
    "12-Mar-48", "30/12/26", "12 March 1948", "12th March 1948", "12th of March, 1948", "March 12, 1948", "12 03 1948",
    "3rd Sept. 1948", "03/25/1948", "١٢/٠٣/١٩٤٨",
]
# fmt: on


@pytest.mark.parametrize("date", WAYS_TO_WRITE_A_DATE)
def test_a_date_by_a_word_of_birth_is_found(date: str) -> None:
    before = (
        "She was born on",
        "DOB",
        "D.O.B.:",
        "d.o.b",
        "Date of birth -",
        "born in Bristol on the",
        "gave birth on",
    )
    for text in (*(f"{words} {date}, then" for words in before), f"{date} (DOB)", f"{date} was his date of birth"):
        assert found(text) == [("date_of_birth", date)], text


@pytest.mark.parametrize(
    "text",
    [
        "Mrs Jones came in on 12 March 2024.",
        "Mr. A Khan, 12/03/2015, fell.",
        "The patient (12/03/2015) fell.",
        "On 12 March 2024 the patient was moved.",
        "aged 78 (12/03/1948)",
        "a 78-year-old, 12/03/1948",
        "Jane Smith, 5 July 1948",
        "Jane Smith 05/07/1948 fell twice",
        "His mother came to us on 12 March 1998.",
        f"{NHS} admitted 12 March 2024",
        "DOB 12/03/2015 - 14/05/2016",
        "Mrs A. Ashworth fell on 3 March 2025",
        "patient Ashworth fell on 3 March 2025",
        "Ashworth, A. 12/03/48 bay 2",
    ],
)
def test_a_date_near_a_person_is_found(text: str) -> None:
    assert "date_of_birth" in [kind for kind, _ in found(text)]


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
def test_the_prose_of_projects_is_let_through(text: str) -> None:
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
def test_the_time_grows_with_the_length_of_a_text_and_no_faster(piece: str) -> None:
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


def test_so_many_figures_before_it_do_not_hide_a_phone_number() -> None:
    assert found("1, " * 20_000 + "+1 650 253 0000") == [("phone", "+1 650 253 0000")]


def test_a_declared_public_contact_stands_but_never_a_number_or_date_of_a_patient() -> None:
    text = f"Ask Team@NHS.net, 0117\u00a0496 0123 or BS1 6NW. Jo, born 12/03/1948, {NHS}; jo@nhs.net"
    findings = find_personal_data(text, TODAY)
    declared = ["team@nhs.net ", "0117 4960123", "bs16nw", NHS, "12/03/1948"]
    assert [finding.text for finding in undeclared(findings, declared)] == ["12/03/1948", NHS, "jo@nhs.net"]
    assert undeclared(findings, []) == findings
    assert undeclared(findings, ["nhs.net", "0117", "BS1"])[:3] == findings[:3], "a part of a contact declares nothing"


def test_a_pages_number_stands_where_its_address_is_declared_and_nowhere_else() -> None:
    address = "https://example.org/report/9434765919"
    text = f"See {address}, [too](https://example.org/b/9434765919) and 9434765919."
    findings = find_personal_data(text, TODAY)
    assert [finding.declarable for finding in findings] == [address, "https://example.org/b/9434765919", ""]
    assert undeclared(findings, [address.upper()]) == findings[1:]
    assert undeclared(findings, ["9434765919", "https://example.org/report/", "example.org"]) == findings
    assert "publisher's own number" in findings[0].words


def test_an_address_that_says_it_holds_a_patients_number_cannot_be_declared() -> None:
    for address in ("https://example.org/?nhs_number=9434765919", "https://example.org/patient/9434765919"):
        findings = find_personal_data(address, TODAY)
        assert [finding.declarable for finding in findings] == [""]
        assert undeclared(findings, [address]) == findings


def test_a_declared_contact_does_not_hide_what_stands_between_marks() -> None:
    content = {"summary": f"Ring 0117 496 0123. 943\\-{NHS[4:]}", "public_contacts": ["0117 496 0123"]}
    assert [finding.kind for finding in personal_data(content)["summary"]] == ["nhs_number"]


def test_its_words_say_what_it_is_and_what_to_do_and_a_log_does_not_repeat_it() -> None:
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
