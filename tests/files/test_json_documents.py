"""A JSON document is read whole, or refused with the line or the key that is wrong."""

import pytest

from psc.faults import InvalidData
from psc.files.json_documents import DEEPEST, read_json


@pytest.fixture
def read(tmp_path):
    def read(text):
        path = tmp_path / "a.json"
        path.write_text(text, encoding="utf-8")
        return read_json(path, "a.json")

    return read


def test_document_of_every_kind_of_value_is_read(read):
    assert read('{"a": [1, 2.5, "x", true, null], "b": {}}') == {"a": [1, 2.5, "x", True, None], "b": {}}


@pytest.mark.parametrize(
    ("text", "found", "row"),
    [
        ('{"a": 1\n"b": 2}', "a comma or a closing bracket is missing", 2),
        ('{"a" 1}', "a colon after a key is missing", 1),
        ('{"a": 1}\n{}', "something stands behind the end", 2),
        ('{"a": "x', "nothing closes a quotation mark", 1),
        ('{"a": 1, "b": 2, "a": 3}', "the key a twice in one object", None),
        ('{"a": NaN}', "the number NaN", None),
        ('{"a": ' + "1" * 5000 + "}", "a number of thousands of digits", None),
        ('{"a":\n' + "[" * (DEEPEST + 1), f"more than {DEEPEST} levels", 2),
    ],
)
def test_document_that_is_no_json_is_refused_in_words_with_its_line(text, found, row, read):
    with pytest.raises(InvalidData) as refused:
        read(text)
    (fault,) = refused.value.faults
    assert found in fault.found
    assert fault.row == row


def test_brackets_within_a_text_are_not_levels(read):
    assert read('{"a": "' + "[" * 100 + '"}') == {"a": "[" * 100}


def test_each_value_that_no_document_may_hold_is_named_by_its_key(read):
    with pytest.raises(InvalidData) as refused:
        read('{"a": [1e300], "b": {"c": "x\\u0000"}}')
    assert [fault.column for fault in refused.value.faults] == ["a.0", "b.c"]
