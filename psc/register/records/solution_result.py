"""One published figure of a solution: as compiled from public sources, and as an area writes it."""

from collections.abc import Mapping
from typing import Any

from pydantic import ValidationInfo, field_validator

from psc.articles import with_article
from psc.register.records.fields import Flag, RegisterDocument, Sources, Text, expected
from psc.register.records.record_content import Content, Line, OptionalLine, Source
from psc.register.records.register_vocabulary import OUTCOME_KINDS, FigureKind

_COMPILED_ONLY = frozenset({"headline", "peer_reviewed", "unverified", "sources"})
"""What a compiled result says of itself that has no field in a form."""


class Result(RegisterDocument):
    """One published figure. What a source does not give is None: show "not recorded".

    ``headline`` marks the figure that speaks for the solution; only an observed or adjusted one may. ``peer_reviewed``:
    it stands in the journal's article that the solution's evidence grade rests on. ``unverified`` says what about the
    figure was not confirmed in its source.
    """

    measure: Text
    population: Text | None = None
    baseline: Text | None = None
    result: Text | None = None
    change: Text | None = None
    figure_kind: FigureKind
    headline: Flag = False
    peer_reviewed: Flag = False
    when: Text | None = None
    unverified: Text | None = None
    sources: Sources

    @field_validator("headline")
    @classmethod
    def _headline_is_an_outcome(cls, headline: bool, info: ValidationInfo) -> bool:
        kind = info.data.get("figure_kind")
        if headline and kind is not None and kind not in OUTCOME_KINDS:
            raise expected("an observed or adjusted figure as headline, never {kind} one", kind=with_article(kind))
        return headline

    @property
    def in_words(self) -> str:
        """The figure in one line: measure, in whom, before, after, change, as far as each is known."""
        parts = [self.baseline, self.result, self.change]
        if self.baseline and self.result and self.figure_kind != "target":
            parts = [f"from {self.baseline} to {self.result}", self.change]
        subject = f"{self.measure} ({self.population})" if self.population else self.measure
        return f"{subject}: {'; '.join(part for part in parts if part)}"


class ResultContent(Content):
    """One figure of a solution, with its kind, in whom, when, and where it stands."""

    measure: Line
    population: OptionalLine = None
    baseline: OptionalLine = None
    result: OptionalLine = None
    change: OptionalLine = None
    figure_kind: FigureKind
    when: OptionalLine = None
    source: Source

    @classmethod
    def from_compiled(cls, facts: Mapping[str, Any]) -> dict[str, Any]:
        """Return a compiled result as the words of a form, with what was not confirmed of it beside its source."""
        kept = {name: facts[name] for name in facts if name not in _COMPILED_ONLY}
        source = (facts.get("sources") or ["not recorded"])[0]
        doubt = f" (not verified when it was compiled: {facts['unverified']})" if facts.get("unverified") else ""
        return {**kept, "source": f"{source}{doubt}"}
