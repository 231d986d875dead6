"""``datapackage.json`` of the harms folder: what every file is, in the Frictionless form other programs read."""

import json
from pathlib import Path
from typing import Any

from psc.catalogue.declared_steps import KEY, PARTS, PARTS_SCHEMA, STEPS, STEPS_SCHEMA, has_steps
from psc.catalogue.definition import Catalogue, Metric, load_catalogue
from psc.catalogue.observations import SCHEMA
from psc.settings import data_folder

LICENCE = {
    "name": "OGL-UK-3.0",
    "path": "https://www.nationalarchives.gov.uk/doc/open-government-licence/version/3/",
    "title": "Open Government Licence v3.0",
}


def describe_harms(catalogue: Catalogue, folder: Path | None = None) -> dict[str, Any]:
    """The data package of a harms folder with this catalogue: vocabulary, definitions, observations and steps.

    ``folder`` (default: that of the committed data) is asked which metrics have steps of contributors.
    """
    folder = folder or data_folder() / "harms"
    resources = [
        _document("harm-areas", "harm_areas.yaml", "The kinds of harm and their groups"),
        _document("care-settings", "care_settings.yaml", "Where care is given"),
        _document("synonyms", "synonyms.yaml", "Names for the same thing, for the search"),
    ]
    for metric in sorted(catalogue.metrics, key=lambda metric: metric.id):
        resources.append(
            _document(f"{metric.id}-definition", f"{metric.id}/definition.yaml", f"{metric.title}: definition")
        )
        if metric.has_series:
            resources.append(_observations(metric))
            if metric.contributors and has_steps(folder, metric.id):
                resources += _steps(metric, metric.contributors.one)
    return {
        "profile": "data-package",
        "name": "psc-harms",
        "title": "Harm measures of England's 15 Patient Safety Collaborative areas",
        "description": (
            "Area figures derived from published statistics. Each metric has a definition, and observations where a "
            "published series was loaded. The grouping into areas is ours and not the publishers'."
        ),
        "licenses": [LICENCE],
        "resources": resources,
    }


def write_package(folder: Path | None = None) -> None:
    """Write ``datapackage.json`` into the harms folder (default: that of the committed data) from its definitions."""
    folder = folder or data_folder() / "harms"
    text = json.dumps(describe_harms(load_catalogue(folder), folder), indent=1, ensure_ascii=False)
    (folder / "datapackage.json").write_text(text + "\n", encoding="utf-8")


def _document(name: str, path: str, title: str) -> dict[str, Any]:
    return {"name": name, "path": path, "title": title, "format": "yaml", "mediatype": "text/yaml", "encoding": "utf-8"}


def _observations(metric: Metric) -> dict[str, Any]:
    words = (
        f"Numerator: {metric.numerator}. Denominator: {metric.denominator or 'none, a plain count'}. "
        f"Unit of value: {metric.unit}. Multiplier: {metric.multiplier:.0f}."
    )
    return _table(metric, metric.id, "observations.csv", metric.title, words, SCHEMA)


def _steps(metric: Metric, one: str) -> list[dict[str, Any]]:
    """The two tables of steps; the rows of the parts belong to those of the steps."""
    steps = f"{metric.id}-denominator-steps"
    belongs = {"fields": KEY, "reference": {"resource": steps, "fields": KEY}}
    return [
        _table(
            metric,
            steps,
            STEPS,
            f"{metric.title}: steps in denominators",
            f"Each {one} with at least 5% of its area's denominator whose own was more than 25% above or below the "
            "median of its previous 12 months for three months or more within the last 24.",
            STEPS_SCHEMA,
        ),
        _table(
            metric,
            f"{metric.id}-step-contributors",
            PARTS,
            f"{metric.title}: figures of each {one} with a step",
            f"The part of each such {one} in the figures of its area, so that these can be formed without it.",
            PARTS_SCHEMA | {"foreignKeys": [belongs]},
        ),
    ]


def _table(
    metric: Metric, name: str, file: str, title: str, description: str, schema: dict[str, Any]
) -> dict[str, Any]:
    return {
        "name": name,
        "path": f"{metric.id}/{file}",
        "title": title,
        "description": description,
        "profile": "tabular-data-resource",
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8",
        "sources": [{"title": f"{metric.publisher}: {metric.source_title}", "path": metric.source_url}],
        "schema": schema,
    }
