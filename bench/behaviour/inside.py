"""All that the recorder knows of the inside of `psc`: where one of these moves, this file changes with it."""

import sys
from datetime import UTC, datetime

MOMENT = datetime(2026, 12, 1, 9, tzinfo=UTC)
"""When everything is recorded: later than all records of `register.jsonl.gz`."""
QUERIES = "psc/queries"
PSC = [sys.executable, "-m", "psc"]
SITE = [sys.executable, "-m", "streamlit", "run", "app.py"]
SITE_WITH_SIGNING_IN = [sys.executable, "-m", "psc.demo"]
PEOPLE = {
    "contributor": "contributor@wessex.example",
    "lead": "lead@wessex.example",
    "lead-elsewhere": "lead@eastern.example",
    "reviewer": "reviewer@eastern.example",
    "administrator": "administrator@psc.example",
}
"""Whom the demo's provider knows, by what each is called in a recording."""


def stop_clock() -> None:
    """Let it be MOMENT in this process. No module of `psc` may be loaded yet: it would keep the clock it found."""
    from psc import clock

    clock.now = lambda: MOMENT
