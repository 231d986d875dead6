"""Whatever happens to the store's file while it is served, the last good one goes on answering."""

import os
import random
from dataclasses import replace

import duckdb
import pytest

from psc.store import connection
from psc.store.connection import StoreMissing, open_store, store_problem
from psc.store.whole import needed_tables, require_whole

SEED = 20_261_128


@pytest.fixture
def path(store_file, tmp_path, monkeypatch):
    """A store's file of the test's own, already served."""
    copy = tmp_path / "psc.duckdb"
    copy.write_bytes(store_file.read_bytes())
    monkeypatch.setenv("PSC_STORE", str(copy))
    open_store()
    return copy


def _cut_off(path):
    os.truncate(path, path.stat().st_size // 3)


def _empty(path):
    os.truncate(path, 0)


def _overwrite(path):
    path.write_bytes(b"no database" * 100_000)


def _delete(path):
    path.unlink()


def _put_a_folder_there(path):
    path.unlink()
    path.mkdir()


def _put_a_link_to_itself_there(path):
    path.unlink()
    path.symlink_to(path)


def _changed(statement):
    """Somebody changes the database in the file; it stays one that DuckDB reads without complaint."""

    def change(path):
        with duckdb.connect(str(path)) as database:
            database.execute(statement)

    return change


CHANGES = {
    "no release": "DROP TABLE release",
    "an empty release": "DELETE FROM release",
    "a table is missing": "DROP TABLE gap",
    "a table is a view": "DROP TABLE gap; CREATE VIEW gap AS SELECT 1 AS x",
    "a column has another name": "ALTER TABLE signal RENAME COLUMN side TO other",
    "a column has another type": "ALTER TABLE signal ALTER COLUMN points TYPE VARCHAR",
    "a document is missing": "DELETE FROM document WHERE name = 'catalogue'",
    **{f"no row in the table {table}": f"DELETE FROM {table}" for table in ("observation", "spc_point", "signal")},
    "a document is of another version": "UPDATE document SET body = '{}' WHERE name = 'register'",
}
DAMAGES = [
    _cut_off,
    _empty,
    _overwrite,
    _delete,
    _put_a_folder_there,
    _put_a_link_to_itself_there,
    *map(_changed, CHANGES.values()),
]


@pytest.mark.parametrize("damage", DAMAGES, ids=[*(damage.__name__.strip("_") for damage in DAMAGES[:6]), *CHANGES])
def test_a_store_damaged_in_place_goes_on_being_served_whole(path, damage):
    before = open_store()
    damage(path)
    assert open_store() is before
    assert "psc build" in (store_problem() or "")
    require_whole(before)


def test_a_repaired_file_is_served_again(path):
    good = path.read_bytes()
    _cut_off(path)
    damaged = open_store()
    path.write_bytes(good)
    assert open_store() is not damaged
    assert store_problem() is None


def test_a_file_that_cannot_be_read_is_tried_once_for_each_of_its_states(path, monkeypatch, caplog):
    _cut_off(path)
    for _ in range(5):
        open_store()
    assert len([record for record in caplog.records if "refused" in record.message]) == 1


def test_damage_in_the_middle_is_never_served(path):
    good, kept = path.read_bytes(), _everything()
    chance = random.Random(SEED)
    for _ in range(4):
        start = chance.randrange(len(good) - 5_000)
        path.write_bytes(good[:start] + chance.randbytes(5_000) + good[start + 5_000 :])
        open_store()
        assert _everything() == kept


def test_nothing_of_the_copies_is_left_on_the_disk(path, tmp_path, monkeypatch):
    (tmp_path / "temporary").mkdir()
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path / "temporary"))
    path.write_bytes(path.read_bytes())
    require_whole(open_store())
    _cut_off(path)
    open_store()
    assert list((tmp_path / "temporary").iterdir()) == []


def test_without_room_for_a_copy_the_file_itself_is_served(path, tmp_path, monkeypatch):
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path / "nowhere"))
    path.write_bytes(path.read_bytes())
    require_whole(open_store())
    assert "no room for a copy" in (store_problem() or "")


@pytest.mark.parametrize("statement", CHANGES.values(), ids=CHANGES)
def test_a_store_of_another_version_is_not_served_at_a_start(store_file, tmp_path, monkeypatch, statement):
    path = tmp_path / "other.duckdb"
    path.write_bytes(store_file.read_bytes())
    _changed(statement)(path)
    monkeypatch.setenv("PSC_STORE", str(path))
    with pytest.raises(StoreMissing, match=r"other\.duckdb cannot be .*psc build"):
        open_store()


def test_a_file_that_could_not_be_read_for_a_moment_is_served_later_though_it_has_not_changed(path, monkeypatch):
    last = open_store()
    path.write_bytes(path.read_bytes())

    def fail(_store):
        raise duckdb.IOException("the disk does not answer")

    with monkeypatch.context() as moment:
        moment.setattr(connection, "require_whole", fail)
        assert open_store() is last
    assert open_store() is last, "not at every request"
    monkeypatch.setattr(connection, "_refused", replace(connection._refused, retry_at=0.0))
    assert open_store() is not last
    assert store_problem() is None


def test_a_store_that_is_missing_at_a_start_is_served_as_soon_as_it_is_there(store_file, tmp_path, monkeypatch):
    path = tmp_path / "later.duckdb"
    monkeypatch.setenv("PSC_STORE", str(path))
    with pytest.raises(StoreMissing, match="does not exist"):
        open_store()
    path.write_bytes(store_file.read_bytes())
    assert open_store().version


def _everything():
    store = open_store()
    return {table: store.cursor().table(table).fetchall() for table in needed_tables()}
