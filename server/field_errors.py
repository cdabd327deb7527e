"""How a field's error is told: which field, and what is wrong with it, in a few words and without the value."""

from collections.abc import Mapping
from typing import Any

LONGEST_SHOWN = 500
"""Characters of a client's or validator's text that an answer repeats."""

_PLACES = ("body", "query", "path", "header")
_PLAIN = {
    "extra_forbidden": "there is no such field",
    "missing": "is needed",
    "model_type": "must be a JSON object",
    "model_attributes_type": "must be a JSON object",
}


def field_name(error: Mapping[str, Any]) -> str:
    """Name the field of a validation error by dots, without the place where it was looked for."""
    parts = [str(part) for part in error["loc"]]
    return ".".join(parts[1:] if len(parts) > 1 and parts[0] in _PLACES else parts) or "body"


def plain_message(error: Mapping[str, Any]) -> str:
    """Say what is wrong in a few words, without the value."""
    message = _PLAIN.get(error["type"]) or str(error["msg"]).removeprefix("Value error, ")
    return message if message[1:2].isupper() else message[:1].lower() + message[1:]


def shown(text: str) -> str:
    """Cut a text short and leave out what cannot be written, so that an answer may repeat it."""
    kept = text if len(text) <= LONGEST_SHOWN else f"{text[: LONGEST_SHOWN - 1]}…"
    return kept.encode(errors="replace").decode()
