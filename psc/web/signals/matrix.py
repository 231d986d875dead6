"""The matrix of verdicts: measures down, England and the areas across, each cell a sign, a size and a link."""

from html import escape
from math import prod

import pandas as pd

from psc.charts.style.direction_signs import sign_names
from psc.charts.style.making_data_count import describe_assurance, describe_icon, icon_names
from psc.geography.areas import ENGLAND
from psc.narrate.chance import many_chance_sentence
from psc.narrate.measure_sections import SECTION_TITLES, section_of
from psc.narrate.overall import Measured, counted, describe_uncounted, everywhere_answer
from psc.narrate.pandemic import describe_series, pandemic_clause
from psc.narrate.verdicts import Verdict, describe_signed, verdict_sentence
from psc.narrate.words import describe_month
from psc.web.components.page_parts import assurance_icon, icon, icon_with_words, sign, sign_with_words
from psc.web.session import store
from psc.web.session.cache import cached
from psc.web.session.navigation import address
from psc.web.signals.own_limits import MARK, MEANING, OwnLimits, own_limits

Moved = dict[tuple[str, str], str]
SIGN_SIZE = 22
POINT_SIZE = 15
PANDEMIC_MARK = "*"
PANDEMIC_MEANING = "Without the two years of the pandemic this sign would be different; its chart says how."


def page_summary() -> str:
    """Return what the verdicts of all measures add up to in England and in the areas."""
    england, areas = _measured()
    return everywhere_answer(england, areas, len(store.areas()))


def _measured() -> tuple[Measured, Measured]:
    """The verdicts in England and in the areas on the measures that give verdicts, or cannot be judged at all."""
    found = [each for each in store.verdicts_everywhere() if store.gives_verdicts(each.definition.id)]
    england = [(each.definition, each.england) for each in found if each.england]
    return england, [(each.definition, verdict) for each in found for verdict in each.areas.values()]


def rests_on_pandemic() -> str:
    """Return what the mark of the pandemic means, and which signs are clear only with its years, or without (HTML)."""
    england, areas = (
        [pair for section in ("harm", "risk") for pair in counted(measured, section)] for measured in _measured()
    )
    said = describe_series(england, areas)
    return f'<p class="psc-note">{PANDEMIC_MARK} {PANDEMIC_MEANING} {escape(said)}</p>' if said else ""


def uncounted() -> str:
    """Return which measures the counts leave out, and why (HTML)."""
    england, _ = _measured()
    noisy = [each.definition for each in store.verdicts_everywhere() if not store.gives_verdicts(each.definition.id)]
    said = describe_uncounted(england, noisy)
    return f'<p class="psc-note">{escape(said)}</p>' if said else ""


def expected_by_chance() -> str:
    """Return how many of the series counted would have a clear verdict though nothing changed."""
    _, areas = _measured()
    series = [definition.id for section in ("harm", "risk") for definition, _ in counted(areas, section)]
    chances = [chance for metric, chance in store.chances().items() if metric in set(series)]
    # Each measure is simulated by itself; noise that measures share would make "none" likelier still.
    none = prod(chance.none_at_once for chance in chances)
    return many_chance_sentence(sum(chance.expected for chance in chances), none, len(series)) if series else ""


def key() -> str:
    """Return what each sign there is and each small icon means, and how many signs chance alone makes (HTML)."""
    there = set(store.rows("all_verdicts")[["state", "direction"]].itertuples(index=False, name=None))
    signs = "".join(f"<li>{sign_with_words(*pair, SIGN_SIZE)}</li>" for pair in sign_names().values() if pair in there)
    icons = "".join(
        f"<li>{icon_with_words(state, side, POINT_SIZE)}</li>"
        for state, side in icon_names().values()
        if state != "unjudged"
    )
    own = f'<p class="psc-note">{MEANING}</p>' if own_limits() else ""
    return (
        f'<p class="psc-note">{escape(expected_by_chance())}</p>'
        '<p class="psc-note">The large sign says which way a series has gone: against the same months a year before, '
        "or, for yearly figures, against the years before. Its size is below it. Coloured signs are clear: chance "
        f'alone would rarely make them.</p>{rests_on_pandemic()}<ul class="psc-how">{signs}</ul>'
        '<details class="psc-cautions"><summary>What the small icons mean</summary><p class="psc-note">The small icon '
        "says something of the latest month alone, by the rules of NHS Making Data Count. It sets that month against "
        "the average of the last two years, not against the year before, so it can differ from the large sign. It "
        f'comes and goes, so no colour or count rests on it.</p><ul class="psc-how">{icons}</ul></details>{own}'
    )


def matrix() -> str:
    """Return the matrix as a table (HTML)."""
    return _matrix(own_limits())


