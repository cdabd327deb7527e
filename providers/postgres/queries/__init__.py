"""The SQL of our own tables, in files, each statement under its name."""

import re
from functools import cache
from pathlib import Path
from typing import LiteralString, cast

_NAME = re.compile(r"^-- name: (\w+)$", re.MULTILINE)


@cache
def load_queries(noun: str) -> dict[str, LiteralString]:
    """Read `<noun>.sql` into its statements by name; the text is ours, so it may be sent as it is."""
    text = (Path(__file__).parent / f"{noun}.sql").read_text(encoding="utf-8")
    parts = _NAME.split(text)[1:]
    bodies = (body.strip().rstrip(";") for body in parts[1::2])
    return {name: cast(LiteralString, body) for name, body in zip(parts[::2], bodies, strict=True)}
