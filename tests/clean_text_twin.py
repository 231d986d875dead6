"""The slow, obvious twin of `psc.clean_text.clean`: letter by letter, by Unicode category."""

import unicodedata

LINE_ENDS = "\r\n\x0b\x0c\x1c\x1d\x1e\x85\u2028\u2029"
DROPPED = {*map(chr, range(0x202A, 0x202F)), *map(chr, range(0x2066, 0x2070)), *"\ufeff\ufff9\ufffa\ufffb"}


def cleaned_letter_by_letter(text: str) -> str:
    return "".join(_cleaned(letter) for letter in text.replace("\r\n", "\n"))


def _cleaned(letter: str) -> str:
    if letter in LINE_ENDS:
        return "\n"
    if letter in "\t\x1f":
        return " "
    noncharacter = ord(letter) & 0xFFFE == 0xFFFE or 0xFDD0 <= ord(letter) <= 0xFDEF
    dropped = unicodedata.category(letter) in ("Cc", "Cs") or letter in DROPPED or noncharacter
    return "" if dropped else letter
