"""The description of the register fits its files and its records."""

import json

import frictionless

from psc.files.yaml_documents import read_yaml
from psc.register.compiled.register_package import describe_register
from psc.settings import data_folder


def test_the_records_of_the_register_fit_the_columns_described(data):
    folder = data / "register"
    for resource in json.loads((folder / "datapackage.json").read_text(encoding="utf-8"))["resources"]:
        paths = [resource["path"]] if isinstance(resource["path"], str) else resource["path"]
        records = [record for path in paths for record in read_yaml(folder / path, path)[0]]
        names = [field["name"] for field in resource["schema"]["fields"]]
        assert {name for record in records for name in record} <= set(names)
        rows = [names, *([record.get(name) for name in names] for record in records)]
        table = frictionless.Resource(data=rows, schema=frictionless.Schema.from_descriptor(resource["schema"]))
        report = table.validate()
        assert report.valid, report.flatten(["rowNumber", "fieldName", "note"])
        assert report.tasks[0].stats["rows"] == len(records) > 0


def test_description_fits_the_files() -> None:
    folder = data_folder() / "register"
    committed = json.loads((folder / "datapackage.json").read_text(encoding="utf-8"))
    assert committed == describe_register(folder), (
        "write it anew with psc.register.compiled.register_package.write_datapackage"
    )
