"""Who holds which role: given and taken by administrators, sealed in the audit as every other change."""

from sqlalchemy import select

from psc.clean_text import one_line
from psc.register.database.register_tables import GrantRow
from psc.register.errors import Incomplete, NotAllowed, StaleEdit
from psc.register.service import Service
from psc.register.workflow.lifecycle import CREATE
from psc.register.workflow.permissions import ROLES, SYSTEM, Actor, Role
from psc.register.workflow.record import Record


def grant(service: Service, actor: Actor, email: str, role: Role, area: str = "") -> Record:
    """Give a person a role and return it; one that was taken from them is restored.

    Raises Incomplete for an address that is none or a role without its area, NotAllowed, Unavailable.
    """
    email = one_line(email).strip().lower()
    if problems := _problems(service, email, role, area):
        raise Incomplete(problems)
    held = _held(service, actor, email, role, area)
    try:
        if held is None:
            areas, links = (area,) if area else (), {"email": email, "role": role}
            return service.create(actor, "grant", {}, areas=areas, links=links)
        if held.state != "active":
            return service.act(actor, "grant", held.id, "restore", version=held.version)
    except (NotAllowed, StaleEdit):
        # Another administrator, or a second click, may have given it in this very moment.
        held = _held(service, actor, email, role, area)
        if held is None or held.state != "active":
            raise
    return held


def _held(service: Service, actor: Actor, email: str, role: Role, area: str) -> Record | None:
    wanted = (email, role, area)
    links = ("email", "role", "area")
    return next((one for one in grants(service, actor) if tuple(one.links[name] for name in links) == wanted), None)


def revoke(service: Service, actor: Actor, grant_id: str, version: int) -> Record:
    """Take a role from a person. Raises NotAllowed where nobody would be left to give roles."""
    return service.act(actor, "grant", grant_id, "revoke", version=version)


def grants(service: Service, actor: Actor) -> list[Record]:
    """Return every role given or taken; nothing for someone who is no administrator."""
    return service.records(actor, "grant")


def ensure_administrators(service: Service, emails: tuple[str, ...]) -> None:
    """Make those named in the configuration administrators, once: one whose role was taken later stays without it."""
    for email in emails:
        with service.database.writing() as session:
            found = select(GrantRow.id).where(GrantRow.email == email, GrantRow.role == "administrator")
            if session.scalar(found) is None:
                row = GrantRow(
                    id=f"administrator-{email}"[:120], version=0, state="active", areas=[], provenance="authored",
                    content={}, times={"active": service.time()}, created_by=SYSTEM.email, email=email,
                    role="administrator", area="",
                )  # fmt: skip
                session.add(row)
                service.seal(session, SYSTEM, CREATE, row, None)


def _problems(service: Service, email: str, role: Role, area: str) -> dict[str, str]:
    problems = {}
    name, at, host = email.partition("@")
    if not (name and at and "." in host) or not email.isprintable() or " " in email:
        problems["email"] = "Give the email address the person signs in with."
    if role not in ROLES:
        problems["role"] = "Choose a role."
    elif role != "administrator" and area not in (service.known.areas or ()):
        problems["area"] = "Choose the area the role is for."
    elif role == "administrator" and area:
        problems["area"] = "An administrator has no area."
    return problems
