"""A package of two small tables with each rule that a schema can give."""

import csv
from pathlib import Path

AREAS = [["id", "name", "north"], ["wessex", "Wessex", "1"], ["oxford", "Oxford", "2"], ["kss", "Kent", "3"]]

FIGURES = [
    ["area", "period_start", "value", "events", "grade", "code"],
    ["wessex", "2024-01-01", "1.5", "3", "A", "E54000001"],
    ["oxford", "2024-01-01", "0", "12", "B", "E54000002"],
    ["kss", "2024-02-01", "100", "", "", "E54000003"],
    ["wessex", "2024-02-01", "33.3", "0", "A", "E54000004"],
]

AREA_COLUMNS = [
    {"name": "id", "constraints": {"required": True, "unique": True}},
    {"name": "name", "constraints": {"required": True}},
    {"name": "north", "type": "integer", "constraints": {"minimum": 1, "maximum": 15}},
]

FIGURE_COLUMNS = [
    {"name": "area", "constraints": {"required": True}},
    {
        "name": "period_start",
        "type": "date",
        "constraints": {"required": True, "minimum": "2000-01-01", "maximum": "2030-01-01"},
    },
    {"name": "value", "type": "number", "constraints": {"required": True, "minimum": 0, "maximum": 100}},
    {"name": "events", "type": "integer", "constraints": {"minimum": 0}},
    {"name": "grade", "constraints": {"enum": ["A", "B"]}},
    {"name": "code", "constraints": {"required": True, "unique": True, "pattern": "E[0-9]{8}"}},
]

FOREIGN_KEY = {"fields": "area", "reference": {"resource": "areas", "fields": "id"}}

PACKAGE = {
    "name": "small",
    "resources": [
        {"name": "areas", "path": "areas.csv", "schema": {"fields": AREA_COLUMNS, "primaryKey": "id"}},
        {
            "name": "figures",
            "path": "figures.csv",
            "schema": {
                "fields": [{"type": "string"} | column for column in FIGURE_COLUMNS],
                "primaryKey": ["area", "period_start"],
                "foreignKeys": [FOREIGN_KEY],
            },
        },
    ],
}


def write_csv_file(path: Path, rows: list[list[str]]) -> None:
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file, lineterminator="\n").writerows(rows)
