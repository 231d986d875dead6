"""A fault is one line that any terminal can show, and a ruined file does not bury the others in faults."""

from hypothesis import given
from hypothesis import strategies as st

from psc.faults import MOST_ALIKE, MOST_FILES, MOST_OF_A_FILE, Fault, alike, few_of_each_file

ANYTHING = st.text(st.characters(), max_size=600)


@given(file=ANYTHING, found=ANYTHING, expected=ANYTHING, column=ANYTHING)
def test_a_fault_is_one_line_of_bounded_length_whatever_the_file_held(file, found, expected, column):
    said = str(Fault(file, found, expected, 3, column))
    assert said.isprintable()
    assert said.encode("utf-8")
    assert len(said) < 20_000


def test_a_character_that_nobody_can_see_is_shown_as_its_escape():
    assert "\\u200bwhy" in str(Fault("a.csv", "an unknown column", "only why", 1, "\u200bwhy"))


def test_of_faults_alike_the_first_are_listed_and_the_others_counted():
    faults = [Fault("a.csv", str(row), "a number", row, "value") for row in range(250)]
    listed = alike(iter(faults), len(faults))
    assert listed[:-1] == faults[:MOST_ALIKE]
    assert listed[-1].found == "150 more like this in later lines"
    assert alike(iter(faults[:MOST_ALIKE]), MOST_ALIKE) == faults[:MOST_ALIKE]
    assert alike(iter([]), 0) == []


def test_of_a_ruined_file_few_faults_are_listed_and_all_of_the_others():
    ruined = [Fault("ruined.csv", str(row), "a number", row) for row in range(MOST_OF_A_FILE + 7)]
    other = Fault("other.csv", "x", "y", 2)
    listed = few_of_each_file([*ruined, other])
    assert listed == [*ruined[:MOST_OF_A_FILE], other, Fault("ruined.csv", "7 more faults", "none")]


def test_of_very_many_files_with_faults_some_are_named_and_all_of_another_part():
    many = [Fault(f"harms/{number}/definition.yaml", "no such file", "one") for number in range(MOST_FILES + 9)]
    other = Fault("register/x.yaml", "x", "y", 2)
    listed = few_of_each_file([*many, many[0], many[-1], other])
    assert listed == [*many[:MOST_FILES], many[0], other, Fault("harms", "faults in 9 more files", "none")]
