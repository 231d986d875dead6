"""Numbers beyond reason and text with control characters are found wherever they are in a document."""

import pytest

from psc.files.values import LARGEST_NUMBER, unsuitable


@pytest.mark.parametrize(
    "value", [LARGEST_NUMBER * 2, -LARGEST_NUMBER * 2, float("nan"), float("inf"), 10**400, "a\0", "\ud800", "\x85"]
)
@pytest.mark.parametrize(
    ("wrap", "key"),
    [(lambda value: {"a": [1, value]}, ("a", 1)), (lambda value: [{"b": value}], (0, "b")), (lambda value: value, ())],
)
def test_unsuitable_value_is_found_with_its_key(value, wrap, key):
    assert [found[0] for found in unsuitable(wrap(value))] == [key]


@pytest.mark.parametrize("value", [LARGEST_NUMBER, -LARGEST_NUMBER, 0, True, None, "two\nlines\tand a tab", "é 😀"])
def test_usual_value_is_suitable(value):
    assert list(unsuitable({"a": [value]})) == []


def test_key_that_is_no_plain_text_is_found():
    assert [found[1] for found in unsuitable({5: "a", "b\0": "c"})] == ["the key 5", "a key with control characters"]


def test_enormous_whole_number_is_said_by_its_size():
    ((_, found, _),) = unsuitable(10**400)
    assert found == "a number of 1,329 bits"
