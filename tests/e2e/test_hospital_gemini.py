"""The front desk on a Gemini: it calls functions, is fed their results, and says what was done only once it was."""

from datetime import UTC, datetime, timedelta
from functools import partial
from typing import Any

import httpx
import pytest

from playbooks.hospital.directory import DIRECTORY
from playbooks.hospital.slots import said_day
from providers.google.loopback.answer import Answer, Call, Rule
from providers.google.loopback.script import Script

DOCTOR, DEPARTMENT, NAME, EMAIL = "Dr. Priya Sharma", "Dermatology", "Asha Pillai", "asha.pillai@gmail.com"
WISH = f"I would like to see {DOCTOR} on {{day}} at eleven in the morning"
WHO = f"My name is {NAME} and my email is {EMAIL}"
YES = "Yes please"
LIE = "Your appointment is booked."

pytestmark = pytest.mark.asyncio(loop_scope="session")


def next_working_day() -> datetime:
    """A day from tomorrow on when the doctor is there."""
    day = DIRECTORY.now(datetime.now(UTC).timestamp())
    while True:
        day += timedelta(days=1)
        if day.weekday() < 5 and DIRECTORY.hours_of(DOCTOR, day.date()):
            return day


def turn(words: str, reply: Answer, *calls: Call, shown: str | None = None) -> list[Rule]:
    """What the model answers in a caller's turn; `shown` is what it must have been told before it replies."""
    newest = f'"newest_turn\\": \\"{words}'
    return [
        Rule(answers=(Answer(text=words),), purpose="clean", contains=newest, repeat=True),
        Rule(answers=(Answer(calls=calls),), purpose="decide", contains=newest, repeat=True),
        Rule(answers=(reply,), purpose="reply", contains=shown or words, repeat=True),
    ]


async def spoken_in(client: httpx.AsyncClient, session_id: str, words: str) -> dict[str, Any]:
    turn = {"speaker": "Patient", "raw_text": words}
    return dict((await client.post(f"/sessions/{session_id}/turns", json=turn)).json())


async def test_a_model_books_with_receipts_and_consent(gemini: tuple[httpx.AsyncClient, Script]) -> None:
    client, script = gemini
    day = next_working_day()
    slot = {"appointment_date": day.date().isoformat(), "appointment_time": "11:00 AM", "doctor_name": DOCTOR}
    wish = WISH.format(day=f"{day:%A}")
    free = f"{DOCTOR} is free on {said_day(day.date())} at 11:00 AM. May I have your name and e-mail address?"
    booking: dict[str, Any] = {**slot, "department": DEPARTMENT, "patient_name": NAME, "email": EMAIL}
    done = "Your appointment is booked, and you will get a confirmation by e-mail."
    script.add(
        *turn(YES, Answer(text=done), shown="queued"),
        *turn(WHO, Answer(text=LIE), Call(name="book_appointment", args=booking)),
        *turn(wish, Answer(text=free), Call(name="check_appointment_availability", args=slot), shown="is free."),
    )
    session_id = (await client.post("/sessions", json={"playbook": "hospital"})).json()["session_id"]
    say = partial(spoken_in, client, session_id)
    asked = await say(wish)
    assert asked["reply"] == free, asked
    held = await say(WHO)
    assert [call["status"] for call in held["function_calls"]] == ["held"], held
    assert LIE not in held["reply"]
    assert "reply:unbacked" in held["degraded"]
    assert NAME in held["reply"]
    assert held["reply"].endswith("?")
    booked = await say(YES)
    assert [(call["function_name"], call["status"]) for call in booked["function_calls"]] == [
        ("book_appointment", "done")
    ]
    assert booked["reply"] == done, booked
    dataset = (await client.get(f"/sessions/{session_id}/dataset")).json()["dataset"]
    assert [each["status"] for each in dataset["appointments"]] == ["booked"]
