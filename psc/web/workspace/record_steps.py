"""The steps a record can take, each with the words it needs: consult, publish, share, answer and so on."""

from contextlib import suppress
from dataclasses import dataclass
from html import escape

import streamlit as st

from psc.geography.areas import ENGLAND
from psc.register.errors import Incomplete, PersonalDataFound, RegisterError, StaleEdit, Unavailable
from psc.register.records.priority import Priority
from psc.register.records.text_lengths import LONG, SHORT
from psc.register.service import Service
from psc.register.unsaved_forms import describe_keep_step, describe_step
from psc.register.workflow.lifecycle import CREATE, LIFECYCLES, PROPOSED
from psc.register.workflow.permissions import Actor, may
from psc.register.workflow.record import Record
from psc.register.workflow.redaction import REMOVED
from psc.web.components.page_parts import section
from psc.web.components.record_status import standing_of
from psc.web.session import store
from psc.web.session.register import access
from psc.web.workspace.form.findings import declared_in, found_in, show_findings
from psc.web.workspace.form.form import compare, follow
from psc.web.workspace.form.form_names import record_form
from psc.web.workspace.notice import tell
from psc.web.workspace.workspace_words import ACTIONS, DONE, MEANINGS, NEEDED_WORDS

_ASKED = "step asked for"
_CHOSEN = {"priority": "priority_id", "remove": "remove", "was": "was"}
"""The boxes that some steps have besides their words, and what the register calls what is in them."""


@dataclass(frozen=True, slots=True)
class Asked:
    """A step someone asked for by a click, and the version of the record they had before them."""

    record: str
    action: str
    version: int


def asked_step() -> Asked | None:
    """Return the step that the click behind this visit of the page asks for: once, so that none is taken later."""
    asked: Asked | None = st.session_state.pop(_ASKED, None)
    return asked


def take_step(service: Service, actor: Actor, record: Record, asked: Asked) -> None:
    """Take a step, from the version that was on show: had someone changed the record since, nothing is done."""
    key = _key(asked)
    words = st.session_state.get(f"{key}|words") or ""
    for earlier in ("findings", "missing"):
        st.session_state.pop(f"{key}|{earlier}", None)
    try:
        after = service.act(
            actor, record.kind, record.id, asked.action, version=asked.version, words=words,
            links=_links(key), public_contacts=declared_in(key),
        )  # fmt: skip
    except StaleEdit as stale:
        compare(asked.record, stale)
        tell("error", _describe_stale(actor, stale), _not_used(words))
    except PersonalDataFound as found:
        st.session_state[f"{key}|findings"] = found.findings
        tell("error", "Nothing was done: what is marked below looks like personal data.")
    except Incomplete as incomplete:
        missing = dict.fromkeys(incomplete.problems.values())
        st.session_state[f"{key}|missing"] = list(missing)
        tell("error", "Not yet: something must be written first. Nothing was changed.", missing)
    except RegisterError as error:
        tell("error", str(error), _not_used(words))
    else:
        access().look_again()
        follow(service, actor, asked.record, asked.version, after.version)
        st.session_state.pop(f"{key}|public_contacts", None)
        for name in {f"{key}|{part}" for part in ("words", "first", *_CHOSEN)} & set(st.session_state):
            st.session_state[name] = None
        # The step is taken: words that stay behind, the database being busy, would only be offered again.
        with suppress(Unavailable):
            describe_keep_step(service, actor, key, "", ())
        tell("success", _describe_done(asked.action, after))


def _links(key: str) -> dict[str, str]:
    """Return what was chosen or typed with a step besides its words."""
    chosen = {name: st.session_state.get(f"{key}|{part}") for part, name in _CHOSEN.items()}
    return {name: value for name, value in chosen.items() if value}


def _describe_stale(actor: Actor, stale: StaleEdit) -> str:
    if stale.who == actor.email:
        return "You changed this meanwhile, in another window or by a second click. Nothing more was done."
    return (
        f"{stale.who} changed this while you were looking at it. Nothing was done. Below is how it stands now: please "
        "read it before you decide again."
    )


def _not_used(words: str) -> list[str]:
    return [f"You wrote: {words}"] if words else []


def _describe_done(action: str, after: Record) -> str:
    if after.kind == "priority" and action in ("publish", "close") and after.links.get("agreed"):
        if action == "close" and after.state != "closed":
            return "You have agreed for your area. It is closed when every area has."
        if after.state == "in_consultation" or after.links.get("revision"):
            return "You have agreed for your area. It is published when every area has."
    if after.state == PROPOSED:
        return "The chart shows a concern, so this waits for a second person: another lead of the area, or a reviewer."
    return DONE[action]


