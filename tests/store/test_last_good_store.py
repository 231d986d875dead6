"""Whatever happens to the store's file while it is served, the last good one goes on answering."""

import os
import random

import duckdb
import pytest

from psc.store.connection import open_store, read_whole, store_problem, store_tables

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


def _leave_out_the_release(path):
    with duckdb.connect(str(path)) as connection:
        connection.execute("DROP TABLE release")


DAMAGES = [
    _cut_off,
    _empty,
    _overwrite,
    _delete,
    _put_a_folder_there,
    _put_a_link_to_itself_there,
    _leave_out_the_release,
]


@pytest.mark.parametrize("damage", DAMAGES, ids=lambda damage: damage.__name__.strip("_"))
def test_a_store_damaged_in_place_goes_on_being_served_whole(path, damage):
    before = open_store()
    damage(path)
    assert open_store() is before
    assert "psc build" in (store_problem() or "")
    read_whole(before)


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
    assert len([record for record in caplog.records if "last good store" in record.message]) == 1


def test_damage_in_the_middle_is_never_served(path):
    good, kept = path.read_bytes(), _everything()
    chance = random.Random(SEED)
    for _ in range(10):
        start = chance.randrange(len(good) - 5_000)
        path.write_bytes(good[:start] + chance.randbytes(5_000) + good[start + 5_000 :])
        open_store()
        assert _everything() == kept


def test_nothing_of_the_copies_is_left_on_the_disk(path, tmp_path, monkeypatch):
    (tmp_path / "temporary").mkdir()
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path / "temporary"))
    path.write_bytes(path.read_bytes())
    read_whole(open_store())
    _cut_off(path)
    open_store()
    assert list((tmp_path / "temporary").iterdir()) == []


def test_without_room_for_a_copy_the_file_itself_is_served(path, tmp_path, monkeypatch):
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path / "nowhere"))
    path.write_bytes(path.read_bytes())
    read_whole(open_store())
    assert store_problem() is None


def _everything():
    store = open_store()
    return {table: store.cursor().table(table).fetchall() for table in store_tables(store)}
