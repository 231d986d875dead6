"""Is every trust in an area, and does every closed one end at a trust that is there?"""

from collections.abc import Iterator

from psc import clock
from psc.faults import Fault, alike
from psc.files.tables import LINE
from psc.geography.sound_tables import Tables

_LISTS = ("organisations.csv", "former_organisations.csv")
TRUSTS = "boundaries/organisations.csv"
SUCCESSORS = "boundaries/organisation_successors.csv"
FEWEST_TRUSTS = 150
"""NHS trusts in England: 212 were open in 2022, and mergers take away a handful in a year."""


def check_organisations(tables: Tables) -> Iterator[Fault]:
    """Every area has a trust, there are about as many as England has, and those of a list of NHS England have an area.

    Whether a trust without an area stands outside England is for the map to say.
    """
    table = tables["organisations.csv"]
    for area in sorted(set(tables["areas.csv"]["id"]) - set(table["area"])):
        yield Fault(TRUSTS, f"no trust in {area}", "at least one in every area", column="area")
    placed = int((table["area"] != "").sum())
    if placed < FEWEST_TRUSTS:
        yield Fault(TRUSTS, f"{placed} trusts in England", f"at least {FEWEST_TRUSTS}: some are missing", column="area")
    lost = table[(table["area"] == "") & (table["basis"] == "NHS England list")]
    named = (
        Fault(
            TRUSTS, f"no area for {row['ods_code']}", "the area that NHS England's list gives", int(row[LINE]), "area"
        )
        for row in lost.to_dict("records")
    )
    yield from alike(named, len(lost))


def check_successors(tables: Tables) -> Iterator[Fault]:
    """Each link leads from one trust to another one that is known, not in a circle, on a day that has come."""
    links = tables["organisation_successors.csv"]
    known = set(links["old_code"]).union(*(tables[file]["ods_code"] for file in _LISTS))
    today = clock.today().isoformat()
    followers: dict[str, set[str]] = {}
    for row in links.to_dict("records"):
        old, new, line = row["old_code"], row["new_code"], int(row[LINE])
        if old == new:
            yield Fault(SUCCESSORS, repr(new), "another trust than the one it follows", line, "new_code")
        elif new not in known:
            expected = "a trust of organisations.csv, or one that was followed by another here"
            yield Fault(SUCCESSORS, repr(new), expected, line, "new_code")
        elif _reaches(followers, new, old):
            yield Fault(SUCCESSORS, f"{old} followed by {new}, and {new} by {old}", "no circle", line, "new_code")
        else:
            followers.setdefault(old, set()).add(new)
        if row["date"] > today:
            yield Fault(SUCCESSORS, row["date"], f"a day up to today, {today}", line, "date")


def _reaches(followers: dict[str, set[str]], begin: str, end: str) -> bool:
    """Whether the trusts that followed ``begin`` lead to ``end``."""
    seen: set[str] = set()
    waiting = [begin]
    while waiting:
        code = waiting.pop()
        if code == end:
            return True
        if code not in seen:
            seen.add(code)
            waiting += followers.get(code, ())
    return False
