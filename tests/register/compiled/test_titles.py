"""No two compiled records have one title, except where an area sets a priority again."""

from pathlib import Path

import pytest

from tests.register.compiled.few_records import IMPERIAL, PINCER, PROGRAMMES, SOUTH, TIMELINE, WITHDRAWN, Edit, faults

DESIGNATED = "NHS England designates 15 Academic Health Science Networks (AHSNs) that cover all of England."


@pytest.mark.parametrize(
    ("file", "old", "new", "key"),
    [
        (PROGRAMMES, "title: Martha's Rule", "title: Sign Up to  SAFETY!", "9.title"),
        (PROGRAMMES, "short_title: MatNeoSIP", "short_title: MEDSIP", "4.short_title"),
        (WITHDRAWN, "title: Serenity Integrated Mentoring", "title: Martha\u2019s rule", "0.title"),
        (IMPERIAL, "title: System safety observatory", "title: Junior doctor  prescribing errors", "2.title"),
        (
            TIMELINE,
            "event: The Berwick report on patient safety is published.",
            f"event: {DESIGNATED}",
            "1.event",
        ),
    ],
)
def test_a_title_that_another_record_has_is_refused(
    edit: Edit, tmp_path: Path, file: str, old: str, new: str, key: str
) -> None:
    edit(file, old, new)
    (fault,) = faults(tmp_path)
    assert fault.column == key and "again" in fault.found and "no other has: see register/" in fault.expected


def test_a_copy_of_a_case_under_another_id_is_refused(edit: Edit, tmp_path: Path) -> None:
    text = (tmp_path / "register" / PINCER).read_text(encoding="utf-8")
    copy = tmp_path / "register" / "solutions" / "pincer-two.yaml"
    copy.write_text(text.replace("- id: pincer", "- id: pincer-two"), encoding="utf-8")
    (fault,) = faults(tmp_path)
    assert fault.column == "0.title"
    assert {fault.file, fault.expected.split(": see ")[1]} == {
        f"register/{PINCER}",
        "register/solutions/pincer-two.yaml, line 2",
    }


def test_an_area_may_set_a_priority_again_for_the_years_that_follow(edit: Edit, tmp_path: Path) -> None:
    path = tmp_path / "register" / SOUTH
    text = path.read_text(encoding="utf-8")
    later = text.replace("id: south-mental-health", "id: south-mental-health-2").replace(
        "year_to: 2019", "year_to: 2022"
    )
    path.write_text(text + later.replace("year_from: 2014", "year_from: 2019"), encoding="utf-8")
    assert faults(tmp_path) == []
    path.write_text(text + later, encoding="utf-8")
    assert [fault.column for fault in faults(tmp_path)] == ["1.title"]
