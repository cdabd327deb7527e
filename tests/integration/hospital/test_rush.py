"""Two hundred callers at once for twenty slots, each speaking to the built-in engine."""

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from datetime import timedelta
from typing import TypeVar, cast
from uuid import uuid4

import pytest

from bootstrap.service import Ports, run_parley
from bootstrap.settings import Settings
from domain.errors import Unavailable
from providers.postgres.database import open_database
from providers.scripted.speech_to_text import silence
from sessions.service import Parley
from tests.e2e.hospital_callers import Patient, Turn, build_patients, overlaps, wanted_slots
from tests.integration.hospital.conftest import Rows

T = TypeVar("T")
CALLERS, SLOTS = 200, 20
BOOKED = "SELECT lower(during) AS begins, upper(during) AS ends FROM hospital_appointments WHERE status = 'booked'"
LONG = timedelta(seconds=90)


@dataclass
class Line:
    """One caller's call, who says it again when the desk is too busy to listen."""

    parley: Parley
    phone: str
    session_id: str = field(default_factory=lambda: str(uuid4()))

    async def open(self) -> None:
        """Call."""
        given = {"session_id": self.session_id, "caller_phone": self.phone}
        await patiently(lambda: self.parley.create_session("hospital", **given))

    async def say(self, words: str) -> Turn:
        """Say something and hear the reply."""
        turn_id = str(uuid4())

        async def say() -> Turn:
            result = await self.parley.process_turn(
                self.session_id, speaker="Patient", raw_text=words, turn_id=turn_id, wait=LONG
            )
            return cast(Turn, result)

        return await patiently(say)

    async def hang_up(self) -> None:
        """End the call."""
        await patiently(lambda: self.parley.close_session(self.session_id))


async def patiently(work: Callable[[], Awaitable[T]]) -> T:
    """Do it, and again for as long as the database is too busy."""
    while True:
        try:
            return await work()
        except Unavailable as busy:
            await asyncio.sleep(busy.retry_after)


async def call(parley: Parley, patient: Patient, number: int) -> None:
    """Call, talk and hang up."""
    line = Line(parley, f"+9198{number:08}")
    await line.open()
    await patient.talk(line.say)
    await line.hang_up()


@pytest.mark.timeout(180)
async def test_two_hundred_callers_for_twenty_slots(database_url: str, rows: Rows) -> None:
    patients = build_patients(CALLERS, wanted_slots(SLOTS))
    async with (
        open_database(database_url) as database,
        run_parley(Ports(database, silence(), None), Settings()) as parley,
    ):
        await asyncio.gather(*(call(parley, each, number) for number, each in enumerate(patients)))
    booked = [each for each in patients if each.booked]
    assert [each for each in patients if not each.answered] == []
    assert len(booked) == SLOTS
    assert sum(len(each.alternatives) >= 3 for each in patients if not each.booked) == CALLERS - SLOTS
    kept = [(row["begins"], row["ends"]) for row in await rows(BOOKED)]
    assert (len(kept), overlaps(kept)) == (SLOTS, 0)
    assert {begins for begins, _ in kept} == set(wanted_slots(SLOTS))
    records = await rows(
        "SELECT call_type, count(*) AS calls FROM hospital_calls WHERE status = 'completed' GROUP BY 1"
    )
    assert records == [{"call_type": "appointment_booking", "calls": CALLERS}]
