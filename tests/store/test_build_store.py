"""A build replaces the store in one step or not at all."""

import os
import threading
from pathlib import Path

import duckdb
import pytest

from psc.faults import InvalidData
from psc.store import build_store as build
from psc.store import version
from psc.store.build_store import build_store
from psc.store.connection import Store, open_store
from psc.store.stored_documents import check_how_drawn, load_documents, read_documents
from psc.store.version import built_version, content_hash, is_stale
from tests.small_data import change_a_figure, copy_of

LATEST = """
    SELECT numerator FROM observation
    WHERE metric_id = 'methotrexate-10mg' AND area_id = 'wessex' ORDER BY period_start DESC LIMIT 1
"""


@pytest.fixture(scope="module")
def built(few_series, tmp_path_factory) -> Path:
    """A store of two measures; read only."""
    target = tmp_path_factory.mktemp("built") / "psc.duckdb"
    build_store(few_series, target)
    return target


@pytest.fixture
def target(built, tmp_path, monkeypatch) -> Path:
    """A copy of that store, being served."""
    path = tmp_path / "served" / "psc.duckdb"
    path.parent.mkdir()
    path.write_bytes(built.read_bytes())
    monkeypatch.setenv("PSC_STORE", str(path))
    return path


def latest(store: Store) -> float:
    row = store.cursor().execute(LATEST).fetchone()
    assert row is not None
    return row[0]


def test_a_reader_keeps_its_figures_while_a_new_store_is_swapped_in(target, small_data):
    reading = open_store()
    unfinished = reading.cursor().execute("SELECT numerator FROM observation ORDER BY ALL")
    some = unfinished.fetchmany(10)
    before, old_version = latest(reading), reading.version

    change_a_figure(small_data)
    new_version = build_store(small_data, target)

    assert latest(reading) == before
    assert len(some + unfinished.fetchall()) == reading.cursor().table("observation").shape[0]
    opened = open_store()
    assert opened is not reading
    assert latest(opened) == before + 1
    assert opened.version == new_version != old_version
    assert open_store() is opened


def test_the_store_is_opened_once_and_again_only_when_it_was_replaced(target):
    assert open_store() is open_store()
    again = target.with_suffix(".copy")
    again.write_bytes(target.read_bytes())
    first = open_store()
    again.replace(target)
    assert open_store() is not first


def test_a_store_that_is_taken_away_goes_on_being_served_by_those_who_have_it(target):
    reading = open_store()
    target.unlink()
    assert open_store() is reading
    assert latest(reading) > 0


def test_a_store_that_is_replaced_by_garbage_goes_on_being_served_as_it_was(target):
    reading = open_store()
    garbage = target.with_suffix(".garbage")
    garbage.write_bytes(b"not a database at all" * 500)
    garbage.replace(target)
    assert open_store() is reading
    assert latest(reading) > 0


class Broken(Exception):
    """Something that no one foresaw."""


def fail(*_args, **_kwargs):
    raise Broken


def interrupt(*_args, **_kwargs):
    raise KeyboardInterrupt


@pytest.mark.parametrize(
    ("place", "what", "error"),
    [
        (build, "load_documents", Broken),
        (build, "judge", Broken),
        (build, "judge", KeyboardInterrupt),
        (build, "write_documents", Broken),
        (build, "_check", Broken),
        (Path, "replace", Broken),
    ],
    ids=["reading", "judging", "interrupted", "writing", "checking", "swapping"],
)
def test_a_build_that_fails_leaves_the_old_store_and_nothing_else(place, what, error, target, small_data, monkeypatch):
    old = target.read_bytes()
    change_a_figure(small_data)
    monkeypatch.setattr(place, what, fail if error is Broken else interrupt)
    with pytest.raises(error):
        build_store(small_data, target)
    assert target.read_bytes() == old
    assert [path.name for path in target.parent.iterdir()] == [target.name]


def test_data_with_faults_is_refused_before_anything_is_written(target, small_data):
    old = target.read_bytes()
    (small_data / "harms" / "mrsa" / "definition.yaml").write_text("id: [", encoding="utf-8")
    with pytest.raises(InvalidData, match=r"harms/mrsa/definition\.yaml"):
        build_store(small_data, target)
    assert target.read_bytes() == old
    assert [path.name for path in target.parent.iterdir()] == [target.name]


def test_a_store_with_an_empty_table_is_not_swapped_in(target, small_data, monkeypatch):
    old, whole = target.read_bytes(), build._series_tables

    def without_signals(*arguments):
        tables = whole(*arguments)
        return {**tables, "signal": tables["signal"].iloc[:0]}

    monkeypatch.setattr(build, "_series_tables", without_signals)
    with pytest.raises(InvalidData, match="its table signal is empty"):
        build_store(small_data, target)
    assert target.read_bytes() == old
    assert [path.name for path in target.parent.iterdir()] == [target.name]


