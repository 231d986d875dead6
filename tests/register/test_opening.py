"""A register is opened once by however many start it, with its own key and its administrators."""

import json
import subprocess
import sys
from contextlib import closing

import pytest

from psc.register.database import audit
from psc.register.database.audit import EndBroken
from psc.register.database.database import Database
from psc.register.database.register_tables import GrantRow
from psc.register.opening import open_configured
from psc.register.workflow.permissions import Actor
from psc.settings import ROOT

START = """
import json, sys
from psc.register.database import audit
from psc.register.opening import open_configured
print("ready", flush=True)
sys.stdin.readline()
service = open_configured()
with service.database.reading() as session:
    print(json.dumps({"broken": len(audit.verify(session, service.key)), "changes": audit.revision(session)}))
"""


@pytest.fixture
def configured(register_url, tmp_path, monkeypatch) -> str:
    """The settings of a register that was never started."""
    monkeypatch.setenv("PSC_REGISTER_URL", register_url)
    monkeypatch.setenv("PSC_STATE", str(tmp_path / "state"))
    monkeypatch.setenv("PSC_ADMINISTRATORS", "one@psc.example, two@psc.example")
    monkeypatch.delenv("PSC_AUDIT_KEY", raising=False)
    return register_url


def test_processes_that_start_at_the_same_moment_all_come_up_and_do_everything_once(configured):
    command = [sys.executable, "-c", START]
    pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE, "stderr": subprocess.PIPE, "text": True}
    starts = [subprocess.Popen(command, cwd=ROOT, **pipes) for _ in range(3)]
    assert [start.stdout.readline() for start in starts] == ["ready\n"] * 3
    for start in starts:
        start.stdin.write("go\n")
        start.stdin.flush()
    said = [start.communicate(timeout=120) for start in starts]
    assert [start.returncode for start in starts] == [0, 0, 0], said
    answers = [json.loads(out) for out, _ in said]
    assert {answer["broken"] for answer in answers} == {0}
    service = open_configured()
    with closing(service.database), service.database.reading() as session:
        assert audit.verify(session, service.key) == []
        assert {answer["changes"] for answer in answers} == {audit.revision(session)}
        grants = session.query(GrantRow).all()
        assert sorted((grant.email, grant.role) for grant in grants) == [
            ("one@psc.example", "administrator"),
            ("two@psc.example", "administrator"),
        ]
        made = [(entry.kind, entry.record_id) for entry in audit.entries(session, last=10_000)]
    assert len(made) == len(set(made)) > 100


def test_an_administrator_whose_role_was_taken_is_not_given_it_again_by_a_start(configured):
    service = open_configured()
    one, two = Actor("one@psc.example", "One"), Actor("two@psc.example", "Two")
    (held,) = [grant for grant in service.records(one, "grant") if grant.links["email"] == two.email]
    service.act(one, "grant", held.id, "revoke", version=held.version)
    service.database.close()
    again = open_configured()
    assert again.actor(two.email, "Two").grants == ()
    assert again.actor(one.email, "One").holds("administrator")
    again.database.close()


def test_a_register_is_not_opened_with_another_key(configured, tmp_path):
    service = open_configured()
    with service.database.reading() as session:
        before = audit.revision(session)
    service.database.close()
    (tmp_path / "state" / "audit.key").write_text("another key", encoding="utf-8")
    with pytest.raises(EndBroken, match="psc audit verify"):
        open_configured()
    with closing(Database(configured)) as database, database.reading() as session:
        assert audit.revision(session) == before
        assert audit.verify(session, service.key) == []
