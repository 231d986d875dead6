"""Finds names of patients by the words before them: a label, a relative, "the patient", an action, "my name is".

Such words say enough by themselves, whatever follows. Where they might also introduce something else than a person,
what happened to the person must follow as well.
"""

import re
from collections.abc import Iterator

from psc.register.privacy.clinical_words import CLINICAL, HAPPENED, PLACE_OF_A_PATIENT, PUBLIC, ROLE, WITH_A_PATIENT
from psc.register.privacy.name_shapes import FULL_NAME, INITIALS, NAME_WORD, NAME_WORD_IN_ANY_CASE, TITLED
from psc.register.text.spans import Span

_NO_ORGANISATION = (
    r"(?![ \n](?:Trust|Hospitals?|Wards?|Centre|NHS|Groups?|Association|Foundation|University|Unit|Team|Council|Street"
    r"|Infirmary|House|Royal|General|Teaching|City|England))"
)

_NAME_OF_A_PATIENT = (
    r"\b(?:(?:patient|pt|client|resident|service user|inpatient|baby|child|mother|mum|father|dad|relative|deceased)"
    r"(?:['’]?s)?[ -]{1,2}(?:full |first |last )?(?:sur)?name"
    r"|name of (?:the |this |my )?(?:patient|pt|client|resident|service user|baby|child|deceased|relative))"
)
_KIN = (
    r"(?:step|grand|great[ -]?grand|god)?-?(?:mother|father|mum|mam|mom|mummy|dad|daddy|wife|husband|son|daughter"
    r"|brother|sister|nana?|nanna|gran(?:ny)?|grandma|grand?dad|grandpa|granddaughter|aunt|auntie|uncle|niece|nephew"
    r"|cousin|twin|baby|(?:little )?(?:boy|girl)|fianc[ée]e?)(?: ?-?in[ -]law)?"
)
_OTHERS = r"(?:partner|friend|neighbour|child|boyfriend|girlfriend|carer)"
_DESCRIBED = r"(?:(?:late|dear|elderly|poor|old|eldest|youngest|older|younger|\d{1,3}[ -]year[ -]old) ){0,2}"
_ONE = (
    r"\b(?:the|an?|this|that|our|one)[ \n](?:\w+[ \n]){0,2}?(?:patient|pt|resident|client|service user|inpatient|lady"
    r"|gentleman|man|woman|boy|girl|baby|mother|mum|father|toddler|teenager|child|pensioner)"
)
_BY_NAME = r",?[ \n](?:called|named|known as|by the name of|whose name (?:is|was))[ \n]"
_DRUG = (
    r"(?:insulin|warfarin|heparin|morphine|paracetamol|penicillin|antibiotics?|methotrexate|digoxin|blood|injection"
    r"|medication|medicines?|tablets|doses?|overdose|drugs?|fluids)"
)
_DID = (
    r"\b(?:(?:re-?)?admitted|discharged|transferred|catheteri[sz]ed|restrained|sectioned|resuscitated|sedated"
    r"|intubated|misdiagnosed|hoisted|nursed|triaged|operated on|what happened to|incidents? involving"
    r"|(?:death|fall|stillbirth|injury|harm|discharge|admission|diagnosis) (?:of|to)|inquest (?:of|into|for)"
    rf"|{_DRUG} (?:\w+ ){{0,3}}(?:given )?to)[ \n](?:the late )?"
)
_ILL = r"\b(?:sepsis|fall|stroke|fracture|broken|pneumonia|his|her|delirium|pressure|infection|overdose|dementia)\b"
_AFTER_A_GIFT = rf"[ \n](?:(?:the|an?|his|her|too|another|\d+ ?m[gl]) ){{0,2}}(?:wrong|double|incorrect|much|{_DRUG})\b"

_OF = r"\b(?:[Mm]y|[Hh]is|[Hh]er|[Oo]ur|[Tt]heir)[ \n]"
_ITS_KIN = rf"(?i:\b(?:(?:my|his|her|our|their)[ \n]{_DESCRIBED}{_KIN}|(?:my|his|her)[ \n]{_DESCRIBED}{_OTHERS}))"
_PAUSE = r"[ \n,(:-]{1,3}"
_LISTED = rf"{NAME_WORD_IN_ANY_CASE}(?:,? ?\b{NAME_WORD_IN_ANY_CASE}|,? [A-Z]\b\.?){{0,2}}"
_LISTED_OR_INITIALS = rf"(?:{INITIALS}{NAME_WORD_IN_ANY_CASE}|{_LISTED})"
_IN_LOWER_CASE = r"[a-z][\w'’-]{1,30} [a-z][\w'’-]{1,30}"
_NUMBERED = rf"(?:dob|d\.o\.b|date of birth|nhs n|chi n|hospital n|mrn|born|{PLACE_OF_A_PATIENT})"
_AFTER = r"(?P<after>[^.\n]{0,40})"

