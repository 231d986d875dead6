"""A store is opened to read, and nothing that is asked of it can write or reach another file."""

import duckdb
import pytest

from psc.store.reader import Store


@pytest.mark.parametrize(
    "statement",
    [
        "DELETE FROM area",
        "CREATE TABLE store.main.mine (a INTEGER)",
        "COPY area TO '/tmp/never-written.csv'",
        "SELECT * FROM read_text('/etc/hostname')",
        "SET enable_external_access = true",
    ],
)
def test_statement_that_writes_or_reaches_another_file_is_refused(store_file, statement):
    with Store(store_file) as store, pytest.raises(duckdb.Error):
        store.cursor().execute(statement)


def test_file_that_is_not_there_is_refused_and_not_made(tmp_path):
    with pytest.raises(duckdb.Error):
        Store(tmp_path / "none.duckdb")
    assert list(tmp_path.iterdir()) == []
