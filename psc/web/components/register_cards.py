"""Cards for priorities and solutions, as several pages show them."""

from collections import Counter
from collections.abc import Mapping
from html import escape
from typing import Any, cast

from psc.charts.style.direction_signs import sign_names
from psc.narrate.words import describe_count, describe_list, describe_month
from psc.register.public.public_register import PublishedPriority
from psc.register.records.headline_figure import NOT_IN_ARTICLE, headline
from psc.register.records.priority import Priority
from psc.register.records.register_vocabulary import (
    EVIDENCE_GRADES,
    FIGURE_KINDS,
    ORIGINS,
    PRIORITY_STATUSES,
    SOLUTION_STATUSES,
    SPREAD,
)
from psc.register.records.solution import Solution
from psc.web.components.aim_list import aims_of_priority
from psc.web.components.page_parts import sign, sign_with_words, source_links, tags
from psc.web.components.prose import NOT_RECORDED as NOT_RECORDED
from psc.web.components.prose import excerpt
from psc.web.components.record_status import describe_review, standing_line, standing_of, today
from psc.web.session import store
from psc.web.session.navigation import address

ALL_AREAS = "All 15 areas"


def harm_titles() -> Mapping[str, str]:
    """Return harm code → title."""
    return {area.code: area.title for area in store.catalogue().harm_areas}


def group_titles() -> Mapping[str, str]:
    """Return harm group code → title."""
    return {group.code: group.title for group in store.catalogue().harm_groups}


def titles_of(vocabulary: Mapping[Any, tuple[str, str]]) -> dict[str, str]:
    """Return code → title of one of the register's vocabularies."""
    return {code: title for code, (title, _) in vocabulary.items()}


def setting_titles() -> Mapping[str, str]:
    """Return care setting code → title."""
    return {setting.code: setting.title for setting in store.catalogue().care_settings}


def describe_area(ids: tuple[str, ...]) -> str:
    """Return the names of areas as a list, or "All 15 areas"."""
    names = store.area_names()
    return ALL_AREAS if len(ids) == len(names) else describe_list([names[area] for area in ids])


def describe_years(priority: Priority) -> str:
    """Return the years, with which of them are inferred."""
    inferred = [field for field, guessed in priority.dates_inferred.items() if guessed]
    years = str(priority.year_from)
    if priority.year_to is None:
        years = f"Since {years}"
    elif priority.year_to != priority.year_from:
        years += f" to {priority.year_to}"
    note = {0: "", 2: " (dates inferred)"}.get(len(inferred))
    if note is None:
        note = " (start inferred)" if inferred == ["year_from"] else " (end date inferred)"
    return years + note


def describe_status(priority: Priority) -> str:
    """Return the status, and whether we inferred it; work that was once seen under way is not said to go on."""
    if priority.status == "active" and priority.status_inferred:
        return f"Active when last seen, {priority.year_to} (inferred)"
    return PRIORITY_STATUSES[priority.status][0] + (" (inferred)" if priority.status_inferred else "")


def priority_card(priority: Priority) -> str:
    """Return a priority as a card, with the verdicts on the measures linked to it."""
    harms, settings = harm_titles(), setting_titles()
    status = describe_status(priority)
    places = f" {describe_list([settings[code] for code in priority.care_settings])}." if priority.care_settings else ""
    linked = "".join(f"<li>{current_verdict(metric, priority.areas)}</li>" for metric in priority.metrics)
    shared_by = "" if priority.scope == "one_area" else f"{describe_area(priority.areas)}. "
    own = standing_of(priority).is_areas_own
    # Only a draft, shown before it is published, may not say yet who set it.
    set_by = titles_of(ORIGINS).get(priority.origin, "Who set it: not recorded")
    outcome = cast(PublishedPriority, priority).outcome
    where = escape(address("priority", id=priority.id))
    parts = [
        f'<article class="psc-card"><h3><a href="{where}">{escape(priority.title)}</a></h3>',
        tags([set_by, *(harms[code] for code in priority.harm_areas), status]),
        standing_line(priority),
        f"<p>{excerpt(priority.summary, own=own)}</p>",
        f'<p class="psc-small">{escape(shared_by)}{escape(describe_years(priority))}.{escape(places)}</p>',
        f'<div class="psc-small">{aims}</div>' if (aims := aims_of_priority(cast(PublishedPriority, priority))) else "",
        _line("How it was set", excerpt(priority.how_set, own=own)),
        _line("How patients took part", excerpt(priority.patient_involvement, own=own)),
        _line("What came of it", excerpt(outcome, own=True)) if outcome else "",
        _line("Note", escape(priority.note)) if priority.note else "",
        _line("Not verified", escape(priority.unverified_note)) if priority.unverified_note else "",
        "" if priority.verified else _line("Not verified", "the source was not read in full."),
        f'<div class="psc-small"><b>Linked measures now</b><ul class="psc-linked">{linked}</ul></div>'
        if linked
        else "",
        f'<p class="psc-card-foot"><span>Source: {source_links(priority.sources)}</span></p>'
        if priority.sources
        else "",
        "</article>",
    ]
    return "".join(parts)


