"""Dates that are likely to be somebody's date of birth, told from the dates of projects by the words around them.

A date is taken for a date of birth when, in the same sentence,

1. a word of birth stands by it ("born on 12 March 1948", "DOB 12.3.48", "12/03/1948 (date of birth)");
2. an age stands by it that would fit ("aged 78 (12/03/1948)");
3. it is a full date, and an NHS number, "Mr", "Mrs", "Ms" or the like with a name, or one patient is near, or a patient
   who is named;
4. it is a full date sixteen or more years ago and a person is near ("his mother", "she", "a resident"), or nothing says
   what happened on it: it stands bare, as a date of birth does after a name.

None of these holds for a date to come, and 4 not where words of work or of public life stand by. A word that makes
the date the edge of a period ("since", "by", "from") makes it a date of the work, except beside an NHS number: babies
born from 1 April 2023 are many. So "the NHS began on 5 July 1948" passes and "Jane Smith, 5 July 1948" does not. An
admission or a death of one person is refused by rule 3 as well: it can tell who the person was just as surely.
"""

import datetime
import re
from bisect import bisect_left
from collections.abc import Sequence

from psc.register.privacy.clinical_words import CLINICAL, HAPPENED, PUBLIC, WITH_A_PATIENT
from psc.register.privacy.name_shapes import PATIENT_BY_NAME, SURNAME, TITLE, TITLED
from psc.register.privacy.names_in_records import (
    FULL_NAME_LAST,
    SURNAME_COMMA_INITIAL,
    SURNAME_FORENAME,
    SURNAME_INITIAL,
)
from psc.register.privacy.written_dates import WrittenDate, ends_of_periods, written_dates
from psc.register.text.spans import Span

_NEAR = 60
"""How many characters before and after a date are read."""
_AGE_OF_HISTORY = 16
"""A date this many years ago is before the collaboratives' own work, but within a living memory."""

