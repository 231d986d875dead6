"""What is typed and not saved yet: kept for its writer alone, found again, and gone once it is saved."""

import pytest

from psc.register.database.register_tables import FormRow
from psc.register.unsaved_forms import drop_form, follow_form, forms_of, keep_form, open_form
from tests.register.at_once import at_once, patient

NAME = "priority:fewer-falls-0a1b2c3d"


@pytest.fixture
def begun(world):
    """A form that Casey began from version 3 and left."""
    form = open_form(world.service, world.contributor, NAME, version=3, content={"title": "As it stands"})
    keep_form(world.service, world.contributor, form, {"title": "Half a thought"})
    return form


def again(world, who=None):
    """The form as it is found on a later day, when the record is at version 5."""
    return open_form(world.service, who or world.contributor, NAME, version=5, content={"title": "As it stands now"})


def test_a_form_never_begun_holds_the_records_words(world):
    form = again(world)
    assert (form.version, form.content, form.begun) == (5, {"title": "As it stands now"}, False)
    assert forms_of(world.service, world.contributor) == []


def test_a_form_that_was_begun_is_found_again_on_the_version_it_was_begun_from(world, begun):
    form = again(world)
    assert (form.version, form.content, form.begun) == (3, {"title": "Half a thought"}, True)
    assert form.token == begun.token


def test_nobody_else_finds_it(world, begun):
    assert not again(world, world.lead).begun
    assert forms_of(world.service, world.lead) == []


def test_what_looks_like_personal_data_is_not_kept(world, begun):
    refused = keep_form(world.service, world.contributor, begun, {"title": "Falls", "summary": "Ring 020 7946 0018"})
    assert refused == ["summary"]
    assert again(world).content == {"title": "Falls"}
    assert again(world).not_kept == ("summary",)


def test_what_a_field_held_before_stays_when_what_is_typed_over_it_is_not_kept(world):
    """A field that was left empty would be saved as if its writer had emptied it."""
    saved = {"title": "Falls", "problem": "Nobody looks.", "results": [{"measure": "Falls", "source": "Audit"}]}
    form = open_form(world.service, world.contributor, NAME, version=5, content=saved)
    rows = [*saved["results"], {"measure": "Slips", "source": "Ring 020 7946 0018"}]
    typed = {**saved, "problem": "Seen: 943 476 5919", "results": rows, "active_ingredients": ["A", "jo@nhs.net"]}
    assert keep_form(world.service, world.contributor, form, typed) == ["active_ingredients", "problem", "results"]
    found = again(world)
    assert found.content["problem"] == "Nobody looks."
    assert found.content["results"] == [*saved["results"], {"measure": "Slips"}]
    assert found.content["active_ingredients"] == ["A"]
    assert found.not_kept == ("active_ingredients", "problem", "results")
    keep_form(world.service, world.contributor, found, {**typed, "problem": "Nobody looks at night."})
    keep_form(world.service, world.contributor, found, typed)
    assert again(world).content["problem"] == "Nobody looks at night."
    keep_form(world.service, world.contributor, found, saved)
    assert again(world).not_kept == () and again(world).content == saved


def test_a_form_follows_a_version_its_writer_has_made_and_no_other(world, begun):
    follow_form(world.service, world.contributor, NAME, 2, 3)
    follow_form(world.service, world.contributor, NAME, 4, 5)
    follow_form(world.service, world.lead, NAME, 3, 4)
    assert again(world).version == 3
    follow_form(world.service, world.contributor, NAME, 3, 4)
    assert again(world).version == 4
    assert again(world).content == {"title": "Half a thought"}


def test_a_form_that_is_dropped_is_gone_and_dropped_twice_does_no_harm(world, begun):
    drop_form(world.service, world.contributor, NAME)
    drop_form(world.service, world.contributor, NAME)
    assert not again(world).begun
    with world.service.database.reading() as session:
        assert session.query(FormRow).count() == 0


def test_the_latest_form_comes_first(world, begun):
    for name in ("event:new::00000001", "event:new::00000002"):
        form = open_form(world.service, world.contributor, name, version=None, content={})
        keep_form(world.service, world.contributor, form, {"title": "An event"})
    assert [form.name for form in forms_of(world.service, world.contributor)] == [
        "event:new::00000002",
        "event:new::00000001",
        NAME,
    ]


def test_a_name_from_an_address_that_no_database_holds_is_found_nowhere(world):
    assert not open_form(world.service, world.contributor, "priority:\0\ud800", version=1, content={}).begun
    drop_form(world.service, world.contributor, "priority:\0\ud800")


def test_a_form_kept_in_two_windows_at_the_same_moment_is_kept_once(world):
    with patient(world) as world:
        form = open_form(world.service, world.lead, "priority/new", version=None, content={})
        keep = [lambda n=n: keep_form(world.service, world.lead, form, {"title": f"From window {n}"}) for n in range(4)]
        assert at_once(*keep) == [[], [], [], []]
        assert open_form(world.service, world.lead, "priority/new", version=None, content={}).token == form.token
