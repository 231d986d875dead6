"""A store that is being served can be read and nothing else, by many threads at once."""

import threading
from concurrent.futures import ThreadPoolExecutor

import duckdb
import pytest

from psc.store.connection import Store, StoreMissing, open_store
from psc.store.query import run_query

READ_ONLY = "read-only mode"
NO_ACCESS = "disabled by configuration|disabled through configuration|configuration has been locked"


@pytest.mark.parametrize(
    "statement",
    [
        "DELETE FROM observation",
        "UPDATE observation SET value = 0",
        "INSERT INTO release VALUES ('x', now(), 0)",
        "CREATE TABLE store.extra (x INTEGER)",
        "DROP TABLE signal",
    ],
)
def test_nothing_can_be_written_into_the_store(store, statement):
    with pytest.raises(duckdb.Error, match=READ_ONLY):
        store.cursor().execute(statement)


@pytest.mark.parametrize(
    "statement",
    [
        "SELECT * FROM read_csv('{folder}/secret.csv')",
        "SELECT * FROM '{folder}/secret.csv'",
        "SELECT * FROM read_text('{folder}/*')",
        "COPY observation TO '{folder}/taken.csv'",
        "ATTACH '{folder}/other.duckdb' AS other",
        "EXPORT DATABASE '{folder}/all'",
        "INSTALL httpfs",
        "LOAD httpfs",
        "SET enable_external_access = true",
        "SET memory_limit = '1GB'",
        "RESET enable_external_access",
    ],
)
def test_the_rest_of_the_machine_is_out_of_reach(store, tmp_path, statement):
    (tmp_path / "secret.csv").write_text("a,b\n1,2\n", encoding="utf-8")
    with duckdb.connect(str(tmp_path / "other.duckdb")):
        pass
    before = sorted(path.name for path in tmp_path.iterdir())
    with pytest.raises(duckdb.Error, match=NO_ACCESS):
        store.cursor().execute(statement.format(folder=tmp_path))
    assert sorted(path.name for path in tmp_path.iterdir()) == before


def test_many_threads_query_at_once_and_each_gets_its_own_answer(store):
    metrics = ["mrsa", "methotrexate-10mg", "shmi", "emergency-admission-waits", "self-harm-admissions"] * 8
    alone = {metric: run_query(store, "series", metric=metric) for metric in set(metrics)}
    together = threading.Barrier(8, timeout=60)

    def ask(metric: str) -> bool:
        return bool(run_query(store, "series", metric=metric).equals(alone[metric]))

    with ThreadPoolExecutor(8, initializer=together.wait) as pool:
        assert all(pool.map(ask, metrics))


def test_a_cursor_in_the_middle_of_an_answer_is_not_disturbed_by_another(store):
    first, second = store.cursor(), store.cursor()
    first.execute("SELECT id FROM area ORDER BY id")
    assert first.fetchone() == ("east-midlands",)
    second.execute("SELECT id FROM metric ORDER BY id").fetchall()
    assert first.fetchone() == ("eastern",)


@pytest.mark.parametrize(
    ("content", "found"), [(None, "does not exist"), (b"", "cannot be read"), (b"no database" * 500, "cannot be read")]
)
def test_without_a_store_the_reader_is_told_how_to_make_one(content, found, tmp_path, monkeypatch):
    path = tmp_path / "psc.duckdb"
    if content is not None:
        path.write_bytes(content)
    monkeypatch.setenv("PSC_STORE", str(path))
    with pytest.raises(StoreMissing, match=rf"the data store psc\.duckdb {found}\. Run `make run`, or `psc build`"):
        open_store()


def test_two_readers_of_the_same_file_do_not_hinder_each_other(store_file, store):
    with Store(store_file) as other:
        assert other.version == store.version
