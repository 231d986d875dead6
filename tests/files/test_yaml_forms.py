"""A number, a yes or a no in our YAML is what the writer meant, or a fault that repeats what was written."""

import pytest

from psc.files.yaml_documents import read_yaml

NUMBER, YES_OR_NO = "a plain number such as 45 or 0.5", "true or false, or text in quotes"


def read(tmp_path, text: str):
    path = tmp_path / "file.yaml"
    path.write_text(text, encoding="utf-8")
    return read_yaml(path, "file.yaml")


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        *((form, NUMBER) for form in ("045", "02014", "1:10", "-1:10.5", "0x1F", "0b11", "1_000", "1.5e+3", "5.")),
        *((form, NUMBER) for form in (".5", ".inf", "-.INF", ".nan", "!!int '045'", "!!float inf")),
        *((word, YES_OR_NO) for word in ("yes", "No", "ON", "off", "True", "FALSE", "!!bool yes")),
    ],
)
@pytest.mark.parametrize("form", ["value: {}", "targets:\n  - {{value: {}}}", "- {}", "{}: value"])
def test_a_value_that_yaml_reads_as_another_is_named_as_it_was_written(tmp_path, form, written, expected):
    content, _, faults = read(tmp_path, form.format(written))
    assert content is None
    (fault,) = faults
    assert written.replace("'", "").endswith(fault.found)
    assert expected in fault.expected
    assert fault.row == form.count("\n") + 1


def test_all_values_that_are_misread_are_named_at_once(tmp_path):
    faults = read(tmp_path, "one: 045\ntwo: yes\nthree: {four: [1, 1:10]}\n")[2]
    assert [(fault.row, fault.column, fault.found) for fault in faults] == [
        (1, "one", "045"),
        (2, "two", "yes"),
        (3, "three.four.1", "1:10"),
    ]


@pytest.mark.parametrize("digits", ["1" + "0" * 5_000, "9" * 40_000, "0." + "3" * 5_000])
def test_a_number_of_thousands_of_digits_is_named_by_their_number(tmp_path, digits):
    (fault,) = read(tmp_path, f"a: 1\nvalue: {digits}\n")[2]
    assert (fault.row, fault.column) == (2, "value")
    assert fault.found == f"a number of {len(digits):,} digits"
    assert fault.expected == "a number of at most 15 digits"


def test_plain_numbers_words_and_quoted_texts_are_read_as_they_stand(tmp_path):
    text = "a: 45\nb: -0.5\nc: +7\nd: true\ne: 'no'\nf: '045'\ng: 2024-03-31\nh: 2014-10\ni: ~\nj:\nk: 1e5\nl: 10.0\n"
    content, _, faults = read(tmp_path, text)
    assert faults == []
    assert content == {
        "a": 45, "b": -0.5, "c": 7, "d": True, "e": "no", "f": "045", "g": "2024-03-31", "h": "2014-10", "i": None,
        "j": None, "k": "1e5", "l": 10.0,
    }  # fmt: skip
