"""HTML is written in templates: only modules still to be converted hold markup in strings, or escape."""

import ast
import re
from pathlib import Path

import pytest

from psc.settings import ROOT

TAGS = """a article b body br code dd details div dl dt em footer h1 h2 h3 h4 head header html i img input li link main
mark meta nav ol p path script section small span strong style sub summary sup svg table tbody td th thead title tr
ul"""
MARKUP = re.compile(rf"</?(?:{'|'.join(TAGS.split())})(?=[\s/>]|$)|&(?:[a-z]+|#\d+);")
KEPT = {"psc/web/components/render.py"}
"""Escapes cells of tables, which are too many for a template to escape one by one."""
TO_CONVERT = {
    "pages/area.py",
    "pages/chart.py",
    "pages/compare.py",
    "pages/methods.py",
    "pages/map.py",
    "pages/priorities.py",
    "pages/workspace.py",
    "psc/web/area/area_cells.py",
    "psc/web/area/change_here.py",
    "psc/web/area/levels_here.py",
    "psc/web/area/sections.py",
    "psc/web/chart/sections.py",
    "psc/web/chart/steps_section.py",
    "psc/web/compare/change_section.py",
    "psc/web/compare/latest_table.py",
    "psc/web/learning/learning_events.py",
    "psc/web/learning/skills.py",
    "psc/web/map/attention_list.py",
    "psc/web/map/attention_table.py",
    "psc/web/map/sections.py",
    "psc/web/methods/methods_text.py",
    "psc/web/methods/sections.py",
    "psc/web/priorities/one_priority.py",
    "psc/web/priorities/priority_list.py",
    "psc/web/routes/index_page.py",
    "psc/web/routes/plain_pages.py",
    "psc/web/search/results.py",
    "psc/web/signals/matrix.py",
    "psc/web/solutions/gallery.py",
    "psc/web/solutions/one_solution.py",
    "psc/web/solutions/spread_section.py",
    "psc/web/suggest/suggestion_form.py",
    "psc/web/workspace/change_log.py",
    "psc/web/workspace/form/answers.py",
    "psc/web/workspace/form/findings.py",
    "psc/web/workspace/form/form.py",
    "psc/web/workspace/form/read_only_form.py",
    "psc/web/workspace/form/unsaved_words.py",
    "psc/web/workspace/form/versions.py",
    "psc/web/workspace/home.py",
    "psc/web/workspace/new_record.py",
    "psc/web/workspace/next_steps.py",
    "psc/web/workspace/previews.py",
    "psc/web/workspace/record_page.py",
    "psc/web/workspace/record_steps.py",
    "psc/web/workspace/role_holders.py",
    "psc/web/workspace/suggested_limits.py",
}
"""Take a module off this list when it is converted; add none."""


def html_in(source: str) -> list[str]:
    """Return the markup in a source's strings, its calls of ``escape`` and its cells that are HTML as ``str``."""
    tree = ast.parse(source)
    docstrings = {
        id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)
    }
    found = []
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in docstrings:
            found += MARKUP.findall(node.value)
        elif isinstance(node, ast.Call):
            name = getattr(node.func, "id", getattr(node.func, "attr", ""))
            found += [name] if name == "escape" else []
            found += [word.arg for word in node.keywords if word.arg in ("cells_are_html", "values_are_html")]
    return found


def sources() -> dict[str, str]:
    files = [*(ROOT / "psc" / "web").rglob("*.py"), *(ROOT / "pages").glob("*.py")]
    return {path.relative_to(ROOT).as_posix(): Path(path).read_text("utf-8") for path in files}


def test_only_modules_still_to_be_converted_hold_html():
    found = {name for name, source in sources().items() if html_in(source)} - KEPT
    assert found - TO_CONVERT == set(), "write this HTML in psc/web/templates"
    assert TO_CONVERT - found == set(), "converted or gone: take it off the list"


@pytest.mark.parametrize(
    "source",
    [
        "'<p>'",
        "f'<a href=\"{x}\">'",
        "'</div>'",
        "'a<br>b'",
        "escape(x)",
        "html.escape(x)",
        "'&nbsp;'",
        "html_table(a, b, cells_are_html=True)",
    ],
)
def test_html_in_python_is_found(source):
    assert html_in(f"x = {source}")


@pytest.mark.parametrize(
    "source",
    ["'''<p> in a docstring'''", "x = '/chart/<measure>'", "x = 'a < b > c'", "x = 'R&D; more'", "x = 'words'"],
)
def test_what_is_no_html_is_left_alone(source):
    assert not html_in(source)
