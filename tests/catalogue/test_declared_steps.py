"""Steps of contributors' denominators: read with their types; held to observations, the rule and the boundaries."""

import pandas as pd

from psc.catalogue.declared_steps import read_steps
from psc.files.data_package import check_package
from tests.catalogue.measures_with_steps import STEPS, WAITS


def test_steps_and_parts_are_read_with_their_types(measures):
    steps, parts = read_steps(measures.folder, WAITS)
    row = steps.set_index("contributor").loc["RKB"]
    assert (row["area"], row["first_period"], row["ratio"]) == ("west-midlands", pd.Timestamp("2024-06-01"), 0.544)
    june = parts[(parts["contributor"] == "RKB") & (parts["period_start"] == "2024-06-01")]
    assert june["denominator"].item() > june["numerator"].item() > 0


def test_measure_without_files_has_no_steps(measures):
    steps, parts = read_steps(measures.folder, "mrsa")
    assert steps.empty and parts.empty and list(parts)[:2] == ["area", "contributor"]


def test_contributors_of_a_plain_count_are_a_fault_of_the_definition(harms):
    harms.replace("germs/definition.yaml", "denominator: Admissions", "denominator: null")
    harms.replace(
        "germs/definition.yaml",
        "chart: xmr",
        "chart: xmr\ncontributors: {one: trust, numerator: falls, denominator: stays}",
    )
    assert any("contributors" in fault and "has no denominator" in fault for fault in harms.said())


def test_package_refuses_parts_whose_step_is_gone(data, tmp_path):
    from psc.catalogue.package import write_package
    from tests.small_data import copy_of

    folder = copy_of(data / "harms", tmp_path / "harms")
    path = folder / WAITS / STEPS
    path.write_text("".join(line for line in path.open(encoding="utf-8") if "RKB" not in line), encoding="utf-8")
    write_package(folder)
    faults = [str(fault) for fault in check_package(folder, prefix="harms")]
    assert faults and all("step_contributors.csv" in fault and "RKB" in fault for fault in faults if ".csv" in fault)
