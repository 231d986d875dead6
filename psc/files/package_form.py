"""The form of a ``datapackage.json``: the part of the Frictionless standards that is used here, as models.

Keys the standards allow and nothing here uses (titles, licences, sources) are let through. What a schema says of cells
and is not supported (a constraint, a format, a unique key, another word for a missing value) is a fault: ignored in
silence it would pass for checked.
"""

from collections import Counter
from collections.abc import Sequence
from pathlib import PurePosixPath
from typing import Annotated, Any, Literal, Self

import pandas as pd
from pydantic import AfterValidator, BaseModel, ConfigDict, Field, StringConstraints, ValidationError, model_validator

from psc.articles import with_article
from psc.faults import Fault, InvalidData, alike
from psc.files.csv_rows import MOST_COLUMNS
from psc.files.plain_words import in_words, shown
from psc.files.tables import names_of, unusable_pattern

Name = Annotated[str, StringConstraints(min_length=1, max_length=200)]
Names = Name | Annotated[list[Name], Field(min_length=1, max_length=20)]


def _inside(path: str) -> str:
    if path.startswith("/") or "\\" in path or ".." in PurePosixPath(path).parts:
        raise ValueError("a path inside the folder")
    return path


def _usable(pattern: str) -> str:
    if why_not := unusable_pattern(pattern):
        raise ValueError(f"a regular expression of RE2 ({why_not})")
    return pattern


RelativePath = Annotated[Name, AfterValidator(_inside)]
Pattern = Annotated[str, StringConstraints(max_length=200), AfterValidator(_usable)]
Limit = Annotated[int, Field(strict=True)] | Annotated[float, Field(strict=True, allow_inf_nan=False)] | str


class _Form(BaseModel):
    model_config = ConfigDict(extra="ignore")


class _Rules(BaseModel):
    """A part of a schema, all of whose keys are followed or, being texts for people, say nothing of cells."""

    model_config = ConfigDict(extra="forbid")


class Constraints(_Rules):
    """What the cells of a column must keep to."""

    required: bool = False
    unique: bool = False
    enum: Annotated[list[str | int | float], Field(min_length=1)] | None = None
    minimum: Limit | None = None
    maximum: Limit | None = None
    pattern: Pattern | None = None


class Column(_Rules):
    """One column of a table."""

    name: Name
    title: str | None = None
    description: str | None = None
    example: str | None = None
    format: Literal["default", "%Y-%m-%d"] = "default"
    type: Literal["string", "integer", "number", "date"] = "string"
    constraints: Constraints = Constraints()

    @model_validator(mode="after")
    def _limits_of_its_type(self) -> Self:
        for limit in (self.constraints.minimum, self.constraints.maximum):
            if limit is None:
                continue
            if self.type == "string" or (self.type == "date") != isinstance(limit, str):
                raise ValueError(f"a limit that suits a column of type {self.type}")
            if isinstance(limit, str) and pd.isna(pd.to_datetime(limit, format="%Y-%m-%d", errors="coerce")):
                raise ValueError("a limit such as 2024-03-31")
        return self


class Reference(_Rules):
    """The columns of another table, by the name of its resource; an empty name is the table itself."""

    resource: str
    fields: Names


class ForeignKey(_Rules):
    """Columns whose cells must stand in another table."""

    fields: Names
    reference: Reference


class TableSchema(_Rules):
    """The columns of a table, each once, and its keys."""

    fields: Annotated[list[Column], Field(min_length=1, max_length=MOST_COLUMNS)]
    missingValues: Annotated[list[Literal[""]], Field(min_length=1, max_length=1)] = [""]  # noqa: N815  (the standard's)
    primaryKey: Names | None = None  # noqa: N815  (a name of the standard)
    foreignKeys: list[ForeignKey] = []  # noqa: N815

    @model_validator(mode="after")
    def _keys_are_columns(self) -> Self:
        names = [field.name for field in self.fields]
        if len(set(names)) != len(names):
            raise ValueError("each column once")
        for key in [self.primaryKey or [], *(key.fields for key in self.foreignKeys)]:
            if unknown := set(names_of(key)) - set(names):
                raise ValueError(f"keys of its own columns, not {', '.join(sorted(unknown))}")
        if any(len(names_of(key.fields)) != len(names_of(key.reference.fields)) for key in self.foreignKeys):
            raise ValueError("as many columns in a foreign key as in what it refers to")
        return self


