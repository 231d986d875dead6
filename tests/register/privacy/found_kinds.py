"""What is found in a text, as pairs of kind and words, and the day on which the tests look."""

import datetime
from itertools import pairwise

from hypothesis import strategies as st

from psc.register.privacy.personal_data import find_personal_data

TODAY = datetime.date(2026, 11, 22)

NHS = "943 476 5919"


def found(text: str) -> list[tuple[str, str]]:
    findings = find_personal_data(text, TODAY)
    assert all(text[finding.start : finding.end] == finding.text for finding in findings)
    assert all(first.end <= second.start for first, second in pairwise(findings))
    return [(finding.kind, finding.text) for finding in findings]


WORDS = ("the", "ward", "nurses", "tried", "and", "falls", "fell", "by", "half", "in", "homes,", "(patients)", "asked.")

PROSE = st.lists(st.sampled_from(WORDS) | st.integers(10, 999).map(str), max_size=12).map(" ".join)
