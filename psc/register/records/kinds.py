"""Every kind of record, and the two questions asked of what one says: is it right, and may the public read it."""

import datetime
from collections.abc import Mapping
from typing import Any

from pydantic import ValidationError

from psc import clock
from psc.register.errors import Incomplete
from psc.register.records.adoption import AdoptionContent
from psc.register.records.chart_decision import ChartDecisionContent
from psc.register.records.event import EventContent
from psc.register.records.fields import KnownIds
from psc.register.records.pdsa_cycle import PdsaCycleContent
from psc.register.records.priority import PriorityContent
from psc.register.records.record_content import Content
from psc.register.records.role_grant import RoleGrantContent
from psc.register.records.solution import SolutionContent
from psc.register.records.suggestion import SuggestionContent
from psc.register.records.training import TrainingContent
from psc.register.workflow.lifecycle import Kind

CONTENTS: Mapping[Kind, type[Content]] = {
    "priority": PriorityContent,
    "test": PdsaCycleContent,
    "solution": SolutionContent,
    "adoption": AdoptionContent,
    "suggestion": SuggestionContent,
    "event": EventContent,
    "capability": TrainingContent,
    "chart_decision": ChartDecisionContent,
    "grant": RoleGrantContent,
}
"""The class of each kind's content, with everything special to it. The keys are stored, so they are never renamed."""


def checked(
    kind: Kind, content: Mapping[str, Any], known: KnownIds, today: datetime.date | None = None
) -> dict[str, Any]:
    """Return the content as it will be stored: plain JSON, nothing left out that was given.

    Raises :class:`psc.register.errors.Incomplete` with what to do about each field that is not as it must be.
    """
    try:
        document = CONTENTS[kind].model_validate(content, context=known)
    except ValidationError as error:
        problems = {_place(item["loc"]): _in_words(item) for item in error.errors(include_url=False) if item["loc"]}
        raise Incomplete(problems) from None
    problems = document.out_of_order() | document.too_early(today or clock.today())
    if problems:
        raise Incomplete(problems)
    return document.model_dump(mode="json", exclude_defaults=True)


def missing(kind: Kind, content: Mapping[str, Any]) -> dict[str, str]:
    """Return what must still be written before the record can be public: field to what to do."""
    document = CONTENTS[kind]
    required = document.required(content)
    empty = {field: words for field, words in required.items() if content.get(field) in (None, "", [], ())}
    return empty | document.unsupported(content)


def _place(location: tuple[int | str, ...]) -> str:
    """Return the field that a fault is in; in a list of records, with the place, from 0 on, and the part of it."""
    in_a_record = len(location) > 2 and isinstance(location[1], int) and isinstance(location[2], str)
    return ".".join(str(part) for part in location[: 3 if in_a_record else 1])


def _in_words(item: Any) -> str:
    kind, context = item["type"], item.get("ctx", {})
    if kind == "string_too_long":
        return f"This is too long: at most {context['max_length']:,} characters."
    if kind == "string_too_short":
        return f"This is too short: at least {context['min_length']} characters."
    if kind == "too_long":
        return f"These are too many: at most {context['max_length']}."
    if kind == "missing":
        return "This is needed."
    if kind == "expected":
        return f"Expected {item['msg']}."
    if kind.startswith(("date_", "int_", "float_", "finite_", "greater_than", "less_than")):
        return f"This is no {'date' if kind.startswith('date_') else 'number'} that can be used."
    return f"This cannot be used: {item['msg'].lower()}."
