"""What a person has typed and not saved yet: kept for them, so that nothing is lost when a page or a network goes."""

import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select

from psc.clean_text import clean
from psc.register.database.register_tables import STEP_FORM, FormRow
from psc.register.privacy.screening import personal_data
from psc.register.service import Service
from psc.register.workflow.permissions import Actor

_NOT_KEPT = "not_kept"


@dataclass(frozen=True, slots=True)
class Form:
    """A form in progress. ``token`` makes a second sending harmless; ``version`` is the record's when it was opened.

    ``begun`` says that it holds what the person left unsaved earlier, and not the record's own words. ``not_kept`` are
    the fields in which something that looked like personal data was left out.
    """

    name: str
    token: str
    version: int | None
    content: dict[str, Any]
    updated_at: str
    begun: bool = False
    not_kept: tuple[str, ...] = ()


def open_form(service: Service, actor: Actor, name: str, *, version: int | None, content: Mapping[str, Any]) -> Form:
    """Return the form as the person left it, or a new one with the record's own words."""
    with service.database.reading() as session:
        row = session.get(FormRow, (actor.email, clean(name)))
        if row is not None:
            return _form(row)
    return Form(name, str(uuid.uuid4()), version, dict(content), service.time())


def keep_form(service: Service, actor: Actor, form: Form, content: Mapping[str, Any]) -> list[str]:
    """Keep what was typed; return the fields in which something was not kept because it looks like personal data.

    Such a field keeps what it held before, for an empty one would be saved as if its writer had emptied it; a list
    keeps all else that it holds.
    """
    content = clean(content)
    refused = sorted(personal_data(content))
    with service.database.writing() as session:
        row = session.get(FormRow, (actor.email, form.name))
        before = form.content if row is None else row.content
        kept = {field: value for field, value in content.items() if field not in refused}
        for field in refused:
            kept[field] = _rest_of(content[field], content) or before.get(field)
        kept = {field: value for field, value in kept.items() if value is not None}
        if refused:
            kept[_NOT_KEPT] = refused
        if row is None:
            row = FormRow(email=actor.email, form=form.name, token=form.token, version=form.version)
            session.add(row)
        row.token, row.version, row.content, row.updated_at = form.token, form.version, kept, service.time()
    return refused


def follow_form(service: Service, actor: Actor, name: str, before: int, after: int) -> None:
    """Let a kept form go on from a version that its writer has just made of the one it was begun from."""
    with service.database.writing() as session:
        row = session.get(FormRow, (actor.email, clean(name)))
        if row is not None and row.version == before:
            row.version = after


def drop_form(service: Service, actor: Actor, name: str) -> None:
    """Forget a form: it was saved, or its writer gave it up."""
    with service.database.writing() as session:
        if row := session.get(FormRow, (actor.email, clean(name))):
            session.delete(row)


def forms_of(service: Service, actor: Actor) -> list[Form]:
    """Return every form the person has begun, the latest first."""
    with service.database.reading() as session:
        found = select(FormRow).where(FormRow.email == actor.email).order_by(FormRow.updated_at.desc())
        return [_form(row) for row in session.scalars(found) if not row.form.startswith(STEP_FORM)]


def describe_keep_step(service: Service, actor: Actor, step: str, words: str, public_contacts: Sequence[str]) -> None:
    """Keep what was written with a step that has not been taken yet, unless it looks like personal data."""
    name = f"{STEP_FORM}{step}"
    if not words:
        drop_form(service, actor, name)
        return
    form = open_form(service, actor, name, version=None, content={})
    keep_form(service, actor, form, {"words": words, "public_contacts": list(public_contacts)})


def describe_step(service: Service, actor: Actor, step: str) -> str:
    """Return what was written with a step that has not been taken yet."""
    return str(open_form(service, actor, f"{STEP_FORM}{step}", version=None, content={}).content.get("words") or "")


def _rest_of(value: Any, content: Mapping[str, Any]) -> Any:
    """Return what of a list does not look like personal data; None for what is no list."""
    if isinstance(value, list):
        return [rest for one in value if (rest := _rest_of_one(one, content))]
    return None


def _rest_of_one(one: Any, content: Mapping[str, Any]) -> Any:
    contacts = content.get("public_contacts", ())
    if isinstance(one, dict):
        parts = {part: personal_data({"words": words, "public_contacts": contacts}) for part, words in one.items()}
        return {part: one[part] for part, found in parts.items() if not found}
    return None if personal_data({"words": one, "public_contacts": contacts}) else one


def _form(row: FormRow) -> Form:
    content = dict(row.content)
    not_kept = tuple(content.pop(_NOT_KEPT, ()))
    return Form(row.form, row.token, row.version, content, row.updated_at, begun=True, not_kept=not_kept)
