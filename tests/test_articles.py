"""No sentence says "a administrator" or "an lead": neither as it is written nor with the words put into it."""

import ast
import re
from collections.abc import Iterator
from itertools import product

import pytest

from psc.articles import with_article
from psc.catalogue.definition import load_catalogue
from psc.register.database.register_tables import TABLES
from psc.register.records.register_vocabulary import FIGURE_KINDS
from psc.register.workflow.lifecycle import LIFECYCLES
from psc.register.workflow.permissions import ROLES, Actor, Grant, RecordStatus, refusal
from psc.settings import ROOT

SOURCES = [*(ROOT / "psc").rglob("*.py"), *(ROOT / "pages").glob("*.py"), ROOT / "app.py"]
ARTICLE = r"(?<![\w&.’'-])([Aa]n?) "
BEFORE_PLACEHOLDER = re.compile(rf"{ARTICLE}[“‘\"'*_]*(?:\{{\w|%s)")
WITH_ARTICLE = re.compile(rf"{ARTICLE}([“‘\"']?[A-Za-z0-9][\w-]*)")


def texts(tree: ast.AST) -> Iterator[tuple[int, str]]:
    """The texts of a module with their lines, docstrings too; what an f-string puts in is {x}."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str):
            yield node.lineno, node.value
        if isinstance(node, ast.JoinedStr):
            parts = [part.value if isinstance(part, ast.Constant) else "{x}" for part in node.values]
            yield node.lineno, "".join(parts)


@pytest.mark.parametrize(
    ("words", "said"),
    [
        *((noun, "an") for noun in ("administrator", "adoption", "event", "area", "entry", "observed figure", "int")),
        *((noun, "a") for noun in ("lead", "reviewer", "priority", "test", "solution", "year", "harm")),
        *((noun, "an") for noun in ("hour", "honest mistake", "unidentified person", "uninjured person", "umbrella")),
        *((noun, "a") for noun in ("unit", "user", "useful figure", "European rule", "one-off", "once-only", "UTI")),
        *((noun, "an") for noun in ("NHS trust", "MRSA case", "SPC chart", "XmR chart", "A&E visit", "E. coli case")),
        *((noun, "a") for noun in ("PDSA cycle", "GP practice", "C. difficile case", "CQC report", "Wessex trust")),
        *((number, "an") for number in ("8", "8%", "80", "800", "8,000", "11", "18", "11,000", "18 000", "18th")),
        *((number, "a") for number in ("1", "7", "10", "100", "110", "1,100", "180", "1,800", "28", "1st")),
        *((quoted, "an") for quoted in ("“adoption”", "'event'")),
    ],
)  # fmt: skip
def test_the_article_follows_the_sound(words: str, said: str) -> None:
    assert with_article(words) == f"{said} {words}"


def test_nothing_has_no_article() -> None:
    assert with_article("") == ""


def test_every_article_that_is_written_is_right_and_none_stands_before_words_put_in() -> None:
    put_in, wrong = [], []
    for source in SOURCES:
        for line, text in texts(ast.parse(source.read_text(encoding="utf-8"))):
            where = f"{source.relative_to(ROOT)}:{line}"
            put_in += [(where, found.group()) for found in BEFORE_PLACEHOLDER.finditer(text)]
            wrong += [(where, found.group()) for found in WITH_ARTICLE.finditer(text) if not right(found)]
    assert put_in == [], "use with_article"
    assert wrong == []


def right(found: re.Match) -> bool:
    article, word = found.groups()
    # The letter A itself, at the head of a list or in a name, is no article.
    return word in {"and", "or", "is", "are", "in", "at", "of"} or with_article(word) == f"{article.lower()} {word}"


def sentences() -> Iterator[str]:
    """Every refusal, and the words that other sentences put behind an article."""
    for kind, steps in LIFECYCLES.items():
        for action, step in steps.items():
            for role, state in product(ROLES, step.of):
                actor = Actor("someone@example.org", "Someone", (Grant(role, "wessex"),))
                if why_not := refusal(actor, action, RecordStatus(kind, state, ("eastern",))):
                    yield why_not
    for words in (*TABLES, *FIGURE_KINDS, *ROLES):
        yield f"There is {with_article(words)}."
    for metric in load_catalogue().metrics:
        yield from (metric.why_it_matters, metric.plain_title, *metric.caveats)


def test_every_sentence_with_a_role_a_kind_or_a_measure_in_it_is_right() -> None:
    said = list(sentences())
    assert any("an administrator" in sentence for sentence in said) and any("an adoption" in one for one in said)
    wrong = [found.group() for text in said for found in WITH_ARTICLE.finditer(text) if not right(found)]
    assert wrong == []
