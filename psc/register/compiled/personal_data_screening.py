"""Looks through compiled records for what looks like one person's data: what stands in the files is public at once.

The kinds are those that the forms refuse (:data:`psc.register.privacy.personal_data.LOOKS_LIKE`). A number in a web
address that may be the publisher's own for a page is let through. :mod:`psc.register.privacy.first_look` decides which
texts are read with all the patterns.
"""

from collections.abc import Iterator
from typing import TYPE_CHECKING

from psc.register.compiled.source_record import Misfit
from psc.register.compiled.texts import values_of
from psc.register.privacy.first_look import may_be_in_address, may_be_personal
from psc.register.records.fields import DATE_FIELDS, SourcedRecord
from psc.register.text.web_address import is_web_address

if TYPE_CHECKING:
    from psc.register.privacy.personal_data import Finding

_WANTED = "nothing about one person: everyone can read what stands in this file"
_WANTED_OF_CONTACTS = "no contact details: the address of the organisation's page says them"


def personal_texts(record: SourcedRecord) -> Iterator[Misfit]:
    """Each text that holds what looks like personal data. The misfit says what kind it is and does not repeat it."""
    for key, text in values_of(record):
        if not isinstance(text, str) or key[-1] in DATE_FIELDS or text.replace("-", "_").isidentifier():
            continue
        if may_be_in_address(text) if is_web_address(text) else may_be_personal(text):
            for finding in _findings(text):
                wanted = _WANTED_OF_CONTACTS if finding.can_be_public_contact else _WANTED
                yield key, f"what looks like {finding.looks_like}", wanted


def _findings(text: str) -> "list[Finding]":
    # Reading its patterns takes longer than the rest of this check, and hardly any text needs them.
    from psc.register.privacy.screening import personal_data

    return [finding for finding in personal_data({"text": text}).get("text", ()) if not finding.address]
