"""A wrong table is told all its faults at once, each with its line and column."""

import json
import re

import pytest

from psc.files.data_package import check_package
from psc.files.tables import check_table

SCHEMA = {
    "fields": [
        {"name": "area", "type": "string", "constraints": {"required": True, "enum": ["wessex", "oxford"]}},
        {"name": "month", "type": "date", "constraints": {"required": True, "minimum": "2015-01-01"}},
        {"name": "count", "type": "integer", "constraints": {"minimum": 0}},
        {"name": "rate", "type": "number", "constraints": {"maximum": 100}},
        {"name": "code", "type": "string", "constraints": {"pattern": "[A-Z]{3}", "unique": True}},
    ],
    "primaryKey": ["area", "month"],
    "missingValues": [""],
}
GOOD = "area,month,count,rate,code\nwessex,2024-01-31,3,1.5,ABC\noxford,2024-01-31,,,\n"


def faults_of(tmp_path, text, schema=SCHEMA):
    path = tmp_path / "table.csv"
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return [str(fault) for fault in check_table(path, schema, file="harms/table.csv")]


@pytest.mark.parametrize(
    "text",
    [
        GOOD,
        GOOD.replace("\n", "\r\n"),
        "\ufeff" + GOOD,
        "code,rate,count,month,area\nABC,1e-3,+7,2024-02-29,wessex\n",
    ],
    ids=["plain", "Windows lines", "byte order mark", "other column order"],
)
def test_a_sound_table_has_no_faults(tmp_path, text):
    assert faults_of(tmp_path, text) == []


@pytest.mark.parametrize(
    ("row", "fault"),
    [
        ("narnia,2024-02-29,1,1,", "area: found 'narnia'; expected one of wessex, oxford"),
        (",2024-02-29,1,1,", "area: found nothing; expected a value"),
        ("wessex,29/02/2024,1,1,", "month: found '29/02/2024'; expected a date such as 2024-03-31"),
        ("wessex,2023-02-29,1,1,", "month: found '2023-02-29'; expected a date such as 2024-03-31"),
        ("wessex,2014-12-31,1,1,", "month: found '2014-12-31'; expected at least 2015-01-01"),
        ("wessex,2024-02-29,1.5,1,", "count: found '1.5'; expected a whole number"),
        ("wessex,2024-02-29,-1,1,", "count: found '-1'; expected at least 0"),
        ('wessex,2024-02-29,"1,200",1,', "count: found '1,200'; expected a whole number"),
        ("wessex,2024-02-29,1,100.01,", "rate: found '100.01'; expected at most 100"),
        ("wessex,2024-02-29,1,nan,", "rate: found 'nan'; expected a number"),
        ("wessex,2024-02-29,1,1e999,", "rate: found '1e999'; expected a number"),
        ("wessex,2024-02-29,1, 1,", "rate: found ' 1'; expected a number"),
        ("wessex,2024-02-29,1,1,ABCD", "code: found 'ABCD'; expected text like [A-Z]{3}"),
        ("wessex,2024-02-29,1,1,ABC", "code: found 'ABC'; expected a value that occurs once"),
    ],
)
def test_a_bad_cell_is_named_with_line_and_column(tmp_path, row, fault):
    assert faults_of(tmp_path, GOOD + row + "\n") == [f"harms/table.csv, line 4, {fault}"]


def test_a_row_that_is_there_twice_names_the_first(tmp_path):
    assert faults_of(tmp_path, GOOD + "wessex,2024-01-31,9,,\n") == [
        "harms/table.csv, line 4, area: found wessex, 2024-01-31 again (first in line 2); "
        "expected each area + month once"
    ]


def test_all_faults_come_at_once_in_the_order_of_the_file(tmp_path):
    text = "area,month,count,rate,code\nx,2024-01-31,1,1,\nwessex,2024-02-29,one,1,\noxford,2024-02-29\noxford,y,1,z,\n"
    lines = [fault.split(":")[0] for fault in faults_of(tmp_path, text)]
    assert lines == ["harms/table.csv, line 4"]
    repaired = text.replace("oxford,2024-02-29\n", "oxford,2024-02-29,,,\n")
    assert [fault.split(":")[0] for fault in faults_of(tmp_path, repaired)] == [
        "harms/table.csv, line 2, area",
        "harms/table.csv, line 3, count",
        "harms/table.csv, line 5, month",
        "harms/table.csv, line 5, rate",
    ]


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        (b"area,month,count,rate,code\n", "line 1: found a header and no rows; expected at least one row"),
        (b"", "line 1: found no header; expected column names in line 1"),
        (b"area,area\n", "line 1: found column area twice; expected each column once"),
        (
            "area,month\nBr\xf6n,1\n".encode("latin-1"),
            "line 2: found a character that is not in UTF-8 (byte 0xf6); expected text in UTF-8: in Excel choose",
        ),
        (
            "area,month\n".encode("utf-16"),
            "line 1: found text in UTF-16; expected text in UTF-8: in Excel choose “Save",
        ),
        (
            GOOD.replace("\n", ",\n").encode(),
            "line 1: found column 6 without a name; expected 5 columns with names (area,",
        ),
        (
            GOOD.replace("\n", ",,\n").encode(),
            "line 1: found columns 6, 7 without a name; expected a name for each column",
        ),
        (b'area,month,count,rate,code\nwessex,"2024', "expected CSV with quotes that close"),
        (GOOD.encode() + b"\n", "line 4: found an empty line; expected 5 cells"),
        (GOOD.encode() + b"wessex,2024-02-29,1\n", "line 4: found 3 cells; expected 5 cells"),
        (b"area,month,count,rate\n", "line 1, code: found no such column; expected a column code"),
        (b"area,month,count,rate,code,extra\n", "line 1, extra: found an unknown column"),
    ],
)
def test_a_broken_file_says_where(tmp_path, text, fault):
    (found,) = faults_of(tmp_path, text)
    assert fault in found


