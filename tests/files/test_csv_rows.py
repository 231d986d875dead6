"""A CSV file is read whole, or its faults name the line they stand on."""

import pytest

from psc.faults import InvalidData
from psc.files.csv_rows import MOST_COLUMNS, read_rows, rows_of, unnamed_columns


@pytest.fixture
def write(tmp_path):
    def write(text):
        path = tmp_path / "a.csv"
        path.write_bytes(text.encode())
        return path

    return write


def test_each_row_has_the_line_it_begins_on(write):
    rows, faults = read_rows(write('id,note\na,"two\nlines"\nb,\n'), "a.csv")
    assert faults == []
    assert rows.header == ["id", "note"]
    assert rows.lines == [2, 4]
    assert rows.as_dicts() == [{"id": "a", "note": "two\nlines"}, {"id": "b", "note": ""}]


def test_row_of_another_width_is_a_fault_and_left_out(write):
    rows, faults = read_rows(write("id,note\na\nb,c\nd,e,f\n"), "a.csv")
    assert rows.cells == [["b", "c"]]
    assert [fault.row for fault in faults] == [2, 4]


@pytest.mark.parametrize(
    ("text", "row"),
    [
        ("", 1),
        ("id,id\na,b\n", 1),
        ("id,,\na,b,c\n", 1),
        ('id,note\na,"b\n', 2),
        ('id,note\na,b\nc,"d"e\n', 3),
        (",".join(f"c{number}" for number in range(MOST_COLUMNS + 1)), 1),
    ],
)
def test_file_of_which_nothing_can_be_made_is_one_fault_with_its_line(text, row, write):
    rows, faults = read_rows(write(text), "a.csv")
    assert rows is None
    assert [(fault.file, fault.row) for fault in faults] == [("a.csv", row)]


def test_rows_of_a_file_with_a_fault_are_refused(write):
    with pytest.raises(InvalidData) as refused:
        rows_of(write("id,note\na\n"), "a.csv")
    assert [fault.row for fault in refused.value.faults] == [2]


def test_columns_without_a_name_are_counted_from_one():
    assert unnamed_columns(["", "id", "  "]) == [1, 3]
