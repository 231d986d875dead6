"""What a page prints, read back from the PDF that a real Chromium makes of it: nothing is cut, split or lost."""

import re
from dataclasses import dataclass

import pytest
from playwright.sync_api import expect
from pypdfium2 import PdfDocument, PdfPage

# How many tables, rows and charts each has; printed landscape or not. Signals is landscape by its own style.
PAGES = {
    "/signals": (1, 20 + 6, 0, False),
    "/methods": (5, 28 + 3 + 8 + 8 + 20, 1, False),
    "/compare?metric=emergency-admission-waits": (2, 16 + 15, 18, False),
    "/?metric=emergency-admission-waits&view=table": (1, 15, 0, True),
}
# The signs in the cells have letters written in them.
SIGN = "[A-Z]{0,2}"
# In points; printers leave out what is nearer to the edge.
EDGE = 10
# Letters written as one (ft) and the names of Streamlit's icons have their characters on one spot.
NEIGHBOURS = 25
ROWS = """[...document.querySelectorAll('table.psc-table')].filter(table => table.checkVisibility()).map(table => ({
  caption: table.caption.textContent,
  head: [...table.tHead.rows[0].cells].map(cell => cell.textContent),
  rows: [...table.tBodies].flatMap(body => [...body.rows]).map(row => [...row.cells].map(cell => cell.textContent)),
}))"""
DRAWN = """[...document.querySelectorAll('.js-plotly-plot')].map(plot =>
  [...plot.querySelectorAll('.main-svg text')].filter(text => text.checkVisibility()).map(text => text.textContent))"""


def squeezed(text: str) -> str:
    """The letters and digits of a text: a PDF has spaces, hyphens and line ends where the lines happen to break."""
    return re.sub(r"[\W_]+", "", text)


@dataclass(frozen=True)
class Sheet:
    """A printed sheet: its size, its letters and digits, and the box of each of its characters, all in points."""

    size: tuple[float, float]
    text: str
    boxes: list[tuple[float, float, float, float]]

    def has(self, *texts: str) -> bool:
        """Whether the texts stand here one after the other."""
        return bool(re.search(SIGN.join(squeezed(text) for text in texts), self.text))


def read(sheet: PdfPage) -> Sheet:
    page = sheet.get_textpage()
    text = page.get_text_range()
    boxes = [page.get_charbox(place) for place in range(page.count_chars())]
    return Sheet(sheet.get_size(), squeezed(text), [box for box in boxes if box[2] - box[0] > 1])


def printed(page, *, landscape: bool = False) -> list[Sheet]:
    with PdfDocument(page.pdf(format="A4", landscape=landscape)) as document:
        return [read(sheet) for sheet in document]


def nothing_is_cut_or_covered(sheets: list[Sheet]) -> None:
    """Everything is printed within the margins, and no two pieces of text on the same spot."""
    for number, sheet in enumerate(sheets, 1):
        width, height = sheet.size
        taken: dict[tuple[int, int], int] = {}
        covered = 0
        for place, (left, bottom, right, top) in enumerate(sheet.boxes):
            assert left > EDGE and bottom > EDGE and right < width - EDGE and top < height - EDGE
            spot = round((left + right) / 3), round((bottom + top) / 3)
            covered += place - taken.setdefault(spot, place) > NEIGHBOURS
        assert covered == 0, f"text over text on sheet {number}"


@pytest.mark.parametrize("path", PAGES)
def test_every_row_of_every_table_and_every_chart_is_printed_whole_on_one_sheet(visitor, path):
    tables, rows, charts, landscape = PAGES[path]
    page = visitor.open(path)
    expect(page.locator(".js-plotly-plot:has(.main-svg text)")).to_have_count(charts)
    page.wait_for_load_state("networkidle")
    found, drawn = page.evaluate(ROWS), page.evaluate(DRAWN)
    assert (len(found), sum(len(table["rows"]) for table in found), len(drawn)) == (tables, rows, charts)
    sheets = printed(page, landscape=landscape)
    for table in found:
        lost = [row for row in table["rows"] if not any(sheet.has(*row) for sheet in sheets)]
        assert lost == [], table["caption"]
        with_rows = [sheet for sheet in sheets if any(sheet.has(*row) for row in table["rows"])]
        assert all(sheet.has(*table["head"]) for sheet in with_rows), f"no column heads over: {table['caption']}"
    for texts in drawn:
        assert texts and any(all(sheet.has(text) for text in texts) for sheet in sheets), texts
    nothing_is_cut_or_covered(sheets)
    if path == "/signals":
        assert {len(row) for row in found[0]["rows"]} == {1, 17}
        assert all(width > height for width, height in (sheet.size for sheet in sheets))
    visitor.is_clean()


def test_the_map_is_printed_without_its_buttons_and_with_its_cautions_unfolded(visitor):
    page = visitor.open("/?metric=emergency-admission-waits")
    visitor.map_frame()
    sheets = printed(page)
    assert any(sheet.has("London, enlarged") for sheet in sheets)
    assert not any(sheet.has("Zoom to London") for sheet in sheets)
    assert any(sheet.has("The clock starts at the decision to admit, not on arrival.") for sheet in sheets)
    nothing_is_cut_or_covered(sheets)
    assert page.locator("details[data-print=open]").get_attribute("open") is None, "folded again afterwards"
    visitor.is_clean()
