"""Whatever is in a file of data, it is read or refused in words that name it."""

import random

import pytest

from psc.faults import Fault, InvalidData
from psc.files.csv_rows import read_rows
from psc.files.json_documents import read_json
from psc.files.reading import last_read, read_text
from psc.files.yaml_documents import read_yaml
from tests.mutations import MUTATIONS, Mutation, apply

SEED = 28_112_026

SOUND = {
    ".csv": "area,period_start,value\nwessex,2024-01-01,1.5\noxford,2024-02-01,2\n",
    ".yaml": "id: mrsa\ntitle: MRSA\ntargets:\n  - value: 1\n    source_url: https://example.org\n",
    ".json": '{"name": "harms", "resources": [{"path": "a.csv", "bytes": 12}]}\n',
}

FORM = "header only", "no document", "a column renamed", "a column without a name", "nothing"
"""Certain to be refused by what is expected of the content, and well-formed."""


def faults_of(path) -> list[Fault]:
    """The faults that the reader of a file's kind finds."""
    try:
        if path.suffix == ".csv":
            return read_rows(path, path.name)[1]
        if path.suffix == ".yaml":
            return read_yaml(path, path.name)[2]
        read_json(path, path.name)
    except InvalidData as invalid:
        return invalid.faults
    return []


FITTING = [(mutation, suffix) for mutation in MUTATIONS for suffix in SOUND if suffix in mutation.suffixes]


@pytest.mark.parametrize(
    ("mutation", "suffix"), FITTING, ids=[f"{mutation.name}{suffix}" for mutation, suffix in FITTING]
)
def test_a_reader_refuses_a_spoilt_file_by_name_or_reads_it(mutation: Mutation, suffix, tmp_path):
    path = tmp_path / f"file{suffix}"
    for turn in range(1 if mutation.certain else 5):
        if path.is_dir() and not path.is_symlink():
            path.rmdir()
        path.unlink(missing_ok=True)
        path.write_text(SOUND[suffix], encoding="utf-8")
        assert faults_of(path) == []
        apply(mutation, random.Random(SEED + turn), path)
        faults = faults_of(path)
        assert all(fault.file == path.name and len(str(fault)) < 2_000 for fault in faults)
        if mutation.certain and mutation.name not in FORM:
            assert faults


def refused(path, **options) -> Fault:
    with pytest.raises(InvalidData) as raised:
        read_text(path, path.name, most=100, expected="a text", **options)
    (fault,) = raised.value.faults
    return fault


def test_text_comes_without_its_byte_order_mark_unless_none_is_allowed(tmp_path):
    path = tmp_path / "a.txt"
    path.write_bytes(b"\xef\xbb\xbfcaf\xc3\xa9\r\n")
    assert read_text(path, "a.txt", most=100, expected="a text") == "café\r\n"
    assert refused(path, mark_allowed=False).found == "a byte order mark"


@pytest.mark.parametrize(
    ("content", "found", "row"),
    [
        (b"a\nb\xe9\n", "a character that is not in UTF-8 (byte 0xe9)", 2),
        (b"a\n\nb\x00", "the control character 0x00", 3),
        (b"a\rb", "a carriage return by itself", 1),
        ("a".encode("utf-16"), "text in UTF-16", 1),
        (b"a" * 101, "101 bytes", None),
    ],
)
def test_text_that_cannot_be_used_is_refused_with_what_was_found_and_its_line(content, found, row, tmp_path):
    path = tmp_path / "a.txt"
    path.write_bytes(content)
    fault = refused(path)
    assert (fault.found, fault.row) == (found, row)


def test_what_is_no_regular_file_is_refused_by_what_it_is(tmp_path):
    (tmp_path / "link").symlink_to(tmp_path)
    assert refused(tmp_path).found == "a folder"
    assert refused(tmp_path / "link").found == "a link"
    assert refused(tmp_path / "none").found == "no such file"


def test_file_opened_last_is_remembered_even_where_it_is_missing(tmp_path):
    refused(tmp_path / "none.csv")
    assert last_read() == "none.csv"
