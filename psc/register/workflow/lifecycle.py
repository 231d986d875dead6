"""What may happen to each kind of record: its states, and the actions that lead from one to another."""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Literal

Kind = Literal[
    "priority", "test", "solution", "adoption", "suggestion", "event", "capability", "chart_decision", "grant"
]  # fmt: skip

CREATE = "create"
NEW = ""
"""The state of a record that is not there yet."""


PROPOSED = "proposed"
"""The state of a decision about a chart that waits for a second person."""


@dataclass(frozen=True, slots=True)
class Step:
    """One action: the states it starts from, the state it leads to (None: it stays), and the words it needs.

    ``needs`` is the field of the content that must be given with it: an outcome, a reason, an answer.
    """

    of: tuple[str, ...]
    to: str | None = None
    needs: str | None = None


def _drafted(publish_from: str = "draft") -> dict[str, Step]:
    return {
        CREATE: Step((NEW,), "draft"),
        "edit": Step(("draft", "published")),
        "publish": Step((publish_from,), "published"),
        "discard": Step(("draft",), "discarded"),
    }


LIFECYCLES: Mapping[Kind, Mapping[str, Step]] = MappingProxyType(
    {
        "priority": {
            CREATE: Step((NEW,), "draft"),
            "edit": Step(("draft", "in_consultation", "published")),
            "consult": Step(("draft",), "in_consultation"),
            "redraft": Step(("in_consultation",), "draft"),
            "publish": Step(("in_consultation", "published"), "published"),
            "close": Step(("published",), "closed", needs="outcome"),
            "discard": Step(("draft",), "discarded"),
            "claim": Step(("published", "closed")),
        },
        "test": _drafted(),
        "solution": {
            CREATE: Step((NEW,), "developing"),
            "edit": Step(("developing", "tested_locally", "shared_nationally")),
            "mark_tested": Step(("developing",), "tested_locally"),
            "propose": Step(("tested_locally", "shared_nationally")),
            "return": Step(("tested_locally", "shared_nationally"), needs="reason"),
            "share": Step(("tested_locally", "shared_nationally"), "shared_nationally"),
            "review": Step(("shared_nationally",)),
            "withdraw": Step(("developing", "tested_locally", "shared_nationally"), "withdrawn", needs="reason"),
            "claim": Step(("shared_nationally", "withdrawn")),
        },
        "adoption": {**_drafted(), "claim": Step(("published",))},
        "suggestion": {
            CREATE: Step((NEW,), "received"),
            "accept": Step(("received",), "accepted"),
            "reject": Step(("received", "accepted", "answered"), "rejected", needs="reason"),
            "answer": Step(("accepted", "answered"), "answered", needs="answer"),
            "redact": Step(("received", "accepted", "answered", "rejected"), needs="reason"),
        },
        "event": {**_drafted(), "cancel": Step(("published",), "cancelled", needs="reason")},
        "capability": _drafted(),
        "chart_decision": {
            CREATE: Step((NEW,), "draft"),
            "edit": Step(("draft",)),
            "publish": Step(("draft",), "published"),
            "approve": Step((PROPOSED,), "published"),
            "return": Step((PROPOSED,), "draft", needs="reason"),
            "withdraw": Step(("published",), "withdrawn", needs="reason"),
            "discard": Step(("draft",), "discarded"),
        },
        "grant": {
            CREATE: Step((NEW,), "active"),
            "restore": Step(("revoked",), "active"),
            "revoke": Step(("active",), "revoked"),
        },
    }
)
"""Each kind's actions. To publish a priority that is published is to agree to its revision. A decision about a chart
that needs a second person is proposed by publishing it: see :mod:`psc.register.records.chart_decision`. Once published
it is never edited, only withdrawn, so that nobody turns a note into new limits past that person.

A solution's proposal is kept beside its state: see :class:`psc.register.database.register_tables.SolutionRow`.
"""

PUBLIC_STATES: Mapping[Kind, frozenset[str]] = MappingProxyType(
    {
        "priority": frozenset({"published", "closed"}),
        "test": frozenset({"published"}),
        "solution": frozenset({"shared_nationally", "withdrawn"}),
        "adoption": frozenset({"published"}),
        "suggestion": frozenset({"accepted", "answered"}),
        "event": frozenset({"published", "cancelled"}),
        "capability": frozenset({"published"}),
        "chart_decision": frozenset({"published"}),
        "grant": frozenset(),
    }
)
"""What the public reads. A solution withdrawn before it was ever shared stays out of sight: see ``times``."""


def states(kind: Kind) -> tuple[str, ...]:
    """Return every state of a kind, the one before it is made (``""``) first."""
    steps = LIFECYCLES[kind].values()
    return tuple(dict.fromkeys(state for step in steps for state in (*step.of, step.to) if state is not None))
