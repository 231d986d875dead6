"""A measure copied under another name is found by its titles and figures."""

import shutil

import pytest

from tests.catalogue.real_measures import Measures
from tests.catalogue.real_names import CASES, RATE


@pytest.mark.parametrize("title", ["same", "another"])
def test_measure_copied_under_another_name_is_named(data, tmp_path, title):
    measures = Measures(data, tmp_path / "harms", CASES, RATE)
    shutil.copytree(measures.folder / CASES, measures.folder / "mrsa-new")
    measures.replace("mrsa-new", ("id: mrsa", "id: mrsa-new"))
    if title == "another":
        measures.replace("mrsa-new", ("\ntitle: ", "\ntitle: New "), ("plain_title: ", "plain_title: New "))
    said = measures.said()
    assert "harms/mrsa-new/observations.csv, value: found every figure of mrsa; expected figures of its own" in said
    titles = [fault for fault in said if "words of its own: mrsa has the same" in fault]
    assert [fault.split(", ")[1].partition(":")[0] for fault in titles] == (
        ["title", "plain_title"] if title == "same" else []
    )


def test_titles_that_differ_in_spaces_and_capitals_only_are_the_same(data, tmp_path):
    measures = Measures(data, tmp_path / "harms", CASES, RATE)
    measures.replace(
        RATE,
        ("title: Emergency admissions for intentional self-harm", "title: mrsa  BLOODSTREAM infections, all reported"),
    )
    assert any("words of its own: mrsa has the same" in fault for fault in measures.said())
