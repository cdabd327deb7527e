"""The rows of a public set: `FOLDER/<set>.jsonl` or `FOLDER/dev/<set>.jsonl`, one JSON object with an id a line."""

import json
from collections.abc import Mapping, Sequence
from enum import StrEnum
from hashlib import sha256
from pathlib import Path
from typing import Any

from domain.errors import ConfigError

Row = Mapping[str, Any]
Rows = Sequence[Row]

_CONSENT = frozenset({"system", "user", "service", "kind", "label", "may_execute"})
FIELDS: Mapping[str, frozenset[str]] = {
    "consent_sgd": _CONSENT,
    "consent_tm4": _CONSENT,
    "sgd_dialogues": frozenset({"services", "turns"}),
    "booking_slots_r8k": frozenset({"text", "requested", "slots"}),
    "evi_spoken_slots": frozenset({"dialogue", "attempt", "item", "hyp", "nbest", "gold"}),
    "stt_pairs": frozenset({"set", "hyp", "ref"}),
    "disfluency_disflqa": frozenset({"raw", "clean"}),
    "disfluency_silver": frozenset({"raw", "clean"}),
    "injection_tensortrust": frozenset({"kind", "attack", "access_code"}),
    "injection_bipia": frozenset({"attack"}),
    "grounded_replies": frozenset({"reply", "body", "docs"}),
}
"""What a row of a set has besides its id."""


class Half(StrEnum):
    """Rules are tuned on one half of the rows and held to the other."""

    EVEN = "even"
    ODD = "odd"


def load_rows(folder: Path, name: str, *, limit: int | None = None, half: Half | None = None) -> Rows | None:
    """Read the first `limit` rows of a set (of one half), None where the folder does not have it.

    Raises:
        ConfigError: a line that is no row of the set; the message names its file and line.
    """
    file = next((file for file in (folder / f"{name}.jsonl", folder / "dev" / f"{name}.jsonl") if file.is_file()), None)
    if file is None:
        return None
    fields = FIELDS.get(name, frozenset())
    lines = enumerate(file.read_bytes().split(b"\n"), start=1)
    rows = [_row(f"{file}:{number}", fields, line) for number, line in lines if line.strip()]
    return [row for row in rows if half in (None, half_of(row))][:limit]


def half_of(row: Row) -> Half:
    """The half a row belongs to, by its id; the tries of one caller belong together."""
    name = str(row.get("dialogue") or row["id"])
    return Half.ODD if sha256(name.encode()).digest()[-1] % 2 else Half.EVEN


def _row(place: str, fields: frozenset[str], line: bytes) -> Row:
    try:
        row = json.loads(line)
    except ValueError as error:
        raise ConfigError(f"{place}: no JSON: {error}") from error
    if not (isinstance(row, dict) and isinstance(row.get("id"), str)):
        raise ConfigError(f"{place}: a row is an object with an id")
    if missing := fields - row.keys():
        raise ConfigError(f"{place}: the row lacks {', '.join(sorted(missing))}")
    return row
