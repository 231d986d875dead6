"""The pages about the code say what is there: every folder is named, and what they name exists."""

import re
from pathlib import Path

import pytest

from psc.settings import ROOT

PAGES = [
    "data/register/README.md",
    "README.md",
    "CONTRIBUTING.md",
    "docs/architecture.md",
    "docs/decisions.md",
    "docs/operations.md",
    "docs/methods.md",
]
NAMED = re.compile(r"`((?:psc|pages|tests|data|docs|bench)/[\w./-]*)`")
LINKED = re.compile(r"\]\(((?!https?:|#)[^)#]+)[^)]*\)")


def test_architecture_names_every_folder_of_the_code():
    words = (ROOT / "docs" / "architecture.md").read_text("utf-8")
    folders = {path.parent.relative_to(ROOT).as_posix() for path in (ROOT / "psc").rglob("*.py")}
    folders |= {path.parent.relative_to(ROOT).as_posix() for path in (ROOT / "psc").rglob("*.sql")}
    assert {folder for folder in folders - {"psc"} if f"`{folder}/`" not in words} == set()


@pytest.mark.parametrize("page", PAGES)
def test_what_a_page_about_the_code_names_exists(page):
    words = (ROOT / page).read_text("utf-8")
    missing = {name for name in NAMED.findall(words) if not (ROOT / name).exists()}
    missing |= {link for link in LINKED.findall(words) if not (Path(ROOT, page).parent / link).exists()}
    assert missing == set()
