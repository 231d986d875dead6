"""Finds patients who are named, by the words around their names.

Before a name stand a title, initials or the word "patient", and after it what happened to the person, or around it more
words of one patient's care than of work. Without any of these before it, a forename and a surname are a patient's
where what happened to them comes with its day, its hour or its place.
A name alone is not looked for, for it cannot be told from other words; and who is named for their work (a chief nurse,
the chair who opened the day) is no patient.
"""

import re
from collections.abc import Iterator

from psc.register.privacy.clinical_words import (
    HAPPENED,
    NOT_OF_A_PATIENT,
    OF_A_PATIENT,
    PLACE_OF_A_PATIENT,
    PUBLIC,
    ROLE,
    TELEGRAPHIC,
    WITH_A_PATIENT,
)
from psc.register.privacy.name_shapes import FULL_NAME, NO_SURNAME, PATIENT_BY_NAME, SURNAME, TITLED
from psc.register.privacy.names_in_records import COMMA_INITIAL
from psc.register.privacy.weighed_words import care_over_work
from psc.register.text.spans import Span

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
        rf"['’]s (?:\w+ )?{WITH_A_PATIENT}\b{NOT_OF_A_PATIENT}(?! (?:is|was|works as) an? )",
        rf"[ \n,;(:.-]{{1,3}}(?:in |of |from )?{PLACE_OF_A_PATIENT}",
        rf"[ \n,;:|-]{{1,3}}{TELEGRAPHIC}{NOT_OF_A_PATIENT}",
        r"[ ,(]{1,3}(?:2[2-9]|3\d|4[0-2])(?:\+\d)? weeks\b(?!['’])",
        r"\. (?:fell|slipped|found on|admitted)\b",
    )
)
_TITLED_HAPPENED, *_NAMED = (
    re.compile(rf"{name}(?i:{_WHAT_HAPPENED})")
    for name in (rf"(?P<name>{TITLED})", PATIENT_BY_NAME, _WITH_INITIALS, COMMA_INITIAL, _IN_LOWER_CASE)
)
_ENOUGH = 2
"""Words of work that it takes to outweigh what happened to somebody."""

_TITLED = re.compile(rf"(?P<name>{TITLED})(?![\w-])(?P<after>[^.\n]{{0,100}})")
_CALLED_PATIENT = re.compile(
    rf"(?:{PATIENT_BY_NAME}|{_IN_LOWER_CASE.replace('<name>', '<lower>')})(?![\w-])(?P<after>[^.\n]{{0,100}})"
)
_IN_OFFICE = re.compile(
    r"(?P<aside>[ \n]?\([^()\n]{1,40}\)|, ?[^,.\n]{1,50}(?:,|$))?[ ,]*"
    r"(?:(?:who|to|has|had|have|will|also|was|is|the|an?|our|and \w+ \w+) )*(?P<did>\w+ ?\w*)?"
)
_OFFICE_BEFORE = re.compile(
    rf"(?:\b(?:dear|ask|ask for|contact|thank)|{ROLE.pattern})(?: (?:of|for|at) [\w ]{{1,20}})?,? $", re.IGNORECASE
)
_CARE_OF = re.compile(
    r"\b(?:care|care plan|chart|medicines|medication|tablets|insulin|drip|death|body) (?:of|for) $|\b(?:son|daughter"
    r"|wife|husband|mother|father|family|partner|widow|sister|brother|relatives?|carers?) of $"
)
_SAME_SENTENCE = re.compile(r"[.!?]\s+|\n")
_FULL = re.compile(rf"(?<![\w'’-])(?P<name>{FULL_NAME})(?P<after>(?i:{_ASIDE}[ \n]{HAPPENED})[^.\n]{{0,80}})")
_NOT_OF_ONE = re.compile(
    r"\bhad an? (?:\w+ )?fall in\b|\b(?:found to have|diagnosed as|discharged from special)\b|\bfell silent\b"
    r"|\b(?:fell|fallen) (?:by|to|below|behind|short|under|within|further|sharply"
    r"|slightly|since|between|over the)\b"
    r"|\b(?:was|were|been) (?:seen (?:as|by)|delivered|treated|moved|transferred|admitted to (?:the |our |this )?"
    r"(?:programme|network|scheme|collaborative|pilot|group|trial))\b",
    re.IGNORECASE,
)
_OF_A_RANK = re.compile(r"(?:(?!(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)[a-z]* )[A-Z][\w'’.-]*|&|and) $")
_NOBODY = re.compile(
    r"^(?:Queen|King|Prince|Princess|Captain|Sir|Dame|Lord|Lady|Pope|President|Minister|Saint)\b"
    r"|\b(?:House|Lodge|Court|Mill|Manor|Wing|Park|Bridge|Suite|Centre|Infirmary|College|School|Street|Road)$"
)
"""Names of public persons by their rank, and of buildings."""
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
    yield from _titled_patients(text)
    for match in _CALLED_PATIENT.finditer(text):
        if care_over_work(match["after"]) > 0:
            yield match.span("name" if match["name"] else "lower")
    for match in _FULL.finditer(text):
        before = text[max(0, match.start() - 30) : match.start()]
        if (
            (_DAY_HOUR_OR_PLACE.search(f"{before} | {match['after']}") or OF_A_PATIENT.search(match["after"]))
            and not (_NOT_OF_ONE.search(match["after"]) or ROLE.search(match["after"]))
            and not (_OF_A_RANK.search(before) or _NOBODY.search(match["name"]))
        ):
            yield match.span("name")


def _titled_patients(text: str) -> Iterator[Span]:
    happened = {match.start() for match in _TITLED_HAPPENED.finditer(text) if not ROLE.search(match["aside"] or "")}
    for match in _TITLED.finditer(text):
        before = _SAME_SENTENCE.split(text[max(0, match.start() - 60) : match.start()])[-1]
        told = match.start() in happened
        if not told and _is_in_office(before, match["after"]):
            continue
        told = told or OF_A_PATIENT.search(match["after"]) is not None or _CARE_OF.search(before) is not None
        if care_over_work(f"{before} | {match['after']}") + (_ENOUGH if told else 0) > 0:
            yield match.span("name")


def _is_in_office(before: str, after: str) -> bool:
    """Whether a titled person is named for their work, by the words next to the name."""
    if _CARE_OF.search(before):
        return False
    office = _IN_OFFICE.match(after)
    if office and (ROLE.search(office["aside"] or "") or PUBLIC.match(office["did"] or "")):
        return True
    return _OFFICE_BEFORE.search(before) is not None
