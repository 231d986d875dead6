"""What is measured: metric definitions and the vocabulary they use, as checked documents.

A definition lives in ``data/harms/<metric id>/definition.yaml``. It says everything a reader needs in order
to judge a figure, in words that a patient can follow, and everything the programs need in order to draw it.
"""

import math
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from pathlib import Path
from typing import Annotated, Literal, Self

from pydantic import Field, model_validator

from psc.catalogue.definition_files import (
    Code,
    Day,
    Document,
    Flag,
    Number,
    Slug,
    Text,
    WebAddress,
    Whole,
    disagreement,
    read_document,
)
from psc.catalogue.fitting import disagreements
from psc.catalogue.harm_vocabulary import CareSetting, CareSettings, HarmArea, HarmAreas, HarmGroup, Synonyms
from psc.catalogue.parts import (
    AreaValues,
    Contributors,
    EnglandFigure,
    Gap,
    NoSeries,
    PlannedPoint,
    Rebase,
    SeriesBreak,
    Target,
)
from psc.faults import Fault, InvalidData
from psc.files.walk import folders_in
from psc.settings import data_folder

Kind = Literal["harm", "hazard", "process", "outcome", "recording"]
Direction = Literal["lower", "higher", "neutral"]
Grain = Literal["month", "quarter", "financial_year", "overlapping_year"]
Chart = Literal["xmr", "run", "line"]
Interval = Literal["wilson", "byar", "none"]
NumeratorKind = Literal["count", "amount", "standardised"]
Funnel = Literal["proportion", "rate", "ratio", "none"]
FUNNEL_OF_INTERVAL: Mapping[Interval, Funnel] = {"wilson": "proportion", "byar": "rate", "none": "none"}


class Metric(Document):
    """One metric. ``value = numerator / denominator × multiplier``, in ``unit``; a plain count has no denominator.

    ``unit_sentence`` is a template with ``{value}`` in it, for use inside a sentence. ``direction`` says which
    way is better; ``neutral`` figures are never called good or bad. ``kind``: a *harm* that reached patients, a
    *hazard* that makes harm likelier, a *process* of care, an *outcome* with many causes, or the *recording*
    of events, where more is not worse. ``numerator_kind`` says what the numerator is: a *count* of events or people, so
    that few of them get no limits; an *amount* (doses, milligrams); or the events that enter a *standardised* rate.
    ``interval`` is the method of the 95% interval beside a figure: *wilson* for a share of counted things, *byar* for a
    rate of counted events, *none* where no interval follows from the two parts. ``counted`` names what the numerator
    counts in two or three words ("high-dose opioid prescriptions"), and ``opportunities`` what the denominator counts.
    ``counts_people``: each event of the numerator is a person's (an infection, an admission), and not an item
    or a dose, so that pages may say how many fewer there would be at England's rate.
    With ``ratio_to_expected`` the denominator is the number of events to be expected of such patients, as in SHMI.
    ``contributors`` says that the figures are published by contributor, whose denominators are checked for steps.

    What a person decides about the limits: ``rebases`` start new ones; ``baseline_points`` fixes them on the first so
    many points of each segment; ``trend_points`` in a row that only rise, or only fall, are a signal. ``targets`` may
    change over time.
    """

    id: Slug
    title: Text
    plain_title: Text
    why_it_matters: Text
    harm_area: Code
    care_settings: Annotated[tuple[Code, ...], Field(min_length=1)]
    kind: Kind
    numerator: Text
    denominator: Text | None
    numerator_kind: NumeratorKind = "count"
    counted: Text | None = None
    counts_people: Flag = False
    opportunities: Text = "cases"
    unit: Text
    unit_sentence: Text
    decimals: Annotated[Whole, Field(ge=0, le=4)]
    multiplier: Annotated[Number, Field(gt=0)]
    direction: Direction
    grain: Grain
    chart: Chart
    interval: Interval = "none"
    ratio_to_expected: Flag = False
    publisher: Text
    source_title: Text
    source_url: WebAddress
    licence: Text
    caveats: Annotated[tuple[Text, ...], Field(min_length=1)]
    series_breaks: tuple[SeriesBreak, ...] = ()
    rebases: tuple[Rebase, ...] = ()
    trend_points: Literal[6, 7] = 7
    baseline_points: Annotated[Whole, Field(ge=12)] | None = None
    targets: tuple[Target, ...] = ()
    trajectory: tuple[PlannedPoint, ...] = ()
    gaps: tuple[Gap, ...] = ()
    area_values: AreaValues | None = None
    contributors: Contributors | None = None
    checked_on: Day
    next_review: Day
    england_published: tuple[EnglandFigure, ...] = ()
    no_series: NoSeries | None = None

    @property
    def has_series(self) -> bool:
        """Whether figures are loaded for this metric."""
        return self.no_series is None

    def limits_start(self, area: str) -> Mapping[date, str]:
        """The days from which an area's figures have new limits, oldest first, each with the reason."""
        starts = [(item.date, item.reason) for item in self.series_breaks]
        starts += [(item.start, item.reason) for item in self.rebases if item.area in (None, area)]
        days = sorted({day for day, _ in starts})
        return {day: " ".join(reason for start, reason in starts if start == day) for day in days}

    def target_on(self, day: date) -> float | None:
        """The target that holds on a day, in ``unit``, if there is one."""
        held = [item.value for item in self.targets if item.start <= day]
        return held[-1] if held else None

    @property
    def funnel(self) -> Funnel:
        """The kind of funnel that compares areas by size: none where the numerator is an amount and not a count."""
        if self.is_count:
            return "none"
        if self.ratio_to_expected:
            return "ratio"
        return FUNNEL_OF_INTERVAL[self.interval]

    @property
    def is_share(self) -> bool:
        """Whether the figure is a percentage of the denominator, which it can then not exceed."""
        return self.unit.startswith("%")

    @property
    def is_count(self) -> bool:
        """Whether the figure is a plain count, without a denominator: England's is then the sum of the areas."""
        return self.denominator is None

    @property
    def possible(self) -> tuple[float, float]:
        """The lowest and the highest figure there can be, in ``unit``."""
        return 0.0, 100.0 if self.is_share else math.inf

    @property
    def is_proportion(self) -> bool:
        """Whether the numerator is a part of the denominator, be it counted or not."""
        return self.is_share or self.interval == "wilson"

    @property
    def needs_parts(self) -> bool:
        """Whether what is made of the figures (intervals, funnels) needs their numerators."""
        return self.interval != "none" or self.ratio_to_expected

    @property
    def has_complement(self) -> bool:
        """Whether the numerator is a part of the denominator, so that what is not counted is a count as well."""
        return self.numerator_kind == "count" and self.is_proportion

    @model_validator(mode="after")
    def _fits_together(self) -> Self:
        if problems := disagreements(self):
            raise disagreement(problems)
        return self


