"""A recorded call, and each turn of it, becomes a row: nobody of the call is in it, and the engine does it again."""

import asyncio
import json
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import httpx

from bootstrap.settings import load_settings
from evals.calls.rows import CallRow
from evals.datasets import ROWS, load_datasets
from evals.duty import Duty
from evals.engine import playbooks_of
from evals.run import run_evals
from tests.e2e.inside import run_inside
from tests.e2e.process import ServeProcess, run_parley

CALL = [
    ("Lumen", "Who am I speaking to?"),
    ("User", "My name is Orla Tate, um, write to orla.tate@quill.example."),
    ("Lumen", "Thanks, Orla. How many calls do you get a month?"),
    ("User", "about about ninety calls, and ring me on 07911 123456"),
    ("Lumen", "Shall I create the demo for you now?"),
    ("User", "No thank you."),
    ("User", "Go ahead and create the demo, says Orla."),
]


async def _play(client: httpx.AsyncClient) -> str:
    session_id = str((await client.post("/sessions", json={"playbook": "lumen"})).json()["session_id"])
    for speaker, words in CALL:
        turn = {"speaker": speaker, "raw_text": words}
        (await client.post(f"/sessions/{session_id}/turns", json=turn)).raise_for_status()
    return session_id


def _row(server: ServeProcess, session_id: str, turn: int, duty: Duty) -> dict[str, Any]:
    made = run_inside("eval-case", session_id, str(turn), "--duty", duty.value, "--data-dir", str(server.data_dir))
    assert made.returncode == 0, made.stderr
    row: dict[str, Any] = json.loads(made.stdout)
    ROWS[duty].model_validate(row)
    for real in ("orla", "tate", "quill", "07911", "123456"):
        assert real not in made.stdout.casefold()
    return row


async def test_a_turn_becomes_a_row_without_its_people(guarded: ServeProcess, client: httpx.AsyncClient) -> None:
    session_id = await _play(client)
    named = _row(guarded, session_id, 2, Duty.DECIDE)
    assert named["words"].startswith("My name is Odalys Fenwick")
    field = {"field_to_update": "user_name", "new_value": "Odalys Fenwick"}
    assert ["update_profile_field", field] in named["expected"]
    counted = _row(guarded, session_id, 4, Duty.DECIDE)
    assert counted["history"][-1] == {
        "speaker": "Lumen",
        "text": "Thanks, Odalys. How many calls do you get a month?",
    }
    assert counted["dataset"]["user_name"] == "Odalys Fenwick"
    assert counted["expected"][0][1]["metric_name"] == "monthly_inbound_calls"
    cleaned = _row(guarded, session_id, 4, Duty.CLEAN)
    assert cleaned["raw"].startswith("about about ninety calls")
    assert cleaned["expected"].startswith("about ninety calls")


BOOKING = [
    "Hello, I'd like to see Dr. Mehta on the next working day at ten in the morning.",
    "My name is Orla Tate.",
    "It's orla dot tate at quill dot example.",
    "Yes, please book it.",
    "No, thank you. Goodbye.",
]


async def _play_booking(client: httpx.AsyncClient) -> str:
    opened = await client.post("/sessions", json={"playbook": "hospital", "caller_phone": "+919812345601"})
    session_id = str(opened.json()["session_id"])
    for words in BOOKING:
        turn = {"speaker": "Patient", "raw_text": words.replace("the next working day", _day())}
        (await client.post(f"/sessions/{session_id}/turns", json=turn)).raise_for_status()
    return session_id


def _day() -> str:
    """A Wednesday two to three weeks ahead, by the calendar."""
    today = datetime.now(UTC).date()
    day = today + timedelta(days=14 + (2 - today.weekday()) % 7)
    return f"Wednesday {day.day} {day:%B}"


async def test_a_whole_call_becomes_a_row_that_comes_to_the_same(
    guarded: ServeProcess, client: httpx.AsyncClient, tmp_path: Path
) -> None:
    session_id = await _play_booking(client)
    made = run_parley("eval-case", session_id, "--data-dir", str(guarded.data_dir))
    assert made.returncode == 0, made.stderr
    for real in ("orla", "tate", "quill", "9812345601"):
        assert real not in made.stdout.casefold()
    home = tmp_path / "hospital"
    home.mkdir()
    (home / "calls.yaml").write_text(made.stdout, encoding="utf-8")
    datasets = load_datasets((Duty.CALLS,), folder=tmp_path)
    (row,) = datasets[0].rows
    assert isinstance(row, CallRow)
    assert row.expected.acts == ("book_appointment",)
    again = await asyncio.to_thread(run_evals, load_settings(model="builtin"), datasets, playbooks_of(datasets, None))
    assert [list(report.shown(case)) for report in again for case in report.wrong] == []


async def test_what_makes_no_row_is_said_in_a_sentence(guarded: ServeProcess, client: httpx.AsyncClient) -> None:
    session_id = await _play(client)
    where = ("--data-dir", str(guarded.data_dir))
    for turn, duty, why in (
        ("1", "decide", "only a finished turn of the caller"),
        ("4", "consent", "nothing in this turn waited"),
        ("99", "decide", "there is no turn 99"),
    ):
        refused = run_inside("eval-case", session_id, turn, "--duty", duty, *where)
        assert refused.returncode == 1
        assert why in refused.stderr
