"""Ways to spoil a file of data: what people, programs and disks do to files. Seeded, so that each can be repeated."""

import csv
import io
import os
import random
import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from tests.edits import again, edited, gone, nasty_value, wrapped

Spoil = Callable[[random.Random, Path], None]


@dataclass(frozen=True, slots=True)
class Mutation:
    """A way to spoil a file. ``certain``: whatever the file, what is left can never pass a check."""

    name: str
    spoil: Spoil
    suffixes: tuple[str, ...] = (".csv", ".yaml", ".json", ".geojson", ".md")
    certain: bool = False


def apply(mutation: Mutation, chance: random.Random, path: Path) -> None:
    """Spoil a file in place."""
    mutation.spoil(chance, path)


def restore(path: Path, content: bytes) -> None:
    """Put a regular file with this content in the place of whatever is there."""
    if path.is_dir() and not path.is_symlink():
        path.rmdir()
    elif os.path.lexists(path):
        path.unlink()
    path.write_bytes(content)


def _replaced(make: Callable[[Path], None]) -> Spoil:
    def spoil(_: random.Random, path: Path) -> None:
        path.unlink()
        make(path)

    return spoil


def _bytes(change: Callable[[random.Random, bytes], bytes]) -> Spoil:
    return lambda chance, path: path.write_bytes(change(chance, path.read_bytes())) and None


def _text(content: str) -> Spoil:
    return lambda _, path: path.write_text(content, encoding="utf-8") and None


def _overwrite_some(chance: random.Random, content: bytes) -> bytes:
    place = chance.randrange(max(1, len(content)))
    return content[:place] + chance.randbytes(chance.randint(1, 40)) + content[place + 20 :]


def _cut(chance: random.Random, content: bytes) -> bytes:
    return content[: chance.randrange(max(1, len(content)))]


def _without_lines(chance: random.Random, content: bytes) -> bytes:
    lines = content.splitlines(keepends=True)
    return b"".join(line for line in lines if chance.random() > 0.3)


def _lines_in_another_order(chance: random.Random, content: bytes) -> bytes:
    lines = content.splitlines(keepends=True)
    chance.shuffle(lines)
    return b"".join(lines)


def _numbers_become(*texts: str) -> Callable[[random.Random, bytes], bytes]:
    """Replace one of the numbers in a file."""

    def change(chance: random.Random, content: bytes) -> bytes:
        found = list(re.finditer(rb"(?<![\w.-])\d+(?:\.\d+)?(?![\w.-])", content))
        if not found:
            return content
        match = chance.choice(found)
        return content[: match.start()] + chance.choice(texts).encode() + content[match.end() :]

    return change


def _rows(change: Callable[[random.Random, list[list[str]]], list[list[str]]]) -> Spoil:
    def spoil(chance: random.Random, path: Path) -> None:
        rows = list(csv.reader(io.StringIO(path.read_text(encoding="utf-8"), newline="")))
        out = io.StringIO(newline="")
        csv.writer(out, lineterminator="\n").writerows(change(chance, rows))
        path.write_text(out.getvalue(), encoding="utf-8", newline="")

    return spoil


def _dates_become(form: Callable[[str], str]) -> Callable[[random.Random, list[list[str]]], list[list[str]]]:
    def change(_: random.Random, rows: list[list[str]]) -> list[list[str]]:
        return [[form(cell) if len(cell) == 10 and cell[4:5] == "-" else cell for cell in row] for row in rows]

    return change


def _blank_values(_: random.Random, rows: list[list[str]]) -> list[list[str]]:
    return [rows[0], *([row[0], *("" for _ in row[1:])] for row in rows[1:])]


def _inserted(*texts: bytes) -> Spoil:
    """Put a text between two characters: within one it would be another mutation."""

    def change(chance: random.Random, content: bytes) -> bytes:
        places = [place for place in range(len(content)) if content[place] < 0x80] or [0]
        place = chance.choice(places)
        return content[:place] + chance.choice(texts) + content[place:]

    return _bytes(change)


def _appended(*texts: bytes) -> Spoil:
    return _bytes(lambda chance, content: content + b"\n" + chance.choice(texts))


def _in_the_object(*texts: bytes) -> Spoil:
    """Add a member to the outermost object of a JSON file."""
    return _bytes(lambda chance, content: content.rstrip()[:-1] + b", " + chance.choice(texts) + b"}")


def _first_key_again(_: random.Random, content: bytes) -> bytes:
    key = re.search(rb"(?m)^([ -]*)([a-z_]+):", content)
    assert key, "a document with a key"
    return content[: key.start(2)] + key[2] + b": again\n" + b" " * len(key[1]) + content[key.start(2) :]


def _enormous(path: Path) -> None:
    path.touch()
    os.truncate(path, 300_000_000)  # a hole in a file: it takes no space


def _with_a_ragged_row(chance: random.Random, rows: list[list[str]]) -> list[list[str]]:
    chance.choice(rows[1:]).append("x")
    return rows


def _column_twice(chance: random.Random, rows: list[list[str]]) -> list[list[str]]:
    place = chance.randrange(len(rows[0]))
    return [[*row, row[place]] for row in rows]


