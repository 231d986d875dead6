"""The shapes of names, as parts of regular expressions, and the words that look like a part of a name and are none."""


def _one_of(words: str) -> str:
    return rf"(?:{'|'.join(words.split())})\b"


UPPER = r"(?![a-z])[^\W\d_]"
_PARTICLES = (
    r"(?:(?i:van|von|de|der|den|della|di|da|dos|du|la|le|el|al|bin|bint|ibn|ter|abu|ten|ó|o|ní|nic|mac|mc)[ \n]){0,3}"
)
SURNAME = rf"{_PARTICLES}{UPPER}[\w-]{{0,30}}(?:['’](?![sS]\b)[\w-]{{1,30}})?(?<=[\w-]{{2}})"
TITLE = r"(?:Mr|Mrs|Ms|Miss|Mx|Master|Mstr|MR|MRS|MS|MISS|MASTER)\b\.?"
FORENAMES = rf"(?:[A-Z](?:\.|\b)[ \n]?){{0,3}}(?:{UPPER}[\w'’-]{{1,20}}[ \n])?"
TITLED = rf"\b{TITLE}(?: and (?:Mr|Mrs|Ms|Miss)\.?)?[ \n]{{0,2}}{FORENAMES}{SURNAME}"

ORGANISED = _one_of(
    "Safety Experience Participation Reported Voices? Advice Groups? Partners? Records? Flow Forum Council Liaison"
    " Representatives? Leaders? Access Care Charter Champions? Doctors? Association Online First Led Choice Transport"
    " Information Involvement Engagement Outcomes? Survey Satisfaction Feedback Network Meeting Committee Portal"
    " Knows Story Stories Initiated"
    " Centred Activation Friendly Steps Loss Units? Clinics? Checks? Services? Panel Blood Pathway Day Week Board"
    " Number No ID And Or Who Was Fell Had"
)
"""What follows "Patient" in the names of offices, forms and projects."""
NO_SURNAME = _one_of(
    "Coli Difficile Diff Aureus Baumannii Pneumoniae Patients? People Bab(?:y|ies) Women Men Residents? Staff Nurses?"
    " Falls? They He She It We The This That These Those There Two Three Both All Every Each One No None Nobody Someone"
    " Some Many Most Data Beds? Wards? In On At If When As For After Before Then An Our My His Her You Who Which What"
    " Nothing Everyone Somebody Clients? Children"
)
_NO_NAME = rf"(?:{NO_SURNAME}|{ORGANISED}|" + _one_of(
    "Falls? Sepsis Asthma Cancer Dementia Diabet\\w+ Parkinson\\w* Alzheimer\\w* Stroke Covid\\w* Pressure Risk Hand"
    " Pain Medicines? Medication Insulin Hospitals? Theatre Discharge Admission Delirium Healthwatch Samaritans Triage"
    " Outreach Ambulance Nursing Home Community Mental Health Social Trust National Royal University General Teaching"
    " City County North South East West Saint St British English Polish Asian Black White Muslim Christian Jewish Deaf"
    " Autistic Aged Must Required Missing Unknown Not Withheld Anonymous Redacted Removed Confidential Optional Blank"
    " Field Very Illegible Sister Nurse Matron Chief Deputy Head Director Professor Doctor Dr Chair Great Surname"
    " Forename Name Date Yes Nearly Never Always Also Sadly Suddenly January February March July August September"
    " October November December (?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day"
) + ")"  # fmt: skip
NAME_WORD = rf"(?!{_NO_NAME})(?=\w['’]?\w{{0,12}}[a-z]){SURNAME}"
"""One part of a name; not an abbreviation in capitals, such as NHS."""
INITIALS = r"(?:[A-Z]\.[ \n]?|[A-Z][ \n]){1,3}"
FULL_NAME = rf"(?:{NAME_WORD}[ \n](?:[A-Z]\.? )?|{INITIALS}){NAME_WORD}(?:[ \n]{NAME_WORD})?"
NAME_WORD_IN_ANY_CASE = rf"(?!(?i:{_NO_NAME})){SURNAME}"

_PATIENT = r"(?i:\b(?:patient|pt|resident|service user|client|baby(?: girl| boy)?))"
PATIENT_BY_NAME = (
    rf"{_PATIENT}[ \n:]{{1,2}}(?!{ORGANISED})(?P<name>{FORENAMES}(?!{ORGANISED}){SURNAME}(?: [A-Z]\b(?!\.?\w))?)"
)

START_OF_A_RECORD = r"(?:^|[\n|;·•*>)\].-]|\d\.?)[ ]*"
NO_LABEL = "(?!" + _one_of(
    "Ward Bay Unit Bed Team Group Phase Cycle Plan Table Figure Appendix Version Part Site Area Block Level Type Week"
    " Stage Step Cohort Room Annex Section Form Vitamin Hepatitis Influenza Item Lane Building Zone"
) + ")"  # fmt: skip
"""Words with which a letter after them names a thing: "Ward B", "Hepatitis B"."""
