"""What settings are made of: parts that refuse unknown names, and lengths of time."""

from datetime import timedelta
from typing import Annotated, Any

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field

LONGEST = timedelta(days=36_500)


def _seconds(given: Any) -> Any:
    """Read plain seconds beside ISO 8601."""
    if not isinstance(given, str):
        return given
    text = given.strip()
    return float(text) if text.replace(".", "", 1).isdecimal() else text


Span = Annotated[timedelta, BeforeValidator(_seconds), Field(ge=timedelta(0), le=LONGEST)]
"""A length of time: seconds, or ISO 8601 (`PT1H`)."""
Kept = Annotated[Span | None, BeforeValidator(lambda given: None if given == "forever" else given)]
"""How long something is kept: a length of time, or `forever`."""


class Part(BaseModel):
    """Settings of one concern; unknown names are refused."""

    model_config = ConfigDict(extra="forbid", frozen=True)


def kind_of(given: Any, unsaid: str = "auto") -> str:
    """Say which kind a part of the settings asks for; `unsaid` where it asks for none."""
    kind = given.get("kind", unsaid) if isinstance(given, dict) else given.kind
    return str(kind)