def measure_link(metric: str, area: str | None = None) -> str:
    """Return a measure's title as a link (HTML): to its chart in an area, else to its comparison of the areas."""
    where = address("chart", metric=metric, area=area) if area else address("compare", metric=metric)
    return f'<a href="{escape(where)}">{escape(store.definition(metric).title)}</a>'


def current_verdict(metric: str, areas: tuple[str, ...], *, of_area: bool = False) -> str:
    """Return how a measure has changed in the areas of a priority, as a line (HTML).

    The sign and the measure where there is one area, with ``of_area`` with the way to its chart; how many areas have
    which verdict where there are several.
    """
    definition = store.definition(metric)
    if not definition.has_series:
        return f"{escape(definition.title)}: no published series loaded"
    found = {area: verdict for area, verdict in store.verdicts_on(metric).items() if area in areas}
    if not found:
        return f"{measure_link(metric)}: no figures here"
    ends = f"to {describe_month(max(verdict.period_end for verdict in found.values()))}"
    if len(found) == 1 == len(areas):
        (area, verdict) = next(iter(found.items()))
        where = measure_link(metric, area if of_area else None)
        return f"{sign_with_words(verdict.state, verdict.direction, 20)} <span>{where} ({ends})</span>"
    counts = Counter((verdict.state, verdict.direction) for verdict in found.values())
    said = [
        f"{sign(*pair, 20)} {describe_count(counts[pair], 'area')}" for pair in sign_names().values() if counts[pair]
    ]
    if absent := len(areas) - len(found):
        said.append(f"no figures in {describe_count(absent, 'area')}")
    return f"{measure_link(metric)}: {' '.join(said)} <span>({ends})</span>"


def solution_card(solution: Solution, day: str | None = None) -> str:
    """Return a solution as a card that links to its own page; its review is due or not by ``day`` (ISO, else today)."""
    best = headline(solution)
    withdrawn = solution.status == "withdrawn"
    kind = f' <span class="psc-kind">{escape(FIGURE_KINDS[best.kind][0])}</span>' if best.kind else ""
    kind += f' <span class="psc-flag">{escape(NOT_IN_ARTICLE)}</span>' if best.outside_article else ""
    review = describe_review(solution, day or today())
    grade, meaning = EVIDENCE_GRADES[solution.evidence_grade]
    return (
        f'<article class="psc-card{" psc-withdrawn" if withdrawn else ""}">'
        f'<h3><a href="{escape(address("shared", case=solution.id))}">{escape(solution.title)}</a></h3>'
        f"{tags([describe_origin(solution), SOLUTION_STATUSES[solution.status][0]])}{standing_line(solution)}"
        f'<p class="psc-problem">{excerpt(solution.problem, own=standing_of(solution).is_areas_own)}</p>'
        f'<p class="psc-result">{escape(best.sentence)}{kind}</p>'
        f"{_standing(review)}"
        f'<p class="psc-card-foot">{spread_dots(solution)}<span title="{escape(meaning)}">Evidence '
        f"{escape(solution.evidence_grade)}: {escape(grade.lower())}</span></p></article>"
    )


def describe_origin(solution: Solution) -> str:
    """Return where a solution began."""
    if solution.national_origin and not solution.areas_of_origin:
        return ALL_AREAS
    places = describe_area(solution.areas_of_origin)
    return f"{ALL_AREAS}, led by {places}" if solution.national_origin else places


def spread_dots(solution: Solution) -> str:
    """Return how far a solution has spread as one to three dots with words."""
    words = SPREAD[solution.spread_reach][0]
    filled = {"region": 1, "multi_region": 2, "national": 3}.get(solution.spread_reach, 0)
    dots = "●" * filled + "○" * (3 - filled)
    return f'<span class="psc-spread"><span aria-hidden="true">{dots}</span> {escape(words)}</span>'


def _standing(words: str) -> str:
    return f'<p class="psc-standing">{escape(words)}</p>' if words else ""


def _line(name: str, value: str) -> str:
    return f'<p class="psc-small"><b>{escape(name)}:</b> {value}</p>'
