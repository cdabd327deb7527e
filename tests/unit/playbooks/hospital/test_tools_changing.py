"""Cancelling, moving and sending again: which appointment is meant, and what becomes of it."""

import pytest

from tests.unit.playbooks.hospital.at_the_desk import Desk


@pytest.fixture
def desk() -> Desk:
    return Desk()


@pytest.mark.parametrize(
    "keys",
    [
        {"patient_name": "ASHA  pillai"},
        {"phone": "098123 45678"},
        {},
        {"patient_name": "Asha Pillai", "appointment_date": "2026-11-19", "appointment_time": "11:00"},
    ],
    ids=["name", "phone", "the line's number", "day and time"],
)
async def test_an_appointment_is_cancelled_by_whose_it_is(desk: Desk, keys: dict[str, str]) -> None:
    booked = await desk.book()
    desk.caller_phone = "09812345678"
    answer = await desk.ask("cancel_appointment", keys)
    assert answer.result["cancelled"] == {**booked, "status": "cancelled"}
    assert [post["kind"] for post in answer.posts] == ["mail", "calendar"]
    assert desk.dataset["appointments"] == [{**booked, "status": "cancelled"}]


async def test_cancelled_twice_it_is_not_found(desk: Desk) -> None:
    booked = await desk.book()
    await desk.ask("cancel_appointment", {"appointment_id": booked["appointment_id"]})
    refusal = await desk.refusal("cancel_appointment", {"appointment_id": booked["appointment_id"]})
    assert refusal.message.startswith("I cannot find such an appointment.")


async def test_where_several_match_they_are_listed_and_none_is_cancelled(desk: Desk) -> None:
    booked = [await desk.book(), await desk.book(appointment_time="12:00 PM")]
    refusal = await desk.refusal("cancel_appointment", {"patient_name": "Asha Pillai"})
    assert refusal.message.startswith("There are 2: Thursday, 19 November at 11:00 AM with")
    assert [one["appointment_id"] for one in refusal.result["matches"]] == [one["appointment_id"] for one in booked]
    assert not {"patient_name", "email", "phone"} & refusal.result["matches"][0].keys()
    assert {row["status"] for row in desk.tables.rows} == {"booked"}
    one = {"patient_name": "Asha Pillai", "appointment_time": "12:00 PM"}
    assert (await desk.ask("cancel_appointment", one)).result["cancelled"]["time"] == "12:00 PM"


@pytest.mark.parametrize("keys", [{"patient_name": "Asha Pillai"}, {"phone": "098123 45678"}], ids=["name", "number"])
async def test_from_another_line_the_day_has_to_be_known(desk: Desk, keys: dict[str, str]) -> None:
    booked = await desk.book()
    stranger = desk.another("09812345600")
    refusal = await stranger.refusal("cancel_appointment", keys)
    assert refusal.message == "I cannot find such an appointment. In whose name is it, and for which day?"
    answer = await stranger.ask("cancel_appointment", {**keys, "appointment_date": "2026-11-19"})
    assert answer.result["cancelled"]["appointment_id"] == booked["appointment_id"]
    assert not {"email", "phone"} & answer.result["cancelled"].keys()
    assert stranger.dataset["appointments"] == [answer.result["cancelled"]]


async def test_somebody_must_be_named(desk: Desk) -> None:
    desk.caller_phone = "anonymous"
    assert (await desk.refusal("cancel_appointment", {})).message == "In whose name is the appointment?"


@pytest.mark.parametrize(
    ("new_time", "time"), [("3:00 PM", "03:00 PM"), ("11:15 AM", "11:15 AM")], ids=["elsewhere", "over itself"]
)
async def test_an_appointment_is_moved(desk: Desk, new_time: str, time: str) -> None:
    booked = await desk.book()
    answer = await desk.ask("reschedule_appointment", {"new_date": "2026-11-19", "new_time": new_time})
    assert answer.result["appointment_details"] == {**booked, "time": time}
    assert [each["name"] for each in answer.statements] == ["move", "note_call", "keep_visit"]
    assert answer.posts[0]["payload"]["event"]["revision"] == 1


async def test_a_move_to_a_taken_time_is_declined_and_the_old_one_kept(desk: Desk) -> None:
    booked = await desk.book()
    desk.take(19, 15)
    answer = await desk.ask("reschedule_appointment", {"new_date": "2026-11-19", "new_time": "3:00 PM"})
    assert answer.declined == "I am sorry, Thursday, 19 November at 3:00 PM with Dr. Priya Sharma is taken."
    assert len(answer.result["alternatives"]) >= 3
    assert desk.dataset["appointments"] == [booked]


@pytest.mark.parametrize("changed", [{"new_date": "2026-11-22"}, {"new_date": "2026-02-31"}, {"new_time": "8 PM"}])
async def test_a_move_to_an_impossible_time_is_refused(desk: Desk, changed: dict[str, str]) -> None:
    await desk.book()
    arguments = {"new_date": "2026-11-20", "new_time": "3:00 PM"} | changed
    assert (await desk.refusal("reschedule_appointment", arguments)).result["error_type"] == "validation"


async def test_the_confirmation_is_sent_again_also_elsewhere(desk: Desk) -> None:
    number = {"appointment_id": (await desk.book())["appointment_id"]}
    (same,) = (await desk.ask("send_appointment_email", number)).posts
    (other,) = (await desk.ask("send_appointment_email", number | {"email": "Other@Example.com"})).posts
    assert (same["payload"]["to"], other["payload"]["to"]) == ("asha@example.com", "Other@example.com")
    refusal = await desk.refusal("send_appointment_email", number | {"email": "nobody"})
    assert refusal.result["error_type"] == "validation"