_SENTENCE_END = re.compile(
    r"(?<=[.!?])(?<!\bMr\.)(?<!\bMrs\.)(?<!\bMs\.)(?<!\bMx\.)(?<!\bDr\.)(?<!\b[A-Z]\.)\s+(?=[A-Z])|\n\s*\n"
)
_LABEL = (
    r"\bd\.?[ /]?o\.?[ /]?b\b\.?|\b(?:edd|lmp|doa|dod|rip)\b|\b(?:admission|discharge|death) date\b"
    r"|\bdates? (?:of )?(?:birth|death|fall|surgery|operation|admission|discharge|admitted|discharged|died)\b"
    r"|\bbirth[ -]?dates?\b"
    r"|(?:\bhis|\bher|\btheir|\bmy|'s) birthday\b"
)
_LABEL_BEFORE = re.compile(rf"(?:{_LABEL})\W*(?:\w+\W+)?$", re.IGNORECASE)
_NO_BIRTH = r"(?<!babies )(?<!people )(?<!women )(?<!men )(?<!children )(?<!infants )(?<!those )(?<!patients )"
_BIRTH_BEFORE = re.compile(
    rf"(?:{_LABEL}|{_NO_BIRTH}\bborn\b(?! (?:too|before|into|free)\b))\W*(?:\w+\W+){{0,4}}$"
    r"|\bbirth\W*(?:(?:on|was|is|the)\W+)*$",
    re.IGNORECASE,
)
_BIRTH_AFTER = re.compile(rf"^\W*(?:\w+\W+){{0,4}}?(?:{_LABEL}|\b(?:was|were|is|been) born\b)", re.IGNORECASE)
_AGE = re.compile(r"\baged?(?: of)?:? (\d{1,3})\b|\b(\d{1,3})[ -]?years?[ -]old\b", re.IGNORECASE)
_ONE_PATIENT = (
    r"(?<!\b[Ee]ach )(?<!\b[Ee]very )(?<!\b[Pp]er )(?<!\b[Aa]ny )(?<!\b[Ff]irst )(?<!\b[Ll]ast )"
    r"\b(?:[Pp]atient|PATIENT|[Pp]t|[Rr]esident|[Ss]ervice user)\b"
)
_NO_NOUN = (
    r"[ \n]?[,:;().!?]|[ \n](?:was|is|who|had|has|with|born|died|fell|came|on|(?:re-?)?admitted|discharged"
    r"|transferred"
    r"|collapsed|slipped|seen|found|moved|in|[0-9])\b"
)
"""What may follow "patient" for it to mean a person: in "patient safety" and "patient leaflet" it does not."""
_PATIENT_BEFORE = re.compile(rf"{_ONE_PATIENT}(?={_NO_NOUN}|\W*$)|{PATIENT_BY_NAME}")
_PATIENT_AFTER = re.compile(rf"{_ONE_PATIENT}(?={_NO_NOUN})|{PATIENT_BY_NAME}")
_TITLED = re.compile(rf"{TITLED}|\b{TITLE} ?[A-Z]")
_TITLED_NEXT = re.compile(rf"(?:{TITLED}|\b{TITLE} ?[A-Z]\w*)\W*(?:[A-Z]\.?\W*)?$")
_NAME_NEXT = re.compile(rf"{_TITLED_NEXT.pattern}|\b(?:[A-Z]\.[ \n]?){{1,3}}{SURNAME}[ ,(:-]*$")
_TITLED_FIRST = re.compile(rf"^\W*{TITLED}")
_RELATION = (
    r"(?:mother|father|mum|mam|dad|wife|husband|partner|son|daughter|brother|sister|child|baby|twins?|grand\w+"
    r"|gran|nan"
    r"|granddad|uncle|aunt|niece|nephew|cousin|friend|neighbour|boy|girl|twin|stepson|carer|loved one)"
)
_SOMEBODY = re.compile(
    r"\b(?:he|she|his|her|him|hers|lady|gentleman|man|woman|male|female|resident|patient|client|mother|father|mum|dad"
    r"|wife|husband|son|daughter|brother|sister|child|baby|boy|girl|grandmother|grandfather)\b",
    re.IGNORECASE,
)
_ONE_PERSON = (
    rf"(?:\b(?:i|he|she|mum|dad|nan|gran|pt|baby)\b|\b(?:my|our|his|her|their|the|a|an|one|this|that)[ \n](?:\w+[ \n])?"
    rf"(?:{_RELATION}|lady|gentleman|man|woman|male|female|resident|patient|client|inpatient|toddler|infant"
    rf"|pensioner)\b"
    r"(?: in (?:room|bed|bay) \d+| (?:of|aged) \d+)?)"
)
_HAPPENED_TO_ONE = re.compile(
    rf"{_ONE_PERSON}(?:,?|[ \n][^.\n]{{0,40}} and)[ \n](?:{HAPPENED}|was moved\b(?! out)|was (?:in|at) (?:a&e|ed"
    rf"|hospital|icu"
    rf"|labour"
    rf"|theatre)\b)|\b(?:i|my|our|his|her)(?: \w+)? had (?:my|his|her) (?:\w+ )?"
    r"(?:operation|surgery|scan|baby|biopsy|treatment|hip|knee|fall|stroke|procedure)\b",
    re.IGNORECASE,
)
_IS_WHEN = re.compile(
    rf"{_ONE_PERSON}['’]s (?:\w+ )?{WITH_A_PATIENT}(?: was| is| took place| happened)?(?: on)?(?: the)?\W*$"
    r"|(?:^|[\n.;,|:>-]|[/-]\d{2,4}(?= ))\s*(?:(?:patient|pt) )?(?:(?:re-?)?admitted|discharged|transferred|died"
    r"|deceased|collapsed"
    r"|fell)(?: on| at)?\W*$",
    re.IGNORECASE,
)
_TWO_NAMES_BEFORE = re.compile(r"\b[A-Z][\w'’-]+ [A-Z][\w'’-]+\W{0,3}$")
_PLACE_BEFORE = re.compile(
    r"\b(?:wing|wards?|infirmary|hospital|house|centre|court|lodge|unit|building|college|university|trust)\W*$",
    re.IGNORECASE,
)
_SEX_BEFORE = re.compile(r"(?:^|[^\w'’])(?:[MF]|[Mm]ale|[Ff]emale)[ ,:(/-]*$")
_SEX_AFTER = re.compile(r"^[ ,)/-]{1,3}(?:[MF]|male|female)\b(?!['’&])")
_HAPPENED_NEXT = re.compile(rf"^\W{{0,3}}(?:who )?{HAPPENED}", re.IGNORECASE)
_EDGES = re.compile("since|from|until|till|by|before|after|between|to|and|during|through|beginning|starting|ending")
_EVENTS = re.compile(
    "on|of|in|dated|accessed|published|updated|launched|started|began|begun|opened|founded|introduced|ended|closed"
    "|inquiry|report|review|act|alert|strategy|guidance|guideline|standard|letter|meeting|minutes|conference"
    r"|(?!aged|named|titled|died|admitted|readmitted|discharged|deceased|collapsed|transferred|called)\w+ed"
    "|finished|retrieved|issued|reviewed|revised|effective|released|formed|held"
)
_PASSED_OVER = re.compile("the|(?:mon|tues?|wed(?:nes)?|thu(?:rs)?|fri|sat(?:ur)?|sun)(?:day)?")


def dates_of_birth(text: str, identifiers: Sequence[Span], named: Sequence[Span], today: datetime.date) -> list[Span]:
    """Where in a folded ``text`` a date is likely to be one person's, by position.

    ``identifiers`` are the places of NHS numbers and ``named`` those of patients' names, by position.
    """
    dates = sorted(written_dates(text, today), key=lambda date: (date.start, -date.end))
    ranges = ends_of_periods(text, dates)
    spans: list[Span] = []
    for date in dates:
        if spans and date.start < spans[-1][1]:
            continue
        if _is_somebodys(text, date, identifiers, named, today, in_range=date.start in ranges):
            spans.append((date.start, date.end))
    return spans


