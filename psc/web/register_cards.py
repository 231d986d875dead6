"""Cards for priorities and solutions, as several pages show them."""

from collections.abc import Mapping
from html import escape
from typing import Any

from psc.narrate.words import list_words
from psc.register.headline import headline
from psc.register.models import Priority
from psc.register.solution import Solution
from psc.register.vocabulary import (
    EVIDENCE_GRADES,
    FIGURE_KINDS,
    ORIGINS,
    PRIORITY_STATUSES,
    SOLUTION_STATUSES,
    SPREAD,
)
from psc.web import data
from psc.web.navigation import address
from psc.web.parts import icon, source_links, tags

NOT_RECORDED = '<span class="psc-muted">not recorded</span>'
ALL_AREAS = "All 15 areas"


def harm_titles() -> Mapping[str, str]:
    """Return harm code → title."""
    return {area.code: area.title for area in data.catalogue().harm_areas}


def group_titles() -> Mapping[str, str]:
    """Return harm group code → title."""
    return {group.code: group.title for group in data.catalogue().harm_groups}


def titles_of(vocabulary: Mapping[Any, tuple[str, str]]) -> dict[str, str]:
    """Return code → title of one of the register's vocabularies."""
    return {code: title for code, (title, _) in vocabulary.items()}


def setting_titles() -> Mapping[str, str]:
    """Return care setting code → title."""
    return {setting.code: setting.title for setting in data.catalogue().care_settings}


def area_words(ids: tuple[str, ...]) -> str:
    """Return the names of areas as a list, or "All 15 areas"."""
    names = data.area_names()
    return ALL_AREAS if len(ids) == len(names) else list_words([names[area] for area in ids])


def years_words(priority: Priority) -> str:
    """Return the years, with which of them are inferred."""
    inferred = [field for field, guessed in priority.dates_inferred.items() if guessed]
    years = str(priority.year_from)
    if priority.year_to != priority.year_from:
        years += f" to {priority.year_to}"
    note = {0: "", 2: " (dates inferred)"}.get(len(inferred))
    if note is None:
        note = " (start inferred)" if inferred == ["year_from"] else " (end date inferred)"
    return years + note


def priority_card(priority: Priority, signals: Mapping[str, str]) -> str:
    """Return a priority as a card. ``signals`` maps a linked metric's id to its current signal (HTML), if any."""
    harms, settings = harm_titles(), setting_titles()
    status = PRIORITY_STATUSES[priority.status][0] + (" (inferred)" if priority.status_inferred else "")
    places = list_words([settings[code] for code in priority.care_settings])
    linked = "".join(f"<li>{signals[metric]}</li>" for metric in priority.metrics if metric in signals)
    shared_by = "" if priority.scope == "one_area" else f"{area_words(priority.areas)}. "
    patients = escape(priority.patient_involvement) if priority.patient_involvement else NOT_RECORDED
    parts = [
        f'<article class="psc-card"><h3>{escape(priority.title)}</h3>',
        tags([ORIGINS[priority.origin][0], *(harms[code] for code in priority.harm_areas), status]),
        f"<p>{escape(priority.summary)}</p>",
        f'<p class="psc-small">{escape(shared_by)}{escape(years_words(priority))}. {escape(places)}.</p>',
        _line("How it was set", escape(priority.how_set) if priority.how_set else NOT_RECORDED),
        _line("How patients took part", patients),
        _line("Note", escape(priority.note)) if priority.note else "",
        "" if priority.verified else _line("Not verified", "the source was not read in full."),
        f'<div class="psc-small"><b>Linked measures now</b><ul class="psc-linked">{linked}</ul></div>'
        if linked
        else "",
        f'<p class="psc-card-foot"><span>Source: {source_links(priority.sources)}</span></p></article>',
    ]
    return "".join(parts)


def metric_signals_of(area: str | None) -> dict[str, str]:
    """Return, for each metric with a series, its current signal as a linked line (HTML).

    For an area, its own signal; without one, in how many areas each kind of signal stands is too much for a card, so
    only the link is given.
    """
    catalogue = data.catalogue()
    if area is None:
        return {
            metric.id: f'<a href="{escape(address("compare", metric=metric.id))}">{escape(metric.title)}</a>'
            for metric in catalogue.metrics
        }
    lines = {
        metric.id: f"{escape(metric.title)}: no published series loaded"
        for metric in catalogue.metrics
        if not metric.has_series
    }
    for row in data.rows("area_signals", area=area).itertuples():
        where = escape(address("map", metric=row.metric_id, area=area))
        lines[row.metric_id] = f'{icon(row.state, row.side, 20)} <a href="{where}">{escape(row.title)}</a>'
    return lines


def solution_card(solution: Solution) -> str:
    """Return a solution as a card that links to its own page."""
    best = headline(solution)
    withdrawn = solution.status == "withdrawn"
    kind = f' <span class="psc-kind">{escape(FIGURE_KINDS[best.kind][0])}</span>' if best.kind else ""
    grade, meaning = EVIDENCE_GRADES[solution.evidence_grade]
    return (
        f'<article class="psc-card{" psc-withdrawn" if withdrawn else ""}">'
        f'<h3><a href="{escape(address("shared", case=solution.id))}">{escape(solution.title)}</a></h3>'
        f"{tags([origin_words(solution), SOLUTION_STATUSES[solution.status][0]])}"
        f'<p class="psc-problem">{escape(solution.problem)}</p>'
        f'<p class="psc-result">{escape(best.sentence)}{kind}</p>'
        f'<p class="psc-card-foot">{spread_dots(solution)}<span title="{escape(meaning)}">Evidence '
        f"{escape(solution.evidence_grade)}: {escape(grade.lower())}</span></p></article>"
    )


def origin_words(solution: Solution) -> str:
    """Return where a solution began."""
    if solution.national_origin and not solution.areas_of_origin:
        return ALL_AREAS
    places = area_words(solution.areas_of_origin)
    return f"{ALL_AREAS}, led by {places}" if solution.national_origin else places


def spread_dots(solution: Solution) -> str:
    """Return how far a solution has spread as one to three dots with words."""
    words = SPREAD[solution.spread_reach][0]
    filled = {"region": 1, "multi_region": 2, "national": 3}.get(solution.spread_reach, 0)
    dots = "●" * filled + "○" * (3 - filled)
    return f'<span class="psc-spread"><span aria-hidden="true">{dots}</span> {escape(words)}</span>'


def _line(name: str, value: str) -> str:
    return f'<p class="psc-small"><b>{escape(name)}:</b> {value}</p>'
