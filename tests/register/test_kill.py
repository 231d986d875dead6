"""A process that is killed while it writes has lost nothing that it was told is saved, and nothing is half there."""

import random
import signal
import subprocess
import sys

from psc.register.database import audit
from psc.settings import ROOT
from tests.register.world import World

WRITES = 100
WRITER = f"""
import sys
from psc.register.database.database import Database
from psc.register.service import Service
from tests.register.world import KEY, KNOWN, PRIORITY, World
service = Service(Database(sys.argv[1]), KEY, KNOWN)
for number in range({WRITES}):
    title = f"Written in round {{sys.argv[2]}}, number {{number}}"
    made = service.create(World.contributor, "priority", {{**PRIORITY, "title": title}}, areas=["wessex"])
    sys.stdout.write(made.id + "\\n")
    sys.stdout.flush()
"""


def killed_after(url: str, count: int, round_number: int) -> list[str]:
    """Let a process write, kill it once it has been told of ``count`` records; return all it was told of."""
    command = [sys.executable, "-c", WRITER, url, str(round_number)]
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True) as writer:
        told = [writer.stdout.readline() for _ in range(count)]
        writer.send_signal(signal.SIGKILL)
        # What it was told between the last line read and its end counts as well; a line cut short was never told.
        told += writer.stdout.read().splitlines(keepends=True)
    assert writer.returncode == -signal.SIGKILL
    return [line.strip() for line in told if line.endswith("\n")]


def test_a_writer_killed_in_the_middle_has_lost_nothing_it_was_told_of(world: World):
    url = world.service.database.url.render_as_string(hide_password=False)
    chance, told = random.Random(0), set()
    for round_number in range(4):
        told |= set(killed_after(url, chance.randint(1, WRITES - 10), round_number))
        found = {record.id: record for record in world.service.records(world.contributor, "priority")}
        assert told <= found.keys()
        assert len(found.keys() - told) <= round_number + 1, "at most the one it was at when it was killed"
        with world.service.database.reading() as session:
            assert audit.verify(session, world.service.key) == []
            entries = audit.entries(session, kind="priority", last=1000)
        assert {entry.record_id for entry in entries} == found.keys()
    assert world.priority().state == "published"