_SHAPES = [
    re.compile(shape)
    for shape in (
        rf"(?i:{_NAME_OF_A_PATIENT})(?:[ \n]{{0,2}}(?:is|was|[:=-]))?[ \n]{{0,2}}(?P<name>{_LISTED_OR_INITIALS})",
        rf"(?i:\b(?:patient|pt|client|resident|service user|deceased)) ?[:=][ \n]?(?P<name>{FULL_NAME})"
        rf"{_NO_ORGANISATION}",
        rf"(?i:\bname ?[:=-]) ?(?P<name>{_LISTED_OR_INITIALS}|{_IN_LOWER_CASE})[ ,;|\n(]{{1,3}}(?i:{_NUMBERED})",
        rf"(?i:\b(?:nok|next of kin)\b[ :=,-]{{1,3}}(?:{_KIN}[ :,-]{{1,3}})?)(?P<name>{FULL_NAME})",
        rf"(?:^|[\n.;:,] ?)(?:Mum|Dad|Nan|Gran|Grandad|Grandma"
        rf"|Mam)[ ,(-]{{1,3}}(?P<name>{FULL_NAME}){_NO_ORGANISATION}",
        rf"{_OF}{_DESCRIBED}{_KIN}(?:{_BY_NAME}|{_PAUSE})(?P<name>{FULL_NAME}){_NO_ORGANISATION}",
        rf"{_ITS_KIN}(?:{_BY_NAME}|{_PAUSE})(?P<name>{NAME_WORD}(?:[ \n]{NAME_WORD})?)[,)]?(?=[ \n][a-z])[ \n](?:who )?"
        rf"(?i:{HAPPENED}|{PLACE_OF_A_PATIENT})",
        rf"{_ITS_KIN}{_PAUSE}(?P<name>{NAME_WORD})['’]s (?:\w+ )?(?i:{WITH_A_PATIENT})\b",
        rf"(?i:{_ONE})(?:{_BY_NAME}|,[ \n](?=[^,.\n]{{3,50}},))(?P<name>{FULL_NAME}){_NO_ORGANISATION}{_AFTER}",
        rf"(?i:{_ONE}){_BY_NAME}(?P<name>{NAME_WORD})[,)]?[ \n](?:who )?(?i:{HAPPENED})",
        rf"(?i:{_ONE}){_PAUSE}(?P<name>{TITLED})(?![\w-]|['’]s){_AFTER}",
        rf"(?i:{_DID})(?P<name>{TITLED})(?![\w-]|['’]s){_AFTER}",
        rf"(?i:{_DID})(?P<name>{FULL_NAME})(?i:,? (?:on|at|with|after|from|aged|without)\b(?! (?:the|our|all)\b))"
        rf"(?=[^.\n]{{0,40}}(?:\d|(?i:{_ILL})))",
        rf"(?P<name>{FULL_NAME})[, (]{{1,3}}(?i:(?:an? |former )?(?:in)?patient(?: on| in| at|,) (?!heart\b))",
        rf"(?i:\binquest (?:into|of|for)(?: the death of)? )(?P<name>{FULL_NAME})",
        rf"(?i:\bg[ai]ven?[ \n])(?P<name>{TITLED})(?i:{_AFTER_A_GIFT})",
    )
]
_INTRODUCED_THEMSELVES = re.compile(
    rf"(?i:\b(?:my name(?: is|['’]s|:)|i am|i['’]m))[ \n](?P<name>{FULL_NAME})(?P<after>[^\n]{{0,100}})"
)


def introduced_patients(text: str) -> Iterator[Span]:
    """Return where in a folded ``text`` a name stands that the words before it give to a patient or a relative."""
    for shape in _SHAPES:
        for match in shape.finditer(text):
            if not ROLE.search(match.groupdict().get("after") or ""):
                yield match.span("name")
    for match in _INTRODUCED_THEMSELVES.finditer(text):
        if CLINICAL.search(match["after"]) and not PUBLIC.search(match["after"]):
            yield match.span("name")
