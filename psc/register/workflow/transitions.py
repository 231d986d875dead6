"""What an action does to a record beyond its change of state: agreement, sharing, review dates, claims."""

import datetime
from typing import Any

from psc.register.database.register_tables import ChartDecisionRow, PriorityRow, Row, SolutionRow
from psc.register.errors import Incomplete, NotAllowed
from psc.register.records.kinds import CONTENTS, missing
from psc.register.records.priority_aims import require_day_to_come
from psc.register.records.solution_review import with_next_review
from psc.register.workflow.permissions import Actor


def edit(row: Row, content: dict[str, Any]) -> None:
    """Put new words into a record.

    Those of a shared solution wait as a revision for a reviewer; those of a published priority that several areas own
    wait for each of them to agree.
    """
    if isinstance(row, SolutionRow):
        row.proposed = False
        if row.state == "shared_nationally":
            _revise(row, content)
            return
    if isinstance(row, PriorityRow):
        row.agreed = []
        if row.state == "published" and len(row.areas) > 1:
            _revise(row, content)
            return
    row.content = content
    if row.state == "published":
        complete(row)


def _revise(row: SolutionRow | PriorityRow, content: dict[str, Any]) -> None:
    """Let new words wait beside those on show; whoever changed them back has changed nothing."""
    row.revision = content if content != row.content else None
    if isinstance(row, SolutionRow) and row.revision is None:
        row.returned = None


def say(row: Row, action: str, needed: str, words: str) -> None:
    """Put the words of a step into a record: an outcome, a reason, an answer."""
    if isinstance(row, SolutionRow) and action == "return":
        row.returned = words
    elif isinstance(row, PriorityRow) and len(row.areas) > 1:
        row.revision = {**words_of(row), needed: words}
    else:
        row.content = {**row.content, needed: words}


def complete(row: Row) -> None:
    """Raise Incomplete unless the record says all that it must before the public reads it."""
    if problems := missing(kind_of(row), words_of(row)):
        raise Incomplete(problems)


def words_of(row: Row) -> dict[str, Any]:
    """Return the newest words of a record, shown or not."""
    return (row.revision or row.content) if isinstance(row, SolutionRow | PriorityRow) else row.content


def kind_of(row: Row) -> Any:
    """Return the kind of a row."""
    return {"test_of_change": "test", "role_grant": "grant"}.get(row.__tablename__, row.__tablename__)


def act(row: Row, action: str, to: str | None, actor: Actor, today: datetime.date) -> str:
    """Do what the action does beyond its words; return the state the record is in afterwards.

    Raises Incomplete when something must be written first, NotAllowed when another step must come first.
    """
    if action == "publish":
        complete(row)
        if isinstance(row, PriorityRow):
            if row.state != "published":
                require_day_to_come(words_of(row), today)
            return _agree(row, actor)
        if isinstance(row, ChartDecisionRow):
            # Why an earlier version was sent back.
            row.content = {name: value for name, value in row.content.items() if name != "reason"}
    elif action == "close" and isinstance(row, PriorityRow) and len(row.areas) > 1:
        row.agreed = []
        return _agree(row, actor)
    elif isinstance(row, SolutionRow):
        _solution(row, action, today)
    if action == "claim":
        row.claimed_by = row.areas[0]
        row.content = as_written(row)
    return to or row.state


def _agree(row: PriorityRow, actor: Actor) -> str:
    """A priority of several areas is published, changed or closed when a lead of each has agreed."""
    if row.state == "published" and row.revision is None:
        raise NotAllowed("It is published as it is: there is nothing new to agree to.")
    row.agreed = sorted({*row.agreed, *(actor.areas("lead") & set(row.areas))})
    if not set(row.agreed) >= set(row.areas):
        return row.state
    if row.revision is not None:
        row.content, row.revision = row.revision, None
    return "closed" if row.content.get("outcome") else "published"


def _solution(row: SolutionRow, action: str, today: datetime.date) -> None:
    if action == "propose":
        complete(row)
        row.proposed, row.returned = True, None
    elif action in ("share", "return") and not row.proposed:
        raise NotAllowed("Its lead has not asked for it to be shared, or has changed it since. Nothing was done.")
    elif action == "share":
        row.content = with_next_review(row.revision or row.content, today)
        row.revision, row.proposed = None, False
    elif action == "return":
        row.proposed = False
    elif action == "review":
        row.content = with_next_review({**row.content, "next_review": None}, today)


def as_written(row: Row) -> dict[str, Any]:
    """Return a compiled record's facts as the words of a form, for the lead who claims it to go on from."""
    return CONTENTS[kind_of(row)].from_compiled(row.compiled or {})
