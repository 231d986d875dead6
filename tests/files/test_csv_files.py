"""CSV files are read back whole by every reader, and nothing in them is run by a spreadsheet."""

import csv
import datetime
import io
import sys
import unicodedata
from pathlib import Path

import duckdb
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from psc.files.csv_files import csv_text, defused, write_csv
from psc.settings import ROOT

COLUMNS = ["id", "what", "area"]
FORMULA_STARTS = ["=", "+", "-", "@", "＝", "＋", "－", "＠", "﹦", "﹢", "﹣", "﹫"]


def unseen_characters() -> list[str]:
    """Every assigned character of the categories C and Z that a text can hold, and some private and unassigned."""
    found = [chr(code) for code in range(1, sys.maxunicode + 1) if not 0xD800 <= code < 0xE000]
    found = [letter for letter in found if unicodedata.category(letter)[0] in "CZ"]
    many = [letter for letter in found if unicodedata.category(letter) in ("Co", "Cn")]
    return [letter for letter in found if unicodedata.category(letter) not in ("Co", "Cn")] + many[::20_000]


UNSEEN = unseen_characters()


def table(texts: list[str]) -> pd.DataFrame:
    return pd.DataFrame(
        {"id": [f"s{number}" for number in range(len(texts))], "what": texts, "area": "wessex"}, columns=COLUMNS
    )


def with_csv(text: str, path: Path) -> list[list[str]]:
    return list(csv.reader(io.StringIO(text, newline=""), strict=True))


def with_pandas(text: str, path: Path) -> list[list[str]]:
    found = pd.read_csv(io.StringIO(text, newline=""), dtype=str, keep_default_na=False)
    return [list(found.columns), *found.to_numpy().tolist()]


def with_pandas_from_a_file(text: str, path: Path) -> list[list[str]]:
    found = pd.read_csv(path, dtype=str, keep_default_na=False)
    return [list(found.columns), *found.to_numpy().tolist()]


def with_duckdb(text: str, path: Path) -> list[list[str]]:
    relation = duckdb.connect().read_csv(
        str(path), header=True, all_varchar=True, delimiter=",", quotechar='"', escapechar='"'
    )
    return [relation.columns, *([cell or "" for cell in row] for row in relation.fetchall())]


def with_duckdb_guessing(text: str, path: Path) -> list[list[str]]:
    relation = duckdb.connect().read_csv(str(path), header=True, all_varchar=True)
    return [relation.columns, *([cell or "" for cell in row] for row in relation.fetchall())]


READERS = [with_csv, with_pandas, with_pandas_from_a_file, with_duckdb, with_duckdb_guessing]


def read_back(frame: pd.DataFrame, path: Path, reader) -> list[list[str]]:
    write_csv(frame, path)
    return reader(csv_text(frame), path)


def assert_whole(texts: list[str], path: Path, reader) -> None:
    header, *rows = read_back(table(texts), path, reader)
    assert header == COLUMNS
    assert len(rows) == len(texts)
    for number, (row, text) in enumerate(zip(rows, texts, strict=True)):
        assert row == [f"s{number}", defused(text), "wessex"], repr(text)
        assert row[1] in (text, f"'{text}")


@pytest.mark.parametrize("reader", READERS)
def test_every_control_format_and_space_character_is_read_back_as_it_was_stored(reader, tmp_path):
    texts = [
        text
        for letter in UNSEEN
        for text in (
            letter,
            f"{letter}word",
            f"word{letter}",
            f"Look at falls{letter}=cmd|/C calc!A0{letter}thanks, \"all\"",
            f"{letter}=1+1",
            f"a\n{letter}b",
        )
    ]  # fmt: skip
    assert_whole(texts, tmp_path / "all.csv", reader)


texts_anyone_may_write = st.lists(
    st.text(
        st.one_of(
            st.characters(exclude_categories=("Cs",), exclude_characters="\0"),
            st.sampled_from("\r\n\t,;\"'|#=+-@ \u2028\ufeff"),
        )
    ),
    min_size=1,
    max_size=25,
)


