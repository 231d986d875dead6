"""A backup file is whole, its owner's alone, and refused where it is not."""

from contextlib import closing

import pytest

from psc.register.database import dump
from psc.register.database.backup import NotRestored, back_up
from psc.register.database.database import Database
from psc.register.database.dump import Header, NotABackup, read_header, read_rows, write_row, writing
from psc.register.errors import Unavailable


def test_a_backup_is_its_owners_alone_and_takes_the_place_of_an_older_one(world, tmp_path):
    target = tmp_path / "daily.jsonl.gz"
    first = back_up(world.service.database, target)
    world.priority()
    second = back_up(world.service.database, target)
    assert read_header(target) == second != first
    assert {table for table, _ in read_rows(target)} == set(second.counts)
    assert [path.name for path in tmp_path.iterdir() if "daily" in path.name] == [target.name]
    assert target.stat().st_mode & 0o777 == 0o600


def test_a_backup_that_cannot_be_written_leaves_the_older_one(world, tmp_path):
    (tmp_path / "taken").write_text("a file where a folder should be")
    with pytest.raises(Unavailable, match="could not be written to"):
        back_up(world.service.database, tmp_path / "taken" / "backup.gz")
    with (
        closing(Database(f"sqlite:///{tmp_path / 'empty.db'}")) as empty,
        pytest.raises(NotRestored, match="no register"),
    ):
        back_up(empty, tmp_path / "backup.gz")
    assert not (tmp_path / "backup.gz").exists()


HEADER = Header(schema="0003", made_at="2026-11-02T09:00:00", counts={"priority": 2}, entries=7, seal="s")
ROWS = [("priority", {"id": "a", "title": "café"}), ("priority", {"id": "b", "title": None})]


def dumped(path, rows=ROWS):
    with writing(path, HEADER) as out:
        for table, row in rows:
            write_row(out, table, row)
    return path


def test_header_and_rows_come_back_as_they_were_written(tmp_path):
    backup = dumped(tmp_path / "new" / "backup.gz")
    assert read_header(backup) == HEADER
    assert list(read_rows(backup)) == ROWS


@pytest.mark.parametrize("rows", [ROWS[:1], [*ROWS, ROWS[0]], [ROWS[0], ("solution", {})]])
def test_backup_with_other_rows_than_its_header_says_is_refused(rows, tmp_path):
    backup = dumped(tmp_path / "backup.gz", rows)
    with pytest.raises(NotABackup, match="rows are missing"):
        list(read_rows(backup))


def test_backup_that_is_stopped_half_way_leaves_no_file(tmp_path):
    with pytest.raises(ZeroDivisionError), writing(tmp_path / "backup.gz", HEADER):
        raise ZeroDivisionError
    assert list(tmp_path.iterdir()) == []


def test_backup_of_a_newer_version_is_refused_by_that_name(tmp_path, monkeypatch):
    monkeypatch.setattr(dump, "VERSION", 2)
    backup = dumped(tmp_path / "backup.gz")
    monkeypatch.undo()
    with pytest.raises(NotABackup, match="newer version"):
        read_header(backup)
