"""A spoilt vocabulary or definition is named by file, line and key, with what was found and what was expected."""

import pytest


def test_the_small_folder_has_nothing_wrong(harms):
    assert harms.said() == []


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        (
            "direction: lower",
            "direction: down",
            ["line 14, direction", "found 'down'", "'lower', 'higher' or 'neutral'"],
        ),
        ("direction: lower\n", "", ["direction", "found nothing", "required"]),
        ("direction: lower", "direction: lower\ncolour: red", ["line 15, colour", "an unknown key", "direction"]),
        ("direction: lower", "direction: lower\ndirection: higher", ["line 15, direction", "a second time", "once"]),
        ("decimals: 1", "decimals: many", ["line 12, decimals", "'many'", "a whole number"]),
        ("multiplier: 100", "multiplier: 1000", ["line 13, multiplier", "1000 with unit '% of admissions'", "100"]),
        (
            "denominator: Admissions",
            "denominator: null",
            ["denominator", "found nothing", "what the numerator is divided by, as the measure has a %"],
        ),
        (
            "direction: lower",
            "direction: neutral\ncounts_people: true",
            ["line 15, counts_people", "true with", "direction neutral", "or leave it out"],
        ),
        ("chart: xmr", "chart: run", ["line 16, chart", "found run", "xmr, the chart for grain month"]),
        ("'{value}% of", "'{number}% of", ["line 11, unit_sentence", "{number}", "{value} exactly once"]),
        ("next_review: 2027", "next_review: 2025", ["line 25, next_review", "2025-11-22", "after checked_on"]),
        ("checked_on: 2026-11-22", "checked_on: 2026-11-31", ["line 24, checked_on", "2026-11-31", "a day such as"]),
        ("https://www.", "www.", ["line 19, source_url", "www.example.org", "https://"]),
        ("harm_area: infection", "harm_area: germ", ["harm_area", "found germ", "a code of harm_areas.yaml"]),
        ("settings: [acute]", "settings: [acute, moon]", ["care_settings", "found moon", "care_settings.yaml"]),
        ("id: germs", "id: bugs", ["id", "found bugs", "germs, the name of its folder"]),
        (
            "area_values: {how: Summed., approximate: false}\n",
            "",
            ["area_values", "nothing", "how area values were made"],
        ),
        ("numerator: 150, ", "", ["line 27, england_published.0.numerator", "neither", "exactly one of the two"]),
        (
            "tolerance_percent: 0.5",
            "tolerance_percent: 50",
            ["line 27, england_published.0.tolerance_percent", "50", "5"],
        ),
        (
            "series_breaks: []",
            "series_breaks: [{date: 2024-02-01, reason: B}, {date: 2023-02-01, reason: A}]",
            ["line 22, series_breaks", "2024-02-01, 2023-02-01", "oldest first"],
        ),
        (
            "series_breaks: []",
            "targets: [{start: 2024-02-01, value: 500, source: A plan}]",
            ["line 22, targets", "500", "in the measure's own unit, % of admissions: 0 to 100"],
        ),
        (
            "series_breaks: []",
            "targets: [{start: 2024-02-01, value: 0.01, source: A plan}]",
            ["targets", "found 0.01", "own unit, % of admissions: figures lie from"],
        ),
        (
            "series_breaks: []",
            "trajectory: [{date: 2024-02-01, value: 9}, {date: 2024-02-01, value: 8}]",
            ["line 22, trajectory", "2024-02-01, 2024-02-01", "each date once"],
        ),
        (
            "series_breaks: []",
            "trajectory: [{date: 2026-02-01, value: 9}, {date: 2026-02-28, value: 8}]",
            ["trajectory", "2026-02-01, 2026-02-28", "no more than one day in each period"],
        ),
        (
            "series_breaks: []",
            "trajectory: [{date: 1999-02-01, value: 9}]",
            ["trajectory", "1999-02-01", "a day from 20", "when the figures begin"],
        ),
        (
            "series_breaks: []",
            "targets: [{start: 2924-02-01, value: 9, source: A plan}]",
            ["targets", "2924-02-01", "a day no later than"],
        ),
        (
            "series_breaks: []",
            "rebases: [{start: 2024-02-01, reason: A ward moved., area: moon, decided_by: A. Lead, "
            "decided_on: 2024-06-01}]",
            ["rebases", "moon", "one of the 15 areas"],
        ),
        (
            "series_breaks: []",
            "rebases: [{start: 2030-02-01, reason: A ward moved., decided_by: A. Lead, decided_on: 2024-06-01}]",
            ["rebases", "2030-02-01", "no later than 2024-03-01"],
        ),
        (
            "series_breaks: []",
            "rebases: [{start: 2024-02-15, reason: A ward moved., decided_by: A. Lead, decided_on: 2024-06-01}]",
            ["rebases", "2024-02-15", "the first day of a month"],
        ),
        (
            "series_breaks: []",
            "series_breaks: [{date: 2024-03-02, reason: The form changed.}]",
            ["series_breaks", "2024-03-02", "the first day of a month"],
        ),
        (
            "series_breaks: []",
            "targets: [{start: 2026-02-03, value: 9, source: A plan}, {start: 2026-02-28, value: 8, source: A plan}]",
            ["targets", "2026-02-03, 2026-02-28", "no more than one day in each period"],
        ),
        (
            "series_breaks: []",
            "rebases: [{start: 2024-02-01, decided_by: A. Lead, decided_on: 2024-06-01}]",
            ["rebases.0.reason", "nothing", "required"],
        ),
        ("series_breaks: []", "trend_points: 8", ["line 22, trend_points", "8", "6 or 7"]),
        ("series_breaks: []", "baseline_points: 6", ["line 22, baseline_points", "6", "12"]),
        ("caveats: [", "caveats: [[", ["line 22", "well-formed YAML"]),
    ],
)
def test_a_spoilt_definition_is_named(harms, old, new, said):
    harms.replace("germs/definition.yaml", old, new)
    faults = [fault for fault in harms.said() if fault.startswith("harms/germs/definition.yaml")]
    assert len(faults) == 1
    for words in said:
        assert words in faults[0]


