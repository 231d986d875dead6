"""Who took a solution up: the table of adoptions, as a solution's page and an area's show it."""

from collections.abc import Callable, Sequence

from markupsafe import Markup

from psc.narrate.words import capitalised, describe_date, describe_list
from psc.register.public.public_register import PublishedAdoption
from psc.register.records.adoption import STAGE_DATES
from psc.register.records.register_vocabulary import ADOPTION_STAGES
from psc.web.components.page_parts import html_table, source_links
from psc.web.components.prose import excerpt, or_not_recorded, prose
from psc.web.components.record_status import adoption_standing
from psc.web.components.render import html_lines, render_macro

Cell = Callable[[PublishedAdoption], str]


def adoption_table(rows: Sequence[tuple[str, PublishedAdoption]], first: str, caption: str, *, sources: bool) -> Markup:
    """Return adoptions as a table (HTML), each with the cell of the column ``first`` (HTML) that names it.

    A column of which nothing is recorded is left out, and named beneath.
    """
    adoptions = [adoption for _, adoption in rows]
    known = {
        name: cell
        for name, (cell, given) in _IF_RECORDED.items()
        if any(getattr(adoption, given) for adoption in adoptions)
    }
    compiled = not any(adoption.standing.is_areas_own for adoption in adoptions)
    cells: dict[str, Cell] = {"Stage": describe_stage, **known}
    cells["What the source says" if compiled else "Note"] = _note
    if sources:
        cells["Source" if compiled else "Whose word, and source"] = _source
    body = [[name, *(cell(adoption) for cell in cells.values())] for name, adoption in rows]
    left_out = [name.lower() for name in _IF_RECORDED if name not in known]
    table = html_table([first, *cells], body, caption)
    return render_macro("macros/adoption_table.html", "table_with_note", table, describe_list(left_out))


def describe_stage(adoption: PublishedAdoption) -> str:
    """Return how far an adoption has gone."""
    return "Taken up, stage not recorded" if adoption.stage == "unknown" else ADOPTION_STAGES[adoption.stage][0]


def describe_reached(adoption: PublishedAdoption) -> str:
    """Return which stage was reached when, as far as recorded: "Engaged 1 May 2025; adopted 1 October 2025"."""
    said = "; ".join(
        f"{ADOPTION_STAGES[stage][0].lower()} {describe_date(adoption.reached[stage])}"  # type: ignore[index]
        for stage in STAGE_DATES
        if stage in adoption.reached
    )
    return capitalised(said)


def _adapted(adoption: PublishedAdoption) -> str:
    return prose(adoption.adapted, own=True)


def _note(adoption: PublishedAdoption) -> str:
    return excerpt(adoption.note, own=adoption.standing.is_areas_own)


def _source(adoption: PublishedAdoption) -> str:
    whose = adoption_standing(adoption) if adoption.standing.is_areas_own else ""
    return html_lines([part for part in (whose, source_links(adoption.sources)) if part])


_IF_RECORDED: dict[str, tuple[Cell, str]] = {
    "Since when": (lambda adoption: or_not_recorded(describe_reached(adoption)), "reached"),
    "Sites": (lambda adoption: or_not_recorded(adoption.sites), "sites"),
    "What was adapted": (_adapted, "adapted"),
}
