"""The parts of the Suggest page: the public's form, the thanks, and what became of earlier suggestions."""

import uuid
from functools import cache
from html import escape
from typing import Any

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from psc.narrate.words import describe_date
from psc.register.errors import Incomplete, PersonalDataFound, RegisterError, Unavailable
from psc.register.privacy.personal_data import Finding
from psc.register.public.public_register import Suggestion
from psc.register.public_suggestions import Allowance, send_suggestion
from psc.register.text.markup import to_html
from psc.web.components.page_parts import facts, section, tags, this_site
from psc.web.components.register_cards import harm_titles
from psc.web.session import store
from psc.web.session.client_address import client_address
from psc.web.session.navigation import address
from psc.web.session.register import access

MOST, LEAST = 1000, 10
FORM_WIDTH = 760
BEFORE = (
    "Please write no names, telephone numbers or addresses, and nothing about one person’s health: what you write "
    "may be published for anyone to read.",
    "You need not say who you are, and we do not keep where it was sent from.",
    "Somebody from another area reads it first. If it is accepted, it is published on this page, and an answer follows "
    "here.",
    "This is not the place for a complaint, and nobody reads it straight away. For urgent help call 999 or 111.",
)
_FIELDS = {"what": "What matters to you", "area": "Where", "harm_area": "Kind of harm"}
# What is written stays in the session while its writer looks at another page and comes back.
_DRAFT, _TOKEN, _SENT = "suggestion draft", "suggestion token", "suggestion sent"
_FIRST, _REFUSED = "suggestion begun with", "suggestion refused"


@cache
def _allowance() -> Allowance:
    return Allowance()


def page_summary() -> str:
    """Return what this page is for."""
    return (
        "Tell the Patient Safety Collaboratives what would make care safer for you or the people you care for. Anyone "
        "may write; you need no account."
    )


def form() -> None:
    """Show the form, or the thanks once it was sent. Nothing that is refused is lost."""
    st.html(f'<ul class="psc-before">{"".join(f"<li>{line}</li>" for line in BEFORE)}</ul>')
    if reference := st.session_state.get(_SENT):
        # Above it everything stays as it was, so that a phone has the thanks in view where the form has been.
        _thanks(reference)
        return
    if access().problem:
        st.warning(
            "Suggestions cannot be taken at the moment: what you send would not arrive. Please come back in a few "
            "minutes."
        )
    st.session_state.setdefault(_DRAFT, {"area": st.query_params.get("area")})
    with st.container(key="suggestion", border=True, width=FORM_WIDTH):
        given, below_text = _boxes()
        sent = st.button("Send", type="primary")
    if sent:
        _send(given)
    if refused := st.session_state.get(_REFUSED):
        with below_text:
            _why_not_sent(*refused)


def _boxes() -> tuple[dict[str, str | None], DeltaGenerator]:
    """Show the boxes; return what is in them, and a place for messages that a phone has in view beside the button."""
    where, harms = store.place_names(), dict(harm_titles())
    what = st.text_area(
        f"{_FIELDS['what']} ({LEAST} to {MOST:,} characters)",
        _first("what"),
        max_chars=MOST,
        height=160,
        **_kept("what"),
    )
    below_text = st.container()
    area = st.selectbox(
        _FIELDS["area"],
        list(where),
        index=_place(_first("area"), where),
        format_func=where.__getitem__,
        placeholder="Choose an area, or all of England",
        **_kept("area"),
    )
    harm_area = st.selectbox(
        f"{_FIELDS['harm_area']} (you may leave this open)",
        list(harms),
        index=_place(_first("harm_area"), harms),
        format_func=harms.__getitem__,
        placeholder="Not sure, or something else",
        **_kept("harm_area"),
    )
    return {"what": what, "area": area, "harm_area": harm_area}, below_text


def _place(code: str | None, options: dict[str, str]) -> int | None:
    return list(options).index(code) if code in options else None


def _first(field: str) -> str | None:
    """Return what a box begins with: what was written before another page was looked at.

    As its default and not through the session, which a box that loads late on a slow line never hears of.
    """
    first: dict[str, str | None] = st.session_state.setdefault(_FIRST, {})
    if _box(field) not in st.session_state:
        first[field] = st.session_state[_DRAFT].get(field)
    return first.get(field)


def _kept(field: str) -> dict[str, Any]:
    """Return the arguments by which a box's words are kept as soon as its writer leaves it, for whatever page."""
    return {"key": _box(field), "on_change": _keep, "args": (field,)}


def _keep(field: str) -> None:
    st.session_state[_DRAFT][field] = st.session_state[_box(field)]


def _box(field: str) -> str:
    return f"suggestion {field}"


