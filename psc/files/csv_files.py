"""Writes every CSV file: cells that no reader splits, and text that no spreadsheet runs.

``csv.writer`` and pandas quote a cell only for a comma, a quotation mark and the line end they write themselves. A
reader may also end a line at a carriage return, or a cell at a tab or a semicolon; a spreadsheet runs a cell that
begins like a formula, also after white space (CWE-1236). Quotation marks do not prevent that; an apostrophe does.
"""

import datetime
import re
import unicodedata
from pathlib import Path
from typing import Any

import pandas as pd

from psc.articles import with_article

BYTE_ORDER_MARK = "\ufeff"
"""Without it, Excel takes a CSV file for one in the computer's old code page and not for UTF-8."""

_NUMBER = re.compile(r"[-+]?(?:[0-9]+(?:,[0-9]{3})*(?:\.[0-9]*)?|\.[0-9]+)(?:[eE][-+]?[0-9]+)?%?")
_FORMULA = frozenset("=+-@")
_SEPARATORS = frozenset(",\"';|#")
_BLANK_LETTERS = frozenset("\u115f\u1160\u2800\u3164\uffa0")
"""Characters that Unicode counts as letters or symbols and that are drawn as nothing."""
_NOT_TEXT = dict.fromkeys([0, *range(0xD800, 0xE000)])
"""The character zero, at which readers stop, and halves of characters, which UTF-8 cannot write."""


def csv_text(frame: pd.DataFrame) -> str:
    """Return a table as CSV with a header, lines ending in ``\\n``; a missing value is an empty cell.

    Numbers are written as they are, dates as ``2024-03-31``. A text is written as it is too, but for an apostrophe
    before one that a spreadsheet would run (see :func:`defused`).
    """
    columns = [_column(frame.iloc[:, place]) for place in range(frame.shape[1])]
    header = [_text(str(name)) for name in frame.columns]
    lines = [",".join(cells) for cells in (header, *zip(*columns, strict=True))]
    # A line of one empty cell would be read as no line at all.
    return "".join(f"{line}\n" if line else '""\n' for line in lines)


def write_csv(frame: pd.DataFrame, path: Path) -> None:
    """Write a table to a file as :func:`csv_text` gives it, in UTF-8 without a byte order mark."""
    path.write_text(csv_text(frame), encoding="utf-8", newline="")


def defused(text: str) -> str:
    """Return a text with an apostrophe before it where a spreadsheet would run it as a formula.

    That is where ``=``, ``+``, ``-`` or ``@``, of any width, is the first character that can be seen, unless the whole
    text is a number.
    """
    seen = next((letter for letter in text if not _is_unseen(letter)), "")
    if unicodedata.normalize("NFKC", seen)[:1] in _FORMULA and not _NUMBER.fullmatch(text):
        return f"'{text}"
    return text


def _is_unseen(letter: str) -> bool:
    category = unicodedata.category(letter)
    return category[0] in "CZ" or category in ("Mn", "Me") or letter in _BLANK_LETTERS


def _column(values: pd.Series) -> list[str]:
    texts: dict[str, str] = {}
    return [texts.get(value) or texts.setdefault(value, _text(value)) if isinstance(value, str) else _cell(value)
            for value in values.tolist()]  # fmt: skip


def _cell(value: Any) -> str:
    if pd.isna(value):
        return ""
    if isinstance(value, datetime.datetime):
        is_day = value.time() == datetime.time() and value.tzinfo is None
        return value.date().isoformat() if is_day else value.isoformat()
    if isinstance(value, bool | int | float | datetime.date):
        return str(value)
    raise TypeError(f"a CSV cell holds text, a number or a date, not {with_article(type(value).__name__)}")


def _text(text: str) -> str:
    text = defused(text.translate(_NOT_TEXT))
    if text.isprintable() and text.strip() == text and _SEPARATORS.isdisjoint(text):
        return text
    doubled = text.replace('"', '""')
    return f'"{doubled}"'
