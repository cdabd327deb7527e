"""Types of fields that many bodies share, and how a field's error is told."""

import json
import math
from collections.abc import Mapping
from pathlib import Path
from typing import Annotated, Any

from pydantic import AfterValidator, BaseModel, ConfigDict, StringConstraints

MAX_DEPTH = 32
EXAMPLES: dict[str, Any] = json.loads((Path(__file__).parent / "examples.json").read_text())


def add_example(schema: dict[str, Any], model: type[BaseModel]) -> None:
    """Show the contract's example of a body or document in OpenAPI."""
    if model.__name__ in EXAMPLES:
        schema["examples"] = [EXAMPLES[model.__name__]]


class Body(BaseModel):
    """A request body: what it does not name is refused."""

    model_config = ConfigDict(extra="forbid", frozen=True, json_schema_extra=add_example)


class Document(BaseModel):
    """A response document: a reader ignores what it does not know."""

    model_config = ConfigDict(extra="allow", json_schema_extra=add_example)


def check_text(text: str) -> str:
    """Refuse what a database cannot keep: NUL characters and halves of surrogate pairs."""
    if "\0" in text:
        raise ValueError("NUL characters cannot be kept; leave them out")
    try:
        text.encode()
    except UnicodeEncodeError as error:
        raise ValueError("holds half of a surrogate pair, which is no character") from error
    return text


def check_printable(text: str) -> str:
    """Refuse control characters and other things that cannot be seen."""
    if not text.isprintable():
        raise ValueError("printable characters only")
    return text


def check_json(value: Any, depth: int = 0) -> Any:
    """Refuse JSON that cannot be kept: bad text, numbers out of range, nesting without end."""
    if depth > MAX_DEPTH:
        raise ValueError(f"nested deeper than {MAX_DEPTH} levels")
    match value:
        case str():
            check_text(value)
        case int() | float():
            check_number(value)
        case dict():
            check_json([*value, *value.values()], depth)
        case list():
            for item in value:
                check_json(item, depth + 1)
    return value


def check_number(value: float) -> None:
    """Refuse what JSON has no word for, and whole numbers over 64 bits."""
    if isinstance(value, float) and not math.isfinite(value):
        raise ValueError("NaN and Infinity are no JSON numbers")
    if isinstance(value, int) and not -(2**63) <= value < 2**63:
        raise ValueError("whole numbers have 64 bits at most")


Text = Annotated[str, AfterValidator(check_text)]
Printable = Annotated[str, AfterValidator(check_printable)]
Json = Annotated[dict[str, Any], AfterValidator(check_json)]
ClientKey = Annotated[Printable, StringConstraints(min_length=1, max_length=128)]
Word = Annotated[str, StringConstraints(pattern=r"^[A-Za-z0-9_-]{1,32}$")]
Name = Annotated[Printable, StringConstraints(min_length=1, max_length=64)]

_PLACES = ("body", "query", "path", "header")


def field_name(error: Mapping[str, Any]) -> str:
    """Name the field of a validation error by dots, without the place where it was looked for."""
    parts = [str(part) for part in error["loc"]]
    return ".".join(parts[1:] if len(parts) > 1 and parts[0] in _PLACES else parts)


def plain_message(error: Mapping[str, Any]) -> str:
    """Say what is wrong in a few words, without the value."""
    if error["type"] == "extra_forbidden":
        return "there is no such field"
    if error["type"] == "missing":
        return "is needed"
    message = str(error["msg"]).removeprefix("Value error, ")
    return message[:1].lower() + message[1:]
