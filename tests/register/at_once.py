"""Several people who do something in the same moment, and how the register then stands."""

import threading
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager

from psc.register.database import audit
from psc.register.workflow.record import Record
from tests.register.world import PRIORITY, World, with_busy_seconds


def state(world: World) -> tuple[int, set[tuple[str, int, str]]]:
    """How many changes there are, all of them sealed, and which priorities stand how."""
    with world.service.database.reading() as session:
        assert audit.verify(session, world.service.key) == []
        number = audit.revision(session)
    records = world.service.records(world.lead, "priority")
    return number, {(record.id, record.version, record.state) for record in records}


def draft(world: World, title: str = PRIORITY["title"]) -> Record:
    return world.service.create(world.contributor, "priority", {**PRIORITY, "title": title}, areas=["wessex"])


@contextmanager
def patient(world: World, seconds: float = 60) -> Iterator[World]:
    """The same register through other connections."""
    other = with_busy_seconds(world, seconds)
    try:
        yield other
    finally:
        other.service.database.close()


def at_once(*jobs: Callable[[], object]) -> list[object]:
    """Run the jobs, each in its own thread and all from the same moment; return what each returned or raised."""
    start = threading.Barrier(len(jobs))

    def run(job: Callable[[], object]) -> object:
        start.wait()
        try:
            return job()
        except Exception as error:
            return error

    with ThreadPoolExecutor(len(jobs)) as pool:
        return list(pool.map(run, jobs))
