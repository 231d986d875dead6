"""Finds patients who are named, by the words around their names.

Before a name stand a title, initials or the word "patient", and after it what happened to the person.
A name alone is not looked for, for it cannot be told from other words; and who is named for their work (a chief nurse,
the chair who opened the day) is no patient.
"""

import re
from collections.abc import Iterator

from psc.register.clinical_words import (
    HAPPENED,
    OF_A_PATIENT,
    PLACE_OF_A_PATIENT,
    PUBLIC,
    ROLE,
    TELEGRAPHIC,
    WITH_A_PATIENT,
)
from psc.register.spans import Span

_UPPER = r"(?![a-z])[^\W\d_]"
_PARTICLES = r"(?:(?i:van|von|de|der|den|della|di|da|dos|du|la|le|el|al|bin|bint|ibn|ter|abu|ten)[ \n]){0,3}"
SURNAME = rf"{_PARTICLES}{_UPPER}[\w-]{{0,30}}(?:['’](?![sS]\b)[\w-]{{1,30}})?(?<=[\w-]{{2}})"
TITLE = r"(?:Mr|Mrs|Ms|Miss|Mx|Master|Mstr|MR|MRS|MS|MISS|MASTER)\b\.?"
FORENAMES = rf"(?:[A-Z](?:\.|\b)[ \n]?){{0,3}}(?:{_UPPER}[\w'’-]{{1,20}}[ \n])?"
TITLED = rf"\b{TITLE}(?: and (?:Mr|Mrs|Ms|Miss)\.?)?[ \n]{{0,2}}{FORENAMES}{SURNAME}"

ORGANISED = (
    r"(?:Safety|Experience|Participation|Reported|Voices?|Advice|Groups?|Partners?|Records?|Flow|Forum|Council|Liaison"
    r"|Representatives?|Leaders?|Access|Care|Charter|Champions?|Doctors?|Association|Online|First|Led|Choice|Transport"
    r"|Information|Involvement|Engagement|Outcomes?|Survey|Satisfaction|Feedback|Portal|Knows|Story|Stories|Initiated"
    r"|Centred|Activation|Friendly|Steps|Loss|Units?|Clinics?|Checks?|Services?|Panel|Blood|Pathway|Day|Week|Board|Number|No|ID|And|Or|Who|Was|Fell|Had)\b"
)
_PATIENT = r"(?i:\b(?:patient|pt|resident|service user|client|baby))"
PATIENT_BY_NAME = rf"{_PATIENT}[ \n:]{{1,2}}(?!{ORGANISED})(?P<name>{FORENAMES}(?!{ORGANISED}){SURNAME})"
NO_SURNAME = (
    r"(?:Coli|Difficile|Diff|Aureus|Baumannii|Pneumoniae|Patients?|People|Bab(?:y|ies)|Women|Men|Residents?|Staff"
    r"|Nurses?|Falls?|They|He|She|It|We|The|This|That|These|Those|There|Two|Three|Both|All|Every|Each|One|No|None"
    r"|Nobody|Someone|Some|Many|Most|Data|Beds?|Wards?|In|On|At|If|When|As|For|After|Before|Then|An|My|Our|His|Her|You"
    r"|Who|Which|What|Nothing|Everyone|Somebody|Clients?|Children)\b"
)
_NOT_THE_END_OF_A_SENTENCE = r"(?:^|(?<=\n)|(?<=[.:;,(|>*·•-])|(?<=[.:;,(|>*·•-] )|(?<=[a-z] )(?<!\w\w\w\w ))"
"""Before initials: in "hepatitis B. Patients fell" and "plan C. Smith ward" the letter ends a sentence."""
_WITH_INITIALS = rf"{_NOT_THE_END_OF_A_SENTENCE}(?P<name>(?:[A-Z]\. ?){{1,3}}(?!{NO_SURNAME}){SURNAME})"

START_OF_A_RECORD = r"(?:^|[\n|;·•*>)\].-]|\d\.?)[ ]*"
NO_LABEL = (
    r"(?!(?:Ward|Bay|Unit|Bed|Team|Group|Phase|Cycle|Plan|Table|Figure|Appendix|Version|Part|Site|Area|Block"
    r"|Level|Type"
    r"|Week|Stage|Step|Cohort|Room|Annex|Section|Form|Vitamin|Hepatitis|Influenza|Item|Lane|Building|Zone)\b)"
)
"""Words with which a letter after them names a thing: "Ward B", "Hepatitis B"."""
_IN_A_RECORD = rf"{START_OF_A_RECORD}{NO_LABEL}(?!{NO_SURNAME})(?P<name>{SURNAME}, ?[A-Z]\b\.?(?: ?[A-Z]\b\.?)?)"

_IN_LOWER_CASE = (
    r"(?P<name>\bmrs?\b\.? (?!(?:scan|imaging|image|angio|spectro|contrast|safety|unit|suite|department)"
    r"|(?:and|or|of|who|was|is)\b)[a-z][\w'’-]{1,30})"
)

_ASIDE = r"(?P<aside> ?\([^()\n]{1,40}\)|, ?[^,.\n]{1,50},)?"
_WHAT_HAPPENED = "|".join(
    (
        rf"{_ASIDE}[ \n]{HAPPENED}",
        rf"['’]s (?:\w+ )?{WITH_A_PATIENT}\b(?! (?:team|lead|group|policy|audit|project|list|work))",
        rf"[ \n,;(:.-]{{1,3}}(?:in |of |from )?{PLACE_OF_A_PATIENT}",
        rf"[ \n,;:|-]{{1,3}}{TELEGRAPHIC}(?! (?:\w+ )?(?:lead|nurse|group|team|specialist|champion|work|prevention))",
    )
)
_NAMES = (rf"(?P<name>{TITLED})", PATIENT_BY_NAME, _WITH_INITIALS, _IN_A_RECORD, _IN_LOWER_CASE)
_NAMED = [re.compile(rf"{name}(?i:{_WHAT_HAPPENED})") for name in _NAMES]
_SUBJECT = re.compile(
    rf"(?P<name>{TITLED})[ \n](?!(?:and|or|from|for|of|with|on|at|in|to|as|by|about|who|whose|is|are|has|have|can)\b)"
    r"(?=[a-z])(?P<predicate>[^.\n]{1,80})"
)


def named_patients(text: str) -> Iterator[Span]:
    """Return where in a folded ``text`` the name of a patient stands, with what happened to that patient after it."""
    for shape in _NAMED:
        for match in shape.finditer(text):
            if not ROLE.search(match["aside"] or ""):
                yield match.span("name")
    for match in _SUBJECT.finditer(text):
        told = match["predicate"]
        if OF_A_PATIENT.search(told) and not (
            PUBLIC.match(told) or ROLE.search(f"{text[max(0, match.start() - 60) : match.start()]} {told}")
        ):
            yield match.span("name")
