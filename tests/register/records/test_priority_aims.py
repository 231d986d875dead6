"""An aim in figures: what is refused, what a published one must say, and since when it is as it is."""

import datetime
import json
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from psc.register.database.register_tables import PriorityRow
from psc.register.errors import Incomplete
from psc.register.public.public_view import priority_of
from psc.register.records.fields import KnownMeasure
from psc.register.records.kinds import checked
from psc.register.records.priority_aims import check_aim
from tests.register.world import KNOWN, World

TODAY = datetime.date(2026, 11, 2)
HERE = frozenset({"wessex"})
MEASURES = {
    "methotrexate-10mg": KnownMeasure("lower", 0, 100, HERE),
    "mrsa": KnownMeasure("higher", 0, float("inf"), HERE | {"eastern"}),
    "shmi": KnownMeasure("neutral", 0, float("inf"), HERE),
}
AIM = {
    "aim_metric": "methotrexate-10mg", "aim_start_value": 2.9, "aim_target_value": 1.5, "aim_by": "2027-12-31",
}  # fmt: skip


@pytest.fixture
def world(world) -> World:
    """The register, which knows which way is better in its measures."""
    known = replace(KNOWN, measures=MEASURES)
    return World(replace(world.service, known=known), world.clock)


def problems(*, before=(), areas=("wessex",), **words) -> dict[str, str]:
    try:
        check_aim({**AIM, **words}, dict(before), areas, MEASURES, TODAY)
    except Incomplete as incomplete:
        return dict(incomplete.problems)
    return {}


def shown(world, record):
    with world.service.database.reading() as session:
        return priority_of(session.get(PriorityRow, record.id))


def test_an_aim_that_can_be_meant_is_taken():
    assert problems() == {}
    assert problems(aim_metric="mrsa", aim_target_value=4.0) == {}
    assert problems(aim_metric="shmi", aim_target_value=4.0) == problems(aim_metric="shmi") == {}


@pytest.mark.parametrize(
    ("words", "field", "said"),
    [
        ({"aim_target_value": 3.1}, "aim_target_value", "must be below"),
        ({"aim_metric": "mrsa"}, "aim_target_value", "must be above"),
        ({"aim_target_value": 2.9}, "aim_target_value", "where it is to go"),
        ({"aim_metric": "shmi", "aim_target_value": 2.9}, "aim_target_value", "where it is to go"),
        ({"aim_start_value": 101.0}, "aim_start_value", "cannot be below 0 or above 100"),
        ({"aim_target_value": -1.0}, "aim_target_value", "cannot be below 0"),
        ({"aim_metric": "mrsa", "aim_start_value": -1.0}, "aim_start_value", "cannot be below 0."),
        ({"aim_metric": None}, "aim_metric", "Choose the measure"),
        ({"areas": ("eastern",)}, "aim_metric", "no figures of this measure for the area"),
        ({"areas": ("wessex", "eastern")}, "aim_metric", "no figures of this measure for each of the areas"),
        ({"aim_by": "2026-11-02"}, "aim_by", "still to come"),
        ({"aim_by": "2037-01-01"}, "aim_by", "next 10 years"),
    ],
)
def test_an_aim_that_cannot_be_meant_is_refused_at_its_field(words, field, said):
    found = problems(**words)
    assert list(found) == [field] and said in found[field]


def test_an_aim_in_words_may_name_a_measure_without_figures_here():
    words = {"aim_start_value": None, "aim_target_value": None, "aim_baseline": "9", "aim_target": "4"}
    assert problems(areas=("eastern",), **words) == {}


@given(
    st.sampled_from(["lower", "higher"]),
    st.floats(0, 100, allow_nan=False),
    st.floats(0, 100, allow_nan=False),
)
def test_a_target_is_taken_exactly_where_it_is_better_than_the_start(direction, start, target):
    measures = {"methotrexate-10mg": KnownMeasure(direction, 0, 100, HERE)}
    words = {**AIM, "aim_start_value": start, "aim_target_value": target}
    better = target < start if direction == "lower" else target > start
    if better:
        check_aim(words, {}, ("wessex",), measures, TODAY)
    else:
        with pytest.raises(Incomplete):
            check_aim(words, {}, ("wessex",), measures, TODAY)


@pytest.mark.parametrize("value", [True, "1.5", float("nan"), float("inf"), []])
def test_what_is_no_number_is_refused_in_words(value):
    with pytest.raises(Incomplete) as refused:
        checked("priority", {"title": "Fewer errors", "aim_target_value": value}, KNOWN)
    assert refused.value.problems == {"aim_target_value": "This is no number that can be used."}


def test_an_old_aim_in_words_is_still_valid_and_shown(world):
    words = {"aim_metric": "methotrexate-10mg", "aim_baseline": "2.9%", "aim_target": "1.5%", "aim_by": "2027-03-31"}
    aim = shown(world, world.priority(**words)).aim
    assert (aim.baseline, aim.target, aim.start_value, aim.target_value) == ("2.9%", "1.5%", None, None)


@pytest.mark.parametrize("left_out", ["aim_start_value", "aim_target_value", "aim_by"])
def test_a_published_aim_in_figures_is_whole(world, left_out):
    words = {name: value for name, value in AIM.items() if name != left_out}
    consulted = world.priority("in_consultation", **words)
    with pytest.raises(Incomplete) as incomplete:
        world.act(world.lead, consulted, "publish")
    assert set(incomplete.value.problems) == {left_out}


def test_an_aim_whose_day_passes_while_it_is_a_draft_is_not_published(world):
    consulted = world.priority("in_consultation", **AIM)
    world.clock.now = datetime.datetime(2028, 1, 1, 9, tzinfo=datetime.UTC)
    with pytest.raises(Incomplete) as incomplete:
        world.act(world.lead, consulted, "publish")
    assert set(incomplete.value.problems) == {"aim_by"}


def test_an_aim_whose_day_has_passed_does_not_stand_in_the_way_of_other_changes(world):
    record = world.priority(**AIM)
    world.clock.now = datetime.datetime(2028, 1, 1, 9, tzinfo=datetime.UTC)
    edited = world.service.edit(
        world.lead, "priority", record.id, {**record.content, "title": "Fewer methotrexate mix-ups"},
        version=record.version,
    )  # fmt: skip
    assert edited.content["aim_by"] == "2027-12-31"
    assert world.act(world.lead, edited, "close", "Done.").state == "closed"


def test_an_aim_counts_from_its_publication_and_a_changed_one_from_its_change(world):
    record = world.priority(**AIM)
    assert shown(world, record).aim.since == "2026-11-02"
    world.clock.now = datetime.datetime(2027, 2, 1, 9, tzinfo=datetime.UTC)
    words = {**record.content, "summary": "Nobody should be given these tablets by mistake."}
    record = world.service.edit(world.lead, "priority", record.id, words, version=record.version)
    assert shown(world, record).aim.since == "2026-11-02"
    words = {**record.content, "aim_start_value": 2.4, "aim_target_value": 1.0}
    record = world.service.edit(world.lead, "priority", record.id, words, version=record.version)
    assert shown(world, record).aim.since == "2027-02-01"


def test_the_figures_of_an_aim_are_kept_as_numbers(world):
    record = world.priority(**{**AIM, "aim_start_value": 3, "aim_target_value": 0})
    assert json.dumps(record.content["aim_target_value"]) in ("0", "0.0")
    assert shown(world, record).aim.target_value == 0
