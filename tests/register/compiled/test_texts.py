"""Texts, lists and sources of a compiled record are no longer than a form takes them, and each thing stands once."""

from pathlib import Path

import pytest

from psc.register.records.text_lengths import ADDRESS, LONG, SHORT
from tests.register.compiled.few_records import ADDRESSES, IMPERIAL, PINCER, Edit, Refusal, assert_refused, faults

REFUSED_TEXTS: list[Refusal] = [
    (IMPERIAL, "areas: [imperial]", "areas: [imperial, imperial]", "0.areas.1", "each item once"),
    (IMPERIAL, "harm_areas: [capability]", "harm_areas: [niv, niv]", "0.harm_areas.1", "each item once"),
    (IMPERIAL, "care_settings: [all]", "care_settings: [all, all]", "0.care_settings.1", "each item once"),
    (IMPERIAL, "[year_from, year_to]", "[year_to, year_to]", "0.unverified_fields.1", "each item once"),
    (IMPERIAL, "metrics: [mrsa]", "metrics: [mrsa, mrsa]", "3.metrics.1", "each item once"),
    (PINCER, "[trial, regional_collaborative", "[trial, trial", "0.method_tags.1", "each item once"),
    (PINCER, "[east-midlands]", "[east-midlands, east-midlands]", "0.areas_of_origin.1", "each item once"),
    (PINCER, "- title: Training", "- title: PRIMIS tool", "0.resources.1", "each item once"),
    (IMPERIAL, "title: Network of quality and safety champions", 'title: "\u200b"', "0.title", "letters or digits"),
    (IMPERIAL, "title: Network of quality", f"title: {'very ' * 40}", "0.title", f"at most {SHORT}"),
    (IMPERIAL, "summary: Build a network of", f"summary: {'very ' * 900}", "0.summary", f"at most {LONG:,}"),
    (PINCER, "title: PRIMIS tool", 'title: "..."', "0.resources.0.title", "letters or digits"),
    (PINCER, "title: PRIMIS tool", "title: Tool\n      url: javascript:alert(1)", "0.resources.0.url", "a web address"),
]


@pytest.mark.parametrize("refusal", REFUSED_TEXTS)
def test_text_or_list_that_no_form_would_take_is_refused(edit: Edit, tmp_path: Path, refusal: Refusal) -> None:
    assert_refused(edit, tmp_path, refusal)


@pytest.mark.parametrize(
    ("source", "is_one"),
    [
        ("asked a colleague", False),
        ("javascript:alert(1)", False),
        ("file:///etc/passwd", False),
        ("file:///tmp/annual report 2016", False),
        ("www.example.org/report", False),
        ("https://localhost/report", False),
        (f"https://example.org/{'a' * ADDRESS}", False),
        ("West of England AHSN, annual report 2016/17", True),
        ("https://example.org:8443/report?year=2016#aims", True),
        ("https://doi.org/10.1136/bmjqs-2016-005000", True),
        ("doi:10.1136/bmjqs-2016-005000", True),
    ],
)
def test_a_source_is_an_address_or_a_document_that_can_be_found(
    edit: Edit, tmp_path: Path, source: str, is_one: bool
) -> None:
    line = edit(IMPERIAL, f"- {ADDRESSES}", f'- "{source}"')
    found = faults(tmp_path)
    assert [(fault.row, fault.column) for fault in found] == ([] if is_one else [(line, "0.sources.0")])
