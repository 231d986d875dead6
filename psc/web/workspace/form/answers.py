"""How one field is answered: its box, what stands in it, and what it says in the content of a record."""

from collections.abc import Mapping
from datetime import date
from html import escape
from typing import Any

import streamlit as st

from psc.register.records.text_lengths import LONG, SHORT
from psc.web.workspace.form.form_fields import Field

EARLIEST, LATEST = date(1000, 1, 1), date(9999, 12, 31)
"""Wide, for the box drops a day outside them without a word: what was typed stays in it, and is refused in words."""
_SERIAL = "last number of a box"
EMPTY: tuple[Any, ...] = (None, "", [], ())


def serial() -> int:
    """Return a number that this session has not had before.

    The browser keeps what a box of a key holds: what is another box must have another key, or it shows the old words.
    """
    st.session_state[_SERIAL] = number = st.session_state.get(_SERIAL, 0) + 1
    return int(number)


def fill(key: str, field: Field, value: Any) -> None:
    """Note what a record says as what a field's boxes begin with, unless they are on show already.

    They begin with it as their default, and not through the session: a box that loads late on a slow line would never
    hear of that, show nothing, and be saved as empty.
    """
    if field.answer == "records":
        if _places(key) not in st.session_state:
            st.session_state[_places(key)] = [serial() for _ in value or ()]
        records = iter(value or ())
        for place in _on_show(key):
            said: Mapping[str, Any] = st.session_state.pop(_returned(key, place), None) or next(records, {})
            for part in field.parts:
                fill(f"{key}|{place}|{part.name}", part, said.get(part.name))
    elif _live(key) not in st.session_state:
        st.session_state[_first(key)] = _in_box(field, value)


def _in_box(field: Field, value: Any) -> Any:
    """Return what stands in the content as a box holds it: the other way round than `_said`."""
    if field.answer == "date":
        return date.fromisoformat(value) if value else None
    if field.answer == "choices":
        return list(value or ())
    if field.answer == "lines":
        return "\n".join(value or ())
    if field.answer == "figure":
        return None if value is None else float(value)
    return value if field.answer in ("choice", "number") else (value or "")


def ask(key: str, field: Field) -> Any:
    """Show a field's boxes; return what they say, as it stands in the content."""
    if field.answer != "records":
        return _said(field, _box(key, field))
    st.html(f'<h4 class="psc-form-part">{escape(field.label)}</h4>')
    records = []
    for place in st.session_state[_places(key)]:
        if _taken(key, place) in st.session_state:
            _show_taken(key, place)
            continue
        with st.container(border=True):
            records.append({part.name: ask(f"{key}|{place}|{part.name}", part) for part in field.parts})
            st.button("Take this one away", key=f"{key}|{place}|away", on_click=_take_away, args=(key, field, place))
    st.button(f"Add one: {field.label.lower()}", key=f"{key}|more", on_click=_add, args=(key,))
    return _without_empty(records)


def typed(key: str, field: Field, before: Any) -> Any:
    """Return what a field's boxes hold before they are shown; ``before`` where they were not on show."""
    if field.answer != "records":
        return _said(field, st.session_state[_live(key)]) if _live(key) in st.session_state else before
    if _places(key) not in st.session_state:
        return before
    records = []
    for number, place in enumerate(_on_show(key)):
        record = before[number] if before and number < len(before) else {}
        records.append(
            {part.name: typed(f"{key}|{place}|{part.name}", part, record.get(part.name)) for part in field.parts}
        )
    return _without_empty(records)


def _without_empty(records: list[dict[str, Any]]) -> list[dict[str, Any]]:
    kept = [{name: value for name, value in record.items() if value not in EMPTY} for record in records]
    return [record for record in kept if record]


def _add(key: str) -> None:
    st.session_state[_places(key)] = [*st.session_state[_places(key)], serial()]


def _take_away(key: str, field: Field, place: int) -> None:
    """Take a record of a list away, and remember what it said.

    A line stays in its place: the next record's button does not come to stand where this one's was, under the second
    click of a double one.
    """
    if place not in _on_show(key):
        return
    st.session_state[_taken(key, place)] = {
        part.name: typed(f"{key}|{place}|{part.name}", part, None) for part in field.parts
    }


def _show_taken(key: str, place: int) -> None:
    with st.container(horizontal=True, vertical_alignment="center"):
        st.html('<p class="psc-form-note" role="status">Taken away.</p>')
        st.button("Put it back", key=f"{key}|{place}|back", type="tertiary", on_click=_put_back, args=(key, place))


