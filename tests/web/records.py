"""A register in which the demo's people have written about learning, and the public has sent suggestions."""

from dataclasses import dataclass
from typing import Any

from psc.register.service import Service
from psc.register.workflow.lifecycle import Kind
from psc.register.workflow.permissions import PUBLIC, Actor
from psc.register.workflow.record import Record

LEADS = {area: Actor(f"lead@{area}.example", f"Lead of {area}") for area in ("wessex", "eastern")}
REVIEWER = Actor("reviewer@eastern.example", "Rowan Reviewer")
EVENT = {"title": "Teamwork day", "audience": "Everyone", "date": "2027-03-12"}
TRAINED = {
    "what": "people_trained",
    "skill": "Teamwork",
    "start": "2025-04-01",
    "end": "2026-03-31",
    "people": 120,
    "how_counted": "Names on lists of attendance.",
}


@dataclass
class Records:
    """Writes into a register in which `psc.demo.grant_roles` has given the demo's people their roles."""

    service: Service

    def published(self, kind: Kind, content: dict[str, Any], area: str = "wessex") -> Record:
        """A record that a lead has written and published."""
        lead = LEADS[area]
        made = self.service.create(lead, kind, content, areas=[area])
        return self.service.act(lead, kind, made.id, "publish", version=made.version)

    def event(self, area: str = "wessex", **words: Any) -> Record:
        """A published event."""
        return self.published("event", {**EVENT, **words}, area)

    def cancelled(self, reason: str, **words: Any) -> Record:
        """An event that was published and then cancelled."""
        made = self.event(**words)
        return self.service.act(LEADS["wessex"], "event", made.id, "cancel", version=made.version, words=reason)

    def trained(self, area: str = "wessex", **words: Any) -> Record:
        """A published count of people trained, or of coaches."""
        return self.published("capability", {**TRAINED, **words}, area)

    def suggestion(self, what: str, area: str = "wessex", *, accepted: bool = True, **words: Any) -> Record:
        """A suggestion of the public, accepted by a reviewer."""
        sent = self.service.create(PUBLIC, "suggestion", {"what": what, "area": area, **words}, areas=[area])
        if not accepted:
            return sent
        return self.service.act(REVIEWER, "suggestion", sent.id, "accept", version=sent.version)

    def answered(self, sent: Record, answer: str, priority: str | None = None) -> Record:
        """A suggestion with the answer of its area's lead."""
        lead, links = LEADS[sent.areas[0]], {"priority_id": priority}
        return self.service.act(lead, "suggestion", sent.id, "answer", version=sent.version, words=answer, links=links)
