"""A quick look at a text for what may be personal data, before the patterns that decide it are loaded.

It finds a text that has a number long enough to be one person's, a postcode, an email address, a person with a title or
called a patient, or a full date that may be in somebody's life. It passes over a person who is named without any of
these: to find one takes all the patterns, and to load them takes longer than a quarter of the check of all the data.
"""

import re
import unicodedata

from psc.register.privacy.name_shapes import ORGANISED

_MONTH = r"(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]{0,8}"
_NTH = r"(?:st|nd|rd|th)?"
_DATE = (
    rf"(?:\d\d?{_NTH}[\s./-]{{0,2}}(?:of )?{_MONTH}[\s.,/-]{{0,2}}'?(?:19|20)?\d\d(?!\d)"
    rf"|{_MONTH}\.? \d\d?{_NTH}(?:,\s?| )\d{{4}}"
    r"|\d\d? ?[ ./-] ?\d\d? ?[ ./-] ?(?:19|20)?\d\d(?!\d)|\d{4}[./-]\d\d?[./-]\d\d?(?!\d))"
)
_DOT = r"(?:\.| dot | ?[\[({<](?:dot|\.)[\])}>] ?)"
_NUMBERS = (
    r"\d{9}|(?<!\d)(?<!\d,)(?:\d[^\w,]{0,3}){8}\d|\d{3}\W{0,3}\d{3}\W{0,3}\d{4}|(?:\d[., ]{1,2}){9}",
    r"\d,\d{3},\d{3},\d{3}|\b[O0]7[\dO]{3}\W{0,3}[\dO]{3}",
    r"\bn\.?h\.?s\.?[ -]?(?:number|no\b|num\b|id\b)",
    r"\b(?-i:[A-Z]{2})\W{0,2}(?:\d\W{0,2}){6}|\b[a-z]{2} ?(?:\d\d ?){3}[a-d]?\b",
    r"\b(?:hospital|hosp|m\.?r\.?n|crn|unit|pas|patient|pt|chi|case ?note|notes?|record|number|no|id|wrist ?band|emis"
    r"|rio|epr)\b\.?[^\d]{0,25}\d(?:[ -]?\d){4}",
    r"\b(?:[a-z]{1,2}\d[\da-z]?|(?-i:[A-Z]{1,2} ?[\dO]{1,2}[A-Z]?|0[A-Z]\d\d?))[*()]{0,3}\W{0,3}\d ?[a-z] ?[a-z]\b",
)
_NAMED = (
    r"\b(?-i:(?:Mr|Mrs|Ms|Miss|Mx|Master|Mstr)\b\.?\s{0,2}\w|(?:MR|MRS|MS|MISS)\b\.?\s{0,2}[A-Z])",
    rf"\b(?:patient|pt|resident|service user|client|baby)\b[ :=]{{1,3}}(?-i:(?!{ORGANISED})[A-Z](?:[a-z]|\b))",
    r"\b(?:my|his|her|our|their)\b.{0,12} (?:mother|father|mum|dad|wife|husband|son|daughter|brother|sister|n?gran|nan)"
    r",? (?-i:[A-Z][a-z])",
    r"(?<!\w)(?-i:(?:[A-Z]\.\s?){1,3}[A-Z][a-z]{1,30})(?:-\w{1,30})? (?:was|fell|had|has|died|is)\b",
    r"\b(?:my|pt|patient) name\b",
)
_ALWAYS = re.compile(
    "|".join(
        (
            *_NUMBERS,
            *_NAMED,
            r"@[\])}>]?\s{0,2}[\w-]{1,63} ?(?:[.,]|dot\b|[\[({<])[.\])}>]?\s?\w",
            rf"\bat\b[\])}}>-]? ?(?:[\w-]{{1,63}}{_DOT}){{1,8}}(?:uk|com|net|org|eu|info)\b",
            r"&(?:#|nbsp|commat)|%40",
            r"\bd[./ ]?o[./ ]?b\b|dob\d|\b(?:date of |birth ?)(?:birth|death|date)\b.{0,9}\d",
        )
    ),
    re.IGNORECASE,
)
_A_DATE = re.compile(rf"(?<!\d){_DATE}", re.IGNORECASE)
_OLD_DATE = re.compile(rf"(?<!\d)(?!20[1-9]\d){_DATE}(?<!20[1-9]\d)", re.IGNORECASE)
"""A date before the years of this work, or with a year of two digits."""
_OF_A_PERSON = re.compile(
    r"\b(?:born|birth|birthday|aged?|years? old|i|my|our|he|she|his|her|mother|father|mum|dad|nan|gran|wife|husband|son"
    r"|daughter|baby|child|patient|pt|resident|lady|gentleman|man|woman|boy|girl|admi\w+|discharge\w*|die\w*|death|fell"
    r"|edd|lmp|doa|dod|rip|due|delivered|(?-i:[A-Z]{2,} [A-Z][a-z]+|[A-Z][a-z]+,? [A-Z]\b))\b",
    re.IGNORECASE,
)
_IN_ADDRESS = re.compile(r"@|%40|(?<!\d)\d{3}\W?\d{3}\W?\d{4}(?!\d)|(?<![a-z])[a-z]{2}\W?(?:\d\d\W?){3}[a-d](?![a-z])")


def may_be_personal(text: str) -> bool:
    """Whether a text, with whatever addresses stand in it, must be looked at closely."""
    read = text if text.isascii() else _as_seen(text)
    read = read.replace("_", " ")
    if _ALWAYS.search(read) or _OLD_DATE.search(read):
        return True
    return bool(_A_DATE.search(read) and _OF_A_PERSON.search(read))


def may_be_in_address(address: str) -> bool:
    """Whether a web address must be looked at closely: most of its numbers are the publisher's own."""
    return _IN_ADDRESS.search(address.casefold()) is not None


def _as_seen(text: str) -> str:
    plain = unicodedata.normalize("NFKC", text)
    return "".join(each for each in plain if unicodedata.category(each) not in ("Cf", "Cc", "Mn", "Me"))
