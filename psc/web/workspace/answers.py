"""How one field is answered: its box, what stands in it, and what it says in the content of a record."""

from datetime import date
from html import escape
from typing import Any

import streamlit as st

from psc.register.content import LONG
from psc.web.workspace.fields import Field

EARLIEST, LATEST = date(1990, 1, 1), date(2100, 12, 31)
EMPTY: tuple[Any, ...] = (None, "", [], ())


def fill(key: str, field: Field, value: Any) -> None:
    """Put what a record says into a field's boxes, unless they hold something."""
    if field.answer == "records":
        count = st.session_state.setdefault(f"{key}|count", len(value or ()))
        for place in range(count):
            record = value[place] if value and place < len(value) else {}
            for part in field.parts:
                fill(f"{key}|{place}|{part.name}", part, record.get(part.name))
        return
    if key in st.session_state:
        return
    if field.answer == "date":
        st.session_state[key] = date.fromisoformat(value) if value else None
    elif field.answer == "choices":
        st.session_state[key] = list(value or ())
    elif field.answer == "lines":
        st.session_state[key] = "\n".join(value or ())
    elif field.answer in ("choice", "number"):
        st.session_state[key] = value
    else:
        st.session_state[key] = value or ""


def ask(key: str, field: Field) -> Any:
    """Show a field's boxes; return what they say, as it stands in the content."""
    if field.answer != "records":
        return _said(field, _box(key, field))
    st.html(f'<h4 class="psc-form-part">{escape(field.label)}</h4>')
    records = []
    for place in range(st.session_state[f"{key}|count"]):
        with st.container(border=True):
            records.append({part.name: ask(f"{key}|{place}|{part.name}", part) for part in field.parts})
            st.button("Take this one away", key=f"{key}|{place}|away", on_click=_take_away, args=(key, field, place))
    st.button(f"Add one: {field.label.lower()}", key=f"{key}|more", on_click=_add, args=(key,))
    return _without_empty(records)


def typed(key: str, field: Field, before: Any) -> Any:
    """Return what a field's boxes hold before they are shown; ``before`` where they were not on show."""
    if field.answer != "records":
        return _said(field, st.session_state[key]) if key in st.session_state else before
    if f"{key}|count" not in st.session_state:
        return before
    records = []
    for place in range(st.session_state[f"{key}|count"]):
        record = before[place] if before and place < len(before) else {}
        records.append(
            {part.name: typed(f"{key}|{place}|{part.name}", part, record.get(part.name)) for part in field.parts}
        )
    return _without_empty(records)


def _without_empty(records: list[dict[str, Any]]) -> list[dict[str, Any]]:
    kept = [{name: value for name, value in record.items() if value not in EMPTY} for record in records]
    return [record for record in kept if record]


def _add(key: str) -> None:
    st.session_state[f"{key}|count"] += 1


def _take_away(key: str, field: Field, place: int) -> None:
    count = st.session_state[f"{key}|count"]
    for later in range(place, count - 1):
        for part in field.parts:
            st.session_state[f"{key}|{later}|{part.name}"] = st.session_state[f"{key}|{later + 1}|{part.name}"]
    for part in field.parts:
        del st.session_state[f"{key}|{count - 1}|{part.name}"]
    st.session_state[f"{key}|count"] = count - 1


def _said(field: Field, value: Any) -> Any:
    """Return what a box holds as it stands in the content."""
    if field.answer == "lines":
        return [line.strip() for line in (value or "").splitlines() if line.strip()]
    if field.answer == "date":
        return value.isoformat() if isinstance(value, date) else None
    if field.answer == "choices":
        return list(value or ())
    return value if field.answer in ("choice", "number") else (value or "").strip()


def _box(key: str, field: Field) -> Any:
    hint = field.hint or None
    if field.answer == "prose":
        return st.text_area(field.label, key=key, placeholder=hint, height=120, max_chars=LONG)
    if field.answer == "lines":
        return st.text_area(field.label, key=key, placeholder=hint, height=100)
    if field.answer == "date":
        return st.date_input(
            field.label, key=key, format="DD/MM/YYYY", min_value=EARLIEST, max_value=LATEST, help=hint, value=None
        )
    if field.answer == "number":
        return st.number_input(field.label, key=key, min_value=0, step=1, value=None, help=hint)
    if field.answer not in ("choice", "choices"):
        return st.text_input(field.label, key=key, placeholder=hint, max_chars=field.most)
    options = dict(field.options()) if field.options else {}
    if field.answer == "choices":
        return st.multiselect(
            field.label, list(options), key=key, format_func=lambda code: options.get(code, code), help=hint
        )
    return st.selectbox(
        field.label, list(options), key=key, index=None, format_func=lambda code: options.get(code, code),
        placeholder="Not chosen yet", help=hint,
    )  # fmt: skip
