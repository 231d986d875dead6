"""What looks like one person's data is refused in compiled records, and officials are let through."""

from pathlib import Path

import pytest

from tests.register.compiled.few_records import ADDRESSES, IMPERIAL, PINCER, TIMELINE, Edit, faults

ONE_PERSON = {
    "Mrs Jane Smith, NHS number 943 476 5919, born 3 May 1948, fell.": {"an NHS number", "a date of birth", "the name"},
    "She was born on 3 May 1948.": {"a date of birth"},
    "Ring Jane on 07700 900461.": {"a telephone number"},
    "Write to jane.smith@example.org.": {"an email address"},
    "He lives at SW1A 2AA.": {"a full postcode"},
    "Her number is AB 12 34 56 C.": {"a National Insurance number"},
    "The hospital number was 4829133.": {"a hospital number"},
    "Patient Maureen Iqbal was given the wrong dose of insulin.": {"the name of a patient"},
}


@pytest.mark.parametrize(
    ("file", "key"), [(IMPERIAL, "0.summary"), (PINCER, "0.adopted_by.0.note"), (TIMELINE, "1.note")]
)
def test_what_looks_like_one_persons_data_is_refused_and_not_repeated(
    edit: Edit, tmp_path: Path, file: str, key: str
) -> None:
    old = {
        IMPERIAL: "summary: Build a network of champions for quality and safety.",
        PINCER: "note: 2,688 practices in 104 clinical commissioning groups (39%) by December 2020.",
        TIMELINE: 'note: An NHS Improvement page says "August 2014". That is an error in the page.',
    }[file]
    before = old
    for text, kinds in ONE_PERSON.items():
        line = edit(file, before, before := f"{old.split(':')[0]}: '{text}'")
        found = faults(tmp_path)
        assert {(fault.file, fault.row, fault.column) for fault in found} == {(f"register/{file}", line, key)}
        assert all(any(kind in fault.found for fault in found) for kind in kinds), [str(fault) for fault in found]
        assert not any(part in str(fault) for fault in found for part in ("Smith", "943", "1948", "Maureen", "07700"))


def test_officials_and_the_numbers_of_pages_are_not_refused(edit: Edit, tmp_path: Path) -> None:
    edit(
        IMPERIAL,
        "summary: Build a network of",
        "summary: Dr Mike Durkin, director, opened the day of 3 May 2014. A network of",
    )
    edit(IMPERIAL, ADDRESSES, "https://example.org/news/9434765919")
    edit(
        TIMELINE, "event: The Berwick report", "event: Mr Jeremy Hunt, Secretary of State, said so. The Berwick report"
    )
    assert [str(fault) for fault in faults(tmp_path)] == []
