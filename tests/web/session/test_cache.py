"""What is made of the store and the register is kept until one of them is another."""

import pytest

from psc.web.session import store
from psc.web.session.cache import cached


@pytest.fixture
def served(monkeypatch):
    """The versions that are served, to be changed."""
    versions = {"store": "a", "register": "1"}
    monkeypatch.setattr(store, "version", lambda: versions["store"])
    monkeypatch.setattr(store, "register_version", lambda: f"{versions['store']}-{versions['register']}")
    return versions


def counting(**choices):
    made = []

    @cached(entries=2, **choices)
    def double(number: int) -> int:
        made.append(number)
        return 2 * number

    return double, made


def test_result_is_made_once_for_one_store_and_arguments(served):
    double, made = counting()
    assert [double(2), double(2), double(3)] == [4, 4, 6] and made == [2, 3]


def test_result_is_made_anew_when_another_store_is_served(served):
    double, made = counting()
    double(2)
    served["store"] = "b"
    assert double(2) == 4 and made == [2, 2]


@pytest.mark.parametrize(("register", "made_anew"), [(True, 2), (False, 1)])
def test_change_of_a_record_makes_only_that_anew_which_rests_on_the_register(served, register, made_anew):
    double, made = counting(register=register)
    double(2)
    served["register"] = "2"
    double(2)
    assert len(made) == made_anew


def test_no_more_results_are_kept_than_asked_for(served):
    double, made = counting()
    for number in (1, 2, 3, 1):
        double(number)
    assert made == [1, 2, 3, 1]
