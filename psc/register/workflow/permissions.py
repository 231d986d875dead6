"""Who may do what: the one place where it is written. The service asks here before it changes anything.

A contributor writes drafts for their own area; a lead also publishes for it; a reviewer, who works for all of England,
moderates suggestions and shares solutions, never those of their own area; an administrator gives and takes roles.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Literal

from psc.articles import with_article
from psc.geography.areas import ENGLAND
from psc.register.workflow.lifecycle import CREATE, LIFECYCLES, NEW, PROPOSED, PUBLIC_STATES, Kind

Role = Literal["contributor", "lead", "reviewer", "administrator"]
ROLES: Mapping[Role, tuple[str, str]] = MappingProxyType(
    {
        "contributor": ("Contributor", "writes drafts for their own area"),
        "lead": ("Lead", "writes and publishes for their own area"),
        "reviewer": ("Reviewer", "moderates suggestions and shares solutions, never those of their own area"),
        "administrator": ("Administrator", "gives and takes roles, and reads the audit"),
    }
)

OWN, ELSEWHERE, ANYWHERE = "own", "elsewhere", "anywhere"
WRITERS: tuple[Role, ...] = ("contributor", "lead")
UNPUBLISHED = frozenset({"draft", "in_consultation", "developing"})
SECOND_PERSON = "You proposed this yourself. Another lead of the area, or a reviewer from elsewhere, approves it."
COMPILED = "This was compiled from public sources. The lead of its area can claim it; after that it can be changed."


@dataclass(frozen=True, slots=True)
class Grant:
    """A role a person holds, for an area; an administrator's is for none (``""``)."""

    role: Role
    area: str = ""


@dataclass(frozen=True, slots=True)
class Actor:
    """Someone who does something: an email address, a name to show, and the roles held now."""

    email: str
    name: str
    grants: tuple[Grant, ...] = ()

    def areas(self, *roles: Role) -> frozenset[str]:
        """Return the areas for which the person holds one of the roles; any role where none is named."""
        return frozenset(grant.area for grant in self.grants if grant.area and (not roles or grant.role in roles))

    def holds(self, role: Role) -> bool:
        """Say whether the person holds a role, wherever."""
        return any(grant.role == role for grant in self.grants)


PUBLIC = Actor(email="public", name="A member of the public")
"""Whoever is not signed in."""
SYSTEM = Actor(email="system", name="The register")
"""What happens by itself: the compiled history is loaded, an administrator is made from the configuration."""


@dataclass(frozen=True, slots=True)
class Rule:
    """Which roles may do something, and whose records: their own area's, only other areas', or any."""

    roles: tuple[Role, ...]
    where: str


_LEAD, _WRITE = Rule(("lead",), OWN), Rule(WRITERS, OWN)
_REVIEW, _ADMIN = Rule(("reviewer",), ELSEWHERE), Rule(("administrator",), ANYWHERE)
_BY_ACTION: Mapping[str, tuple[Rule, ...]] = MappingProxyType(
    {
        CREATE: (_WRITE,),
        "discard": (_WRITE,),
        "consult": (_LEAD,),
        "redraft": (_LEAD,),
        "publish": (_LEAD,),
        "close": (_LEAD,),
        "cancel": (_LEAD,),
        "claim": (_LEAD,),
        "mark_tested": (_LEAD,),
        "propose": (_LEAD,),
        "review": (_LEAD,),
        # To stop something unsafe must not wait for one particular person.
        "withdraw": (_LEAD, _REVIEW),
        "return": (_REVIEW,),
        "share": (_REVIEW,),
        "accept": (_REVIEW,),
        "reject": (_REVIEW,),
        "redact": (_REVIEW,),
        "answer": (_LEAD,),
    }
)
_CHART_DECISION: Mapping[str, tuple[Rule, ...]] = MappingProxyType(
    {
        CREATE: (_WRITE,),
        "edit": (_WRITE,),
        "discard": (_WRITE,),
        "publish": (_LEAD,),
        "approve": (_LEAD, _REVIEW),
        "return": (_LEAD, _REVIEW),
        "withdraw": (_LEAD, _REVIEW),
    }
)
"""Decisions about an area's charts. Those about the charts of all areas are reviewers'."""


@dataclass(frozen=True, slots=True)
class RecordStatus:
    """What the rules need to know of a record.

    ``areas`` are those that own it: a suggestion about all of England says ``england``, and so does a decision about
    every area's chart. ``compiled`` says that it comes from public sources and that no lead has claimed it; ``hidden``
    that it was withdrawn before the public ever saw it; ``proposed_by`` who (an email address) waits for a second
    person to approve it.
    """

    kind: Kind
    state: str
    areas: tuple[str, ...]
    compiled: bool = False
    hidden: bool = False
    proposed_by: str = ""


