"""The Frictionless description of ``data/register``, made from the models so that it cannot drift from them."""

import json
from pathlib import Path
from typing import Any

from psc.register.records.fields import SourcedRecord
from psc.register.records.priority import Priority, Programme, TimelineEvent
from psc.register.records.solution import Solution

_DESCRIPTION = (
    "Priorities, national programmes, shared solutions and history of England's 15 Patient Safety Collaboratives, "
    "compiled from public web pages and written in our own words. Figures are the sources'. Evidence grades, kinds of "
    "figure, spread, stages of adoption, links to metrics and inferred statuses are our own classification. "
    "A field named in unverified_fields was not confirmed in its source."
)

_RESOURCES: tuple[tuple[str, str, str, type[SourcedRecord]], ...] = (
    ("priorities", "Published priorities", "priorities/*.yaml", Priority),
    ("programmes", "National programmes", "programmes.yaml", Programme),
    ("solutions", "Shared-learning cases, one in each file", "solutions/*.yaml", Solution),
    ("timeline", "How the collaboratives came about", "timeline.yaml", TimelineEvent),
)


def describe_register(folder: Path) -> dict[str, Any]:
    """The ``datapackage.json`` that belongs to the files in ``folder`` (``data/register``)."""
    return {
        "name": "register",
        "title": "Register of priorities and shared learning",
        "description": _DESCRIPTION,
        "sources": [{"title": "Public web pages and documents, named record by record under sources"}],
        "resources": [_resource(folder, *resource) for resource in _RESOURCES],
    }


def write_datapackage(folder: Path) -> None:
    """Write ``datapackage.json`` anew, after a file or a model has changed."""
    text = json.dumps(describe_register(folder), indent=2, ensure_ascii=False)
    (folder / "datapackage.json").write_text(text + "\n", encoding="utf-8")


def _resource(folder: Path, name: str, title: str, pattern: str, model: type[SourcedRecord]) -> dict[str, Any]:
    paths = sorted(path.relative_to(folder).as_posix() for path in folder.glob(pattern))
    return {
        "name": name,
        "title": title,
        "path": paths if "*" in pattern else pattern,
        "format": "yaml",
        "mediatype": "application/yaml",
        "encoding": "utf-8",
        "schema": {"fields": _fields(model), "primaryKey": ["id"]},
    }


def _fields(model: type[SourcedRecord]) -> list[dict[str, Any]]:
    described = []
    for name, schema in model.model_json_schema()["properties"].items():
        # An optional field is "a value or null": its type is that of the value.
        schema = next((option for option in schema.get("anyOf", []) if option.get("type") != "null"), schema)
        field: dict[str, Any] = {"name": name, "type": schema.get("type", "string")}
        constraints: dict[str, Any] = {"required": True} if model.model_fields[name].is_required() else {}
        constraints |= {key: schema[key] for key in ("enum", "pattern", "minimum", "maximum") if key in schema}
        if constraints:
            field["constraints"] = constraints
        described.append(field)
    return described