def _put_back(key: str, place: int) -> None:
    if place in _on_show(key) or place not in st.session_state[_places(key)]:
        return
    new = serial()
    st.session_state[_returned(key, new)] = st.session_state.pop(_taken(key, place))
    st.session_state[_places(key)] = [new if other == place else other for other in st.session_state[_places(key)]]


def _on_show(key: str) -> list[int]:
    """Return the places of a list's records that were not taken away."""
    return [place for place in st.session_state[_places(key)] if _taken(key, place) not in st.session_state]


def _taken(key: str, place: int) -> str:
    """Return where the session has what a record said that was taken away."""
    return f"{key}|{place}|taken"


def _places(key: str) -> str:
    """Return where the session has the places of a list's records: each keeps its own when another is taken away."""
    return f"{key}|places"


def _returned(key: str, place: int) -> str:
    """Return where the session has what a record says that was put back and has not been shown again yet."""
    return f"{key}|{place}|returned"


def _first(key: str) -> str:
    return f"{key}|first"


def _said(field: Field, value: Any) -> Any:
    """Return what a box holds as it stands in the content."""
    if field.answer == "lines":
        return [line.strip() for line in (value or "").splitlines() if line.strip()]
    if field.answer == "date":
        return value.isoformat() if isinstance(value, date) else None
    if field.answer == "choices":
        return list(value or ())
    return value if field.answer in ("choice", "number", "figure") else (value or "").strip()


def _live(key: str) -> str:
    """Return the key of the box that a field has now: another one since it was cleared."""
    live: str = st.session_state.get(f"{key}|live", key)
    return live


def _clear(key: str) -> None:
    """Give a field an empty box in place of the one it has."""
    st.session_state[f"{key}|live"] = live = f"{key}|{serial()}"
    st.session_state[_first(key)] = st.session_state[live] = None


def propose(key: str, value: Any) -> None:
    """Give a field that is about to be shown a new box that begins with a value."""
    st.session_state[f"{key}|live"] = f"{key}|{serial()}"
    st.session_state[_first(key)] = value


def _box(key: str, field: Field) -> Any:
    """Show the box of a field, and where it began with a date or a number a way to empty it: Streamlit has none."""
    first = st.session_state[_first(key)]
    said = _streamlits_box(_live(key), field, first)
    if field.answer in ("date", "number", "figure") and first is not None:
        st.button(f"Clear “{field.label}”", key=f"{key}|clear", type="tertiary", on_click=_clear, args=(key,))
    return said


def _streamlits_box(key: str, field: Field, first: Any) -> Any:
    hint = field.hint or None
    if field.answer == "prose":
        return st.text_area(field.label, first, key=key, placeholder=hint, height=120, max_chars=field.most or LONG)
    if field.answer == "lines":
        return st.text_area(field.label, first, key=key, placeholder=hint, height=100)
    if field.answer == "date":
        return st.date_input(
            field.label, first, key=key, format="DD/MM/YYYY", min_value=EARLIEST, max_value=LATEST, help=hint
        )
    if field.answer == "number":
        return st.number_input(field.label, key=key, min_value=0, step=1, value=first, help=hint)
    if field.answer == "figure":
        return st.number_input(field.label, key=key, step=0.01, value=first, format="%.12g", help=hint)
    if field.answer not in ("choice", "choices"):
        return st.text_input(field.label, first, key=key, placeholder=hint, max_chars=field.most or SHORT)
    options = _options(field, first)
    if field.answer == "choices":
        return st.multiselect(field.label, list(options), first, key=key, format_func=options.__getitem__, help=hint)
    return st.selectbox(
        field.label, list(options), key=key, index=list(options).index(first) if first else None,
        format_func=options.__getitem__, placeholder="Not chosen yet", help=hint,
    )  # fmt: skip


def _options(field: Field, first: Any) -> dict[str, str]:
    """Return what can be chosen, and what was chosen when there was more to choose from: that is not lost either."""
    options = dict(field.options()) if field.options else {}
    chosen = first if isinstance(first, list) else [first] if first else []
    # A box that began with a choice cannot be emptied: so leaving it open is one of its choices.
    left_open = {"": "Not chosen"} if field.answer == "choice" and first else {}
    return left_open | options | {code: code for code in chosen if code not in options}
