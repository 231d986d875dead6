"""The style sheet is whole, its colours have names, and a browser's copy is not sent again."""

import re

from psc.web.routes.style_sheet import FOLDER, ORDER, style_sheet
from tests.web.routes.test_application import client  # noqa: F401

SOURCES = {path.stem: path.read_text("utf-8") for path in FOLDER.glob("*.css")}


def test_every_file_of_the_folder_is_in_the_style_sheet_once():
    assert sorted(ORDER) == sorted(SOURCES)


def test_colours_are_written_once_by_name():
    assert {name for name, source in SOURCES.items() if re.search(r"#[0-9a-f]{3,8}\b(?=[;,) ])", source)} == {"tokens"}
    colours = re.findall(r"(--psc-[\w-]+):", SOURCES["tokens"])
    assert len(colours) == len(set(colours))
    assert set(colours) == set(re.findall(r"var\((--psc-[\w-]+)\)", style_sheet().decode()))


def test_only_rules_against_streamlits_own_and_for_focus_are_marked_important():
    marked = {name for name, source in SOURCES.items() if "!important" in source}
    assert marked == {"streamlit", "page", "details"}


def test_unchanged_style_sheet_is_not_sent_again(client):  # noqa: F811
    first = client.get("/assets/site.css")
    assert first.status_code == 200 and first.headers["content-type"].startswith("text/css")
    again = client.get("/assets/site.css", headers={"If-None-Match": first.headers["etag"]})
    assert again.status_code == 304 and again.content == b""