@settings(max_examples=20, deadline=None)
@given(texts=texts_anyone_may_write)
def test_whatever_is_stored_is_read_back_in_as_many_rows_and_columns(texts, tmp_path_factory):
    path = tmp_path_factory.getbasetemp() / "property.csv"
    for reader in (with_csv, with_pandas, with_pandas_from_a_file, with_duckdb):
        assert_whole(texts, path, reader)


@pytest.mark.parametrize("start", FORMULA_STARTS)
def test_no_text_is_a_formula_whatever_comes_before_it_that_cannot_be_seen(start):
    marks = [chr(code) for code in range(sys.maxunicode + 1) if unicodedata.category(chr(code)) in ("Mn", "Me")]
    for before in ["", "  ", "\t\r\n", "\u3164", "\u2800", *UNSEEN, *marks[::50]]:
        assert defused(f"{before}{start}cmd|'/C calc'!A0") == f"'{before}{start}cmd|'/C calc'!A0"


@pytest.mark.parametrize(
    "text",
    ["falls", "a=b", "5", "-5", "+5", "-0.25", "-1,250.5", "-12%", "1e-05", "-.5", "", "£5", "'=", "5 - 3", "−5"],
)
def test_words_and_numbers_are_left_as_they_are(text):
    assert defused(text) == text


@pytest.mark.parametrize("text", ["-5+cmd|' /C calc'!A0", "-a", "+44 20 7946 0000", "-5\t", "=5", "--5", "-", "-１"])
def test_what_only_begins_like_a_number_is_no_number(text):
    assert defused(text) == f"'{text}"


def test_numbers_dates_and_gaps_are_written_plainly():
    frame = pd.DataFrame(
        {
            "value": [-3.5, float("nan"), 1e-05],
            "count": [-3, 0, 12],
            "day": [pd.Timestamp("2024-03-31"), pd.NaT, pd.Timestamp("2024-04-01")],
            "any": [None, datetime.date(2024, 3, 31), -7],
            "yes": [True, False, True],
        }
    )
    assert csv_text(frame) == (
        "value,count,day,any,yes\n-3.5,-3,2024-03-31,,True\n,0,,2024-03-31,False\n1e-05,12,2024-04-01,-7,True\n"
    )


def test_a_time_of_day_is_not_lost():
    assert "2024-03-31T10:30:00" in csv_text(pd.DataFrame({"at": [pd.Timestamp("2024-03-31 10:30")]}))


def test_a_single_empty_cell_is_still_a_row():
    text = csv_text(pd.DataFrame({"note": ["a", "", "b"]}))
    assert list(csv.reader(io.StringIO(text))) == [["note"], ["a"], [""], ["b"]]


def test_what_no_file_can_hold_is_left_out():
    assert csv_text(pd.DataFrame({"note": ["a\0b\ud800c"]}, dtype=object)).encode() == b"note\nabc\n"


def test_a_value_that_is_no_cell_is_refused():
    with pytest.raises(TypeError, match="text, a number or a date"):
        csv_text(pd.DataFrame({"note": [{"a": 1}]}))


def test_a_table_without_rows_still_has_its_header():
    assert csv_text(pd.DataFrame(columns=COLUMNS)) == "id,what,area\n"


def test_no_other_module_writes_csv():
    for path in [*(ROOT / "psc").rglob("*.py"), *(ROOT / "pages").glob("*.py")]:
        if path.name != "csv_files.py":
            text = path.read_text(encoding="utf-8")
            assert not any(word in text for word in ("to_csv", "csv.writer", "DictWriter")), path


@pytest.mark.parametrize(
    "path", sorted((ROOT / "data").rglob("*.csv")), ids=lambda path: f"{path.parent.name}-{path.stem}"
)
def test_every_file_of_the_data_is_as_the_writer_writes_it(path):
    held = pd.read_csv(path, dtype=str, keep_default_na=False)
    assert csv_text(held) == path.read_bytes().decode()
