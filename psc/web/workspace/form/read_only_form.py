"""What a record says, field by field, for people who read it but do not write it: a reviewer, another area's lead."""

from collections.abc import Mapping
from html import escape
from typing import Any

from psc.narrate.words import describe_date
from psc.web.components.page_parts import facts
from psc.web.components.prose import NOT_RECORDED, prose
from psc.web.workspace.form.form_fields import Field


def whole(fields: tuple[Field, ...], content: Mapping[str, Any]) -> str:
    """Return everything that is written in a record, as a list of facts (HTML); what is empty says so."""
    return facts(
        {field.label: said(field, content.get(field.name)) or NOT_RECORDED for field in fields}, values_are_html=True
    )


def said(field: Field, value: Any) -> str:
    """Return what a field says in words, not in codes (HTML); nothing where it is empty."""
    if value in (None, "", [], ()):
        return ""
    if field.answer == "records":
        return _list([_record(field, record) for record in value])
    if field.answer == "lines":
        return _list([escape(str(line)) for line in value])
    if field.answer in ("choice", "choices"):
        titles = field.options() if field.options else {}
        chosen = [value] if field.answer == "choice" else value
        return "<br>".join(escape(titles.get(code, str(code))) for code in chosen)
    if field.answer == "prose":
        return prose(str(value), own=True)
    if field.answer == "figure":
        return f"{value:,.12g}"
    return escape(describe_date(value) if field.answer == "date" else str(value))


def _record(field: Field, record: Mapping[str, Any]) -> str:
    told = [f"{escape(part.label)}: {words}" for part in field.parts if (words := said(part, record.get(part.name)))]
    return "<br>".join(told)


def _list(items: list[str]) -> str:
    return f'<ul class="psc-list">{"".join(f"<li>{item}</li>" for item in items)}</ul>'