@cached(entries=2)
def _matrix(own: OwnLimits) -> str:
    rows, moved = store.rows("all_verdicts"), dict(own)
    areas = store.areas()
    head = "".join(
        f'<th scope="col"><a href="{escape(address("area", area=area.id))}">{escape(area.short_name)}</a></th>'
        for area in areas.itertuples()
    )
    places = [ENGLAND, *areas.index]
    bodies = "".join(
        _group(rows[_is_of(rows, section, group.code)], f"{title}: {group.title}", places, moved)
        for section, title in SECTION_TITLES.items()
        for group in store.catalogue().harm_groups
    )
    return (
        '<div class="psc-matrix-box"><p class="psc-swipe">Swipe or scroll sideways for all areas.</p>'
        '<div class="psc-table-wrap psc-wide" tabindex="0" role="region" aria-label="Verdicts on all measures in '
        'England and all areas"><table class="psc-table psc-matrix"><caption><span>Change of every measure in England '
        'and in every area</span></caption><thead><tr><th scope="col">Measure</th><th scope="col">England</th>'
        f"{head}</tr></thead>"
        f"{bodies}</table></div></div>"
    )


def _is_of(rows: pd.DataFrame, section: str, group: str) -> pd.Series:
    """Which rows are of a section (harm, risks and waits) and, in it, of a kind of harm."""
    sections = rows["metric_id"].map(lambda metric: section_of(store.definition(metric)))
    return (rows["harm_group"] == group) & (sections == section)


def _group(own: pd.DataFrame, title: str, places: list[str], moved: Moved) -> str:
    if own.empty:
        return ""
    lines = "".join(
        _line(metric, found.set_index("area_id"), places, moved)
        for metric, found in own.groupby("metric_id", sort=False)
    )
    return (
        f'<tbody><tr class="psc-matrix-group"><th scope="rowgroup" colspan="{len(places) + 1}">'
        f"<span>{escape(title)}</span></th></tr>{lines}</tbody>"
    )


def _line(metric: str, found: pd.DataFrame, places: list[str], moved: Moved) -> str:
    cells = "".join(_cell(metric, place, found, moved.get((metric, place), "")) for place in places)
    title = escape(store.definition(metric).title.partition(", ")[0])
    ends = describe_month(found["period_end"].max().date())
    return (
        f'<tr><th scope="row"><a href="{escape(address("compare", metric=metric))}">{title}</a>'
        f"<p>to {ends}</p></th>{cells}</tr>"
    )


def _cell(metric: str, place: str, found: pd.DataFrame, own: str) -> str:
    """One cell; ``own`` is what its chart shows with limits of its own, where people have set some."""
    if place not in found.index:
        return "<td>no data</td>"
    row = found.loc[place]
    verdict = store.verdict_of(row)
    where = address("compare", metric=metric) if place == ENGLAND else address("chart", metric=metric, area=place)
    size = "" if verdict.direction == "none" or verdict.change is None else describe_signed(verdict.change)
    clause = pandemic_clause(verdict)
    if clause:
        words = f'<span title="{escape(clause)}">{escape(size)}{PANDEMIC_MARK}</span>'
    else:
        words = f"<span>{escape(size)}</span>" if size else ""
    spoken = f"{_spoken(metric, row, verdict)} {own}." if own else _spoken(metric, row, verdict)
    return (
        f'<td><a href="{escape(where)}" aria-label="{escape(spoken)}">'
        f"{sign(verdict.state, verdict.direction, SIGN_SIZE, named=False)}{words}{_points(row, own)}</a></td>"
    )


def _points(row: pd.Series, own: str) -> str:
    """What the latest point shows alone, whether a target is met, and a mark where the chart has limits of its own."""
    point = icon(row["point_state"], row["point_side"], POINT_SIZE, named=False) if _has_icon(row) else ""
    mark = f'<span class="psc-own-limits" title="{escape(own)}" aria-hidden="true">{MARK}</span>' if own else ""
    shown = f"{point}{assurance_icon(row['assurance'], POINT_SIZE)}{mark}"
    return f'<span class="psc-points">{shown}</span>' if shown else ""


def _has_icon(row: pd.Series) -> bool:
    return row["point_state"] not in ("", "unjudged")


def _spoken(metric: str, row: pd.Series, verdict: Verdict) -> str:
    """The cell in words, for those who do not see it."""
    definition = store.definition(metric)
    said = [f"{row['name']}, {definition.title}: {verdict_sentence(definition, verdict)}"]
    if _has_icon(row):
        said.append(f"The latest point alone: {describe_icon(row['point_state'], row['point_side'])}.")
    if row["assurance"]:
        said.append(f"{describe_assurance(row['assurance'])}.")
    return " ".join(said)
