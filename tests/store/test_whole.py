"""A store is whole when every table, column, row and document that the pages need can be read."""

import shutil

import duckdb
import pytest

from psc.store.reader import NotWhole, Store
from psc.store.whole import NEVER_EMPTY, ask_each_table, needed_columns, needed_tables, require_whole


@pytest.fixture
def changed(store_file, tmp_path):
    """A copy of the store in which a statement was run."""

    def change(statement: str):
        path = shutil.copy(store_file, tmp_path / "changed.duckdb")
        with duckdb.connect(str(path)) as connection:
            connection.execute(statement)
        return path

    return change


def test_store_that_was_just_built_is_whole(store_file):
    with Store(store_file) as store:
        require_whole(store)
        ask_each_table(store)


def test_tables_that_are_never_empty_are_tables_that_a_build_writes():
    assert set(NEVER_EMPTY) <= set(needed_tables()) == {table for table, _, _ in needed_columns()}


@pytest.mark.parametrize(
    ("statement", "words"),
    [
        ("DELETE FROM signal", "its table signal is empty"),
        ("ALTER TABLE signal RENAME TO signals", "of the table signal as this one needs it"),
    ],
)
def test_store_without_a_table_or_its_rows_is_not_whole_and_says_which(changed, statement, words):
    with Store(changed(statement)) as store, pytest.raises(NotWhole, match=words):
        require_whole(store)
