"""Which verdicts would be different without the two years of the pandemic, 2020/21 and 2021/22."""

from collections.abc import Collection, Mapping, Sequence

from psc.catalogue.definition import Metric
from psc.narrate.measure_sections import inside, names_words, short_name
from psc.narrate.verdicts import Verdict
from psc.narrate.words import capitalised, describe_count, describe_list, describe_tally

Measured = Sequence[tuple[Metric, Verdict]]
WITH_THEM = "only with the two years of the pandemic"


def rests_on_pandemic(verdict: Verdict) -> bool:
    """Say whether a clear verdict would be another one without those years."""
    return verdict.certain and verdict.without_pandemic != ""


def would_be_clear(verdict: Verdict) -> bool:
    """Say whether a verdict would have a direction without those years that it has not with them."""
    return verdict.without_pandemic in ("higher", "lower")


def pandemic_clause(verdict: Verdict) -> str:
    """Return what a verdict would be without those years, in a few words without a full stop; "" if the same."""
    without = verdict.without_pandemic
    if without == "none":
        return "only with the pandemic years"
    return f"{without} without the pandemic years" if without else ""


def describe_named_areas(verdicts: Mapping[str, Verdict], way: str) -> str:
    """Return which areas (``verdicts`` by name) are clearly ``way`` only with those years, how many without; or "".

    ``way`` is "higher" or "lower".
    """
    lost = [name for name, verdict in verdicts.items() if _only_with(verdict, way)]
    return _describe_areas(
        describe_list(lost), len(lost), _clear(verdicts.values(), way), _gained(verdicts.values(), way), way
    )


def describe_counted_areas(verdicts: Collection[Verdict], way: str) -> str:
    """Return the same without names, after a sentence with the number of areas that are clearly ``way``."""
    lost, clear = sum(_only_with(verdict, way) for verdict in verdicts), _clear(verdicts, way)
    subject = ("That area" if clear == 1 else "All of these") if lost == clear else f"{describe_tally(lost)} of these"
    return _describe_areas(capitalised(subject), lost, clear, _gained(verdicts, way), way)


def describe_series(england: Measured, areas: Measured) -> str:
    """Return which signs in England, and how many in the areas, are clear only with those years or without; or ""."""
    tests = {"Clear only with those years": rests_on_pandemic, "Clear only without them": would_be_clear}
    said = [
        _describe_series(lead, [pair for pair in england if test(pair[1])], [pair for pair in areas if test(pair[1])])
        for lead, test in tests.items()
    ]
    return " ".join(filter(None, said))


def _describe_series(lead: str, england: Measured, areas: Measured) -> str:
    names = names_words([short_name(definition) for definition, _ in england])
    count = describe_count(len(areas), "sign")
    where = [f"{inside(names)} in England" if england else "", f"{count} in the areas" if areas else ""]
    found = [words for words in where if words]
    return f"{lead}: {'; '.join(found)}." if found else ""


def _describe_areas(subject: str, lost: int, clear: int, gained: int, way: str) -> str:
    others = describe_count(gained, "other area" if clear else "area")
    if lost:
        instead = f"; without them, {others} would" if gained else ""
        return f"{subject} {'counts' if lost == 1 else 'count'} as {way} {WITH_THEM}{instead}."
    return f"Without the two years of the pandemic, {others} would count as {way}." if gained else ""


def _only_with(verdict: Verdict, way: str) -> bool:
    return rests_on_pandemic(verdict) and verdict.direction == way


def _clear(verdicts: Collection[Verdict], way: str) -> int:
    return sum(verdict.certain and verdict.direction == way for verdict in verdicts)


def _gained(verdicts: Collection[Verdict], way: str) -> int:
    return sum(verdict.without_pandemic == way for verdict in verdicts)
