"""The audit's key: lost, damaged or beside a lost register it is a message, and no new key takes its place."""

import os
from contextlib import closing

import pytest

from psc.register import opening
from psc.register.database import audit
from psc.register.database.seal_key import NAME, existing_key, put_key
from psc.register.errors import Unavailable
from psc.register.opening import open_configured


def _folder(key):
    key.mkdir()


def _dangling_link(key):
    key.symlink_to(key.with_name("nowhere"))


def _pipe(key):
    os.mkfifo(key)


UNREADABLE = {
    "empty": lambda key: key.write_bytes(b""),
    "blank": lambda key: key.write_bytes(b" \n"),
    "binary": lambda key: key.write_bytes(bytes(range(128, 256))),
    "two lines": lambda key: key.write_bytes(b"one\ntwo\n"),
    "too long": lambda key: key.write_bytes(b"k" * 5000),
    "control characters": lambda key: key.write_bytes(b"abc\0def"),
    "a folder": _folder,
    "a dangling link": _dangling_link,
    "a pipe": _pipe,
}


@pytest.mark.parametrize("damage", UNREADABLE.values(), ids=UNREADABLE)
def test_a_key_that_cannot_be_read_is_refused_in_words_and_stays_as_it_is(started, damage):
    key = started / NAME
    key.unlink()
    damage(key)
    before = key.lstat()
    with pytest.raises(Unavailable, match=r"audit\.key: .*no new key was made"):
        open_configured()
    assert key.lstat().st_ino == before.st_ino and key.lstat().st_size == before.st_size


def test_a_register_without_its_key_is_refused_and_no_new_key_is_made(started):
    (started / NAME).unlink()
    with pytest.raises(Unavailable, match=r"neither in PSC_AUDIT_KEY nor at .*audit\.key"):
        open_configured()
    assert not (started / NAME).exists()


def test_a_start_refused_for_its_database_makes_no_key(tmp_path, monkeypatch):
    monkeypatch.setenv("PSC_STATE", str(tmp_path / "kept"))
    (tmp_path / "broken.db").write_bytes(b"no database" * 500)
    for url in (f"sqlite:///{tmp_path}/broken.db", "postgresql+psycopg://psc@127.0.0.1:9/psc"):
        monkeypatch.setenv("PSC_REGISTER_URL", url)
        with pytest.raises(Unavailable):
            open_configured()
        assert not (tmp_path / "kept" / NAME).exists()


def test_white_space_around_a_key_in_the_environment_is_no_part_of_it(tmp_path, monkeypatch):
    for given in ("key\n", " key", "\tkey \r\n"):
        monkeypatch.setenv("PSC_AUDIT_KEY", given)
        assert existing_key(tmp_path) == b"key"


@pytest.mark.parametrize("given", ["\udcff\udcfe", "one\ntwo", "k" * 5000], ids=["no text", "two lines", "too long"])
def test_what_is_no_key_in_the_environment_is_refused_in_words(tmp_path, monkeypatch, given):
    monkeypatch.setenv("PSC_STATE", str(tmp_path / "kept"))
    monkeypatch.setenv("PSC_AUDIT_KEY", given)
    with pytest.raises(Unavailable, match=r"key .* cannot be read\. At PSC_AUDIT_KEY: it holds more than a key"):
        open_configured()
    assert not (tmp_path / "kept").exists()


def test_a_folder_in_which_no_key_can_be_kept_is_named(tmp_path):
    (tmp_path / "kept").write_text("a file where the folder should be", encoding="utf-8")
    with pytest.raises(Unavailable, match=r"cannot be kept\. At .*kept"):
        put_key(tmp_path / "kept", b"key")


def test_a_state_folder_that_cannot_be_looked_into_is_refused_in_words(tmp_path, monkeypatch):
    loop = tmp_path / "loop"
    loop.symlink_to(loop)
    for folder in (loop, tmp_path / ("x" * 300)):
        monkeypatch.setenv("PSC_STATE", str(folder))
        with pytest.raises(Unavailable, match=r"key .* cannot be read"):
            open_configured()
        monkeypatch.setenv("PSC_AUDIT_KEY", "a key")
        with pytest.raises(Unavailable, match="cannot be kept where it should be"):
            open_configured()
        monkeypatch.delenv("PSC_AUDIT_KEY")


@pytest.mark.parametrize(
    "url", ["nothing", "mysql://who:hunter2@host/psc", "postgresql://who:hunter2@host/psc", "oracle"]
)
def test_an_address_that_is_none_of_a_register_is_refused_without_repeating_its_password(tmp_path, monkeypatch, url):
    monkeypatch.setenv("PSC_STATE", str(tmp_path / "kept"))
    monkeypatch.setenv("PSC_REGISTER_URL", url)
    with pytest.raises(Unavailable, match=r"PSC_REGISTER_URL .* sqlite:///<path>") as refused:
        open_configured()
    assert "hunter2" not in str(refused.value)
    assert not (tmp_path / "kept" / NAME).exists()


def test_a_start_during_which_another_one_makes_key_and_audit_goes_by_that_key(tmp_path, monkeypatch):
    monkeypatch.setenv("PSC_STATE", str(tmp_path / "kept"))

    def after_another_start(session):
        monkeypatch.setattr(opening, "newest", audit.newest)
        open_configured().database.close()
        return audit.newest(session)

    monkeypatch.setattr(opening, "newest", after_another_start)
    service = open_configured()
    with closing(service.database), service.database.reading() as session:
        assert audit.verify(session, service.key) == []


def test_two_starts_that_make_a_key_end_up_with_the_same(tmp_path):
    first, second = put_key(tmp_path, b"one"), put_key(tmp_path, b"another")
    assert first == second == existing_key(tmp_path) == b"one"
