"""Cards for priorities and solutions, as several pages show them."""

from collections import Counter
from collections.abc import Mapping
from typing import Any, cast

from markupsafe import Markup

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
from psc.web.components.page_parts import sign, sign_with_words, source_links
from psc.web.components.prose import NOT_RECORDED as NOT_RECORDED
from psc.web.components.prose import excerpt
from psc.web.components.record_status import describe_review, standing_line, standing_of, today
from psc.web.components.render import html_link, render_macro
from psc.web.session import store
from psc.web.session.navigation import address

CARDS = "macros/register_cards.html"
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


def priority_card(priority: Priority) -> Markup:
    """Return a priority as a card, with the verdicts on the measures linked to it."""
    harms = harm_titles()
    # Only a draft, shown before it is published, may not say yet who set it.
    set_by = titles_of(ORIGINS).get(priority.origin, "Who set it: not recorded")
    return render_macro(
        CARDS,
        "priority_card",
        priority=priority,
        where=address("priority", id=priority.id),
        labels=[set_by, *(harms[code] for code in priority.harm_areas), describe_status(priority)],
        whose=standing_line(priority),
        summary=excerpt(priority.summary, own=standing_of(priority).is_areas_own),
        scope=_scope(priority),
        aims=aims_of_priority(cast(PublishedPriority, priority)),
        told=_told(priority),
        verdicts=[current_verdict(metric, priority.areas) for metric in priority.metrics],
        sources=source_links(priority.sources),
    )


def _scope(priority: Priority) -> str:
    settings = setting_titles()
    places = f" {describe_list([settings[code] for code in priority.care_settings])}." if priority.care_settings else ""
    shared_by = "" if priority.scope == "one_area" else f"{describe_area(priority.areas)}. "
    return f"{shared_by}{describe_years(priority)}.{places}"


def _told(priority: Priority) -> list[tuple[str, str]]:
    own, outcome = standing_of(priority).is_areas_own, cast(PublishedPriority, priority).outcome
    told: list[tuple[str, str]] = [
        ("How it was set", excerpt(priority.how_set, own=own)),
        ("How patients took part", excerpt(priority.patient_involvement, own=own)),
    ]
    told += [("What came of it", excerpt(outcome, own=True))] if outcome else []
    told += [("Note", priority.note)] if priority.note else []
    told += [("Not verified", priority.unverified_note)] if priority.unverified_note else []
    return told if priority.verified else [*told, ("Not verified", "the source was not read in full.")]


def measure_link(metric: str, area: str | None = None) -> Markup:
    """Return a measure's title as a link (HTML): to its chart in an area, else to its comparison of the areas."""
    where = address("chart", metric=metric, area=area) if area else address("compare", metric=metric)
    return html_link(where, store.definition(metric).title)


def current_verdict(metric: str, areas: tuple[str, ...], *, of_area: bool = False) -> Markup:
    """Return how a measure has changed in the areas of a priority, as a line (HTML).

    The sign and the measure where there is one area, with ``of_area`` with the way to its chart; how many areas have
    which verdict where there are several.
    """
    definition = store.definition(metric)
    if not definition.has_series:
        return render_macro(CARDS, "no_verdict", definition.title, "no published series loaded")
    found = {area: verdict for area, verdict in store.verdicts_on(metric).items() if area in areas}
    if not found:
        return render_macro(CARDS, "no_verdict", measure_link(metric), "no figures here")
    ends = f"to {describe_month(max(verdict.period_end for verdict in found.values()))}"
    if len(found) == 1 == len(areas):
        (area, verdict) = next(iter(found.items()))
        where = measure_link(metric, area if of_area else None)
        return render_macro(CARDS, "one_verdict", sign_with_words(verdict.state, verdict.direction, 20), where, ends)
    counts = Counter((verdict.state, verdict.direction) for verdict in found.values())
    shown = [(sign(*pair, 20), describe_count(counts[pair], "area")) for pair in sign_names().values() if counts[pair]]
    absent = len(areas) - len(found)
    missing = describe_count(absent, "area") if absent else ""
    return render_macro(CARDS, "several_verdicts", measure_link(metric), shown, missing, ends)


def solution_card(solution: Solution, day: str | None = None) -> Markup:
    """Return a solution as a card that links to its own page; its review is due or not by ``day`` (ISO, else today)."""
    best = headline(solution)
    grade, meaning = EVIDENCE_GRADES[solution.evidence_grade]
    return render_macro(
        CARDS,
        "solution_card",
        solution=solution,
        where=address("solutions", id=solution.id),
        labels=[describe_origin(solution), SOLUTION_STATUSES[solution.status][0]],
        whose=standing_line(solution),
        problem=excerpt(solution.problem, own=standing_of(solution).is_areas_own),
        best=best.sentence,
        kind=FIGURE_KINDS[best.kind][0] if best.kind else "",
        outside=NOT_IN_ARTICLE if best.outside_article else "",
        review=describe_review(solution, day or today()),
        spread=spread_dots(solution),
        meaning=meaning,
        grade=grade.lower(),
    )


def describe_origin(solution: Solution) -> str:
    """Return where a solution began."""
    if solution.national_origin and not solution.areas_of_origin:
        return ALL_AREAS
    places = describe_area(solution.areas_of_origin)
    return f"{ALL_AREAS}, led by {places}" if solution.national_origin else places


def spread_dots(solution: Solution) -> Markup:
    """Return how far a solution has spread as one to three dots with words."""
    words = SPREAD[solution.spread_reach][0]
    filled = {"region": 1, "multi_region": 2, "national": 3}.get(solution.spread_reach, 0)
    dots = "●" * filled + "○" * (3 - filled)
    return render_macro(CARDS, "spread_dots", dots, words)