def _column_renamed(chance: random.Random, rows: list[list[str]]) -> list[list[str]]:
    rows[0][chance.randrange(len(rows[0]))] = "renamed"
    return rows


def _columns_swapped(chance: random.Random, rows: list[list[str]]) -> list[list[str]]:
    one, other = chance.sample(range(len(rows[0])), 2)
    for row in rows[1:]:
        row[one], row[other] = row[other], row[one]
    return rows


def _half_the_rows(chance: random.Random, rows: list[list[str]]) -> list[list[str]]:
    return [rows[0], *(row for row in rows[1:] if chance.random() < 0.5)]


def _key_renamed(chance: random.Random, content: bytes) -> bytes:
    found = list(re.finditer(rb'(?m)^\s*"?([a-z_]{3,})"?:', content)) or list(re.finditer(rb'"([a-z_]{3,})":', content))
    if not found:
        return content
    match = chance.choice(found)
    return content[: match.start(1)] + b"renamed_key" + content[match.end(1) :]


def _year_to_come(chance: random.Random, content: bytes) -> bytes:
    found = list(re.finditer(rb"(?<![\w.-])20\d\d(?!\d)", content))
    if not found:
        return content
    match = chance.choice(found)
    return content[: match.start()] + chance.choice((b"2099", b"9999", b"0001")) + content[match.end() :]


def _with_a_patient(chance: random.Random, content: bytes) -> bytes:
    found = list(re.finditer(rb"(?<=\w)\.$", content, re.MULTILINE)) or list(re.finditer(rb"\Z", content))
    place = chance.choice(found).start()
    return content[:place] + b", NHS number 943 476 5919, Mrs Jane Smith" + content[place:]


def _excel_serial(day: str) -> str:
    return str((date.fromisoformat(day) - date(1899, 12, 30)).days)


def _alias_bomb() -> str:
    lines = ['a0: &a0 ["x","x","x","x","x","x","x","x","x"]']
    lines += [f"a{n}: &a{n} [{','.join([f'*a{n - 1}'] * 9)}]" for n in range(1, 12)]
    return "\n".join(lines) + "\n"


