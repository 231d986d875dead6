"""What a person has typed and not saved yet: kept for them, so that nothing is lost when a page or a network goes."""

import uuid
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select

from psc.register.roles import Actor
from psc.register.screening import personal_data
from psc.register.service import Service
from psc.register.storable import storable
from psc.register.tables import FormRow


@dataclass(frozen=True, slots=True)
class Form:
    """A form in progress. ``token`` makes a second sending harmless; ``version`` is the record's when it was opened.

    ``begun`` says that it holds what the person left unsaved earlier, and not the record's own words.
    """

    name: str
    token: str
    version: int | None
    content: dict[str, Any]
    updated_at: str
    begun: bool = False


def open_form(service: Service, actor: Actor, name: str, *, version: int | None, content: Mapping[str, Any]) -> Form:
    """Return the form as the person left it, or a new one with the record's own words."""
    with service.database.reading() as session:
        row = session.get(FormRow, (actor.email, storable(name)))
        if row is not None:
            return _form(row)
    return Form(name, str(uuid.uuid4()), version, dict(content), service.time())


def keep_form(service: Service, actor: Actor, form: Form, content: Mapping[str, Any]) -> list[str]:
    """Keep what was typed; return the fields that were not kept because they look like personal data."""
    content = storable(content)
    refused = personal_data(content)
    kept = {field: value for field, value in content.items() if field not in refused}
    with service.database.writing() as session:
        row = session.get(FormRow, (actor.email, form.name))
        if row is None:
            row = FormRow(email=actor.email, form=form.name, token=form.token, version=form.version)
            session.add(row)
        row.token, row.version, row.content, row.updated_at = form.token, form.version, kept, service.time()
    return sorted(refused)


def follow_form(service: Service, actor: Actor, name: str, before: int, after: int) -> None:
    """Let a kept form go on from a version that its writer has just made of the one it was begun from."""
    with service.database.writing() as session:
        row = session.get(FormRow, (actor.email, storable(name)))
        if row is not None and row.version == before:
            row.version = after


def drop_form(service: Service, actor: Actor, name: str) -> None:
    """Forget a form: it was saved, or its writer gave it up."""
    with service.database.writing() as session:
        if row := session.get(FormRow, (actor.email, storable(name))):
            session.delete(row)


def forms_of(service: Service, actor: Actor) -> list[Form]:
    """Return everything the person has begun, the latest first."""
    with service.database.reading() as session:
        found = select(FormRow).where(FormRow.email == actor.email).order_by(FormRow.updated_at.desc())
        return [_form(row) for row in session.scalars(found)]


def _form(row: FormRow) -> Form:
    return Form(row.form, row.token, row.version, dict(row.content), row.updated_at, begun=True)