def _send(given: dict[str, str | None]) -> None:
    what = (given["what"] or "").strip()
    token = st.session_state.setdefault(_TOKEN, str(uuid.uuid4()))
    sender = client_address(st.context.ip_address, st.context.headers.get("X-Forwarded-For"))
    st.session_state.pop(_REFUSED, None)
    try:
        stored = send_suggestion(
            access().service(), _allowance(), what=what, area=given["area"], harm_area=given["harm_area"],
            sender=sender, token=token,
        )  # fmt: skip
    except RegisterError as refused:
        # It stays on show until the next attempt: a phone that loses its line for a moment draws the page anew.
        st.session_state[_REFUSED] = (what, refused)
    else:
        st.session_state[_SENT] = stored.id
        st.rerun()


def _why_not_sent(what: str, refused: RegisterError) -> None:
    if isinstance(refused, PersonalDataFound):
        _personal_data(what, refused.findings.get("what", []))
    elif isinstance(refused, Incomplete):
        said = "\n".join(f"* {_FIELDS[field]}: {words}" for field, words in refused.problems.items())
        st.error(f"It was not sent yet.\n{said}")
    elif isinstance(refused, Unavailable):
        st.error(
            "The register cannot be reached at the moment, so it may not have arrived. What you wrote is still in the "
            "form: please send it again in a few minutes. Sent twice, it still arrives once."
        )
    else:
        st.error(str(refused))


def _personal_data(what: str, findings: list[Finding]) -> None:
    """Say what looks like a person's data, and show where it stands; the public has no contacts to publish."""
    kinds = list(dict.fromkeys(finding.looks_like for finding in findings))
    st.error(
        "It was not sent, because anyone could come to read it. Please take out or reword what is marked, which looks "
        f"like {' and '.join(kinds)}. Then send it again."
    )
    parts, done = [], 0
    for finding in findings:
        marked = f"<mark>{escape(finding.text)}</mark>"
        parts += [escape(what[done : finding.start]), marked]
        done = finding.end
    st.html(f'<blockquote class="psc-said">{"".join(parts)}{escape(what[done:])}</blockquote>')


def _thanks(reference: str) -> None:
    where = f"{this_site()}{address('suggest')}#{reference}"
    st.success("Thank you. What you wrote has arrived.")
    st.html(
        facts(
            {
                "Your reference": escape(reference),
                "What happens next": "Somebody from another area reads it, which may take some weeks. If it is "
                f'accepted, you will find it at <a href="{escape(where)}">{escape(where)}</a>, and later the answer '
                "to it. Nobody can write back to you, because we do not know who you are.",
            },
            values_are_html=True,
        )
    )
    if st.button("Write another one"):
        for name in (_DRAFT, _FIRST, _TOKEN, _SENT, _REFUSED):
            st.session_state.pop(name, None)
        st.rerun()


def said_and_done() -> None:
    """Show the suggestions that were accepted, the latest first, with what was done about each; never who sent it."""
    section("You said, we did", "answers")
    found = sorted(store.register().suggestions, key=lambda item: (item.sent_on, item.id), reverse=True)
    if found:
        st.html(f'<div class="psc-cards">{"".join(suggestion_card(item) for item in found)}</div>')
    elif store.register().is_read:
        st.html('<p class="psc-read">No suggestion has been published yet.</p>')
    else:
        st.html('<p class="psc-read">Earlier suggestions cannot be read at the moment.</p>')


def suggestion_card(item: Suggestion) -> str:
    """Return a suggestion as a card: what was said, where and in which month, and what was done."""
    harm = [harm_titles()[item.harm_area]] if item.harm_area else []
    priority = store.register().priorities_by_id.get(item.priority_id or "")
    done = f'<div class="psc-result">{to_html(item.answer)}</div>' if item.answer else ""
    answered = f"Answered in {describe_date(item.answered_on[:7])}. " if item.answered_on else ""
    led = (
        f'<p>It led to the priority <a href="{escape(address("priority", id=priority.id))}">{escape(priority.title)}'
        "</a>.</p>"
        if priority
        else ""
    )
    waiting = "" if done or led else '<p class="psc-muted">Accepted; not answered yet.</p>'
    return (
        f'<article class="psc-card" id="{escape(item.id)}">{tags([store.place_names()[item.area], *harm])}'
        f'<h3>You said</h3><blockquote class="psc-said">{escape(item.what)}</blockquote>'
        f"<h3>We did</h3>{done}{led}{waiting}"
        f'<p class="psc-card-foot"><span>Sent in {describe_date(item.sent_on[:7])}. {answered}</span></p></article>'
    )