def show_steps(service: Service, actor: Actor, record: Record, shown: int) -> None:
    """Show a button for every step the person may take. ``shown`` is the version whose words are on the page."""
    steps = [
        action
        for action in LIFECYCLES[record.kind]
        if action not in (CREATE, "edit")
        and may(actor, action, record.standing)
        and _makes_sense(actor, action, record)
    ]
    if steps:
        section("What you can do")
    for action in steps:
        _show(service, actor, record, Asked(record_form(record.kind, record.id), action, shown))


def _makes_sense(actor: Actor, action: str, record: Record) -> bool:
    proposed, revision = record.links.get("proposed"), record.links.get("revision")
    if action in ("share", "return") and record.kind == "solution":
        return bool(proposed)
    if action == "propose":
        return bool((record.state == "tested_locally" or revision) and not proposed)
    if action == "publish" and record.kind == "priority":
        agreed = actor.areas("lead") & set(record.areas) <= set(record.links.get("agreed") or ())
        return not agreed and (record.state != "published" or bool(revision))
    return True


def _show(service: Service, actor: Actor, record: Record, asked: Asked) -> None:
    label, meaning = ACTIONS[asked.action]
    meaning = MEANINGS.get((record.kind, asked.action), meaning)
    if record.kind == "priority" and asked.action in ("publish", "close") and len(record.areas) > 1:
        meaning = "It counts when a lead of each of its areas has agreed."
    needs = LIFECYCLES[record.kind][asked.action].needs
    key = _key(asked)
    if needs:
        missing = st.session_state.get(f"{key}|missing", [])
        first = _describe_first(service, actor, record, key, needs)
        with st.expander(label, expanded=bool(found_in(key) or missing or first)):
            if asked.action == "redact":
                _ask_removal(key)
            with st.container(key=f"step-words-{asked.action}"):
                st.text_area(
                    NEEDED_WORDS[needs], first or None, key=f"{key}|words", max_chars=LONG,
                    on_change=_keep, args=(service, actor, key),
                )  # fmt: skip
            for problem in missing:
                st.html(f'<p class="psc-form-problem" role="alert">{escape(problem)}</p>')
            show_findings(key, needs)
            if asked.action == "answer":
                _ask_priority(record, key)
            st.button(label, key=key, help=meaning, on_click=_ask, args=(asked,))
    else:
        with st.container(horizontal=True, vertical_alignment="center", gap="medium"):
            st.button(label, key=key, on_click=_ask, args=(asked,))
            st.html(f'<p class="psc-form-note">{escape(meaning)}</p>')


def _describe_first(service: Service, actor: Actor, record: Record, key: str, needs: str) -> str:
    """Return what a step's box begins with: what its writer left in it earlier, or the answer that is on show."""
    # Streamlit forgets a box while another page is on show; what was kept of it is not forgotten.
    if not {f"{key}|first", f"{key}|words"} <= set(st.session_state):
        answer = record.content.get("answer", "") if needs == "answer" else ""
        st.session_state[f"{key}|first"] = describe_step(service, actor, key) or answer
    return st.session_state[f"{key}|first"] or ""


def _keep(service: Service, actor: Actor, key: str) -> None:
    """Keep what is written with a step, as a form's words are kept: the page may be left before the step is taken."""
    with suppress(Unavailable):
        describe_keep_step(service, actor, key, st.session_state.get(f"{key}|words") or "", declared_in(key))


def _ask(asked: Asked) -> None:
    st.session_state[_ASKED] = asked


def _ask_priority(record: Record, key: str) -> None:
    own = {priority.id: priority.title for priority in store.register().priorities if _may_have_led(record, priority)}
    if own:
        st.selectbox(
            "The priority it led to, if it did", list(own), format_func=lambda code: own.get(code, code), index=None,
            key=f"{key}|priority",
        )  # fmt: skip


def _ask_removal(key: str) -> None:
    st.html(
        '<p class="psc-form-note">They are removed wherever they stand in this suggestion, in other capitals too, from '
        "the audit too, and cannot be brought back. Copies of the register that were kept before still have them.</p>"
    )
    st.text_input("The words to remove, exactly as they stand", key=f"{key}|remove", max_chars=SHORT)
    st.selectbox(
        "What they are, as the mark will say", list(REMOVED), format_func=REMOVED.__getitem__, index=None,
        key=f"{key}|was",
    )  # fmt: skip


def _may_have_led(record: Record, priority: Priority) -> bool:
    """Whether a suggestion may have led to a priority: one that its area has published, not one compiled by us."""
    return standing_of(priority).is_areas_own and bool({*priority.areas, ENGLAND} & set(record.areas))


def _key(asked: Asked) -> str:
    return f"{asked.record}:{asked.action}"
