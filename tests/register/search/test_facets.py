"""Records are chosen by AND across facets and OR within one, and each choice says how many it would leave."""

from psc.register.search.facets import count_choices, matching

RECORDS = [
    {"areas": ["wessex"], "year": 2024},
    {"areas": ["wessex", "kss"], "year": 2025},
    {"areas": ["oxford"], "year": 2025},
]
FACETS = {"areas": lambda record: record["areas"], "year": lambda record: [record["year"]]}


def test_values_of_one_facet_are_alternatives_and_the_order_is_kept():
    assert matching(RECORDS, FACETS, {"areas": ["oxford", "wessex"]}) == RECORDS


def test_record_must_have_a_chosen_value_of_every_facet():
    assert matching(RECORDS, FACETS, {"areas": ["wessex"], "year": [2025]}) == [RECORDS[1]]


def test_facet_with_nothing_chosen_lets_every_record_through():
    assert matching(RECORDS, FACETS, {"areas": [], "year": ()}) == RECORDS


def test_count_of_a_choice_follows_the_other_facets_and_not_its_own():
    counts = count_choices(RECORDS, RECORDS, FACETS, {"areas": ["wessex"]})
    assert counts["areas"] == {"kss": 1, "oxford": 1, "wessex": 2}
    assert counts["year"] == {2024: 1, 2025: 1}


def test_choice_that_leads_nowhere_is_counted_as_none():
    counts = count_choices([RECORDS[0]], RECORDS, FACETS, {})
    assert counts["areas"] == {"kss": 0, "oxford": 0, "wessex": 1}


def test_record_that_names_a_value_twice_is_counted_once():
    twice = [{"areas": ["kss", "kss"], "year": 2024}]
    assert count_choices(twice, twice, FACETS, {})["areas"] == {"kss": 1}
