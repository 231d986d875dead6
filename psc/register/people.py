"""Finds patients who are named: a title, initials or the word "patient" with a surname, and what happened to them.

A name alone is not looked for, for it cannot be told from other words; and who is named for their work (a chief nurse,
the chair who opened the day) is no patient.
"""

import re
from collections.abc import Iterator

from psc.register.clinical_words import HAPPENED, PLACE_OF_A_PATIENT, ROLE, TELEGRAPHIC, WITH_A_PATIENT
from psc.register.spans import Span

_UPPER = r"(?![a-z])[^\W\d_]"
SURNAME = rf"{_UPPER}[\w-]{{0,30}}(?:['’](?![sS]\b)[\w-]{{1,30}})?(?<=[\w-]{{2}})"
TITLE = r"(?:Mr|Mrs|Ms|Miss|Mx|Master|Mstr|MR|MRS|MS|MISS|MASTER)\b\.?"
FORENAMES = rf"(?:[A-Z](?:\.|\b)[ \n]?){{0,3}}(?:{_UPPER}[\w'’-]{{1,20}}[ \n])?"
TITLED = rf"\b{TITLE}(?: and (?:Mr|Mrs|Ms|Miss)\.?)?[ \n]{{0,2}}{FORENAMES}{SURNAME}"

_ORGANISED = (
    r"(?:Safety|Experience|Participation|Reported|Voices?|Advice|Groups?|Partners?|Records?|Flow|Forum|Council|Liaison"
    r"|Representatives?|Leaders?|Access|Care|Charter|Champions?|Doctors?|Association|Online|First|Led|Choice|Transport"
    r"|Information|Involvement|Engagement|Outcomes?|Survey|Satisfaction|Feedback|Portal|Knows|Story|Stories|Initiated"
    r"|Centred|Activation|Services?|Panel|Blood|Pathway|Day|Week|Board|Number|No|ID|And|Or|Who|Was|Fell|Had)\b"
)
_PATIENT = r"(?i:\b(?:patient|pt|resident|service user|client))"
PATIENT_BY_NAME = rf"{_PATIENT}[ \n:]{{1,2}}(?!{_ORGANISED})(?P<name>{FORENAMES}(?!{_ORGANISED}){SURNAME})"
_NO_SURNAME = (
    r"(?:Coli|Difficile|Diff|Aureus|Baumannii|Pneumoniae|Patients?|People|Bab(?:y|ies)|Women|Men|Residents?|Staff"
    r"|Nurses?|Falls?|They|He|She|It|We|The|This|That|These|Those|There|Two|Three|Both|All|Every|Each|One|No|None"
    r"|Nobody|Someone|Some|Many|Most|Data|Beds?|Wards?|In|On|At|If|When|As|For|After|Before|Then|An|My|Our|His|Her|You"
    r"|Who|Which|What|Nothing|Everyone|Somebody|Clients?|Children)\b"
)
_NOT_THE_END_OF_A_SENTENCE = r"(?:^|(?<=\n)|(?<=[.:;,(|>*·•-])|(?<=[.:;,(|>*·•-] )|(?<=[a-z] )(?<!\w\w\w\w ))"
"""Before initials: in "hepatitis B. Patients fell" and "plan C. Smith ward" the letter ends a sentence."""
_WITH_INITIALS = rf"{_NOT_THE_END_OF_A_SENTENCE}(?P<name>(?:[A-Z]\. ?){{1,3}}(?!{_NO_SURNAME}){SURNAME})"

_ASIDE = r"(?P<aside> ?\([^()\n]{1,40}\)|, ?[^,.\n]{1,50},)?"
_WHAT_HAPPENED = "|".join(
    (
        rf"{_ASIDE}[ \n]{HAPPENED}",
        rf"['’]s (?:\w+ )?{WITH_A_PATIENT}\b(?! (?:team|lead|group|policy|audit|project|list|work))",
        rf"[ \n,;(:-]{{1,3}}(?:in |of |from )?{PLACE_OF_A_PATIENT}",
        rf"[ \n,;:|-]{{1,3}}{TELEGRAPHIC}(?! (?:\w+ )?(?:lead|nurse|group|team|specialist|champion|work|prevention))",
    )
)
_NAMED = [
    re.compile(rf"{name}(?i:{_WHAT_HAPPENED})") for name in (rf"(?P<name>{TITLED})", PATIENT_BY_NAME, _WITH_INITIALS)
]


def named_patients(text: str) -> Iterator[Span]:
    """Return where in a folded ``text`` the name of a patient stands, with what happened to that patient after it."""
    for shape in _NAMED:
        for match in shape.finditer(text):
            if not ROLE.search(match["aside"] or ""):
                yield match.span("name")
