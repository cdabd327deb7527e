"""Whole calls as they are written: short forms are read, and what is wrong is refused with its line."""

from pathlib import Path

import pytest

from domain.errors import ConfigError
from evals.calls.rows import CallRow
from evals.datasets import load_datasets
from evals.duty import Duty

CALL = """
- about: a call
  phone: "+919812345601"
  turns:
    - Patient: "Hello."
    - {Patient: "Is it booked?", reply: [{not: is booked}, {any: [help, book]}]}
  expected:
    dataset: {customer: {name: Asha Pillai}, appointments: [{date: 2026-11-18}]}
"""


def _calls(folder: Path, text: str, duties: tuple[Duty, ...] = (Duty.CALLS,)) -> list[CallRow]:
    home = folder / "hospital"
    home.mkdir(exist_ok=True)
    (home / "calls.yaml").write_text(text, encoding="utf-8")
    return [row for each in load_datasets(duties, folder=folder) for row in each.rows if isinstance(row, CallRow)]


def test_a_turn_is_its_speaker_and_words(tmp_path: Path) -> None:
    (call,) = _calls(tmp_path, CALL)
    assert [(turn.speaker, turn.text) for turn in call.turns] == [("Patient", "Hello."), ("Patient", "Is it booked?")]
    assert call.turns[1].reply == ({"not": "is booked"}, {"any": ("help", "book")})
    assert call.expected.dataset["appointments"] == [{"date": "2026-11-18"}]


def test_replies_are_judged_where_a_call_says_what_they_must_be(tmp_path: Path) -> None:
    assert len(_calls(tmp_path, CALL, (Duty.CALLS, Duty.REPLIES))) == 2
    silent = CALL.replace("reply: [{not: is booked}, {any: [help, book]}]", "reply: []")
    assert len(_calls(tmp_path, silent, (Duty.CALLS, Duty.REPLIES))) == 1


@pytest.mark.parametrize(
    ("text", "where"),
    [
        (CALL + "- {about: none, turns: [], expected: {}}\n", "calls.yaml:9: turns"),
        (CALL.replace('"Hello."', "yes"), "calls.yaml:2: turns.0.text"),
        (CALL.replace("about:", "abuot:"), "calls.yaml:2: abuot"),
        (CALL.replace('- Patient: "Hello."', '- {Patient: "Hello.", Reception: "Hi."}'), "one speaker's words"),
        ("a: call", "is not a list of calls"),
        ("- [", "calls.yaml"),
    ],
)
def test_what_cannot_be_read_is_named_with_its_line(tmp_path: Path, text: str, where: str) -> None:
    with pytest.raises(ConfigError, match=where):
        _calls(tmp_path, text)
