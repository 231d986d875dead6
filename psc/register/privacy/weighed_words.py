"""Weighs the words of a sentence: those of one patient's care against those of work and public life."""

import re

from psc.register.privacy.clinical_words import PUBLIC

_OF_CARE = re.compile(
    r"\b(?:"
    # Where they lay, and with what.
    r"commode|trolley|cubicle|side room|corridor|toilet|to the bathroom|wheelchair|walking frame|zimmer"
    r"|rolled out of bed|bed ?rails|(?:bed|ward|bay) \d+|theatre|a&e|(?:by|in an) ambulance|wrist ?band|consent form"
    r"|dna(?:r|cpr)|wet (?:bed|pad|sheets?)|soiled|nappy|drip|cannula|catheter\w*|mask|stitches|x-ray|scan|surgery"
    r"|operation"
    # Body and illness.
    r"|sacrum|heels?|hip|chest|kidneys?|lungs?|urine|blood|body|ulcer|sore|infection|seizure|stroke|sepsis in|hypo"
    r"|chest pain|in pain|agony|fever|temperature|dementia|delirium|pneumonia|labour|haemorrhag\w+|bleed\w*|bled"
    r"|vomit\w*|chok\w+|fracture\w*|broke|broken|bruis\w+|unconscious|unwell|confused|thirsty|hungry|shivering"
    r"|breathless|dehydrated|allerg\w+|(?:grade|category) \d|\d\d weeks|desaturat\w+"
    # What was given or left undone.
    r"|insulin|tablets|penicillin|warfarin|morphine|antibiotics|double dose|wrong \w+|no (?:fluids|food|water)"
    r"|for water|someone else['’]s|another (?:\w+)['’]s|not been (?:seen|washed|fed|turned|weighed)|never|forgotten"
    r"|ignored|nobody|anyone to help|unattended|alone"
    # What happened.
    r"|fell|died|collapsed|climbed|dropped|wandered|missing from|(?:cut|hurt|harmed|injured) (?:him|her)self"
    r"|(?:self-)?discharged|(?:re-?)?admitted|on admission|waited (?:\w+ )?\w+ (?:hours|days|weeks)"
    r"|waited (?:all|from|on)|waiting for|waited for an? (?:bed|scan|trolley|doctor|nurse|ambulance)|hours (?:in|on"
    r"|for)|(?:one|all|that|last) night|overnight|\d\d? ?am"
    r"|0\d[:.]\d\d|duty of candour|inquest|(?:care|care plan|notes|death|medicines|tablets|funeral) (?:of|for)"
    r")\b|, \d\d,|\bage[d]? \d\d",
    re.IGNORECASE,
)
_OF_WORK = re.compile(
    rf"{PUBLIC.pattern}|\b(?:panel|projects?|posters?|leaflets?|audits?|data|questions?|ideas?|campaigns?|groups?|team"
    r"|programme|plans?|patients|wards|staff|quality|improvement|thank|thanks|asked|asks|helps|helped|supports|charts?"
    r"|rates?|falls (?:group|lead|team|data|clinic|work)|sensors?|tools?|rounds?|moved by|sits on|about falls|debate"
    r"|bundle|trust|council|network|checklist|stories|story|colleagues|members?|volunteers?|study|research|reviews"
    r"|report(?:s|ed)|found that|finds|votes?|choir|term|pharmacy|estates)\b",
    re.IGNORECASE,
)


def care_over_work(sentence: str) -> int:
    """Return how many more words there are of one patient's care than of work, each word once."""
    care, work = (len({found.group().lower() for found in words.finditer(sentence)}) for words in (_OF_CARE, _OF_WORK))
    return care - work
