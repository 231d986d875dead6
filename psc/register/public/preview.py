"""Shows a record as the public would see it, before it is."""

from collections.abc import Mapping
from typing import Any

from psc.register.database.register_tables import TABLES
from psc.register.public.public_register import (
    LearningEvent,
    PdsaCycle,
    PublishedAdoption,
    PublishedPriority,
    PublishedSolution,
)
from psc.register.public.public_view import adoption_of, chart_decision_of, event_of, priority_of, solution_of, test_of
from psc.register.records.chart_decision import ChartDecision
from psc.register.workflow.lifecycle import LIFECYCLES, Kind

Shown = PublishedPriority | PublishedSolution | PublishedAdoption | PdsaCycle | LearningEvent | ChartDecision
_SHOW: Mapping[str, Any] = {
    "priority": priority_of,
    "solution": solution_of,
    "adoption": adoption_of,
    "test": test_of,
    "event": event_of,
    "chart_decision": chart_decision_of,
}


_SHOWN_AS: Mapping[str, str] = {
    "priority": "published",
    "solution": "shared_nationally",
    "adoption": "published",
    "test": "published",
    "event": "published",
    "chart_decision": "published",
}
_UNTIED: Mapping[str, dict[str, Any]] = {
    "test": {"cycle": 1, "priority_id": ""},
    "solution": {"test_ids": []},
    "adoption": {"solution_id": ""},
}


def preview(
    kind: Kind,
    content: Mapping[str, Any],
    areas: tuple[str, ...],
    links: Mapping[str, Any],
    at: str,
    times: Mapping[str, str] | None = None,
) -> Shown | None:
    """Return the record as it would be shown, or None for a kind that is shown as a figure only.

    ``content`` is checked content with a title; ``at`` is the present moment, in place of the day of publication and
    of its end where ``times``, those of the record's states, do not tell.
    """
    if kind not in _SHOW:
        return None
    own = {name: value for name, value in links.items() if name in ("priority_id", "cycle", "solution_id", "test_ids")}
    defaults = _UNTIED.get(kind, {}) | ({"area": areas[0]} if kind == "adoption" else {})
    state = _state(kind, content)
    ended = {state: at} if state != _SHOWN_AS[kind] else {}
    row = TABLES[kind](
        id="preview", version=0, state=state, areas=list(areas), provenance="authored", claimed_by=None,
        compiled=None, content=dict(content), times=ended | dict(times or {}), updated_at=at, **{**defaults, **own},
    )  # fmt: skip
    shown: Shown = _SHOW[kind](row)
    if isinstance(shown, PublishedPriority) and not content.get("origin"):
        return shown.model_copy(update={"origin": None})
    return shown


def _state(kind: Kind, content: Mapping[str, Any]) -> str:
    """Return the state that the words tell of: an outcome or a reason is only written by the step that needs it."""
    taken = (step.to for step in LIFECYCLES[kind].values() if step.to and step.needs and content.get(step.needs))
    return next(taken, _SHOWN_AS[kind])
