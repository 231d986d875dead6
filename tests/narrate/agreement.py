"""A slow, plain check that numbers, nouns and verbs of a sentence agree: "one area has", "two areas have"."""

import re

NOUNS = {
    "area": "areas",
    "measure": "measures",
    "month": "months",
    "quarter": "quarters",
    "year": "years",
    "release": "releases",
    "dot": "dots",
    "concern": "concerns",
    "improvement": "improvements",
    "change": "changes",
    "solution": "solutions",
    "priority": "priorities",
    "test": "tests",
    "event": "events",
    "coach": "coaches",
}
VERBS = {
    "is": "are",
    "has": "have",
    "was": "were",
    "lies": "lie",
    "shows": "show",
    "gives": "give",
    "stands": "stand",
    "ends": "end",
    "makes": "make",
}
NUMBERS = r"(?:two|three|four|five|six|seven|eight|nine|ten|[02-9]|[1-9][\d,]*\d)"
ONE_NOUN, MANY_NOUN = "|".join(NOUNS), "|".join(NOUNS.values())
ONE_VERB, MANY_VERB = "|".join(VERBS), "|".join(VERBS.values())
FAULTS = [
    rf"\b(?:one|1) (?:other )?(?:{MANY_NOUN})\b",
    rf"\b(?:one|1)(?: (?:other )?(?:{ONE_NOUN}))? (?:{MANY_VERB})\b",
    rf"\b{NUMBERS} (?:other )?(?:{ONE_NOUN})\b",
    rf"\b{NUMBERS}(?: (?:other )?(?:{MANY_NOUN}))? (?:{ONE_VERB})\b",
    rf"\bno (?:{ONE_NOUN}) (?:{MANY_VERB})\b",
    rf"\bno (?:{MANY_NOUN}) (?:{ONE_VERB})\b",
    r"\b(?:one|1) [a-z]+, the first of them\b",
]
AMONG = re.compile(rf" of (?:the )?\d+(?: (?:{MANY_NOUN}))?", re.IGNORECASE)
ONE_OF_MANY = re.compile(rf"\b(one|1|none) of (?:the |these )?(?:\w+ )?(?:{MANY_NOUN}|them)\b", re.IGNORECASE)


def disagreements(sentence: str) -> list[str]:
    """The parts of a sentence in which a number and its noun, or a subject and its verb, do not agree."""
    plain = AMONG.sub("", ONE_OF_MANY.sub(r"\1", sentence))
    return [found.group() for fault in FAULTS for found in re.finditer(fault, plain, re.IGNORECASE)]