def test_rows_that_a_check_let_through_and_the_store_refuses_are_not_laid_to_the_disk(target, small_data, monkeypatch):
    organisations = small_data / "boundaries" / "organisations.csv"
    text = organisations.read_text(encoding="utf-8")
    organisations.write_text(text + text.splitlines()[1] + "\n", encoding="utf-8")
    monkeypatch.setattr(build, "check_data", lambda _: [])
    before = target.read_bytes()
    with pytest.raises(InvalidData, match=r"found rows that do not fit together .*; expected rows that do") as refused:
        build_store(small_data, target)
    assert "room" not in str(refused.value)
    assert target.read_bytes() == before


@pytest.mark.parametrize("text", ["", "\n\n", "# How the lines were drawn", "# How the lines were drawn\n\u200b\n"])
def test_no_words_on_how_the_lines_were_drawn_are_a_fault(text, small_data):
    (small_data / "boundaries" / "how-the-lines-were-drawn.md").write_text(text, encoding="utf-8")
    (fault,) = check_how_drawn(small_data / "boundaries")
    assert "found no words below its first line; expected a heading" in str(fault)


def test_builds_at_the_same_time_all_succeed_and_readers_only_ever_see_a_whole_store(target, small_data):
    change_a_figure(small_data)
    expected, versions, seen, building = content_hash(small_data), [], set(), threading.Event()
    before = built_version(target)

    def run() -> None:
        versions.append(build_store(small_data, target))

    def read() -> None:
        while not building.is_set():
            with Store(target) as store:
                seen.add((store.version, store.cursor().table("observation").shape[0], latest(store)))

    builders, reader = [threading.Thread(target=run) for _ in range(2)], threading.Thread(target=read)
    for thread in [*builders, reader]:
        thread.start()
    for thread in builders:
        thread.join()
    building.set()
    reader.join()

    assert versions == [expected, expected]
    assert [path.name for path in target.parent.iterdir()] == [target.name]
    with Store(target) as store:
        last = (store.version, store.cursor().table("observation").shape[0], latest(store))
    assert last[0] == expected
    assert seen <= {(before, last[1], last[2] - 1), last}


def test_the_version_follows_the_data_and_nothing_else(small_data, tmp_path):
    first = content_hash(small_data)
    assert content_hash(copy_of(small_data, tmp_path / "elsewhere")) == first
    path = small_data / "harms" / "mrsa" / "definition.yaml"
    text = path.read_text(encoding="utf-8")
    os.utime(path)
    assert content_hash(small_data) == first
    path.write_text(text.replace("MRSA", "MRSa", 1), encoding="utf-8")
    assert content_hash(small_data) != first
    path.write_text(text, encoding="utf-8")
    assert content_hash(small_data) == first
    path.rename(path.with_name("definitions.yaml"))
    assert content_hash(small_data) != first


@pytest.mark.parametrize(
    ("file", "matters"),
    [
        ("stats/spc.py", True),
        ("store/schema.sql", True),
        ("catalogue/definition.py", True),
        ("web/parts.py", False),
        ("charts/spc.py", False),
        ("stats/__pycache__/spc.cpython-311.pyc", False),
    ],
)
def test_the_version_follows_the_code_that_makes_the_store(file, matters, few_series, tmp_path, monkeypatch):
    copy_of(version.ROOT / "psc", tmp_path / "psc")
    monkeypatch.setattr(version, "ROOT", tmp_path)
    first = content_hash(few_series)
    path = tmp_path / "psc" / file
    path.parent.mkdir(exist_ok=True)
    with path.open("ab") as changed:
        changed.write(b"\n# changed\n")
    assert (content_hash(few_series) != first) == matters


def test_a_fresh_store_is_not_stale_and_one_of_other_data_is(target, small_data):
    assert not is_stale(small_data, target)
    change_a_figure(small_data)
    assert is_stale(small_data, target)


def test_a_missing_store_is_stale(small_data, tmp_path):
    assert is_stale(small_data, tmp_path / "none.duckdb")
    assert built_version(tmp_path / "none.duckdb") is None


@pytest.mark.parametrize("content", [b"", b"not a database at all" * 500, None], ids=["empty", "garbage", "cut short"])
def test_a_store_that_cannot_be_read_is_stale(content, target, few_series):
    target.write_bytes(target.read_bytes()[:5000] if content is None else content)
    assert built_version(target) is None
    assert is_stale(few_series, target)


def test_a_store_that_cannot_be_read_is_replaced(target, few_series):
    target.write_bytes(b"not a database at all" * 500)
    assert build_store(few_series, target) == built_version(target)


def test_a_database_that_is_no_store_is_stale(small_data, tmp_path):
    target = tmp_path / "other.duckdb"
    with duckdb.connect(str(target)) as connection:
        connection.execute("CREATE TABLE something (x INTEGER)")
    assert is_stale(small_data, target)


def test_the_folder_of_the_store_is_made_where_it_is_missing(few_series, tmp_path):
    target = tmp_path / "a" / "b" / "psc.duckdb"
    assert build_store(few_series, target) == built_version(target)


def test_the_store_holds_the_documents_it_was_built_from(store, data):
    assert read_documents(store) == load_documents(data)
