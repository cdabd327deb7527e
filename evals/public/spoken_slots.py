"""Postcodes, names and dates of birth as spoken on the telephone: what a recogniser made of them, in three tries."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, datetime
from pathlib import Path

from evals.public.rows import Row, Rows
from evals.public.scored import Prediction
from language.slots.heard_values import agreed_birth_date, agreed_postcode
from language.slots.names.heard import agreed_name

NOW = datetime(2021, 12, 31, tzinfo=UTC)
Key = tuple[str, str]


def predict(rows: Rows, folder: Path) -> Iterator[Sequence[Prediction]]:
    """Answer each try with a value or, where the agent would ask again, with None; earlier tries of it are known."""
    tries = tries_of(rows)
    for row in rows:
        heard = tries[row["dialogue"], row["item"]]
        so_far = [heard[attempt] for attempt in sorted(heard) if attempt <= row["attempt"]]
        yield ({"id": row["id"], "value": _value(row["item"], so_far)},)


def tries_of(rows: Rows) -> Mapping[Key, Mapping[int, Sequence[str]]]:
    """The hypotheses of each try at an item of a call."""
    tries: dict[Key, dict[int, Sequence[str]]] = {}
    for row in rows:
        tries.setdefault(_key(row), {})[row["attempt"]] = row["nbest"]
    return tries


def _key(row: Row) -> Key:
    return row["dialogue"], row["item"]


def _value(item: str, tries: Sequence[Sequence[str]]) -> str | None:
    match item:
        case "dob":
            day = agreed_birth_date(tries, NOW)
            return day.isoformat() if day else None
        case "postcode":
            return agreed_postcode(tries)
        case _:
            name = agreed_name(tries)
            return " ".join(filter(None, (name.first, name.last))) if name else None