@dataclass(frozen=True)
class Catalogue:
    """Every metric in the order pages show them, and the vocabulary.

    The order: by harm area as ``harm_areas.yaml`` lists them, metrics with figures first, then by title.
    """

    metrics: tuple[Metric, ...]
    harm_groups: tuple[HarmGroup, ...]
    harm_areas: tuple[HarmArea, ...]
    care_settings: tuple[CareSetting, ...]
    synonyms: tuple[tuple[str, ...], ...] = ()

    @cached_property
    def by_id(self) -> Mapping[str, Metric]:
        """Metric id → definition."""
        return {metric.id: metric for metric in self.metrics}

    @cached_property
    def group_of(self) -> Mapping[str, HarmGroup]:
        """Harm area code → its group."""
        groups = {group.code: group for group in self.harm_groups}
        return {area.code: groups[area.group] for area in self.harm_areas}


def load_catalogue(folder: Path | None = None) -> Catalogue:
    """Read the vocabulary and every definition in the harms folder (default: that of the committed data).

    Raises ``InvalidData`` with all faults of all files at once.
    """
    catalogue, faults = read_catalogue(folder or data_folder() / "harms")
    if faults:
        raise InvalidData(faults)
    return catalogue


def read_catalogue(folder: Path) -> tuple[Catalogue, list[Fault]]:
    """The catalogue as far as it can be read, and everything that is wrong with it."""
    harms, faults = read_document(folder / "harm_areas.yaml", HarmAreas, file="harms/harm_areas.yaml")
    settings, more = read_document(folder / "care_settings.yaml", CareSettings, file="harms/care_settings.yaml")
    faults += more
    names, more = read_document(folder / "synonyms.yaml", Synonyms, file="harms/synonyms.yaml")
    faults += more
    metrics = []
    for name in folders_in(folder):
        file = f"harms/{name}/definition.yaml"
        metric, more = read_document(folder / name / "definition.yaml", Metric, file=file)
        faults += more
        if metric is None:
            continue
        metrics.append(metric)
        if metric.id != name:
            faults.append(Fault(file, metric.id, f"{name}, the name of its folder", column="id"))
        if harms and metric.harm_area not in {area.code for area in harms.harm_areas}:
            faults.append(Fault(file, metric.harm_area, "a code of harm_areas.yaml", column="harm_area"))
        if settings:
            known = {setting.code for setting in settings.care_settings}
            unknown = [code for code in metric.care_settings if code not in known]
            faults += [Fault(file, code, "a code of care_settings.yaml", column="care_settings") for code in unknown]
    if not metrics and not faults:
        faults.append(Fault("harms", "no measures", "a folder with a definition.yaml for each measure"))
    groups, areas = (harms.groups, harms.harm_areas) if harms else ((), ())
    order = {area.code: position for position, area in enumerate(areas)}
    metrics.sort(key=lambda metric: (order.get(metric.harm_area, -1), not metric.has_series, metric.title))
    places, synonyms = settings.care_settings if settings else (), names.synonyms if names else ()
    return Catalogue(tuple(metrics), groups, areas, places, synonyms), faults
