"""What the workspace calls things: kinds of record, states, actions."""

from collections.abc import Mapping

from psc.register.lifecycle import Kind
from psc.register.stored import Stored
from psc.web import data

KINDS: Mapping[Kind, tuple[str, str, str]] = {
    "priority": ("Priority", "Priorities", "What your area will work on."),
    "test": ("Test of change", "Tests of change", "Small tests (plan, do, study, act) of a priority."),
    "solution": ("Solution", "Solutions", "What worked here, to be shared with the other areas."),
    "adoption": ("Adoption", "Adoptions", "What your area takes up from others."),
    "event": ("Learning event", "Learning events", "Events that people can come to."),
    "capability": ("People trained or coaches", "People trained and coaches", "How your area builds skills."),
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
    "share": ("Share nationally", "The public sees it at once, in the gallery."),
    "review": ("Confirm it is still right", "The next review is in two years."),
    "withdraw": ("Withdraw", "It stays on show, marked “do not use”, with the reason."),
    "accept": ("Put it on show", "The public sees it, and its area can answer."),
    "reject": ("Do not publish", "It stays out of sight, with your reason."),
    "answer": ("Answer in public", "You said, we did."),
}
NEEDED_WORDS: Mapping[str, str] = {
    "outcome": "Outcome: what came of it",
    "reason": "Reason",
    "answer": "What you did, or why not",
}


def title_of(record: Stored) -> str:
    """Return what a record is called in a list."""
    content = record.content
    if record.kind == "adoption":
        solution = data.register().solutions_by_id.get(record.links["solution_id"])
        return solution.title if solution else "A solution that is not shared any more"
    return str(content.get("title") or content.get("skill") or content.get("what") or "Untitled")


def state_words(record: Stored) -> str:
    """Return a record's state, with what it waits for."""
    words = STATES.get(record.state, record.state)
    if record.links.get("proposed"):
        return f"{words}; waits for a reviewer from another area"
    if record.links.get("revision"):
        return f"{words}; changed since, and not proposed yet"
    if record.kind == "priority" and record.state == "in_consultation" and record.links.get("agreed"):
        names = data.area_names()
        waiting = [names[area] for area in record.areas if area not in record.links["agreed"]]
        return f"{words}; waits for {', '.join(waiting)} to agree"
    return f"{words}; compiled from public sources" if record.compiled else words
