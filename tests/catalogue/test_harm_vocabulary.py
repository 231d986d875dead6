"""A spoilt vocabulary is named by file, line and key."""

import pytest


@pytest.mark.parametrize(
    ("file", "old", "new", "said"),
    [
        (
            "harm_areas.yaml",
            "group: infections",
            "group: bugs",
            ["harm_areas", "group bugs of infection", "listed above"],
        ),
        ("harm_areas.yaml", "title: Infections, ", "", ["line 2, groups.0.title", "nothing", "required"]),
        ("care_settings.yaml", "care_settings:", "settings:", ["line 1, settings", "an unknown key", "care_settings"]),
    ],
)
def test_spoilt_vocabulary_is_named(harms, file, old, new, said):
    harms.replace(file, old, new)
    faults = " | ".join(fault for fault in harms.said() if fault.startswith(f"harms/{file}"))
    for words in said:
        assert words in faults


def test_a_code_used_twice_is_named(harms):
    line = "  - {code: acute, title: Hospital, sentence: Wards.}\n"
    harms.replace("care_settings.yaml", line, line + line)
    assert any("the code acute more than once" in fault for fault in harms.said())
