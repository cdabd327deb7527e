"""Whole calls of who wants two appointments in one sentence: for two people, of two doctors, on one day."""

from tests.unit.playbooks.hospital.talking import ASHA, Call


async def test_a_department_and_a_time_each_are_two_wishes() -> None:
    call = Call(ASHA)
    await call.say_all(
        "Dentist at 11 on Friday and skin doctor same day at 4 pm please", "yes", "yes", "yes", "yes", "yes"
    )
    booked = [(one["department"], one["appointment_time"]) for one in call.done("book_appointment")]
    assert booked == [("Dentistry", "11:00 AM"), ("Dermatology", "04:00 PM")]
    assert {one["appointment_date"] for one in call.done("book_appointment")} == {"2026-11-20"}


async def test_a_day_that_is_said_for_both_is_of_each() -> None:
    call = Call()
    await call.say_all(
        "book my mother with the heart doctor and my father with the eye doctor, both on Friday",
        "ten", "Sarla Jain", "sarla at example dot com", "yes",
        "eleven", "Mahesh Jain", "the same one", "yes",
    )  # fmt: skip
    booked = [(one["patient_name"], one["department"]) for one in call.done("book_appointment")]
    assert booked == [("Sarla Jain", "Cardiology"), ("Mahesh Jain", "Ophthalmology")]
    assert {one["appointment_date"] for one in call.done("book_appointment")} == {"2026-11-20"}


async def test_who_wants_something_beside_what_is_for_another_wants_it_for_oneself() -> None:
    call = Call()
    replies = await call.say_all(
        "My mother-in-law needs to see someone for her eyes and I need a dentist, both on Friday",
        "ten", "Radha Menon", "rekha at example dot com", "yes",
        "eleven", "Rekha Menon", "yes",
    )  # fmt: skip
    assert "an appointment for yourself in Dentistry" in replies[4]
    assert [one["patient_name"] for one in call.done("book_appointment")] == ["Radha Menon", "Rekha Menon"]


async def test_two_children_with_their_names_are_two_patients() -> None:
    call = Call(ASHA)
    replies = await call.say_all(
        "an appointment for my daughter Meera Rai and my son Arjun Rai, both have cough, Friday at nine", "mine", "yes"
    )
    assert [one["patient_name"] for one in call.done("book_appointment")] == ["Meera Rai"]
    assert "an appointment for somebody else in General Medicine on Friday" in replies[2]


async def test_the_same_doctor_half_an_hour_later_is_of_the_last_booking() -> None:
    call = Call(ASHA)
    await call.say_all(
        "Dr Gupta on Friday at 7 pm", "yes", "yes", "and the same doctor for my brother half an hour later", "yes",
        "Jai Menon", "mine", "yes",
    )  # fmt: skip
    booked = [(one["doctor_name"], one["appointment_time"]) for one in call.done("book_appointment")]
    assert booked == [("Dr. Neha Gupta", "07:00 PM"), ("Dr. Neha Gupta", "07:30 PM")]
