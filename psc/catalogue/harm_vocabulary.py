"""The words that say what harm and which place of care a metric, a priority or a solution is about."""

from typing import Annotated, Self

from pydantic import StringConstraints, model_validator

from psc.catalogue.definition_files import Code, Document, Text, disagreement
from psc.files.plain_words import HAS_A_LETTER

Name = Annotated[str, StringConstraints(min_length=2, max_length=60, pattern=HAS_A_LETTER)]


class HarmGroup(Document):
    """A shelf of the picker: several kinds of harm that people look for together."""

    code: Code
    title: Text
    sentence: Text


class HarmArea(Document):
    """One kind of harm, or of safety work; ``group`` is the code of its shelf."""

    code: Code
    title: Text
    sentence: Text
    group: Code


class CareSetting(Document):
    """A place or part of care; ``sentence`` says in plain words what it takes in."""

    code: Code
    title: Text
    sentence: Text


class HarmAreas(Document):
    """``harm_areas.yaml``: the shelves, in the order of the pickers, and the kinds of harm on them."""

    groups: tuple[HarmGroup, ...]
    harm_areas: tuple[HarmArea, ...]

    @model_validator(mode="after")
    def _fits_together(self) -> Self:
        problems = _repeats("groups", [group.code for group in self.groups])
        problems += _repeats("harm_areas", [area.code for area in self.harm_areas])
        codes = {group.code for group in self.groups}
        problems += [
            ("harm_areas", f"group {area.group} of {area.code}", "the code of a group listed above")
            for area in self.harm_areas
            if area.group not in codes
        ]
        used = {area.group for area in self.harm_areas}
        problems += [("groups", f"{code} with nothing in it", "a harm area in every group") for code in codes - used]
        if problems:
            raise disagreement(problems)
        return self


class CareSettings(Document):
    """``care_settings.yaml``, in the order of the pickers."""

    care_settings: tuple[CareSetting, ...]

    @model_validator(mode="after")
    def _fits_together(self) -> Self:
        problems = _repeats("care_settings", [setting.code for setting in self.care_settings])
        if problems:
            raise disagreement(problems)
        return self


class Synonyms(Document):
    """``synonyms.yaml``: groups of names for the same thing; a search for one finds what any of them finds."""

    synonyms: tuple[tuple[Name, ...], ...]

    @model_validator(mode="after")
    def _fits_together(self) -> Self:
        names = [name.casefold() for group in self.synonyms for name in group]
        repeated = sorted({name for name in names if names.count(name) > 1})
        problems = [("synonyms", f"the name {name} more than once", "each name once") for name in repeated]
        problems += [
            ("synonyms", f"{group[0] if group else 'nothing'} alone", "two names or more in a group")
            for group in self.synonyms
            if len(group) < 2
        ]
        if problems:
            raise disagreement(problems)
        return self


def _repeats(key: str, codes: list[str]) -> list[tuple[str, str, str]]:
    repeated = sorted({code for code in codes if codes.count(code) > 1})
    return [(key, f"the code {code} more than once", "each code once") for code in repeated]
