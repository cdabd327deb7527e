"""What others said, on its way to a model: one JSON object that nothing in it can end, one line for each part.

Every line break, invisible sign and look-alike of the marks that hold the block together is written as `\\uXXXX`, so
that each line begins with the name of a part, and with nobody's words.
"""

import json
import re
import unicodedata
from collections.abc import Mapping
from functools import lru_cache
from typing import Any

from ports.chat_model import ChatMessage

_TAGS_AND_FENCES = "<>`"
_MARKS = frozenset(f'"\\{_TAGS_AND_FENCES}')
_SUSPECT = re.compile(rf"[{_TAGS_AND_FENCES}\x7f]|[^\x00-\x7f]")


def data_message(parts: Mapping[str, Any]) -> ChatMessage:
    """Write the parts, plain JSON values, in their order: what changes least comes first, so that a cache can hold it.

    The same values make the same message, in whatever order the keys below the parts come out of a table.
    """
    lines = ",\n".join(f"{json.dumps(name)}: {_written(value)}" for name, value in parts.items())
    return ChatMessage(role="user", content=f"{{{lines}}}")


def _written(value: Any) -> str:
    return _SUSPECT.sub(_harmless, json.dumps(value, ensure_ascii=False, sort_keys=True))


def _harmless(found: re.Match[str]) -> str:
    return _escaped(found.group())


@lru_cache(maxsize=4_096)
def _escaped(letter: str) -> str:
    """The letter itself, or its escape where it is not printable or stands for one of the marks."""
    if letter.isprintable() and _MARKS.isdisjoint(unicodedata.normalize("NFKC", letter)):
        return letter
    units = letter.encode("utf-16-be", "surrogatepass").hex()
    return "".join(f"\\u{units[at : at + 4]}" for at in range(0, len(units), 4))
