"""What a record must say before the public reads it: field to what to do about it."""

from collections.abc import Mapping
from typing import Any

from psc.register.records.chart_decision import needed_figure
from psc.register.records.content import STAGE_DATES
from psc.register.records.priority_aims import needed_of_aim
from psc.register.records.register_vocabulary import PEER_REVIEWED
from psc.register.text.web_address import says_where
from psc.register.workflow.lifecycle import Kind

_NEEDED: Mapping[Kind, Mapping[str, str]] = {
    "priority": {
        "summary": "Say in plain English what the priority is.",
        "harm_areas": "Choose the kind of harm it is about.",
        "care_settings": "Choose where care is given, or all settings.",
        "origin": "Say who set it.",
        "involvement_level": "Say at what level patients and staff took part; that nobody did is an answer.",
        "patient_involvement": "Say how patients and staff took part.",
        "contact_role": "Name the role, not the person, to contact.",
        "review_date": "Say when it will be looked at again.",
    },
    "test": {
        "question": "Say what the test was to find out.",
        "prediction": "Say what was expected before it began.",
        "plan": "Say what was done, by whom and where.",
        "sites": "Say where it was tested.",
        "start": "Say when it began.",
    },
    "solution": {
        "problem": "Say what the problem was.",
        "what_was_done": "Say what was done.",
        "partners": "Say who tested it.",
        "care_settings": "Choose where care is given.",
        "harm_areas": "Choose the kind of harm it is about.",
        "evidence_grade": "Grade the evidence.",
        "patient_involvement": "Say how patients took part; that they did not is an answer.",
        "caveats": "Say what to know before trying it.",
        "contact_role": "Name the role, not the person, to contact.",
    },
    "adoption": {"stage": "Say how far it has gone.", "sites": "Say where."},
    "suggestion": {},
    "event": {"audience": "Say who it is for.", "date": "Say when it is."},
    "capability": {
        "what": "Say what was counted.",
        "start": "Say when the period began.",
        "end": "Say when the period ended.",
        "people": "Say how many.",
        "how_counted": "Say how they were counted.",
    },
    "chart_decision": {
        "metric": "Choose the measure.",
        "decision": "Choose what is decided.",
        "date": "Say from which day on.",
        "explanation": "Say why, in plain words.",
    },
    "grant": {},
}


def missing(kind: Kind, content: Mapping[str, Any]) -> dict[str, str]:
    """Return what must still be written before the record can be public: field to what to do."""
    needed = dict(_NEEDED[kind])
    if kind == "solution" and not content.get("results"):
        needed["results_note"] = "Give at least one result, or say why there is none."
    if kind == "test" and content.get("end"):
        needed |= {"what_happened": "It has ended: say what happened.", "learned": "Say what was learned."}
        needed["decision"] = "Say what was decided: adopt, adapt or abandon."
    if kind == "adoption" and content.get("stage") in STAGE_DATES:
        needed[STAGE_DATES[content["stage"]]] = "Say since when."
    if kind == "adoption" and content.get("stage") in ("sustained", "stopped"):
        needed["adopted_on"] = "Say since when it was in use."
    if kind == "priority":
        needed |= needed_of_aim(content)
    if kind == "chart_decision":
        needed |= needed_figure(content)
    empty = {field: words for field, words in needed.items() if content.get(field) in (None, "", [], ())}
    return empty | (_unsupported(content) if kind == "solution" else {})


def _unsupported(content: Mapping[str, Any]) -> dict[str, str]:
    """Return what a grade that only a journal can give still needs: where the journal's article is."""
    sources = [result.get("source") or "" for result in content.get("results") or ()]
    if content.get("evidence_grade") not in PEER_REVIEWED or any(map(says_where, sources)):
        return {}
    return {
        "evidence_grade": "Grades A and B are for what a peer-reviewed journal has published: give the web address or "
        "the DOI of the article as the source of a result, or choose another grade."
    }
