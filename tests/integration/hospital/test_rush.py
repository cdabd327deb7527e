"""Two hundred callers for twenty slots, all of whom have heard that theirs is free, and say yes at once."""

import asyncio
from typing import Any

from playbooks.hospital.slots import Slot
from providers.postgres.database import open_database
from tests.e2e.hospital_callers import overlaps
from tests.integration.hospital.calls import DOCTOR, Caller, FrontDesk, booking, slots_of
from tests.integration.hospital.conftest import Rows, open_desk

CALLERS, SLOTS = 200, 20
PATIENCE = 200.0
"""Seconds that a caller may wait for one of the ten connections."""
BOOKED = "SELECT lower(during) AS begins, upper(during) AS ends FROM hospital_appointments WHERE status = 'booked'"


async def called(desk: FrontDesk, number: int, slot: Slot) -> tuple[Caller, str]:
    """Call and have a slot read back; the caller, and the consent that waits for a yes."""
    caller = await desk.call(f"+9198{number:08}")
    return caller, await caller.hold("book_appointment", booking(slot, email=f"patient{number}@example.com"))


async def agreed(caller: Caller, consent_id: str) -> dict[str, Any]:
    """Say yes, and hang up."""
    call = await caller.grant(consent_id)
    await caller.parley.close_session(caller.session_id)
    return call


async def test_each_slot_has_one_patient_and_the_others_are_offered_others(database_url: str, rows: Rows) -> None:
    slots = slots_of(DOCTOR, SLOTS)
    async with open_database(database_url, pool_timeout=PATIENCE) as database, open_desk(database) as desk:
        held = await asyncio.gather(*(called(desk, number, slots[number % SLOTS]) for number in range(CALLERS)))
        made = await asyncio.gather(*(agreed(caller, consent_id) for caller, consent_id in held))
    booked = [call["result"]["appointment_details"] for call in made if call["status"] == "done"]
    lost = [call["result"]["alternatives"] for call in made if call["status"] == "declined"]
    assert (len(booked), len(lost)) == (SLOTS, CALLERS - SLOTS)
    assert all(len(alternatives) >= 3 for alternatives in lost)
    assert len({(details["date"], details["time"]) for details in booked}) == SLOTS
    kept = [(row["begins"], row["ends"]) for row in await rows(BOOKED)]
    assert (len(kept), overlaps(kept)) == (SLOTS, 0)
    assert {begins for begins, _ in kept} == {slot.begins for slot in slots}
    assert await rows("SELECT status, count(*) AS calls FROM hospital_calls GROUP BY 1") == [
        {"status": "completed", "calls": CALLERS}
    ]
