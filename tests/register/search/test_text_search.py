"""The search finds what a reader meant: other endings, slips, beginnings; and shows safely where it found it."""

from dataclasses import replace

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from psc.register.compiled.load import Register, load_register
from psc.register.search.entries import Entry, Kind, entries_of
from psc.register.search.query_words import SMALL_WORDS, query_words, words
from psc.register.search.text_search import Hit, Index, index_of
from psc.settings import data_folder
from tests.register.search.made_entries import entry, shown
from tests.register.search_twin import slow_search

REGISTER: Register = load_register(data_folder() / "register")

ENTRIES = list(entries_of(REGISTER))

INDEX = Index(ENTRIES)

TEXT_OF = {entry.id: words(f"{entry.title} {entry.main} {entry.rest}") for entry in ENTRIES}

KNOWN = sorted({word for text in TEXT_OF.values() for word in text})

LONG = [word for word in KNOWN if len(word) >= 9 and word.isalpha()]

LETTERS = st.sampled_from("abcdefghijklmnopqrstuvwxyz")


def ids(hits: list[Hit]) -> list[str]:
    return [hit.id for hit in hits]


def found(index: Index, query: str) -> list[str]:
    return ids(index.search(query))


def known(word: str) -> bool:
    """Whether some record has the word in it without a slip."""
    return bool(slow_search(ENTRIES, word))


@st.composite
def slips(draw: st.DrawFn, word: str, edits: tuple[str, ...]) -> str:
    """The word with each of the edits made somewhere in it."""
    for edit in edits:
        at = draw(st.integers(0, len(word) - 2))
        word = {
            "drop": word[:at] + word[at + 1 :],
            "add": word[:at] + draw(LETTERS) + word[at:],
            "change": word[:at] + draw(LETTERS) + word[at + 1 :],
            "swap": word[:at] + word[at + 1] + word[at] + word[at + 2 :],
        }[edit]
    return word


EDIT = st.sampled_from(["drop", "add", "change", "swap"])

MISSPELT = st.sampled_from(
    [word for word in KNOWN if len(word) >= 5 and word.isalpha() and word not in SMALL_WORDS]
).flatmap(lambda word: st.tuples(st.just(word), EDIT.flatmap(lambda edit: slips(word, (edit,)))))

TWICE_MISSPELT = st.sampled_from(LONG).flatmap(
    lambda word: st.tuples(st.just(word), slips(word, ("change", "change")) | slips(word, ("change", "add")))
)


@pytest.mark.parametrize("query", ["fall", "falls", "falling", "FALLS", "  falls? "])
def test_other_endings_of_a_word_are_found(query: str) -> None:
    index = Index([entry("one", "A fall"), entry("more", "Falls on wards"), entry("ing", "Falling at home")])
    assert sorted(found(index, query)) == ["ing", "more", "one"]


@pytest.mark.parametrize(
    ("query", "meant", "among"),
    [
        ("presure ulcer", "pressure", "oxford-pressure-ulcers"),
        ("antibotics", "antibiotics", "north-west-coast-point-of-care-testing"),
        ("sepis", "sepsis", "national-deterioration-2017"),
        ("laprotomy", "laparotomy", "kss-copd-and-laparotomy"),
        ("cathater", "catheter", "south-london-no-catheter-no-cauti"),
    ],
)
def test_slips_in_spelling_are_forgiven(query: str, meant: str, among: str) -> None:
    assert meant in words(shown(INDEX.search(query)[0].title_html))
    assert among in found(INDEX, query)


@given(MISSPELT)
def test_one_slip_anywhere_in_a_word_still_finds_every_record_with_it(pair: tuple[str, str]) -> None:
    word, written = pair
    assume(len(written) >= 4 and not known(written))
    assert {id for id, text in TEXT_OF.items() if word in text} <= set(found(INDEX, written))


@given(TWICE_MISSPELT)
def test_two_slips_in_a_long_word_too(pair: tuple[str, str]) -> None:
    word, written = pair
    assume(not known(written))
    assert {id for id, text in TEXT_OF.items() if word in text} <= set(found(INDEX, written))


def test_short_words_and_digits_must_be_right() -> None:
    index = Index([entry("uti", "UTI"), entry("dose", "Methotrexate 10mg"), entry("score", "NEWS2")])
    assert found(index, "utj") == []
    assert found(index, "15mg") == []
    assert found(index, "methotrexat 10mg") == ["dose"]
    assert found(index, "NESW2") == ["score"]


