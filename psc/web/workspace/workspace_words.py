"""What the workspace calls things: kinds of record, states, actions."""

from collections.abc import Mapping
from typing import Any

from psc.narrate.words import describe_date, describe_list
from psc.register.records.register_vocabulary import CHART_DECISIONS
from psc.register.records.solution import Solution
from psc.register.workflow.lifecycle import Kind
from psc.register.workflow.record import Record
from psc.web.components.prose import shortened
from psc.web.session import store

NEW: Mapping[Kind, str] = {
    "priority": "A new priority",
    "test": "A new test of change",
    "solution": "A new solution",
    "adoption": "A new adoption",
    "event": "A new learning event",
    "capability": "A new count of people trained or coaches",
    "chart_decision": "A new decision about a chart",
}
KINDS: Mapping[Kind, tuple[str, str, str]] = {
    "priority": ("Priority", "Priorities", "What your area will work on."),
    "test": ("Test of change", "Tests of change", "Small tests (plan, do, study, act) of a priority."),
    "solution": ("Solution", "Solutions", "What worked here, to be shared with the other areas."),
    "adoption": ("Adoption", "Adoptions", "What your area takes up from others."),
    "event": ("Learning event", "Learning events", "Events that people can come to."),
    "capability": ("People trained or coaches", "People trained and coaches", "How your area builds skills."),
    "chart_decision": (
        "Decision about a chart",
        "Decisions about charts",
        "New limits, baselines, targets and notes on the charts of your area.",
    ),
    "suggestion": ("Suggestion", "Suggestions from the public", "What people said matters to them."),
}
STATES: Mapping[str, str] = {
    "draft": "Draft",
    "in_consultation": "In consultation",
    "published": "Published",
    "closed": "Closed",
    "developing": "Developing",
    "tested_locally": "Tested locally",
    "shared_nationally": "Shared nationally",
    "proposed": "Waits for a second person to approve it",
    "withdrawn": "Withdrawn",
    "discarded": "Discarded",
    "cancelled": "Cancelled",
    "received": "Not looked at yet",
    "accepted": "Waiting for an answer",
    "answered": "Answered",
    "rejected": "Not published",
    "active": "Active",
    "revoked": "Taken away",
}
ACTIONS: Mapping[str, tuple[str, str]] = {
    "consult": ("Open for consultation", "Everyone with a role can read it; talk it over with patients and staff."),
    "redraft": ("Back to draft", "Only your area sees it again."),
    "publish": ("Publish", "The public sees it at once."),
    "close": ("Close", "It stays on show, with its outcome."),
    "discard": ("Discard", "It leaves the lists; the audit keeps it."),
    "cancel": ("Cancel the event", "It stays on show as cancelled, with the reason."),
    "claim": ("Take it over", "From then on your area speaks for it. What was compiled stays on record."),
    "mark_tested": ("Mark as tested locally", "It can then be proposed for sharing."),
    "propose": ("Propose for sharing", "A reviewer from another area will read it."),
    "return": ("Send back", "Its lead reads your reason."),
    "approve": ("Approve", "It is drawn on the chart, for everyone, at once."),
    "share": ("Share nationally", "The public sees it at once, in the gallery."),
    "review": ("Confirm it is still right", "The next review is in two years."),
    "withdraw": ("Withdraw", "It stays on show, marked “do not use”, with the reason."),
    "accept": ("Put it on show", "The public sees it, and its area can answer."),
    "reject": ("Do not publish", "It stays out of sight, with your reason."),
    "answer": ("Answer in public", "You said, we did."),
    "redact": ("Remove words", "A mark stands in their place; the rest stays as it was sent."),
}
MEANINGS: Mapping[tuple[Kind, str], str] = {
    ("chart_decision", "publish"): "It is drawn on the chart at once. Where the chart shows a concern, new limits and "
    "baselines wait for a second person.",
    ("chart_decision", "withdraw"): "The chart is drawn as it was without it. The audit keeps it, with your reason.",
}
"""What an action means for a kind, where that is not what it means for the others."""
_NOT_ASKED_FOR: Mapping[str, str] = {
    "create": "Write",
    "edit": "Change",
    "compile": "Load from public sources",
    "restore": "Give the role again",
    "revoke": "Take the role away",
}
"""Actions that have no button of their own among the steps."""
DONE: Mapping[str, str] = {
    "consult": "It is open for consultation.",
    "redraft": "It is a draft again.",
    "publish": "It is published.",
    "close": "It is closed.",
    "discard": "It is discarded.",
    "cancel": "The event is cancelled.",
    "claim": "Your area has taken it over.",
    "mark_tested": "It is marked as tested locally.",
    "propose": "It is proposed: a reviewer from another area will read it.",
    "return": "It is sent back with your reason.",
    "approve": "It is approved and drawn on the chart.",
    "share": "It is shared nationally.",
    "review": "It is confirmed: the next review is in two years.",
    "withdraw": "It is withdrawn.",
    "accept": "It is on show.",
    "reject": "It is kept out of sight.",
    "answer": "The answer is on show.",
    "redact": "The words are removed, here and from the audit. A mark stands in their place.",
}
"""What is said when an action was taken."""
NEXT: Mapping[tuple[Kind, str], str] = {
    ("priority", "draft"): "A lead of your area opens it for consultation, and publishes it after that.",
    ("priority", "in_consultation"): "Talk it over with patients and staff, and write below how they took part. Then a "
    "lead of your area publishes it.",
    ("priority", "published"): "Write a test of change: what you will try, where, and what you expect.",
    ("test", "draft"): "A lead of your area publishes it. Then it stands on the page of its priority, and on the "
    "charts of the linked measures.",
    ("solution", "developing"): "Once it has been tested, a lead of your area marks it as tested locally.",
    ("solution", "tested_locally"): "A lead of your area proposes it for sharing. A reviewer from another area then "
    "reads it.",
    ("solution", "shared_nationally"): "Other areas can take it up, from its public page. Confirm it when its review "
    "is due.",
    ("adoption", "draft"): "A lead of your area publishes it. Then it stands on the page of the solution.",
    ("adoption", "published"): "When it goes further, or stops, a lead of your area changes the stage here.",
    ("event", "draft"): "A lead of your area publishes it. Then it stands on the Learning page and in the calendar.",
    ("capability", "draft"): "A lead of your area publishes it. Then it stands on the Learning page.",
    ("chart_decision", "draft"): "Whoever may publish it does: a lead of your area, or for all of England a reviewer.",
    ("chart_decision", "proposed"): "The chart shows a concern, so somebody else approves this: another lead of the "
    "area, or a reviewer from elsewhere.",
    ("chart_decision", "published"): "It is drawn on the chart. It can be withdrawn, with a reason.",
    ("suggestion", "received"): "A reviewer from another area decides whether it is put on show.",
    ("suggestion", "accepted"): "A lead of its area answers it in public.",
}
STOP = "The solution has been withdrawn: a lead of your area decides whether to stop, and changes the stage here."
"""What comes next for an adoption that goes on although its solution has been withdrawn."""
NEEDED_WORDS: Mapping[str, str] = {
    "outcome": "Outcome: what came of it",
    "reason": "Reason",
    "answer": "What you did, or why not",
}
LONGEST_TITLE = 90
"""Most characters of what the public said, where it stands for a title."""


