"""The first look at a text passes over hardly any number, address or date of one person."""

import csv
from collections import defaultdict
from pathlib import Path

import pytest

from psc.register.privacy.first_look import may_be_in_address, may_be_personal


def test_first_look_stops_at_nearly_all_of_each_kind_of_personal_data() -> None:
    told: dict[str, list[bool]] = defaultdict(list)
    with (Path(__file__).parents[2] / "data" / "personal_data" / "positives.csv").open(encoding="utf-8") as file:
        for row in csv.DictReader(file):
            told[row["kind"]].append(may_be_personal(row["text"]))
    least = dict.fromkeys(told, 0.97) | {"nhs_number": 0.99, "patient_name": 0.8}
    assert {
        kind: sum(looks) / len(looks) for kind, looks in told.items() if sum(looks) < least[kind] * len(looks)
    } == {}


@pytest.mark.parametrize(
    "text",
    [
        "Build a network of 15 areas by 2027.",
        "From 1 April 2023 to 31 March 2024 in 12 wards.",
        "the Patient Safety Group",
    ],
)
def test_first_look_passes_over_the_prose_of_projects(text: str) -> None:
    assert not may_be_personal(text)


def test_full_date_is_stopped_at_only_beside_words_of_a_person() -> None:
    assert not may_be_personal("It began on 12 March 2024.")
    assert may_be_personal("She fell on 12 March 2024.")


def test_web_address_is_stopped_at_for_an_email_or_an_nhs_number_and_not_for_a_date() -> None:
    assert may_be_in_address("https://example.org/?to=jane%40nhs.net")
    assert may_be_in_address("https://example.org/943-476-5919")
    assert not may_be_in_address("https://example.org/2024/03/12/report-117")
