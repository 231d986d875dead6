"""A name in a row of incidents, or right before one person's number, is found."""

from psc.register.privacy.names_in_records import names_in_records


def names(text: str, identifier: str = "") -> set[str]:
    start = text.index(identifier)
    identifiers = [(start, start + len(identifier))] if identifier else []
    return {text[slice(*span)] for span in names_in_records(text, identifiers)}


def test_surname_and_forename_in_a_row_of_incidents_are_found() -> None:
    assert names("Ashworth, Ann - fall - low harm") == {"Ashworth, Ann"}


def test_surname_and_initial_with_a_bed_in_a_row_are_found() -> None:
    assert names("Ashworth A, bed 4, fall") == {"Ashworth A"}


def test_name_right_before_an_identifier_is_found() -> None:
    assert names("Ann Ashworth, NHS no: 943 476 5919", "943 476 5919") == {"Ann Ashworth"}


def test_same_name_without_an_identifier_is_let_through() -> None:
    assert names("Ann Ashworth, NHS no: 943 476 5919") == set()


def test_name_far_before_an_identifier_is_let_through() -> None:
    assert names(f"Ann Ashworth {'wrote about the work ' * 5} 943 476 5919", "943 476 5919") == set()


def test_letter_of_a_ward_in_a_row_is_no_initial() -> None:
    assert names("Ward B, bed 4, fall") == set()
