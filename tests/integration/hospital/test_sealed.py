"""Under a key no name, number or address of a patient can be read in any table, and patients are found all the same."""

from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager

import psycopg
from psycopg import sql

from providers.encryption.aes import build_cipher, new_key
from providers.postgres.database import Database, open_database
from tests.integration.hospital.calls import DOCTOR, EMAIL, NAME, PHONE, Caller, FrontDesk, booking, moving, slots_of
from tests.integration.hospital.conftest import open_desk
from tests.integration.postgres.test_encryption import TABLES, readings

WHY = "Flumph has the measles"
MARKERS = (*NAME.split(), *NAME.casefold().split(), EMAIL, "wumpus", PHONE, PHONE[3:], "Flumph")


@asynccontextmanager
async def sealed(url: str, keys: str | None) -> AsyncIterator[tuple[FrontDesk, Database]]:
    cipher = None if keys is None else build_cipher(keys)
    async with open_database(url, pool_min=1, pool_max=4, cipher=cipher) as database, open_desk(database) as desk:
        yield desk, database


async def play(desk: FrontDesk) -> Caller:
    """Everything that writes: noted, booked, moved, sent again, cancelled with a reason; and a call that stands."""
    caller, (first, second, third) = await desk.call(), slots_of(DOCTOR, 3)
    await caller.ask("log_call_information", {"summary": WHY, "notes": "he called before"})
    number = {"appointment_id": (await caller.book(first))["appointment_id"]}
    await caller.do("reschedule_appointment", moving(second, **number))
    await caller.ask("send_appointment_email", {**number, "email": EMAIL})
    await caller.do("cancel_appointment", {**number, "reason": WHY})
    await caller.book(third, phone=PHONE)
    await desk.parley.close_session(caller.session_id)
    return caller


def found_in(url: str, markers: Sequence[str] = MARKERS) -> set[str]:
    """The tables in which a marker can be read, in the clear or under base64."""
    found: set[str] = set()
    with psycopg.connect(url) as owner:
        for (table,) in owner.execute(TABLES).fetchall():
            name = sql.Identifier(table)
            owner.execute(sql.SQL("ALTER TABLE {} NO FORCE ROW LEVEL SECURITY").format(name))
            dump = owner.execute(sql.SQL("SELECT t::text, t.* FROM {} t").format(name)).fetchall()
            text = " ".join(readings(value) for row in dump for value in row)
            found |= {table} if any(marker in text for marker in markers) else set()
    return found


async def test_under_a_key_nothing_of_a_patient_can_be_read(database_url: str) -> None:
    async with sealed(database_url, new_key("one")) as (desk, database):
        await play(desk)
        appointments = await database.run("demo", "SELECT patient_name, phone, reason FROM hospital_appointments")
        (called,) = await database.run("demo", "SELECT customer_name, summary FROM hospital_calls")
        (left,) = await database.run("demo", "SELECT payload FROM outbox WHERE kind = 'calls_sheet'")
    assert found_in(database_url) == set()
    assert found_in(database_url, [DOCTOR]) == {"hospital_appointments"}
    assert {(row["patient_name"], row["phone"]) for row in appointments} == {(NAME, PHONE)}
    assert {row["reason"] for row in appointments} == {WHY, None}
    assert called == {"customer_name": NAME, "summary": WHY}
    assert (left["payload"]["customer_name"], left["payload"]["caller_phone"]) == (NAME, PHONE)


async def test_without_a_key_the_same_search_finds_them(database_url: str) -> None:
    async with sealed(database_url, None) as (desk, _):
        await play(desk)
    assert {"hospital_appointments", "hospital_calls", "hospital_patients", "outbox"} <= found_in(database_url)


async def test_patients_are_found_by_number_and_name_also_under_a_new_key(database_url: str) -> None:
    old, new = new_key("old"), new_key("new")
    async with sealed(database_url, old) as (desk, _):
        await play(desk)
        assert await customer_type(desk) == "returning"
    async with sealed(database_url, f"{new},{old}") as (desk, _):
        assert await customer_type(desk) == "returning"
        caller = await desk.call("+919812345670")
        day = slots_of(DOCTOR, 3)[2].begins.date().isoformat()
        call = await caller.do("cancel_appointment", {"patient_name": NAME.upper(), "appointment_date": day})
        assert call["result"]["cancelled"]["patient_name"] == NAME


async def test_what_was_written_last_is_true_also_across_keys(database_url: str) -> None:
    old, new = new_key("old"), new_key("new")
    first, second = slots_of(DOCTOR, 1), slots_of("Dr. Anil Mehta", 1)
    async with sealed(database_url, old) as (desk, _):
        await (await desk.call()).book(*first)
    async with sealed(database_url, f"{new},{old}") as (desk, _):
        caller = await desk.call()
        call = await caller.do("book_appointment", booking(second[0]))
        assert call["status"] == "done"
        state = await desk.parley.get_session_state((await desk.call()).session_id)
        assert state["dataset"]["preferred_doctor"] == "Dr. Anil Mehta"
    async with sealed(database_url, f"{new},{old}") as (desk, _):
        assert await customer_type(desk) == "returning"


async def customer_type(desk: FrontDesk) -> str:
    caller = await desk.call()
    return str((await desk.parley.get_session_state(caller.session_id))["dataset"]["customer_type"])
