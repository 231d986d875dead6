"""What builds leave when they are killed is removed, and what others are writing is left alone."""

import os
import time

from psc.store.unfinished import LONGEST_BUILD, remove, remove_unfinished, unfinished_path


def begun(folder, name, age=0.0):
    path = folder / name
    path.touch()
    os.utime(path, (time.time() - age,) * 2)
    return path


def test_two_builds_get_names_of_their_own_and_no_file_yet(tmp_path):
    one, other = unfinished_path(tmp_path), unfinished_path(tmp_path)
    assert one != other
    assert list(tmp_path.iterdir()) == []


def test_store_and_its_log_are_removed_as_far_as_they_are_there(tmp_path):
    store = begun(tmp_path, "1-a.building")
    begun(tmp_path, "1-a.building.wal")
    remove(store)
    remove(store)
    assert list(tmp_path.iterdir()) == []


def test_only_old_files_and_those_of_the_ended_process_are_removed(tmp_path):
    kept = {begun(tmp_path, "77-a.building"), begun(tmp_path, "psc.duckdb", LONGEST_BUILD + 60)}
    begun(tmp_path, "7-a.building")
    begun(tmp_path, "7-a.building.wal")
    begun(tmp_path, "88-b.building", LONGEST_BUILD + 60)
    remove_unfinished(tmp_path, process=7)
    assert set(tmp_path.iterdir()) == kept
