"""Types of fields that many bodies share."""

import json
import math
import re
from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated, Any
from uuid import UUID

from pydantic import AfterValidator, AwareDatetime, BaseModel, BeforeValidator, ConfigDict, Field, StringConstraints

MAX_DEPTH = 32
FIRST_MOMENT, LAST_MOMENT = datetime(1970, 1, 1, tzinfo=UTC), datetime(2100, 1, 1, tzinfo=UTC)
"""Times at the ends of the calendar have no counterpart in UTC; these are far from them."""

_UUID = re.compile(r"[0-9A-Fa-f]{8}(-[0-9A-Fa-f]{4}){3}-[0-9A-Fa-f]{12}")
_RFC_3339 = re.compile(r"\d{4}-\d\d-\d\d[Tt]\d\d:\d\d:\d\d(\.\d{1,9})?([Zz]|[+-]\d\d:\d\d)", re.ASCII)
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


def is_uuid(value: object) -> bool:
    """Say whether a value is a UUID in the form of RFC 9562: five groups of hexadecimal digits, either case."""
    return isinstance(value, str) and _UUID.fullmatch(value) is not None


def check_uuid(value: object) -> object:
    """Refuse other ways to write a UUID: braces, a URN, no hyphens."""
    if not is_uuid(value):
        raise ValueError("must be a UUID, for example from uuidgen")
    return value


def check_rfc_3339(value: object) -> object:
    """Refuse what is no date and time with a zone: numbers, other forms."""
    if not (isinstance(value, str) and _RFC_3339.fullmatch(value)):
        raise ValueError("must be RFC 3339 with a zone, for example 2026-05-04T09:31:10Z")
    return value


def check_moment(moment: datetime) -> datetime:
    """Refuse a time outside 1970 to 2099."""
    if not FIRST_MOMENT <= moment < LAST_MOMENT:
        raise ValueError("must lie between 1970 and 2099")
    return moment


Text = Annotated[str, AfterValidator(check_text)]
Json = Annotated[dict[str, Any], AfterValidator(check_json)]
ClientKey = Annotated[str, StringConstraints(min_length=1, max_length=128), AfterValidator(check_printable)]
Word = Annotated[str, StringConstraints(pattern=r"^[A-Za-z0-9_-]{1,32}$")]
Name = Annotated[str, StringConstraints(min_length=1, max_length=64), AfterValidator(check_printable)]
Person = Annotated[str, StringConstraints(min_length=1, max_length=200), AfterValidator(check_printable)]
Uuid = Annotated[UUID, BeforeValidator(check_uuid)]
Moment = Annotated[AwareDatetime, BeforeValidator(check_rfc_3339), AfterValidator(check_moment)]
Share = Annotated[float, Field(strict=True, ge=0, le=1)]
