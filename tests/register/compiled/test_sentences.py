"""Titles and sentences of compiled records can be read."""

from pathlib import Path

import pytest

from tests.register.compiled.few_records import IMPERIAL, PINCER, Edit, Refusal, assert_refused, faults

REFUSED_SENTENCES: list[Refusal] = [
    (IMPERIAL, "title: Network of quality", "title: network of quality", "0.title", "a capital letter"),
    (
        IMPERIAL,
        "title: System safety observatory",
        "title: System safety observatory.",
        "2.title",
        "without a full stop",
    ),
    (IMPERIAL, "for quality and safety.", "for quality and safety", "0.summary", "a full stop at the end"),
    (IMPERIAL, "for quality and safety.", "for quality and in care homes.", "0.summary", "look at 'and in '"),
    (IMPERIAL, "for quality and safety.", "for quality and or safety.", "0.summary", "look at 'and or'"),
    (IMPERIAL, "for quality and safety.", "for quality and.", "0.summary", "look at 'and.'"),
    (IMPERIAL, "for quality and safety.", "for the the quality.", "0.summary", "look at 'the the'"),
    (
        IMPERIAL,
        "Build a network of champions",
        "26% of patients die in hospital. Champions",
        "0.summary",
        "which people these are",
    ),
    (
        IMPERIAL,
        "Build a network of champions",
        "19.71 patients per 1,000 had them. Champions",
        "0.summary",
        "a round number",
    ),
    (
        PINCER,
        "problem: One in 20",
        "problem: Of all, 14.9% of patients who are old have one, and one in 20",
        "0.problem",
        "a round number",
    ),
]


@pytest.mark.parametrize("refusal", REFUSED_SENTENCES)
def test_title_or_sentence_that_cannot_be_read_is_refused(edit: Edit, tmp_path: Path, refusal: Refusal) -> None:
    assert_refused(edit, tmp_path, refusal)


ALLOWED_SENTENCES = [
    (IMPERIAL, "title: Network of quality and safety champions", "title: Teamwork, culture and openness"),
    (IMPERIAL, "for quality and safety.", "for safety in hospitals and in care homes."),
    (IMPERIAL, "Build a network of champions", "About 20 in every 1,000 people had them. Champions"),
    (IMPERIAL, "Build a network of champions", "Of patients given oxygen, 26% of those who died were old. Champions"),
    (PINCER, "problem: One in 20", "problem: 15% of patients who are old have one, and one in 20"),
]


@pytest.mark.parametrize(("file", "old", "new"), ALLOWED_SENTENCES)
def test_sentence_that_can_be_read_is_let_through(edit: Edit, tmp_path: Path, file: str, old: str, new: str) -> None:
    edit(file, old, new)
    assert [str(fault) for fault in faults(tmp_path)] == []