def test_a_word_the_records_know_is_taken_as_written() -> None:
    index = Index([*(entry(f"essex-{n}", "Safer homes in Essex") for n in range(3)), entry("wessex", "In Wessex")])
    assert found(index, "wessex") == ["wessex"]
    assert found(index, "wesex")[0] == "wessex"


def test_a_record_that_misspells_a_word_is_found_after_those_that_do_not() -> None:
    index = Index([entry("misspelt", "Antibotics"), entry("mention", "A case", "", "late antibiotics")])
    assert found(index, "antibiotics") == ["mention", "misspelt"]


@pytest.mark.parametrize("query", ["café", "CAFÉ", "cafe", "cafés", "cafe\N{COMBINING ACUTE ACCENT}"])
def test_accents_and_case_do_not_matter(query: str) -> None:
    index = Index([entry("with", "Pain cafés"), entry("apart", "Pain cafe\N{COMBINING ACUTE ACCENT}s")])
    assert sorted(found(index, query)) == ["apart", "with"]
    assert all(hit.title_html.startswith("Pain <mark>caf") for hit in index.search(query))


@pytest.mark.parametrize("query", ["Martha's", "marthas", "Martha’s", "martha"])
def test_an_apostrophe_does_not_divide_a_word(query: str) -> None:
    index = Index([entry("curly", "Martha’s Rule"), entry("plain", "Martha's Rule"), entry("s", "S is a letter")])
    assert found(index, query) == ["curly", "plain"]
    assert index.search(query)[0].title_html == "<mark>Martha’s</mark> Rule"


def test_the_beginning_of_a_word_is_enough() -> None:
    index = Index([entry("laparotomy", "Emergency laparotomy"), entry("other", "Emergency care")])
    assert found(index, "lap") == found(index, "laparot") == ["laparotomy"]


def test_every_word_must_be_found_but_small_ones() -> None:
    index = Index([entry("both", "Falls in homes"), entry("one", "Falls"), entry("of", "Place of birth")])
    assert found(index, "the falls of the homes") == ["both"]
    assert found(index, "falls zebra") == []
    assert found(index, "of the") == []
    assert found(index, "of") == ["of"]


def test_the_title_weighs_most_then_the_summary_then_the_rest() -> None:
    long = "Sepsis " * 50
    index = Index([entry("rest", rest=long), entry("main", main=long), entry("title", "Sepsis in a very long title")])
    assert found(index, "sepsis") == ["title", "main", "rest"]


def test_as_written_stands_above_a_beginning_and_that_above_any_slip() -> None:
    index = Index(
        [
            entry("two slips", "Dehidratoon"),
            entry("one slip", "Dehydraton dehydraton", "dehydraton"),
            entry("beginning", rest="dehydrationlike"),
            entry("ending", rest="dehydrations"),
        ]
    )
    assert found(index, "dehydration") == ["ending", "beginning", "one slip", "two slips"]


@given(st.lists(st.sampled_from(["falls", "homes", "wards", "night", "beds", "drink"]), min_size=2, unique=True))
def test_no_weight_makes_up_for_a_slip(query: list[str]) -> None:
    """All words in the title but one that is misspelt, against all of them somewhere in the rest."""
    misspelt = " ".join([*query[:-1], query[-1][:-2] + query[-1][-1] + query[-1][-2]])
    index = Index([entry("slip", misspelt, misspelt, misspelt), entry("right", rest=" ".join(query))])
    assert found(index, " ".join(query)) == ["right", "slip"]


def test_a_record_that_says_more_about_it_comes_first_among_equals() -> None:
    index = Index(
        [entry("less", "Falls", "Falls. " + "Other words. " * 20), entry("more", "Falls", "Falls and falls.")]
    )
    assert found(index, "falls") == ["more", "less"]


def test_equals_keep_their_order_and_kinds_can_be_told_apart() -> None:
    kinds: list[Kind] = ["learning", "priority", "solution"]
    index = Index([entry(f"{kind}-{n}", "Falls", kind=kind) for n in range(40) for kind in kinds])
    every = found(index, "falls")
    assert every == [f"{kind}-{n}" for n in range(40) for kind in kinds]
    assert found(index, "falls")[:7] == ids(index.search("falls", limit=7))
    for kind in kinds:
        assert index.ids("falls", kind) == ids(index.search("falls", kind=kind)) == [f"{kind}-{n}" for n in range(40)]
    assert index.search("falls", limit=0) == []


