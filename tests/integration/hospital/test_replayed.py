"""A replay of a call to the front desk books nothing, cancels nothing and sends nothing."""

from dataclasses import replace
from typing import Any

import pytest

from providers.postgres.database import Database
from tests.integration.hospital.calls import DOCTOR, FrontDesk, Wishes, booking, slots_of
from tests.integration.sessions.recorded_call import differing, everything, replayed, replays_on

TABLES = (
    "SELECT * FROM hospital_appointments",
    "SELECT * FROM hospital_patients",
    "SELECT * FROM hospital_calls",
)


async def all_of(database: Database) -> list[Any]:
    """All that a replay must leave alone."""
    return [*await everything(database), *[await database.run("demo", statement) for statement in TABLES]]


@pytest.fixture
async def recorded(desk: FrontDesk) -> str:
    """A call in which a slot is booked and given back; its session's id."""
    caller, (slot,) = await desk.call(), slots_of(DOCTOR, 1)
    number = {"appointment_id": (await caller.book(slot))["appointment_id"]}
    await caller.do("cancel_appointment", number)
    await desk.parley.close_session(caller.session_id)
    return caller.session_id


async def test_the_same_call_again_changes_nothing(desk: FrontDesk, database: Database, recorded: str) -> None:
    before = await all_of(database)
    shown = await replayed(replays_on(database, desk.wishes.model), recorded)
    assert [each for each in differing(shown) if each["function_calls"] or each["dataset"]] == []
    assert await all_of(database) == before


async def test_a_model_that_books_another_slot_is_shown_and_books_nothing(
    desk: FrontDesk, database: Database, recorded: str
) -> None:
    other = slots_of(DOCTOR, 2)[1]
    eager = Wishes({words: ("book_appointment", booking(other)) for words in desk.wishes.by_words})
    before = await all_of(database)
    another = replace(eager.model, name="scripted:eager")
    shown = await replayed(replays_on(database, another), recorded, model=another.name)
    assert len(differing(shown)) > 0
    assert await all_of(database) == before