def describe_action(action: str) -> str:
    """Return what an action of the audit is called."""
    return _NOT_ASKED_FOR.get(action) or ACTIONS[action][0]


def title_of(record: Record) -> str:
    """Return what a record is called in a list."""
    content = record.content
    if record.kind == "adoption":
        solution = store.register().solutions_by_id.get(record.links["solution_id"])
        return solution.title if solution else "A solution that is not shared any more"
    if record.kind == "suggestion":
        return shortened(content["what"], LONGEST_TITLE)
    if record.kind == "chart_decision":
        return decision_title(content)
    return str(content.get("title") or content.get("skill") or content.get("what") or "Untitled")


def decision_title(content: Mapping[str, Any]) -> str:
    """Return what a decision about a chart is called, as far as it is written: what, from when, about which measure."""
    decision = CHART_DECISIONS.get(content.get("decision", ""), ("A decision", ""))[0]
    since = f" from {describe_date(content['date'])}" if content.get("date") else ""
    known = store.catalogue().by_id.get(content.get("metric", ""))
    return f"{decision}{since}{f': {known.title}' if known else ''}"


def withdrawn_solution(record: Record) -> Solution | None:
    """Return the solution that an adoption takes up, where it has been withdrawn."""
    solution = store.register().solutions_by_id.get(record.links.get("solution_id", ""))
    return solution if solution and solution.status == "withdrawn" else None


def goes_on_though_withdrawn(record: Record) -> bool:
    """Whether a record is an adoption that is not stopped although its solution has been withdrawn."""
    solution = withdrawn_solution(record)
    if solution is None or record.state == "discarded":
        return False
    if said := record.content.get("stage"):
        return bool(said != "stopped")
    # What was compiled has no words of its own: its stage stands with the solution.
    return not any(adoption.area in record.areas and adoption.stage == "stopped" for adoption in solution.adopted_by)


def describe_state(record: Record) -> str:
    """Return a record's state, with what it waits for."""
    words = STATES.get(record.state, record.state)
    if withdrawn_solution(record):
        words = f"{words}; the solution has been withdrawn"
    if record.state == "withdrawn":
        # A proposal or a change that was still to be agreed to is over with it.
        return f"{words}; compiled from public sources" if record.compiled else words
    if record.links.get("proposed"):
        return f"{words}; waits for a reviewer from another area"
    if record.kind == "solution" and record.links.get("revision"):
        return f"{words}; changed since, and not proposed yet"
    to_agree = record.links.get("revision") or (record.state == "in_consultation" and record.links.get("agreed"))
    if record.kind == "priority" and to_agree:
        names = store.area_names()
        waiting = [names[area] for area in record.areas if area not in record.links["agreed"]]
        changed = "changed since, and " if record.links.get("revision") else ""
        return f"{words}; {changed}waits for {describe_list(waiting)} to agree"
    return f"{words}; compiled from public sources" if record.compiled else words


def describe_next(record: Record) -> str:
    """Return what comes next for a record, as a sentence for the people of its area; nothing where nothing does."""
    if record.state == "withdrawn":
        return ""
    if withdrawn_solution(record):
        return STOP if goes_on_though_withdrawn(record) else ""
    if record.links.get("proposed"):
        return "A reviewer from another area shares it, or sends it back with a reason."
    if record.links.get("revision"):
        if record.kind == "priority":
            return "What was changed is not public yet: a lead of each of its areas must agree to it."
        return "What was changed is not public yet: a lead of your area proposes it, and a reviewer reads it."
    if record.kind == "test" and record.state == "published":
        if record.content.get("end"):
            return "If it worked, write a solution from it, or begin another test from its priority."
        return (
            "When it has ended, a lead of your area writes here what happened, what was learned and what was decided."
        )
    if record.kind == "priority" and record.links.get("agreed") and record.state == "in_consultation":
        return "It is published when a lead of each of its areas has agreed."
    return NEXT.get((record.kind, record.state), "")
