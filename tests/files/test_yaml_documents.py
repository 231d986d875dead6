"""A YAML document is read with the line of every key, or refused in words."""

import pytest

from psc.files.yaml_documents import DEEPEST, MOST_ITEMS, dotted, line_of, read_yaml


@pytest.fixture
def read(tmp_path):
    def read(text):
        path = tmp_path / "a.yaml"
        path.write_text(text, encoding="utf-8")
        return read_yaml(path, "a.yaml")

    return read


def test_content_comes_with_the_line_of_every_key_and_item(read):
    content, lines, faults = read("title: MRSA\ntargets:\n  - value: 1\n  - value: 2\n")
    assert faults == []
    assert content == {"title": "MRSA", "targets": [{"value": 1}, {"value": 2}]}
    assert lines[("targets",)] == 2
    assert lines[("targets", 1, "value")] == 4


def test_date_stays_text(read):
    assert read("day: 2024-03-31\n")[0] == {"day": "2024-03-31"}


@pytest.mark.parametrize(
    ("text", "found", "row"),
    [
        ("", "an empty file", None),
        ("a: &x 1\nb: *x\n", "the alias *x", 2),
        ("a: !!python/name:os.system x\n", "the tag", 1),
        ("a: 1\nb: 'x\n", "", 3),
        ("[" * (DEEPEST + 1), f"more than {DEEPEST} levels", 1),
        ("a: [" + "1, " * (MOST_ITEMS + 1) + "]", f"more than {MOST_ITEMS:,} keys", 1),
    ],
)
def test_document_beyond_what_is_read_is_one_fault(text, found, row, read):
    content, _, (fault,) = read(text)
    assert content is None
    assert found in fault.found
    assert fault.row == row


def test_key_that_stands_twice_is_a_fault_and_the_rest_is_read(read):
    content, _, (fault,) = read("a: 1\nb: 2\na: 3\n")
    assert content == {"a": 3, "b": 2}
    assert (fault.found, fault.row, fault.column) == ("the key a second time", 3, "a")


def test_line_of_a_missing_key_is_that_of_what_is_around_it():
    lines = {("a",): 4, ("a", 0): 5}
    assert line_of(lines, ("a", 0, "b")) == 5
    assert line_of(lines, ("c",)) is None


def test_key_is_written_with_dots():
    assert dotted(("results", 0, "measure")) == "results.0.measure"
