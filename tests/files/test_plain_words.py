"""What the checking library says in its own words reaches nobody: every fault says it in plain ones."""

import re
from typing import Annotated, get_args

import pytest
from pydantic import BaseModel, Field, StringConstraints, ValidationError
from pydantic_core.core_schema import ErrorType

from psc.catalogue.definition import Metric
from psc.files.plain_words import PATTERNS, in_words
from psc.register.records.priority import Priority, Programme
from psc.register.records.solution import Solution

OF_THE_LIBRARY = re.compile(r"(?i)input|instance|pydantic|pattern|valid |dict|datetimes|model|\^|\\|int_|sys\.|python")
LIMITS = {"gt": 1.0, "ge": 1, "lt": 1, "le": 1, "multiple_of": 2, "expected": "'a' or 'b'", "pattern": "x+"}
LENGTHS = {"min_length": 1, "max_length": 2_000, "field_type": "Tuple", "actual_length": 3}


@pytest.mark.parametrize("kind", get_args(ErrorType))
def test_every_error_of_the_library_is_said_in_plain_words(kind):
    detail = {"type": kind, "loc": (), "input": {"a": [1]}, "msg": "Value error, a day", "ctx": LIMITS | LENGTHS}
    found, expected = in_words(detail)
    assert found and expected
    assert not OF_THE_LIBRARY.search(found + expected), (found, expected)


class Texts(BaseModel):
    """A model with a field of each kind."""

    count: Annotated[int, Field(ge=1948)] = 1948
    share: Annotated[float, Field(gt=0.5)] = 1.0
    name: Annotated[str, StringConstraints(min_length=1)] = "x"
    names: Annotated[tuple[str, ...], Field(min_length=1, max_length=2)] = ("x",)


@pytest.mark.parametrize(
    ("values", "said"),
    [
        ({"count": 1036}, ("1036", "at least 1948")),
        ({"count": "many"}, ("'many'", "a whole number")),
        ({"count": 1.5}, ("1.5", "a whole number")),
        ({"share": 0.5}, ("0.5", "more than 0.5")),
        ({"name": 5}, ("5", "text")),
        ({"name": True}, ("true", "text")),
        ({"name": None}, ("nothing", "text")),
        ({"name": ["a", "b"]}, ("['a', 'b']", "text")),
        ({"name": {"a": 1}}, ("keys with values (a)", "text")),
        ({"names": []}, ("[]", "a list of at least one item")),
        ({"names": ["a", "b", "c"]}, ("['a', 'b', 'c']", "at most 2 items")),
        ({"name": ["x" * 90] * 3}, ("a list of 3 items", "text")),
        ({"name": "x" * 9_000, "names": "x"}, ("'x'", "a list")),
    ],
)
def test_a_value_that_does_not_fit_is_shown_with_what_is_expected(values, said):
    with pytest.raises(ValidationError) as raised:
        Texts.model_validate(values)
    assert in_words(raised.value.errors()[0]) == said


@pytest.mark.parametrize("model", [Metric, Priority, Programme, Solution])
def test_every_pattern_of_a_document_has_words(model):
    def patterns(schema):
        if isinstance(schema, dict):
            yield from ([schema["pattern"]] if isinstance(schema.get("pattern"), str) else [])
            schema = list(schema.values())
        for part in schema if isinstance(schema, list) else []:
            yield from patterns(part)

    assert set(patterns(model.model_json_schema())) <= set(PATTERNS)
