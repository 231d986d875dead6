"""Tells by its name what a program or a person left behind among the data, and says what to do about it.

Spreadsheets and editors mark the files they have open, and a workbook is saved where the CSV file it was made from
lies. Nothing reads any of these; the notes that a system keeps on a folder are passed over without a word.
"""

import re

Words = tuple[str, str]
"""What was found, and what is expected instead."""

_OPEN: Words = (
    "the mark of a program that has a file open",
    "no such file: close that program, and delete the mark if it is still there",
)
_LEFT: Words = ("something that a program left behind", "no such file: nothing reads it, so delete it")
_WORKBOOK: Words = (
    "a workbook",
    "a CSV file: in the spreadsheet program choose “Save as”, “CSV UTF-8”, then move the workbook away",
)
_STRANGER: Words = (
    "a file that datapackage.json does not describe",
    "a resource for it, or no such file: a copy or a draft is best kept elsewhere",
)
_OPEN_NAMES = re.compile(r"~\$.*|\.~lock\..*|\.#.*|\..*\.sw[a-z]")
_LEFT_NAMES = re.compile(r"\..*|__MACOSX|#.*#|(?i:.*(?:~|\.bak|\.orig|\.tmp|\.part|\.crdownload))")
_WORKBOOK_NAMES = re.compile(r"(?i:.*\.(?:xls[xmb]?|ods|numbers))")


FOLDER_NOTES = frozenset({".ds_store", "thumbs.db", "ehthumbs.db", "desktop.ini"})
"""What macOS and Windows keep in a folder that somebody has looked into, in lower case; not worth a word."""


def is_folder_note(name: str) -> bool:
    """Return whether a system keeps its notes on a folder under this name."""
    return name.lower() in FOLDER_NOTES


def left_behind(name: str) -> Words | None:
    """What the name of a file or folder says that some program left, in words; None for any other name."""
    if _OPEN_NAMES.fullmatch(name):
        return _OPEN
    return _LEFT if _LEFT_NAMES.fullmatch(name) else None


def why_strange(path: str) -> Words:
    """What a file that nobody described may be, by its name, in words."""
    name = path.rpartition("/")[2]
    return left_behind(name) or (_WORKBOOK if _WORKBOOK_NAMES.fullmatch(name) else _STRANGER)
