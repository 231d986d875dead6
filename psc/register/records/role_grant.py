"""A role that somebody holds."""

from collections.abc import Mapping, Sequence
from typing import Any

from psc.register.records.record_content import Content, OptionalLine


class RoleGrantContent(Content):
    """A role: the words are in the row's own columns."""

    name: OptionalLine = None

    @classmethod
    def may_belong_to(cls, areas: Sequence[str], content: Mapping[str, Any]) -> bool:
        """Say whether it is for one area, or for none, as an administrator's is."""
        return len(areas) <= 1