def _is_somebodys(
    text: str,
    date: WrittenDate,
    identifiers: Sequence[Span],
    named: Sequence[Span],
    today: datetime.date,
    *,
    in_range: bool,
) -> bool:
    if date.value > today:
        return False
    if date.is_full and _is_near(date, identifiers):
        return True
    before, after = _sentence_around(text, date)
    governor = _governor(before)
    if _EDGES.fullmatch(governor):
        return False
    if _LABEL_BEFORE.search(before):
        return True
    if in_range or not date.is_usual:
        return False
    is_event = _EVENTS.fullmatch(governor) is not None
    if _BIRTH_BEFORE.search(before) or _BIRTH_AFTER.search(after):
        return True
    if not is_event and _fits_an_age(f"{before[-30:]} | {after[:30]}", date, today):
        return True
    if _is_in_a_record(date, before, after, is_long_ago := _is_long_ago(date, today)):
        return True
    if _is_near(date, named) or _IS_WHEN.search(before):
        return True
    if (date.is_full or governor == "on" or not before.strip()) and _happened_to_one(before, after):
        return True
    return date.is_full and _is_of_a_person(before, after, is_event, is_long_ago)


def _is_in_a_record(date: WrittenDate, before: str, after: str, is_long_ago: bool) -> bool:
    """Whether the date follows a name in the order of lists: "Surname, A. 12/03/48 bay 2"."""
    if is_long_ago and (_SEX_BEFORE.search(before) or _SEX_AFTER.search(after)):
        return True
    if date.value.year < 2000 and FULL_NAME_LAST.search(before):
        return True
    if SURNAME_COMMA_INITIAL.search(before) or (is_long_ago and _NAME_NEXT.search(before)):
        return True
    if SURNAME_INITIAL.search(before):
        return is_long_ago or CLINICAL.search(after) is not None
    return is_long_ago and SURNAME_FORENAME.search(before) is not None


def _happened_to_one(before: str, after: str) -> bool:
    if any(_HAPPENED_TO_ONE.search(side) for side in (before, after)):
        return True
    return _TWO_NAMES_BEFORE.search(before) is not None and _HAPPENED_NEXT.search(after) is not None


def _is_of_a_person(before: str, after: str, is_event: bool, is_long_ago: bool) -> bool:
    if _PATIENT_BEFORE.search(before) or _PATIENT_AFTER.search(after):
        return True
    sentence = f"{before} | {after}"
    if PUBLIC.search(sentence) or _PLACE_BEFORE.search(before):
        return False
    is_titled = _TITLED.search(before) or _TITLED.search(after)
    if is_titled and (CLINICAL.search(sentence) or _TITLED_NEXT.search(before) or _TITLED_FIRST.search(after)):
        return True
    return is_long_ago and (not is_event or any(_SOMEBODY.search(side) for side in (before, after)))


def _is_long_ago(date: WrittenDate, today: datetime.date) -> bool:
    return (date.value.year + _AGE_OF_HISTORY, date.value.month, date.value.day) <= (today.year, today.month, today.day)


def _sentence_around(text: str, date: WrittenDate) -> tuple[str, str]:
    """The same sentence before and after a date, so far as it is near, without the words that are cut in two."""
    first, last = max(0, date.start - _NEAR), date.end + _NEAR
    before, after = text[first : date.start], text[date.end : last]
    if first and text[first - 1].isalnum():
        before = re.sub(r"^\w+", "", before)
    if last < len(text) and text[last].isalnum():
        after = re.sub(r"\w+$", "", after)
    return _SENTENCE_END.split(before)[-1], _SENTENCE_END.split(after)[0]


def _is_near(date: WrittenDate, identifiers: Sequence[Span]) -> bool:
    following = bisect_left(identifiers, (date.start, 0))
    return any(
        start - date.end < _NEAR and date.start - end < _NEAR
        for start, end in identifiers[max(0, following - 1) : following + 1]
    )


def _governor(before: str) -> str:
    """The word that governs what follows ("since the ..." gives "since"); empty where punctuation stands between."""
    words = re.findall(r"\w+|[^\w\s]", before.lower())
    while words and _PASSED_OVER.fullmatch(words[-1]):
        words.pop()
    if not words or not words[-1].isalpha() or (words[-1] == "and" and "between" not in words):
        return ""
    return words[-1]


def _fits_an_age(nearby: str, date: WrittenDate, today: datetime.date) -> bool:
    return any(date.value.year + int(age[1] or age[2]) <= today.year + 1 for age in _AGE.finditer(nearby))
