"""What people call something finds what the records call it."""

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from psc.catalogue.definition import load_catalogue, read_catalogue
from psc.register.compiled.load import load_register
from psc.register.search.entries import Entry, entries_of, measure_entries
from psc.register.search.query_words import SMALL_WORDS, stems, words
from psc.register.search.text_search import Index
from psc.settings import data_folder
from tests.register.search_twin import slow_search

REGISTER = load_register(data_folder() / "register")
GROUPS = REGISTER.synonyms
ENTRIES = [*measure_entries(load_catalogue()), *entries_of(REGISTER)]
INDEX = Index(ENTRIES, GROUPS)
SORES = [["pressure ulcer", "bed sore", "bedsore"], ["GP", "general practice"]]


def entry(id: str, title: str = "A case", main: str = "", rest: str = "") -> Entry:
    return Entry("solution", id, title, main, rest)


def found(index: Index, query: str) -> list[str]:
    return [hit.id for hit in index.search(query)]


def has_name(text: str, name: str) -> bool:
    """Whether the words of the name follow each other in the text, in any ending."""
    said, sought = stems(words(text)), stems(words(name))
    return any(said[at : at + len(sought)] == sought for at in range(len(said)))


def named(entries: list[Entry], group: tuple[str, ...]) -> set[str]:
    """The slow twin: the entries that have any of the names in one of their texts."""
    return {e.id for e in entries if any(has_name(text, name) for text in (e.title, e.main, e.rest) for name in group)}


@pytest.mark.parametrize("group", GROUPS, ids=lambda group: group[0])
def test_every_name_of_a_thing_finds_the_same_first_and_something(group: tuple[str, ...]) -> None:
    expected = named(ENTRIES, group)
    assert expected, "nothing here is called any of these: leave the group out until something is"
    first = found(INDEX, group[0])[: len(expected)]
    assert set(first) == expected
    for name in group:
        assert found(INDEX, name)[: len(expected)] == first, name


def test_no_name_belongs_to_two_groups_in_any_ending() -> None:
    known = [name for group in GROUPS for name in {stems(words(name)) for name in group}]
    assert sorted({name for name in known if known.count(name) > 1}) == []
    assert all(set(words(name)) - SMALL_WORDS for group in GROUPS for name in group)


@settings(max_examples=60)
@given(
    st.sampled_from(GROUPS), st.sampled_from(["hospital", "patients", "care homes", "training", "deaths"]), st.data()
)
def test_a_name_beside_other_words_finds_what_every_name_beside_them_finds(group, more: str, data) -> None:
    name = data.draw(st.sampled_from(group))
    others = {e.id for e in slow_search(ENTRIES, more)}
    assert named(ENTRIES, group) & others <= set(found(INDEX, f"{name} {more}"))
    assert named(ENTRIES, group) & others <= set(found(INDEX, f"{more} with {name}"))


@pytest.mark.parametrize("query", ["bed sores", "Bed-sores!", "bedsore", "pressure ulcers", "bedsor", "PRESSURE ULCER"])
def test_the_name_in_the_record_is_marked_whatever_was_typed(query: str) -> None:
    index = Index([entry("one", "Fewer pressure ulcers", "An ulcer after pressure. Pressure ulcers hurt.")], SORES)
    [hit] = index.search(query)
    assert hit.title_html == "Fewer <mark>pressure</mark> <mark>ulcers</mark>"
    assert hit.excerpt_html.endswith("<mark>Pressure</mark> <mark>ulcers</mark> hurt.")
    assert ("An <mark>ulcer</mark>" in hit.excerpt_html) is ("ulcer" in query.lower()), "typed words are marked alone"


def test_a_name_that_was_not_typed_counts_only_with_its_words_together() -> None:
    general = entry("apart", "A general hospital", "Best practice.")
    index = Index([general, entry("together", "General practices")], SORES)
    assert found(index, "GP") == ["together"]
    assert found(index, "general practice") == ["together", "apart"]


def test_a_name_in_the_title_stands_above_one_in_the_text_and_that_above_a_slip() -> None:
    index = Index(
        [entry("slip", "Presure ulcer"), entry("text", main="Bed sores."), entry("title", "Pressure ulcers")], SORES
    )
    for query in ("pressure ulcer", "bedsores"):
        assert found(index, query)[:2] == ["title", "text"]
    assert found(index, "pressure ulcer")[2:] == ["slip"]


def test_a_misspelt_name_is_read_unless_the_records_have_the_word() -> None:
    sores = entry("sores", "Pressure ulcers")
    assert found(Index([sores], SORES), "bedsoers") == ["sores"]
    assert found(Index([sores, entry("own", "Bedsoers")], SORES), "bedsoers") == ["own"]


def test_a_name_typed_twice_over_asks_once() -> None:
    index = Index([entry("one", "Pressure ulcers")], SORES)
    assert found(index, "bed sores pressure ulcers bedsore") == ["one"]


@pytest.mark.parametrize(
    "query", ["my baby was born too early", "what can I do about falls", "when will they be in A&E"]
)
def test_a_sentence_is_read_for_what_it_is_about(query: str) -> None:
    assert found(INDEX, query)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("synonyms:\n  - [falls, trips]\n  - [slips, Falls]\n", ["the name falls more than once", "each name once"]),
        ("synonyms:\n  - [falls]\n", ["falls alone", "two names or more"]),
        ("synonyms:\n  - [falls, '!!']\n", ["synonyms.yaml", "line 2"]),
        ("words:\n  - [falls, trips]\n", ["an unknown key", "synonyms"]),
    ],
)
def test_a_fault_of_the_list_is_named(tmp_path: Path, text: str, said: list[str]) -> None:
    for name in ("harm_areas.yaml", "care_settings.yaml"):
        (tmp_path / name).write_bytes((data_folder() / "harms" / name).read_bytes())
    (tmp_path / "synonyms.yaml").write_text(text, encoding="utf-8")
    faults = [str(fault) for fault in read_catalogue(tmp_path)[1]]
    assert faults and all("harms/synonyms.yaml" in fault for fault in faults)
    assert all(any(part in fault for fault in faults) for part in said), faults
