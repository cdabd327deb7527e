"""What a caller wants as well: kept in the notes of the call while another wish is in hand, then taken up in turn."""

from collections.abc import Mapping, Sequence
from textwrap import shorten
from typing import Any

from language.sentences import split_sentences
from playbooks.hospital import wording
from playbooks.hospital.wish.acts import Intent
from playbooks.hospital.wish.state import Wish

MOST_WAITING = 3
_LONGEST = 500
"""Characters of each that are kept: the notes hold so many of them."""
_NOTED, _BETWEEN = "Still wanted: ", " | "
_TAKEN_UP = "You also wanted "
"""Before what is taken up; what follows it is understood as if the caller had just said it."""


def waiting(dataset: Mapping[str, Any]) -> tuple[str, ...]:
    """The words of what waits, by the notes of the call."""
    _, _, left = (dataset.get("notes") or "").partition(_NOTED)
    return tuple(left.split(_BETWEEN)) if left else ()


def notes_after(dataset: Mapping[str, Any], question: str | None, later: Sequence[str]) -> str | None:
    """The notes once a turn has answered what was taken up, or added what waits; None where they stay as they are."""
    before = waiting(dataset)
    left = (
        *before[1 if taken_up(question or "") else 0 :],
        *(shorten(words, _LONGEST, placeholder="") for words in later),
    )[:MOST_WAITING]
    if left == before:
        return None
    others, _, _ = (dataset.get("notes") or "").partition(_NOTED)
    return f"{others.rstrip()} {_NOTED}{_BETWEEN.join(left)}".strip() if left else others.rstrip()


def taken_up(text: str) -> str | None:
    """What the agent's words take up, None where they take nothing up."""
    said = (sentence for sentence in split_sentences(text) if sentence.startswith(_TAKEN_UP))
    return next((sentence.replace(_TAKEN_UP, "I want ") for sentence in said), None)


def said_to_take_up(wish: Wish) -> str:
    """Say what was wanted as well, in words that mean the same wish."""
    old = wording.said_of(wish.old_day or wish.old_doubt, wish.old_at)
    new = wording.said_of(wish.day or wish.doubt, wish.at)
    match wish.intent:
        case Intent.CANCEL:
            told = {"to cancel the appointment": "", "with": wish.doctor, "on": old}
        case Intent.MOVE:
            told = {"to move the appointment": "", "with": wish.doctor, "on": old, "to": new}
        case _:
            section = None if wish.doctor else wish.department
            on = "on" if wish.day or wish.doubt else "at"
            whose = "yourself" if wish.for_caller else "somebody else" if wish.patient_due else None
            told = {"an appointment": "", "for": whose, "with": wish.doctor, "in": section, on: new}
    words = (f"{link} {value}".strip() for link, value in told.items() if value is not None)
    return f"{_TAKEN_UP}{' '.join(words)}."
