"""Places in a text, and which of its characters some of them cover."""

from collections.abc import Iterable

Span = tuple[int, int]
"""Where something begins, and where the next character after it stands."""


class Marks:
    """Which characters of a text are covered by some spans."""

    def __init__(self, text: str, spans: Iterable[Span] = ()) -> None:
        """Cover the spans of a text."""
        self._covered = bytearray(len(text))
        for span in spans:
            self.add(span)

    def add(self, span: Span) -> None:
        """Cover one more span."""
        start, end = span
        self._covered[start:end] = b"\1" * (end - start)

    def overlap(self, span: Span) -> bool:
        """Say whether any character of the span is covered."""
        return any(self._covered[slice(*span)])

    def cover(self, span: Span) -> bool:
        """Say whether every character of the span is covered."""
        return all(self._covered[slice(*span)])


def longest_first(span: Span) -> Span:
    """Sort key: by position, and of those that begin at the same place the longest first."""
    start, end = span
    return start, -end


def digits_of(text: str) -> str:
    """Return the decimal digits of a text, in order."""
    return "".join(character for character in text if character.isdecimal())
