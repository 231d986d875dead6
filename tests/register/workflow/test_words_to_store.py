"""Words are checked and screened for personal data before they are stored."""

import pytest

from psc.register.errors import Incomplete, PersonalDataFound
from tests.register.world import PRIORITY, SOLUTION, published


def test_personal_data_is_refused_with_the_field_and_the_words(world):
    words = {**PRIORITY, "summary": "Ring 020 7946 0018 for a chat about medicines.", "how_set": "By vote."}
    with pytest.raises(PersonalDataFound) as found:
        world.service.create(world.contributor, "priority", words, areas=["wessex"])
    assert [finding.text for finding in found.value.findings["summary"]] == ["020 7946 0018"]
    assert world.service.records(world.contributor, "priority") == []
    declared = {**words, "public_contacts": ["020 7946 0018"]}
    assert world.service.create(world.contributor, "priority", declared, areas=["wessex"]).state == "draft"


def test_number_in_web_address_is_stored_once_whole_address_is_declared(world):
    address = f"https://example.org/{'report/' * 30}9434765919"
    words = {**PRIORITY, "summary": f"See {address} for more."}
    for contacts in ([], ["9434765919"]):
        with pytest.raises(PersonalDataFound):
            world.service.create(world.lead, "priority", {**words, "public_contacts": contacts}, areas=["wessex"])
    declared = {**words, "public_contacts": [address]}
    made = world.service.create(world.lead, "priority", declared, areas=["wessex"])
    assert made.content["summary"] == words["summary"]
    with pytest.raises(PersonalDataFound):
        elsewhere = {**declared, "how_set": "For 943 476 5919."}
        world.service.edit(world.lead, "priority", made.id, elsewhere, version=made.version)


def test_personal_data_deep_in_a_results_table_is_found(world):
    words = {**SOLUTION, "results": [{**SOLUTION["results"][0], "population": "Patient 943 476 5919"}]}
    with pytest.raises(PersonalDataFound) as found:
        world.service.create(world.contributor, "solution", words, areas=["wessex"])
    assert found.value.findings["results"][0].kind == "nhs_number"


def test_edit_cannot_write_an_outcome_that_only_closing_writes(world):
    shown = world.priority()
    words = {**PRIORITY, "outcome": "A triumph."}
    world.service.edit(world.lead, "priority", shown.id, words, version=shown.version)
    assert published(world).priorities[0].outcome is None


def test_words_of_a_step_are_refused_if_too_long_or_personal(world):
    shown = world.priority()
    with pytest.raises(Incomplete, match="too long"):
        world.act(world.lead, shown, "close", "x" * 4001)
    with pytest.raises(PersonalDataFound):
        world.act(world.lead, shown, "close", "Ring 020 7946 0018.")
    closed = world.service.act(
        world.lead, "priority", shown.id, "close", version=shown.version, words="Ring 020 7946 0018.",
        public_contacts=["020 7946 0018"],
    )  # fmt: skip
    assert closed.state == "closed"


def test_personal_data_is_found_through_the_marks_of_markdown(world):
    with pytest.raises(PersonalDataFound):
        world.service.create(
            world.contributor, "priority", {**PRIORITY, "summary": "Ask 943**476**5919 about it."}, areas=["wessex"]
        )