QUERIES = """
falls|falls in care homes|pressure ulcers|antibiotics|sepsis|medicines safety|opioids chronic pain|NEWS2|martha's rule|
acute kidney injury|catheter|maternity|preterm birth|laparot|discharge|pharmacy|hydrating|huddle|mental health|
infections|virtual wards|checklist|training staff|patients|learning from deaths|wessex|west of england|national|the|
covid|deterior
"""


@pytest.mark.parametrize("query", [" ".join(query.split()) for query in QUERIES.split("|")])
def test_every_record_that_the_slow_search_finds_is_found(query: str) -> None:
    slow = [entry.id for entry in slow_search(ENTRIES, query)]
    fast = found(INDEX, query)
    assert slow and set(slow) == set(fast[: len(slow)]), "and stands above what is only found with a slip"


@given(st.lists(st.sampled_from(KNOWN), min_size=1, max_size=3), st.integers(1, 12))
def test_any_words_and_beginnings_that_the_slow_search_finds_are_found(some: list[str], length: int) -> None:
    query = " ".join([*some[:-1], some[-1][:length]])
    slow = {entry.id for entry in slow_search(ENTRIES, query)}
    assert slow == set(found(INDEX, query)[: len(slow)])


@pytest.mark.parametrize(
    "query",
    [
        '"falls',
        "falls)",
        "(falls",
        "falls AND",
        "title:falls",
        "falls\\",
        "[falls TO",
        "+falls -",
        "falls~2",
        "falls^9",
    ],
)
def test_signs_of_other_query_languages_are_only_signs(query: str) -> None:
    index = Index([entry("one", "Falls and a title to tell, 2 by 9")])
    assert found(index, query) == ["one"]


@given(st.text(max_size=200) | st.text(alphabet='"()[]{}:\\*?~^+-/ ANDORT', max_size=150))
def test_no_query_breaks_the_search(query: str) -> None:
    hits = INDEX.search(query, limit=5)
    assert set(ids(hits)) <= set(TEXT_OF)
    assert query_words(query) or not hits


@pytest.mark.parametrize("query", ["", "   ", "?!", "😀", "\ud800", "' ’", "-"])
def test_a_query_without_words_finds_nothing(query: str) -> None:
    assert INDEX.search(query) == [] and INDEX.ids(query, "solution") == []


def test_a_query_is_cut_at_120_characters() -> None:
    index = Index([entry("one", "Falls")])
    assert found(index, "falls".ljust(120) + "zebra") == ["one"]
    assert found(index, "falls".ljust(110) + "zebra") == []
    assert found(index, "falls " * 10_000) == ["one"]
    assert found(index, "a1 " * 39 + "z" * 5_000) == []


def test_an_index_of_nothing_finds_nothing() -> None:
    assert Index([]).search("falls") == []
    assert Index([entry("empty", "")]).search("falls") == []


@settings(max_examples=30)
@given(st.sampled_from(ENTRIES))
def test_the_title_of_a_record_finds_it(one: Entry) -> None:
    assert one.id in INDEX.ids(one.title, one.kind)


def test_a_register_that_was_replaced_is_searched_anew() -> None:
    assert index_of(REGISTER) is index_of(REGISTER)
    solution = REGISTER.solutions_by_id["opioids"].model_copy(update={"title": "A xylophone"})
    changed = replace(REGISTER, solutions=(solution,))
    assert index_of(changed).ids("xylophone", "solution") == ["opioids"]
    assert index_of(REGISTER).ids("xylophone", "solution") == []


def test_a_search_for_any_word_puts_first_what_has_most_of_them():
    three = [entry("one", "Clots"), entry("two", "Pain", "clots after an operation"), entry("none", "Falls")]
    index = Index(three)
    assert found(index, "clots operation upstairs") == []
    assert ids(index.search_any("clots operation upstairs", limit=5)) == ["two", "one"]
    assert index.search_any("xylophone", limit=5) == index.search_any("", limit=5) == []


@settings(max_examples=25)
@given(
    st.lists(st.sampled_from([word for word in KNOWN if len(word) > 1]), min_size=2, max_size=5, unique=True).map(
        " ".join
    )
)
def test_a_search_for_any_word_finds_each_entry_that_has_one(query):
    slow = {entry.id for word in query_words(query) for entry in slow_search(ENTRIES, word)}
    assert slow <= {hit.id for hit in INDEX.search_any(query, limit=len(ENTRIES))}