def rules(action: str, record: RecordStatus) -> tuple[Rule, ...]:
    """Return the rules of which one must hold; none where the action does not start from the record's state."""
    step = LIFECYCLES[record.kind].get(action)
    if step is None or record.state not in step.of:
        return ()
    if record.kind == "grant":
        return (_ADMIN,)
    if record.kind == "chart_decision":
        return (_REVIEW,) if ENGLAND in record.areas else _CHART_DECISION[action]
    if action == "edit":
        return (_WRITE,) if record.state in UNPUBLISHED else (_LEAD,)
    if record.kind == "suggestion" and action == "answer" and ENGLAND in record.areas:
        return (_REVIEW,)
    if action == "discard" and len(record.areas) > 1:
        return (_LEAD,)
    if action == "withdraw" and record.state != "shared_nationally":
        return (_LEAD,)
    return _BY_ACTION[action]


def refusal(actor: Actor, action: str, record: RecordStatus) -> str | None:
    """Return why the actor may not do this to the record; None when they may. Anyone may send a suggestion."""
    if record.kind == "suggestion" and action == CREATE and record.state == NEW:
        return None
    found = rules(action, record)
    if not found:
        return f"This cannot be done now: the record is {_plain(record.state) or 'not there yet'}."
    # What is unsafe must be stopped, whoever wrote it down.
    if record.compiled and action not in ("claim", "withdraw"):
        return COMPILED
    if action == "claim" and not record.compiled:
        return "Only what was compiled from public sources, and not claimed yet, can be claimed."
    if action == "claim" and len(record.areas) != 1:
        return "Only what belongs to a single area can be claimed by its lead."
    if action == "approve" and actor.email == record.proposed_by:
        return SECOND_PERSON
    if any(_holds(actor, rule, record.areas) for rule in found):
        return None
    if not actor.grants:
        return "You have no role in the register. An administrator can give you one."
    titles = dict.fromkeys(ROLES[role][0].lower() for rule in found for role in rule.roles)
    wanted = " or ".join(with_article(title) for title in titles)
    if any(rule.where == ELSEWHERE for rule in found) and actor.holds("reviewer"):
        return "A reviewer does not decide on their own area's work. A reviewer from another area can."
    whose = " of an area that owns it" if found[0].where == OWN else ""
    return f"This takes {wanted}{whose}. Your role does not allow it."


def may(actor: Actor, action: str, record: RecordStatus) -> bool:
    """Say whether the actor may do this."""
    return refusal(actor, action, record) is None


def may_read(actor: Actor, record: RecordStatus) -> bool:
    """Say whether the actor may read a record: what is public, their own area's, or what awaits their review.

    What is in consultation is for everyone who holds a role. A suggestion that is not published is for reviewers alone.
    """
    if record.state in PUBLIC_STATES[record.kind] and not record.hidden:
        return True
    if record.kind == "grant":
        return actor.holds("administrator")
    if record.state == "in_consultation" and actor.grants:
        return True
    if actor.areas() & set(record.areas):
        return record.kind != "suggestion"
    return _is_reviewed(record) and not record.hidden and _holds(actor, _REVIEW, record.areas)


def _is_reviewed(record: RecordStatus) -> bool:
    """Whether reviewers from elsewhere read a record that is not public."""
    if record.kind == "solution":
        return record.state != "developing"
    if record.kind == "chart_decision":
        return ENGLAND in record.areas or record.state in (PROPOSED, "withdrawn")
    return record.kind == "suggestion"


def decides_for_england(actor: Actor, kind: Kind) -> bool:
    """Say whether the actor writes records of a kind that are about all of England."""
    return may(actor, CREATE, RecordStatus(kind, NEW, (ENGLAND,))) and kind != "suggestion"


def is_own(actor: Actor, record: RecordStatus) -> bool:
    """Say whether a record is the work of the actor's own area, or of all of England where they decide for that."""
    if actor.areas() & set(record.areas):
        return True
    return ENGLAND in record.areas and decides_for_england(actor, record.kind)


def _holds(actor: Actor, rule: Rule, areas: Collection[str]) -> bool:
    if rule.where == ANYWHERE:
        return any(actor.holds(role) for role in rule.roles)
    if rule.where == OWN:
        return bool(actor.areas(*rule.roles) & set(areas))
    # Every role counts here: a reviewer who is also another area's lead does not review that area either.
    return any(actor.holds(role) for role in rule.roles) and not actor.areas() & set(areas)


def _plain(state: str) -> str:
    return state.replace("_", " ")
