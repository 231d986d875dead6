"""The event log: lines of JSON, known names, and an inventory that says the same as the code."""

import ast
import json
import re

import pytest

from psc import events
from psc.events import EVENTS, log_event, log_repeated, repeats
from psc.settings import ROOT


def names_used() -> set[str]:
    """Every name that some module of the product passes to the event log."""
    used = set()
    for path in (ROOT / "psc").rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and getattr(node.func, "id", "") in ("log_event", "log_repeated"):
                used |= {text.value for text in ast.walk(node.args[0]) if isinstance(text, ast.Constant)}
    return {name for name in used if isinstance(name, str)}


def test_inventory_in_the_operations_manual_says_what_the_code_writes():
    manual = (ROOT / "docs" / "operations.md").read_text(encoding="utf-8")
    listed = dict(re.findall(r"^\| `([a-z_]+\.[a-z_]+)` \| (info|warning|error) \|", manual, re.MULTILINE))
    assert listed == EVENTS
    assert names_used() == set(EVENTS)


def test_event_is_one_line_of_json_whatever_is_in_it(capsys):
    log_event("sign_in.refused", subject='a\n{"event": "sign_in.succeeded"}', reason="not verified")
    lines = capsys.readouterr().err.splitlines()
    assert len(lines) == 1
    written = json.loads(lines[0])
    assert (written["event"], written["level"]) == ("sign_in.refused", "warning")
    assert written["subject"] == 'a\n{"event": "sign_in.succeeded"}'
    assert re.fullmatch(r"\d{4}-\d\d-\d\dT[\d:.]+Z", written["timestamp"])


def test_event_that_is_not_in_the_inventory_is_refused():
    with pytest.raises(KeyError):
        log_event("sign_in.invented")


def test_flood_of_an_event_is_written_once_for_each_reason_and_counted(capsys, monkeypatch):
    now = 0.0
    monkeypatch.setattr(events.time, "monotonic", lambda: now)
    repeats.forget()
    for _ in range(1000):
        log_repeated("session.refused", "site")
    log_repeated("session.refused", "address")
    now += events.QUIET_SECONDS
    log_repeated("session.refused", "site")
    written = [json.loads(line) for line in capsys.readouterr().err.splitlines()]
    assert [(line["reason"], line["left_out"]) for line in written] == [("site", 0), ("address", 0), ("site", 999)]
