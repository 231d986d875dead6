"""A package says only what the checks follow, and a fault names the part that is wrong."""

import json

import pytest

from psc.faults import Fault, InvalidData
from psc.files.data_package import check_package
from psc.files.package_form import package_of
from tests.files.small_package import PACKAGE


@pytest.mark.parametrize(
    ("place", "rule"),
    [
        ("schema", {"missingValues": ["", "A"]}),
        ("schema", {"missingValues": []}),
        ("schema", {"uniqueKeys": [["grade"]]}),
        ("column", {"format": "email"}),
        ("column", {"constraints": {"minLength": 9}}),
    ],
)
def test_rule_that_the_checks_do_not_follow_is_a_fault_of_the_package(place, rule, small):
    package = json.loads(json.dumps(PACKAGE))
    schema = package["resources"][1]["schema"]
    (schema if place == "schema" else schema["fields"][4]).update(rule)
    (small / "datapackage.json").write_text(json.dumps(package), encoding="utf-8")
    faults = check_package(small, prefix="small")
    assert faults and {fault.file for fault in faults} == {"small/datapackage.json"}


def faults_of_package(content) -> list[Fault]:
    with pytest.raises(InvalidData) as refused:
        package_of(content, "datapackage.json")
    return refused.value.faults


@pytest.mark.parametrize("path", ["../a.csv", "/etc/passwd", "a\\b.csv"])
def test_path_outside_the_folder_is_refused(path):
    faults = faults_of_package({"resources": [{"name": "a", "path": path}]})
    assert any("a path inside the folder" in fault.expected for fault in faults)


def test_foreign_key_to_an_unknown_table_is_named_with_its_resource():
    package = json.loads(json.dumps(PACKAGE))
    package["resources"][1]["schema"]["foreignKeys"][0]["reference"]["resource"] = "nowhere"
    (fault,) = faults_of_package(package)
    assert fault.column == "resources.1.schema.foreignKeys"
    assert "nowhere" in fault.found


def test_two_resources_of_one_path_are_refused():
    (fault,) = faults_of_package({"resources": [{"name": "a", "path": "a.md"}, {"name": "b", "path": "a.md"}]})
    assert "a.md twice" in fault.expected


def test_content_that_is_no_object_is_refused():
    (fault,) = faults_of_package([1])
    assert fault.found == "[1]"
