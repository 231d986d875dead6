"""A sentence about one patient's care outweighs one about a team's work."""

from psc.register.privacy.weighed_words import care_over_work


def test_sentence_about_one_patients_care_weighs_more_than_nothing() -> None:
    assert care_over_work("She fell by the commode and broke her hip overnight.") > 0


def test_sentence_about_a_projects_work_weighs_less_than_nothing() -> None:
    assert care_over_work("The falls team presented the audit data to the board.") < 0


def test_word_said_again_is_counted_once_whatever_its_case() -> None:
    assert care_over_work("Insulin, insulin and INSULIN") == care_over_work("insulin") == 1


def test_words_of_neither_weigh_nothing() -> None:
    assert care_over_work("The sky is blue.") == 0