TABLES, YAMLS, JSONS = (".csv",), (".yaml",), (".json", ".geojson")
MUTATIONS = (
    Mutation("gone", lambda _, path: path.unlink(), certain=True),
    Mutation("a folder", _replaced(lambda path: path.mkdir()), certain=True),
    Mutation("a link to itself", _replaced(lambda path: path.symlink_to(path)), certain=True),
    Mutation("a dangling link", _replaced(lambda path: path.symlink_to("nowhere")), certain=True),
    Mutation("an endless device", _replaced(lambda path: path.symlink_to("/dev/zero")), certain=True),
    Mutation("a named pipe", _replaced(os.mkfifo), certain=True),
    Mutation("empty", _bytes(lambda _, content: b""), certain=True),
    Mutation("UTF-16", _bytes(lambda _, content: content.decode().encode("utf-16")), certain=True),
    Mutation("Latin-1", _bytes(lambda _, content: b"\xe9" + content), certain=True),
    Mutation("zeros", _bytes(lambda _, content: content + bytes(50)), certain=True),
    Mutation("carriage returns", _bytes(lambda _, content: content.replace(b"\n", b"\r")), certain=True),
    Mutation("UTF-16 without a mark", _bytes(lambda _, content: content.decode().encode("utf-16-le")), certain=True),
    Mutation("a control character", _inserted(b"\0", b"\x1b", b"\xc2\x85"), certain=True),
    Mutation("no character", _inserted(b"\xed\xa0\x80", b"\xc0\xaf", b"\xff"), certain=True),
    Mutation("an enormous file", _replaced(_enormous), certain=True),
    Mutation("a link to another file", _replaced(lambda path: path.symlink_to("/etc/hostname")), certain=True),
    Mutation("two byte order marks", _bytes(lambda _, content: b"\xef\xbb\xbf" * 2 + content)),
    Mutation("lines of Windows", _bytes(lambda _, content: content.replace(b"\n", b"\r\n"))),
    Mutation("a byte order mark", _bytes(lambda _, content: b"\xef\xbb\xbf" + content)),
    Mutation("cut off", _bytes(_cut)),
    Mutation("overwritten in one place", _bytes(_overwrite_some)),
    Mutation("lines missing", _bytes(_without_lines)),
    Mutation("lines in another order", _bytes(_lines_in_another_order)),
    Mutation("twice the content", _bytes(lambda _, content: content + content)),
    Mutation("a hundred thousand brackets", _text("[" * 100_000), (*YAMLS, *JSONS), certain=True),
    Mutation("a hundred thousand braces", _text("{" * 100_000), (*YAMLS, *JSONS), certain=True),
    Mutation("a number beyond reason", _bytes(_numbers_become("1e308", "-1e308", "9" * 400, "1e-320"))),
    Mutation("no number", _bytes(_numbers_become("inf", "nan", "-0", "", "1,5", "٣", "0x10", "1_000", "-7"))),
    Mutation("header only", _rows(lambda _, rows: rows[:1]), TABLES, certain=True),
    Mutation("all values blank", _rows(_blank_values), TABLES),
    Mutation("days as dd/mm/yyyy", _rows(_dates_become(lambda day: f"{day[8:]}/{day[5:7]}/{day[:4]}")), TABLES),
    Mutation("days with times", _rows(_dates_become(lambda day: f"{day} 00:00:00")), TABLES),
    Mutation("days as Excel's numbers", _rows(_dates_become(_excel_serial)), TABLES),
    Mutation("days to come", _rows(_dates_become(lambda day: f"{int(day[:4]) + 40}{day[4:]}")), TABLES),
    Mutation("a column twice", _rows(_column_twice), TABLES, certain=True),
    Mutation("a column renamed", _rows(_column_renamed), TABLES, certain=True),
    Mutation("a column without a name", _rows(lambda _, rows: [[*row, ""] for row in rows]), TABLES, certain=True),
    Mutation("columns without names", _rows(lambda _, rows: [[*row, "", ""] for row in rows]), TABLES, certain=True),
    Mutation("two columns swapped", _rows(_columns_swapped), TABLES),
    Mutation("half the rows", _rows(_half_the_rows), TABLES),
    Mutation(
        "a cell of a million letters", _bytes(lambda _, content: content + b"x" * 1_000_000), TABLES, certain=True
    ),
    Mutation("a row too long", _rows(_with_a_ragged_row), TABLES, certain=True),
    Mutation("an open quote", _appended(b'"x'), TABLES, certain=True),
    Mutation("very many rows", _appended(b"\n" * 310_000), TABLES, certain=True),
    Mutation(
        "very many columns", _rows(lambda _, rows: [row + ["x"] * 5_000 for row in rows[:9]]), TABLES, certain=True
    ),
    Mutation("deep blocks", _text("".join(f"{' ' * n}a:\n" for n in range(900))), YAMLS, certain=True),
    Mutation("very many items", _appended(b"more: [" + b"a," * 40_000 + b"]"), YAMLS, certain=True),
    Mutation("a key twice", _bytes(_first_key_again), YAMLS, certain=True),
    Mutation("two documents", _appended(b"---\na: b\n"), YAMLS, certain=True),
    Mutation(
        "a number without end", _appended(b"more: 1" + b"0" * 6_000, b"more: .inf", b"m: .nan"), YAMLS, certain=True
    ),
    Mutation(
        "a number in another notation",
        _appended(*(b"more: " + form for form in (b"045", b"1:10", b"0x1F", b"0b11", b"1_000", b"1.5e+3", b"+.inf"))),
        YAMLS,
        certain=True,
    ),
    Mutation(
        "yes for true", _appended(*(b"more: " + word for word in (b"yes", b"No", b"on", b"OFF"))), YAMLS, certain=True
    ),
    Mutation("half a character", _appended(b'more: "\\ud800"', b'more: "\\0"'), YAMLS, certain=True),
    Mutation("a member twice", _in_the_object(b'"a": 1, "a": 2'), JSONS, certain=True),
    Mutation("no finite number", _in_the_object(b'"a": NaN', b'"a": -Infinity', b'"a": 1e999'), JSONS, certain=True),
    Mutation(
        "a very long number", _in_the_object(b'"a": ' + b"9" * 5_000, b'"a": 1' + b"0" * 400), JSONS, certain=True
    ),
    Mutation("an escape of half a character", _in_the_object(b'"a": "\\ud800"'), JSONS, certain=True),
    Mutation("a nasty value", _bytes(edited(nasty_value)), (*YAMLS, *JSONS)),
    Mutation("a value gone", _bytes(edited(gone)), (*YAMLS, *JSONS)),
    Mutation("a value in a list", _bytes(edited(wrapped)), (*YAMLS, *JSONS)),
    Mutation("a value again", _bytes(edited(again)), (*YAMLS, *JSONS)),
    Mutation("a year to come", _bytes(_year_to_come), YAMLS),
    Mutation("a patient in a text", _bytes(_with_a_patient), YAMLS),
    Mutation("aliases that multiply", _text(_alias_bomb()), YAMLS, certain=True),
    Mutation("a list within itself", _text("a: &a [*a]\n"), YAMLS, certain=True),
    Mutation("a mapping within itself", _text("&a\nb: *a\n"), YAMLS, certain=True),
    Mutation("an object of Python", _text("!!python/object/apply:os.getcwd []\n"), YAMLS, certain=True),
    Mutation("a key renamed", _bytes(_key_renamed), (*YAMLS, *JSONS)),
    Mutation("no document", _text("- just\n- a list\n"), (*YAMLS, *JSONS), certain=True),
    Mutation("nothing", _text("null\n"), (*YAMLS, *JSONS), certain=True),
    Mutation("an area nobody knows", _bytes(lambda _, content: content.replace(b"kss", b"atlantis"))),
    Mutation("NaN", _text('{"features": NaN}'), JSONS, certain=True),
)


def mutations_for(path: Path) -> list[Mutation]:
    """The ways that make sense for a file of its kind."""
    return [mutation for mutation in MUTATIONS if path.suffix in mutation.suffixes]
