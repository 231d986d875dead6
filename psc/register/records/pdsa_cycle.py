"""A test of change (Plan, Do, Study, Act): one cycle under a priority."""

from collections.abc import Mapping
from typing import Any, ClassVar

from psc.register.records.record_content import Content, OptionalDay, OptionalLine, OptionalProse, Title
from psc.register.records.register_vocabulary import Decision


class PdsaCycleContent(Content):
    """A test of change: what was asked and expected, what was done, what happened and what was learned."""

    REQUIRED: ClassVar[Mapping[str, str]] = {
        "question": "Say what the test was to find out.",
        "prediction": "Say what was expected before it began.",
        "plan": "Say what was done, by whom and where.",
        "sites": "Say where it was tested.",
        "start": "Say when it began.",
    }
    PAST_DAYS: ClassVar[tuple[str, ...]] = ("end",)

    title: Title
    question: OptionalProse = None
    prediction: OptionalProse = None
    plan: OptionalProse = None
    sites: OptionalLine = None
    start: OptionalDay = None
    end: OptionalDay = None
    what_happened: OptionalProse = None
    learned: OptionalProse = None
    decision: Decision | None = None

    @classmethod
    def required(cls, content: Mapping[str, Any]) -> dict[str, str]:
        """Return what is always required, and once the test has ended, what came of it."""
        if not content.get("end"):
            return dict(cls.REQUIRED)
        return {
            **cls.REQUIRED,
            "what_happened": "It has ended: say what happened.",
            "learned": "Say what was learned.",
            "decision": "Say what was decided: adopt, adapt or abandon.",
        }