def test_lines_are_counted_as_an_editor_counts_them(tmp_path):
    text = 'area,month,count,rate,code\nwessex,2024-01-31,1,1,"A\nB"\noxford,2024-01-31,x,1,\n'
    places = [fault.split(":")[0] for fault in faults_of(tmp_path, text)]
    assert places == ["harms/table.csv, line 2, code", "harms/table.csv, line 4, count"]


def test_a_file_that_is_not_there(tmp_path):
    (fault,) = check_table(tmp_path / "none.csv", SCHEMA, file="harms/none.csv")
    assert fault.file == "harms/none.csv" and "no such file" in fault.found


def package(folder, towns="name,area\nSalisbury,wessex\n", **extra):
    areas = {"fields": [{"name": "id", "type": "string"}], "primaryKey": "id"}
    town = {
        "fields": [{"name": "name", "type": "string"}, {"name": "area", "type": "string"}],
        "foreignKeys": [{"fields": "area", "reference": {"resource": "areas", "fields": "id"}}],
    }
    resources = [
        {"name": "areas", "path": "areas.csv", "schema": areas},
        {"name": "towns", "path": "towns.csv", "schema": town},
        {"name": "text", "path": "text.md"},
    ]
    files = {"areas.csv": "id\nwessex\noxford\n", "towns.csv": towns, "text.md": "Read me.\n"} | extra
    files["datapackage.json"] = files.get("datapackage.json", json.dumps({"resources": resources}))
    for name, content in files.items():
        if content is not None:
            (folder / name).write_text(content, encoding="utf-8")
    return [str(fault) for fault in check_package(folder, prefix="places")]


def test_a_sound_package_has_no_faults(tmp_path):
    assert package(tmp_path, towns="name,area\nSalisbury,wessex\nAtlantis,\n") == []


def test_a_key_that_points_nowhere(tmp_path):
    assert package(tmp_path, towns="name,area\nSalisbury,wessex\nCair Paravel,narnia\n") == [
        "places/towns.csv, line 3, area: found 'narnia'; expected id of a row of areas.csv"
    ]


def test_a_file_missing_and_a_file_too_many(tmp_path):
    assert package(tmp_path, **{"text.md": None, "notes.txt": "?"}) == [
        "places/text.md: found no such file; expected the file that datapackage.json describes",
        "places/notes.txt: found a file that datapackage.json does not describe; "
        "expected a resource for it, or no such file: a copy or a draft is best kept elsewhere",
    ]


@pytest.mark.parametrize("text", ["{", "[]", '{"resources": [{"name": "areas"}]}'])
def test_a_package_that_cannot_be_read(tmp_path, text):
    (fault,) = package(tmp_path, **{"datapackage.json": text})
    assert fault.startswith("places/datapackage.json") and "a Frictionless data package" in fault


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("null", "found nothing; expected a Frictionless data package: an object with a list of resources"),
        ("[]", "found []; expected a Frictionless data package: an object with a list of resources"),
        ('{"resources": "a"}', "resources: found 'a'; expected a Frictionless data package: a list"),
        ('{"resources": [{"name": "a"}]}', "resources.0.path: found nothing; expected"),
        ('{"resources": [{"name": "a", "path": "a.md", "stats": {"rows": true}}]}', "found true; expected"),
        ('{"resources": [1 2]}', "line 1: found no JSON (a comma or a closing bracket is missing)"),
        ('{"resources": [],}', "line 1: found no JSON (a key in double quotes is missing, or a comma too many)"),
        ('{"resources": ' + "9" * 5_000 + "}", "found a number of thousands of digits"),
        ('{"a": 1, "a": 2}', "found the key a twice in one object"),
    ],
)
def test_a_package_that_cannot_be_read_is_refused_in_plain_words(tmp_path, text, found):
    faults = package(tmp_path, **{"datapackage.json": text})
    assert any(found in fault for fault in faults), faults
    assert not re.search(r"(?i)input|instance|valid |dict|delimiter|sys\.|limit \(", " ".join(faults)), faults
