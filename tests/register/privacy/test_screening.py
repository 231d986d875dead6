"""Everything a person wrote in a record is screened, without what they declared to be public."""

from psc.register.privacy.screening import personal_data
from tests.register.privacy.found_kinds import NHS


def test_declared_contact_does_not_hide_an_nhs_number_split_by_markdown() -> None:
    content = {"summary": f"Ring 0117 496 0123. 943\\-{NHS[4:]}", "public_contacts": ["0117 496 0123"]}
    assert [finding.kind for finding in personal_data(content)["summary"]] == ["nhs_number"]