class Stats(_Form):
    """What is known of a file's size: the rows of a complete table, where that number is known."""

    rows: Annotated[int, Field(strict=True, ge=0)] | None = None


class Resource(_Form):
    """One file, or several of one kind. Only the schema of a CSV file is read as a table's."""

    name: Name
    path: RelativePath | list[RelativePath]
    stats: Stats = Stats()
    schema_: Annotated[Any, Field(alias="schema")] = None

    @property
    def paths(self) -> list[str]:
        """The files of the resource."""
        return names_of(self.path)

    @property
    def is_table(self) -> bool:
        """Whether it is a CSV file."""
        return any(path.endswith(".csv") for path in self.paths)

    @model_validator(mode="after")
    def _one_table(self) -> Self:
        if self.is_table and not isinstance(self.path, str):
            raise ValueError("one path for a table")
        return self


class Package(_Form):
    """A data package: its resources, each of a name and of files of its own."""

    resources: Annotated[list[Resource], Field(min_length=1)]

    @model_validator(mode="after")
    def _each_once(self) -> Self:
        for what, names in (
            ("name", [resource.name for resource in self.resources]),
            ("path", [path for resource in self.resources for path in resource.paths]),
        ):
            if repeated := sorted(name for name, times in Counter(names).items() if times > 1):
                raise ValueError(f"resources each of {with_article(what)} of its own, not {', '.join(repeated)} twice")
        return self


def package_of(content: Any, file: str) -> Package:
    """The package in the content of a ``datapackage.json``. Raises InvalidData with every fault of its form."""
    expected = "a Frictionless data package"
    if not isinstance(content, dict):
        raise InvalidData([Fault(file, shown(content), f"{expected}: an object with a list of resources")])
    try:
        package = Package.model_validate(content)
    except ValidationError as error:
        raise InvalidData(_faults(error, file, (), expected)) from None
    faults: list[Fault] = []
    for index, resource in enumerate(package.resources):
        if resource.is_table:
            try:
                schema = TableSchema.model_validate(resource.schema_)
            except ValidationError as error:
                faults += _faults(error, file, ("resources", index, "schema"), expected)
            else:
                resource.schema_ = schema.model_dump(exclude_none=True)
    faults += _unknown_references(package, file) if not faults else []
    if faults:
        raise InvalidData(faults)
    return package


def _unknown_references(package: Package, file: str) -> list[Fault]:
    """Foreign keys to a resource, or columns of it, that the package does not describe as a table."""
    faults = []
    columns = {
        resource.name: {field["name"] for field in resource.schema_["fields"]}
        for resource in package.resources
        if resource.is_table
    }
    for index, resource in enumerate(package.resources):
        for key in resource.schema_.get("foreignKeys", []) if resource.is_table else []:
            name = key["reference"]["resource"] or resource.name
            if unknown := set(names_of(key["reference"]["fields"])) - columns.get(name, set()):
                found = f"a reference to {', '.join(sorted(unknown))} of {name}"
                column = f"resources.{index}.schema.foreignKeys"
                faults.append(Fault(file, found, "columns that a table of this package has", column=column))
    return faults


def _faults(error: ValidationError, file: str, place: Sequence[str | int], expected: str) -> list[Fault]:
    details = error.errors(include_url=False)
    named = (
        Fault(
            file,
            (words := in_words(detail))[0],
            f"{expected}: {words[1]}",
            column=".".join(map(str, (*place, *detail["loc"]))) or None,
        )
        for detail in details
    )
    return alike(named, len(details))
