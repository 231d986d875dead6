"""Weighs the words of a sentence: those of one patient's care against those of work and public life."""

import re

from psc.register.clinical_words import PUBLIC

_OF_CARE = re.compile(
    r"\b(?:commode|trolley|consent form|wrist ?band|bed ?rails|toilet|wheelchair|theatre|chok\w+|sacrum|heels?|hip"
    r"|cannula|catheter\w*|drip|haemorrhag\w+|labour|(?:self-)?discharged|(?:re-?)?admitted|on admission|\d\d weeks"
    r"|double dose"
    r"|wrong \w+|dna(?:r|cpr)|duty of candour|confused|wandered|missing from|penicillin|allerg\w+|ulcer|sore"
    r"|(?:one|all|that|last) night|\d\d? ?am|0\d[:.]\d\d|a&e|hours (?:in|on|for)|(?:bed|ward|bay) \d+|unconscious"
    r"|(?:grade|category) \d|insulin|tablets|(?:care|care plan|notes|death|medicines|tablets|body|funeral) (?:of|for)"
    r"|inquest|fell|died|collapsed|(?:cut|hurt|harmed|injured) (?:him|her)self|climbed|seizure|stroke|infection"
    r"|fracture\w*|broke|broken|bruis\w+|bleed\w*|bled|blood|vomit\w*|scan|x-ray|surgery|operation|stitches|waited"
    r"|waiting for|unwell|in pain|not been (?:seen|washed|fed|turned|weighed)|someone else['’]s|never)\b"
    r"|, \d\d,|\bage[d]? \d\d",
    re.IGNORECASE,
)
_OF_WORK = re.compile(
    rf"{PUBLIC.pattern}|\b(?:panel|projects?|posters?|leaflets?|audits?|data|questions?|ideas?|campaigns?|groups?|team"
    r"|programme|plans?|patients|wards|staff|quality|improvement|thank|thanks|asked|asks|helps|helped|supports|charts?"
    r"|rates?|falls (?:group|lead|team|data|clinic|work)|sensors?|tools?|rounds?|moved by|sits on|about falls|debate"
    r"|bundle|trust|council|network|checklist|stories|story|colleagues|members?|volunteers?|study|research|reviews"
    r"|report(?:s|ed)|found that|finds)\b",
    re.IGNORECASE,
)


def care_over_work(sentence: str) -> int:
    """Return how many more words there are of one patient's care than of work, each word once."""
    care, work = ({found.group().lower() for found in words.finditer(sentence)} for words in (_OF_CARE, _OF_WORK))
    return len(care) - len(work)