def test_a_folder_without_a_definition_is_named(harms):
    (harms.folder / "germs" / "definition.yaml").unlink()
    assert harms.said() == ["harms/germs/definition.yaml: found no such file; expected a YAML document"]


def test_a_file_that_is_not_utf8_is_named(harms):
    (harms.folder / "care_settings.yaml").write_bytes(b"care_settings: [\xff]")
    assert any("care_settings.yaml" in fault and "UTF-8" in fault for fault in harms.said())


def test_no_series_and_observations_contradict_each_other(harms):
    definition = harms.folder / "germs" / "definition.yaml"
    keep = definition.read_text().split("area_values")[0] + "checked_on: 2026-11-22\nnext_review: 2027-11-22\n"
    definition.write_text(keep + "no_series: {reason: None published., how_to_load: Write one.}\n")
    assert any("harms/germs/observations.csv" in fault and "no_series" in fault for fault in harms.said())
    (harms.folder / "germs" / "observations.csv").unlink()
    assert harms.said() == ["harms: found no measure with figures; expected observations.csv of at least one measure"]


def test_a_series_without_observations_is_named(harms):
    (harms.folder / "germs" / "observations.csv").unlink()
    (fault,) = harms.said()
    assert "harms/germs/observations.csv" in fault
    assert "no_series in the definition" in fault


@pytest.mark.parametrize(
    "decided",
    [
        "targets: [{start: 2024-02-01, value: 0, source: Nobody is to be harmed}]",
        "series_breaks: [{date: 2020-02-15, reason: Long before.}, {date: 2030-02-15, reason: Announced.}]",
    ],
)
def test_a_target_of_zero_and_breaks_outside_the_figures_are_accepted(harms, decided):
    harms.replace("germs/definition.yaml", "series_breaks: []", decided)
    assert not [fault for fault in harms.said() if fault.startswith("harms/germs/definition.yaml")]
