"""What the audit of a register says is broken in it."""

from psc.register.database.audit import verify
from tests.register.world import World


def broken(world: World) -> list[str]:
    with world.service.database.reading() as session:
        return [str(found) for found in verify(session, world.service.key)]
