"""Finds patients who are named, by the words around their names.

Before a name stand a title, initials or the word "patient", and after it what happened to the person, or elsewhere in
the sentence words that only a patient has. Without any of these before it, a forename and a surname are a patient's
where what happened to them comes with its day, its hour or its place.
A name alone is not looked for, for it cannot be told from other words; and who is named for their work (a chief nurse,
the chair who opened the day) is no patient.
"""

import re
from collections.abc import Iterator

from psc.register.clinical_words import (
    HAPPENED,
    NOT_OF_A_PATIENT,
    OF_A_PATIENT,
    PLACE_OF_A_PATIENT,
    PUBLIC,
    ROLE,
    TELEGRAPHIC,
    WITH_A_PATIENT,
)
from psc.register.name_shapes import FULL_NAME, NO_SURNAME, PATIENT_BY_NAME, SURNAME, TITLED
from psc.register.names_in_records import COMMA_INITIAL
from psc.register.spans import Span

_NOT_THE_END_OF_A_SENTENCE = r"(?:^|(?<=\n)|(?<=[.:;,(|>*·•-])|(?<=[.:;,(|>*·•-] )|(?<=[a-z] )(?<!\w\w\w\w ))"
"""Before initials: in "hepatitis B. Patients fell" and "plan C. Smith ward" the letter ends a sentence."""
_WITH_INITIALS = rf"{_NOT_THE_END_OF_A_SENTENCE}(?P<name>(?:[A-Z]\. ?){{1,3}}(?!{NO_SURNAME}){SURNAME})"
_IN_LOWER_CASE = (
    r"(?P<name>\bmrs?\b\.? (?!(?:scan|imaging|image|angio|spectro|contrast|safety|unit|suite|department)"
    r"|(?:and|or|of|who|was|is)\b)[a-z][\w'’-]{1,30})"
)

_ASIDE = r"(?P<aside> ?\([^()\n]{1,40}\)|, ?[^,.\n]{1,50},)?"
_WHAT_HAPPENED = "|".join(
    (
        rf"{_ASIDE}[ \n]{HAPPENED}",
        rf"['’]s (?:\w+ )?{WITH_A_PATIENT}\b{NOT_OF_A_PATIENT}",
        rf"[ \n,;(:.-]{{1,3}}(?:in |of |from )?{PLACE_OF_A_PATIENT}",
        rf"[ \n,;:|-]{{1,3}}{TELEGRAPHIC}{NOT_OF_A_PATIENT}",
        r"[ ,(]{1,3}(?:2[2-9]|3\d|4[0-2])(?:\+\d)? weeks\b(?!['’])",
        r"\. (?:fell|slipped|found on|admitted)\b",
    )
)
_NAMES = (rf"(?P<name>{TITLED})", PATIENT_BY_NAME, _WITH_INITIALS, COMMA_INITIAL, _IN_LOWER_CASE)
_NAMED = [re.compile(rf"{name}(?i:{_WHAT_HAPPENED})") for name in _NAMES]

_TITLED = re.compile(rf"(?P<name>{TITLED})(?![\w-]|['’]s)(?P<after>[^.\n]{{0,100}})")
_IN_OFFICE = re.compile(
    r"(?P<aside>[ \n]?\([^()\n]{1,40}\)|, ?[^,.\n]{1,50}(?:,|$))?[ ,]*"
    r"(?:(?:who|to|has|had|have|will|also|was|is|and \w+ \w+) )*(?P<did>\w+ ?\w*)?"
)
_OFFICE_BEFORE = re.compile(rf"{ROLE.pattern}(?: (?:of|for|at) [\w ]{{1,20}})?,? $", re.IGNORECASE)
_KIN_OF = re.compile(
    r"\b(?:son|daughter|wife|husband|mother|father|family|partner|widow|sister|brother|relatives?|carers?) of $"
)
_FULL = re.compile(rf"(?<![\w'’-])(?P<name>{FULL_NAME})(?P<after>(?i:{_ASIDE}[ \n]{HAPPENED})[^.\n]{{0,80}})")
_NOT_OF_ONE = re.compile(
    r"\bhad an? (?:\w+ )?fall in\b|\b(?:fell|fallen) (?:by|to|below|behind|short|under|within|further|sharply"
    r"|slightly|since|between|over the)\b"
    r"|\b(?:was|were|been) (?:seen (?:as|by)|delivered|treated|moved|transferred|admitted to (?:the |our |this )?"
    r"(?:programme|network|scheme|collaborative|pilot|group|trial))\b",
    re.IGNORECASE,
)
_OF_A_RANK = re.compile(r"(?:(?!(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)[a-z]* )[A-Z][\w'’.-]*|&|and) $")
_RANK = re.compile(r"(?:Queen|King|Prince|Princess|Captain|Sir|Dame|Lord|Lady|Pope|President|Minister|Saint)\b")
_DAY_HOUR_OR_PLACE = re.compile(
    r"\b\d\d?[/.-]\d\d?[/.-](?:\d\d){1,2}\b|\b\d\d?(?:st|nd|rd|th)? (?:of )?(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct"
    r"|nov|dec)[a-z]*\b|\b\d\d?[:.]\d\d\b|\b\d\d? ?[ap]m\b"
    rf"|\b{PLACE_OF_A_PATIENT}|\b(?:yesterday|last night|today|this morning)\b",
    re.IGNORECASE,
)


def named_patients(text: str) -> Iterator[Span]:
    """Return where in a folded ``text`` the name of a patient stands, with what happened to that patient."""
    for shape in _NAMED:
        for match in shape.finditer(text):
            if not ROLE.search(match["aside"] or ""):
                yield match.span("name")
    for match in _TITLED.finditer(text):
        if OF_A_PATIENT.search(match["after"]) and not _is_in_office(text, match):
            yield match.span("name")
    for match in _FULL.finditer(text):
        before = text[max(0, match.start() - 30) : match.start()]
        if (
            (_DAY_HOUR_OR_PLACE.search(f"{before} | {match['after']}") or OF_A_PATIENT.search(match["after"]))
            and not (_NOT_OF_ONE.search(match["after"]) or ROLE.search(match["after"]))
            and not (_OF_A_RANK.search(before) or _RANK.match(match["name"]))
        ):
            yield match.span("name")


def _is_in_office(text: str, match: re.Match[str]) -> bool:
    """Whether the titled person of a match is named for their work, by the words next to the name."""
    before = text[max(0, match.start() - 40) : match.start()]
    if _KIN_OF.search(before):
        return False
    office = _IN_OFFICE.match(match["after"])
    if office and (ROLE.search(office["aside"] or "") or PUBLIC.match(office["did"] or "")):
        return True
    return _OFFICE_BEFORE.search(before) is not None
