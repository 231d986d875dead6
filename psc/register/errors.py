"""What can go wrong when someone changes the register, each said so that a person knows what to do."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from psc.register.privacy.personal_data import Finding


class RegisterError(Exception):
    """Something was not saved. The message is for the person who tried; nothing was changed."""


class NotAllowed(RegisterError):
    """The person's role does not allow it."""


class NoSuchRecord(RegisterError):
    """There is no such record, or it is not for this person to see."""


class Incomplete(RegisterError):
    """Fields are missing or not as they must be. ``problems`` maps a field to what to do about it.

    A part of a record in a list is named by the list, its place from 0 on and the part: "results.1.source".
    """

    def __init__(self, problems: Mapping[str, str]) -> None:
        self.problems = dict(problems)
        super().__init__(" ".join(dict.fromkeys(problems.values())))


class PersonalDataFound(RegisterError):
    """Texts hold what looks like a person's data. ``findings`` maps a field to what was found in it."""

    def __init__(self, findings: Mapping[str, Sequence[Finding]]) -> None:
        self.findings = {field: list(found) for field, found in findings.items()}
        super().__init__("This looks like personal data, so it was not saved.")


class StaleEdit(RegisterError):
    """Someone else changed the record meanwhile. ``theirs`` is what it says now, ``mine`` what was to be saved."""

    def __init__(self, theirs: Mapping[str, Any], mine: Mapping[str, Any], version: int, who: str) -> None:
        self.theirs, self.mine, self.version, self.who = dict(theirs), dict(mine), version, who
        super().__init__(
            f"{who} changed this while you were writing. Nothing of yours is lost: compare the two versions below, "
            "then save again to put yours in place of theirs."
        )


class TooMany(RegisterError):
    """The same sender has sent too many."""


class Unavailable(RegisterError):
    """The database cannot be read or written at the moment.

    The first sentence of the message says what is wrong, in words for anyone; what follows may name places on the
    server, and what becomes of what somebody wrote.
    """

    @property
    def reason(self) -> str:
        """The first sentence alone, which may be shown to the public."""
        return f"{str(self).partition('. ')[0].rstrip('.')}."
