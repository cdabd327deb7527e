"""How a call is said to have ended: completed, abandoned or failed; and how long it has lasted so far."""

import pytest

from providers.postgres.database import Database
from sessions import stranded
from tests.integration.hospital.calls import DOCTOR, Arguments, Caller, FrontDesk, booking, slots_of
from tests.integration.hospital.conftest import Break, Rows
from tests.integration.sessions.test_recovery import accepted

CHECK = "check_appointment_availability"


def asking() -> Arguments:
    """What is asked about a slot."""
    (slot,) = slots_of(DOCTOR, 1)
    return {name: value for name, value in booking(slot).items() if name not in ("patient_name", "email")}


async def status_of(rows: Rows) -> str:
    """The status of the one call's record."""
    (record,) = await rows("SELECT status FROM hospital_calls")
    (row,) = await rows("SELECT payload->>'status' AS status FROM outbox WHERE kind = 'calls_sheet'")
    assert row == record, "the sheet is told the same"
    return str(record["status"])


async def closed(caller: Caller) -> None:
    await caller.parley.close_session(caller.session_id)


async def test_who_was_answered_to_the_end_has_completed_the_call(desk: FrontDesk, rows: Rows) -> None:
    caller = await desk.call()
    await caller.ask(CHECK, asking())
    assert await rows("SELECT status FROM hospital_calls") == [{"status": "in_progress"}]
    await closed(caller)
    assert await status_of(rows) == "completed"


async def test_who_leaves_without_a_word_has_abandoned_it(desk: FrontDesk, rows: Rows) -> None:
    await closed(await desk.call())
    assert await status_of(rows) == "abandoned"


async def test_who_says_no_more_has_abandoned_it(desk: FrontDesk, rows: Rows) -> None:
    await (await desk.call()).say("Hello")
    assert await desk.parley.cleanup_inactive_sessions(-1) == 1
    assert await status_of(rows) == "abandoned"


async def test_a_tool_that_broke_last_has_failed_the_call(desk: FrontDesk, rows: Rows, breaks: Break) -> None:
    caller = await desk.call()
    breaks("taken")
    assert (await caller.ask(CHECK, asking()))["status"] == "failed"
    await closed(caller)
    assert await status_of(rows) == "failed"


async def test_what_was_mended_meanwhile_has_not(
    desk: FrontDesk, rows: Rows, breaks: Break, monkeypatch: pytest.MonkeyPatch
) -> None:
    caller = await desk.call()
    breaks("taken")
    await caller.ask(CHECK, asking())
    monkeypatch.undo()
    assert (await caller.ask(CHECK, asking()))["status"] == "done"
    await closed(caller)
    assert await status_of(rows) == "completed"


async def test_what_could_not_be_written_down_has_failed_it(desk: FrontDesk, rows: Rows, breaks: Break) -> None:
    caller = await desk.call()
    breaks("note_call")
    result = await caller.say(caller.wishes.add(CHECK, asking()))
    assert "update_dataset:failed" in result["degraded"]
    await closed(caller)
    assert await status_of(rows) == "failed"


async def test_nobody_there_to_answer_has_failed_it(
    desk: FrontDesk, database: Database, rows: Rows, monkeypatch: pytest.MonkeyPatch
) -> None:
    caller = await desk.call()
    monkeypatch.setattr(stranded, "PATIENCE_SECONDS", 0.0)
    monkeypatch.delitem(desk.parley.playbooks, "hospital")
    await accepted(database, caller.session_id)
    await closed(caller)
    assert await status_of(rows) == "failed"


async def test_a_record_says_with_each_call_how_long_it_lasts_in_which_language_and_about_whom(
    desk: FrontDesk, database: Database, rows: Rows
) -> None:
    caller = await desk.call()
    await database.run("demo", "UPDATE hospital_calls SET started_at = started_at - interval '100 seconds'")
    words = desk.wishes.add(CHECK, asking())
    await desk.parley.process_turn(
        caller.session_id, speaker="Patient", raw_text=words, stt={"confidence": 0.9, "language": "hi"}
    )
    (record,) = await rows("SELECT duration_seconds, language, doctor_enquired, status FROM hospital_calls")
    assert record == {**record, "language": "hi", "doctor_enquired": DOCTOR, "status": "in_progress"}
    assert 100 <= record["duration_seconds"] < 130


@pytest.mark.parametrize("tool", ["end_call", "transfer_to_human"])
async def test_it_says_so_too_when_a_call_is_ended_or_handed_over(
    desk: FrontDesk, database: Database, rows: Rows, tool: str
) -> None:
    caller = await desk.call()
    await database.run("demo", "UPDATE hospital_calls SET started_at = started_at - interval '100 seconds'")
    reason = {"reason": "put me through to a colleague"}
    await (caller.ask(tool, reason) if tool == "end_call" else caller.do(tool, reason))
    (record,) = await rows("SELECT duration_seconds, status FROM hospital_calls")
    assert record["duration_seconds"] >= 100
    assert record["status"] == "in_progress"


async def test_it_is_also_about_who_was_asked_for_in_vain(desk: FrontDesk, rows: Rows) -> None:
    (slot,) = slots_of(DOCTOR, 1)
    first, second = await desk.call("+919812345670"), await desk.call("+919812345671")
    held = await second.hold("book_appointment", booking(slot))
    await first.book(slot)
    assert (await second.grant(held))["status"] == "declined"
    (record,) = await rows("SELECT doctor_enquired, call_type FROM hospital_calls WHERE caller_phone LIKE '%%671'")
    assert record == {"doctor_enquired": DOCTOR, "call_type": "inquiry"}
