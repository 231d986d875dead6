"""A store's version changes with any byte of the data it was made from, and is found whatever lies there."""

import os

from psc.store.version import built_version, content_hash, is_stale


def data_of(folder):
    (folder / "harms" / "mrsa").mkdir(parents=True)
    (folder / "harms" / "mrsa" / "observations.csv").write_text("area,value\nkss,1\n", encoding="utf-8")
    return folder


def test_hash_is_the_same_until_a_byte_or_a_name_changes(tmp_path):
    data = data_of(tmp_path)
    table = data / "harms" / "mrsa" / "observations.csv"
    before = content_hash(data)
    os.utime(table, (0, 0))
    assert content_hash(data) == before
    table.write_text("area,value\nkss,2\n", encoding="utf-8")
    changed = content_hash(data)
    table.rename(table.with_name("other.csv"))
    assert len({before, changed, content_hash(data)}) == 3


def test_hash_is_found_though_there_is_a_pipe_a_dangling_link_or_nothing(tmp_path):
    data = data_of(tmp_path)
    os.mkfifo(data / "harms" / "pipe")
    (data / "harms" / "link").symlink_to("nowhere")
    assert len(content_hash(data)) == len(content_hash(tmp_path / "none")) == 16


def test_file_that_is_no_store_has_no_version_and_is_stale(tmp_path):
    (tmp_path / "psc.duckdb").write_bytes(b"no database")
    assert built_version(tmp_path / "psc.duckdb") is None
    assert built_version(tmp_path / "none.duckdb") is None
    assert is_stale(data_of(tmp_path / "data"), tmp_path / "psc.duckdb")
