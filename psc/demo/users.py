"""The demo's users: the one list of them, for the provider, for the roles and for the tests."""

from collections.abc import Sequence
from dataclasses import dataclass

from psc.register.compiled.known_ids import read_known_ids
from psc.register.compiled.load import load_register
from psc.register.opening import open_service
from psc.register.role_grants import grant
from psc.register.workflow.permissions import ROLES, Actor, Role
from psc.settings import data_folder, state_folder


@dataclass(frozen=True)
class DemoUser:
    """One ready user. ``area`` is an area's id, empty for the administrator, who belongs to none."""

    email: str
    name: str
    role: Role
    area: str = ""

    @property
    def words(self) -> str:
        """Who this is and what they may do, in one line."""
        role, may = ROLES[self.role]
        return f"{self.name}: {role}{f', {self.area.title()}' if self.area else ''}; {may}"


USERS: Sequence[DemoUser] = (
    DemoUser("contributor@wessex.example", "Casey Contributor", "contributor", "wessex"),
    DemoUser("lead@wessex.example", "Lena Lead", "lead", "wessex"),
    DemoUser("lead@eastern.example", "Ellis Lead", "lead", "eastern"),
    DemoUser("reviewer@eastern.example", "Rowan Reviewer", "reviewer", "eastern"),
    DemoUser("administrator@psc.example", "Addy Administrator", "administrator"),
)
ADMINISTRATORS = ",".join(user.email for user in USERS if user.role == "administrator")


def grant_roles(register_url: str) -> None:
    """Give each of `USERS` their role in the register at ``register_url``, before the site starts."""
    known, _ = read_known_ids(data_folder(), [])
    compiled = load_register(data_folder() / "register")
    named = tuple(ADMINISTRATORS.split(","))
    service = open_service(register_url, folder=state_folder(), known=known, compiled=compiled, administrators=named)
    administrator = Actor(named[0], "The demo")
    for user in USERS:
        grant(service, administrator, user.email, user.role, user.area)
    service.database.close()
