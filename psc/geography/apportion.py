"""Two geographies meet here: counts published for other areas become counts for the 15 areas.

Only counts and denominators may be apportioned. A ratio is formed last, from apportioned parts: a
weighted mean of rates is not the rate of the union unless the weights happen to be the denominators.
"""

from collections.abc import Sequence
from pathlib import Path
from typing import Literal

import pandas as pd

from psc.files.tables import text_table
from psc.settings import data_folder

Geography = Literal["icb24", "icb24_ods", "sub_icb24", "sub_icb24_ods", "lad18", "lad24"]
Weight = Literal["weight", "weight_65_plus"]


class UnknownCodesError(ValueError):
    """Codes that the geography does not have; ``codes`` lists them, sorted."""

    def __init__(self, geography: str, codes: Sequence[str]) -> None:
        self.geography = geography
        self.codes = sorted(codes)
        shown = ", ".join(self.codes[:20]) + (f" and {len(self.codes) - 20} more" if len(self.codes) > 20 else "")
        super().__init__(
            f"{len(self.codes)} code(s) not in geography {geography}: {shown}. "
            "Drop codes that cover nobody, or map closed codes to their successors, before apportioning."
        )


def load_weights(folder: Path | None = None) -> pd.DataFrame:
    """Read ``geography_weights.csv``: one row per code × area, weights of a code summing to 1.

    Columns: geography, code, name, area, weight (share of the code's people living in the area, mid-2020),
    weight_65_plus (the same of those aged 65 and over), population, population_65_plus (people).
    ``folder`` is the boundaries folder (default: that of the committed data).
    """
    folder = folder or data_folder() / "boundaries"
    table = text_table(folder / "geography_weights.csv", file=f"{folder.name}/geography_weights.csv")
    numbers = ("weight", "weight_65_plus", "population", "population_65_plus")
    return table.astype({name: int if name.startswith("population") else float for name in numbers})


def apportion(
    frame: pd.DataFrame,
    geography: Geography,
    columns: Sequence[str],
    *,
    code: str = "code",
    by: Weight = "weight",
    folder: Path | None = None,
) -> pd.DataFrame:
    """Share out counts of another geography among the 15 areas and sum them there.

    ``frame`` has one row per code and any other keys (month, age band, …); ``columns`` are the counts and
    denominators to share out, in their own units; every remaining column is a key and is kept. Returns one
    row per area × key: ``area``, the keys, then ``columns``, sorted by area and keys.

    A missing count makes the area's total missing for that key: a total that silently leaves somebody out
    is worse than none. A code without a row for a key cannot be noticed here; the caller checks coverage.

    ``by`` chooses the people the counts belong to: everybody, or those aged 65 and over.

    Raises ``UnknownCodesError`` (all unknown codes at once) and ``KeyError`` for columns ``frame`` lacks.
    Method: population-weighted apportionment with mid-2020 small-area populations (ONS), as is usual where
    a published area is split; exact for every code that lies in one area, which is all but a few.
    """
    missing = [name for name in (code, *columns) if name not in frame.columns]
    if missing:
        raise KeyError(f"no column {', '.join(missing)} in the table to apportion")
    weights = load_weights(folder)
    weights = weights.loc[weights["geography"] == geography, ["code", "area", by]]
    if weights.empty:
        raise ValueError(f"no geography {geography!r} in geography_weights.csv")
    codes = frame[code].astype(object).where(frame[code].notna(), "(empty)").astype(str)
    unknown = set(codes) - set(weights["code"])
    if unknown:
        raise UnknownCodesError(geography, list(unknown))

    keys = [name for name in frame.columns if name not in {code, *columns}]
    weights = weights.rename(columns={"code": "_code", "area": "_area", by: "_weight"})
    shared = frame.assign(_code=codes).merge(weights, on="_code", how="left")
    for name in columns:
        shared[name] = shared[name].astype(float) * shared["_weight"]
    grouped = shared.rename(columns={"_area": "area"}).groupby(["area", *keys], sort=True, dropna=False)
    return grouped[list(columns)].sum(skipna=False).reset_index()


def trust_areas(folder: Path | None = None) -> dict[str, str]:
    """ODS code of an NHS trust → area id, closed codes included.

    Figures carry the code in force when they were published, and the map is the same for every year, so no
    date is asked for. In this order:

    1. ``organisations.csv``: a trust on the list, open or closed, keeps its own area. (Royal Brompton stays
       in North West London although it merged into a south London trust in 2021.)
    2. ``former_organisations.csv``: closed trusts placed by the district they stood in, because the successor
       list ends nowhere or would move them (Burton's hospital is in Staffordshire, its successor in Derby).
    3. ``organisation_successors.csv``: other closed codes follow their successors, oldest link first, until a
       trust that has an area. A later link only counts if it is not older than the one before it (codes have
       been used twice), and where successors lie in different areas the code gets none.

    Trusts in Wales have no area and are left out. ``folder`` is the boundaries folder.
    """
    folder = folder or data_folder() / "boundaries"
    areas: dict[str, str] = {}
    for file in ("former_organisations.csv", "organisations.csv"):
        table = text_table(folder / file, file=f"{folder.name}/{file}")
        areas.update({code: area for code, area in zip(table["ods_code"], table["area"], strict=True) if area})
    links = text_table(folder / "organisation_successors.csv", file=f"{folder.name}/organisation_successors.csv")
    successors: dict[str, list[tuple[str, str]]] = {}
    for old, new, date in links[["old_code", "new_code", "date"]].itertuples(index=False):
        successors.setdefault(old, []).append((new, date))

    def ends(code: str, since: str, seen: frozenset[str]) -> set[str]:
        if code in areas:
            return {areas[code]}
        later = [(new, date) for new, date in successors.get(code, []) if date >= since and new not in seen]
        return set().union(*(ends(new, date, seen | {new}) for new, date in later))

    followed = {code: ends(code, "", frozenset({code})) for code in successors}
    return areas | {code: found.pop() for code, found in followed.items() if len(found) == 1 and code not in areas}
