"""Small charts of counts: what the picture shows and what its text alternative says."""

import re
from base64 import b64decode
from datetime import date
from xml.etree import ElementTree

import pytest

from psc.charts.spc.count_panels import Counts, counts_figure, counts_svg

MONTHS = [
    (date(2023, 11, 1), date(2023, 11, 30)),
    (date(2023, 12, 1), date(2023, 12, 31)),
    (date(2024, 1, 1), date(2024, 1, 31)),
    (date(2024, 2, 1), date(2024, 2, 29)),
]
WAITS, ADMISSIONS = Counts("Waits", [20, None, 25, 30]), Counts("Admissions", [4000, 4100, 2000, 1900])
SVG = "{http://www.w3.org/2000/svg}"


def drawn(*panels, marked=()):
    return ElementTree.fromstring(counts_svg(MONTHS, panels, marked))


def lines(svg):
    """The places of each drawn line of counts."""
    found = [path.get("d") for path in svg.iter(f"{SVG}path") if path.get("stroke-width") == "2"]
    return [[(pen, float(x), float(y)) for pen, x, y in re.findall(r"([ML])([\d.]+) ([\d.]+)", path)] for path in found]


def test_both_charts_have_their_names_and_share_the_time_axis():
    svg = drawn(WAITS, ADMISSIONS)
    texts = [text.text for text in svg.iter(f"{SVG}text")]
    assert {"Waits", "Admissions", "5,000", "2,500", "2024"} <= set(texts)
    waits, admissions = lines(svg)
    assert (admissions[0][1], admissions[-1][1]) == (waits[0][1], waits[-1][1])


def test_missing_count_interrupts_the_line():
    (waits,) = lines(drawn(WAITS))
    assert [pen for pen, *_ in waits] == ["M", "M", "L"]


def test_heights_are_in_proportion_to_the_counts_from_zero_up():
    (line,) = lines(drawn(Counts("Half", [1000, 500, 0, 1000])))
    top, half, zero = line[0][2], line[1][2], line[2][2]
    assert zero - half == pytest.approx(half - top)


def test_step_is_marked_at_its_day_between_the_counts_before_and_after_it_in_all_charts():
    svg = drawn(WAITS, ADMISSIONS, marked=[MONTHS[2][0]])
    (mark,) = [path.get("d") for path in svg.iter(f"{SVG}path") if path.get("stroke-dasharray")]
    before, after = lines(svg)[1][1:3]
    assert float(re.match(r"M([\d.]+)", mark).group(1)) == pytest.approx((before[1] + after[1]) / 2, abs=0.1)


def test_text_alternative_has_the_first_last_lowest_and_highest_figure():
    html = counts_figure("A <trust>", MONTHS, [WAITS, ADMISSIONS])
    assert "Admissions: 4,000 in November 2023, 1,900 in February 2024; lowest 1,900, highest 4,100." in html
    assert "A &lt;trust&gt;" in html
    source = re.search(r"base64,([^\"]+)", html).group(1)
    assert ElementTree.fromstring(b64decode(source)).tag == f"{SVG}svg"


def test_chart_of_nothing_but_zeros_can_be_drawn():
    (line,) = lines(drawn(Counts("None", [0, 0, 0, 0])))
    assert len({y for *_, y in line}) == 1


@pytest.mark.parametrize("values", [[None] * 4, [1, 2]])
def test_series_without_figures_or_of_another_length_is_refused(values):
    with pytest.raises(ValueError, match="Waits"):
        counts_figure("Area", MONTHS, [Counts("Waits", values)])
