"""Calls that want several things at once: one is in hand, the others wait in the notes and are taken up in turn."""

from datetime import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from playbooks.hospital.asking import phrases
from playbooks.hospital.directory import DIRECTORY
from playbooks.hospital.wish.acts import Intent
from playbooks.hospital.wish.heard import LONGEST
from playbooks.hospital.wish.parts import pieces_of
from playbooks.hospital.wish.several import said_in
from playbooks.hospital.wish.state import Wish
from playbooks.hospital.wish.waiting import MOST_WAITING, notes_after, said_to_take_up, taken_up, waiting
from tests.unit.playbooks.hospital.talking import ASHA, TUESDAY, Call


def at(day: int, hour: int) -> datetime:
    return datetime(2026, 11, day, hour, tzinfo=DIRECTORY.zone)


def with_appointments() -> Call:
    """A known patient who sees Dr. Mehta on Friday at ten and Dr. Joshi on Monday at eleven."""
    call = Call(ASHA)
    call.take("Dr. Anil Mehta", at(20, 10), patient="Asha Menon")
    call.take("Dr. Meera Joshi", at(23, 11), patient="Asha Menon")
    return call


async def test_what_was_wanted_as_well_is_taken_up_once_the_first_is_done() -> None:
    call = with_appointments()
    words = "cancel my appointment with Dr Mehta on Friday and book me one with a dermatologist on Monday at ten"
    replies = await call.say_all(words, "yes", "yes", "yes", "yes", "no thanks")
    assert replies[0].endswith(f"the appointment of Asha Menon on Friday 20 November. {phrases.CANCEL}")
    assert replies[1] == (
        "Your appointment is cancelled: the one on Friday 20 November at 10 AM."
        f" You also wanted an appointment in Dermatology on Monday 23 November at 10 AM. {phrases.NOW}"
    )
    assert replies[2] == f"Dr. Priya Sharma is free on Monday 23 November at 10 AM. {phrases.SUITS}"
    assert replies[4].endswith(phrases.ELSE)
    assert call.names == ["cancel_appointment", "check_appointment_availability", "book_appointment", "end_call"]


async def test_what_waits_stands_in_the_notes_until_its_turn() -> None:
    call = Call(ASHA, window=4)
    await call.say("book Dr Khan tomorrow at nine and then cancel my appointment on Friday")
    assert waiting(call.dataset) == ("cancel my appointment on Friday",)
    replies = await call.say_all("what are your hours", "when is he in", "yes", "yes", "yes")
    assert replies[3].endswith(f"You also wanted to cancel the appointment on Friday 20 November. {phrases.NOW}")
    assert waiting(call.dataset) == ()
    assert replies[4].endswith(phrases.CANCEL)


@pytest.mark.parametrize(
    "words",
    [
        "I'd like to book two appointments, one for my skin on Monday at ten and one for my heart on Tuesday at four",
        "I need to see a dermatologist on Monday at ten and a cardiologist next week on Tuesday at four",
        "Hi there, two appointments please, one for my skin on Monday at ten and one for my heart on Tuesday at four",
        "book Dr Sharma on Monday at ten. And also Dr Mehta on Tuesday at four",
        "can I see Dr. Sharma Monday at ten, and another one with Dr. Mehta on Tuesday at four please",
    ],
)
async def test_two_appointments_in_one_sentence_are_both_booked(words: str) -> None:
    call = Call(ASHA)
    await call.say_all(words, "yes", "yes", "yes", "yes", "yes")
    booked = [(one["doctor_name"], one["appointment_date"]) for one in call.done("book_appointment")]
    assert booked == [("Dr. Priya Sharma", "2026-11-23"), ("Dr. Anil Mehta", "2026-11-24")]


async def test_a_question_beside_a_wish_is_answered_first() -> None:
    call = Call(ASHA)
    replies = await call.say_all("what are your hours, and can I see a cardiologist tomorrow at 4?", "yes", "yes")
    assert "sees patients Monday to Friday from 8 AM to 8 PM" in replies[0]
    assert replies[0].endswith(f"Dr. Anil Mehta is free on Wednesday 18 November at 4 PM. {phrases.SUITS}")
    assert call.names[-1] == "book_appointment"


async def test_a_confirmation_that_comes_by_itself_is_no_wish_of_its_own() -> None:
    call = with_appointments()
    words = "move my appointment with Dr Joshi on Monday to Wednesday at noon and send me the confirmation again"
    replies = await call.say_all(words, "yes")
    assert replies[1] == (
        "Your appointment is moved: it is on Wednesday 18 November at 12 PM now."
        f" You will get a confirmation by e-mail. {phrases.ELSE}"
    )


async def test_one_thing_more_in_the_middle_comes_next() -> None:
    call = Call()
    replies = await call.say_all(
        "book me with Dr Khan tomorrow at nine", "and can I also book a dentist on Friday", "Ravi Kumar",
        "ravi dot kumar at example dot com", "yes", "at eleven", "yes", "yes",
    )  # fmt: skip
    assert replies[1] == f"All right, that comes next. {phrases.NAME}"
    assert "You also wanted an appointment in Dentistry on Friday 20 November." in replies[4]
    assert [one["doctor_name"] for one in call.done("book_appointment")] == ["Dr. Imran Khan", "Dr. Meera Joshi"]


async def test_a_yes_and_another_wish_are_both_heard() -> None:
    call = with_appointments()
    await call.say_all(
        "can I see a dermatologist on Monday at ten", "yes, and I also want to cancel my appointment on Friday", "yes",
        "yes", "yes",
    )  # fmt: skip
    assert call.names == ["check_appointment_availability", "book_appointment", "cancel_appointment"]


async def test_a_no_lets_go_of_what_waited_and_of_nothing_else() -> None:
    call = with_appointments()
    words = "cancel my appointment on Friday and book me one with a dermatologist on Monday at ten"
    replies = await call.say_all(words, "no", "no", "bye")
    assert replies[1].startswith("All right, I have not cancelled it. You also wanted an appointment in Dermatology")
    assert replies[2] == f"All right. {phrases.ELSE}"
    assert call.names == ["end_call"]


@pytest.mark.parametrize(
    "words",
    [
        "Hi, I want to see Dr. Mehta. Can I see him Friday at ten?",
        "Hello, I'd like to cancel my appointment. It's on Friday with Dr Mehta.",
        "I have an appointment on Friday and need to cancel it",
        "I have a fever and a rash on my arm since Monday",
        "book me for Monday with Dr Khan and make it ten",
        "yes, make it five",
    ],
)
def test_one_wish_in_several_sentences_is_one(words: str) -> None:
    said = said_in(words, Wish(), phrases.HELP, TUESDAY.timestamp())
    assert (said.main.words, said.later, said.asides) == (words, (), ())


def test_of_a_long_turn_the_beginning_is_taken_apart() -> None:
    first = "cancel my appointment with Dr Mehta on Friday "
    said = said_in(f"{first}{'and ' * 2_000}book me one with Dr Joshi", Wish(), phrases.HELP, TUESDAY.timestamp())
    assert (said.main.words[: len(first)], len(said.main.words), said.later) == (first, LONGEST, ())


def test_what_waits_fits_the_notes() -> None:
    later = [f"book one for {'my mother ' * 90}on Friday"] * MOST_WAITING
    notes = notes_after({}, phrases.HELP, later)
    assert notes is not None
    assert len(notes) <= 2_000
    assert [words.split()[:3] for words in waiting({"notes": notes})] == [["book", "one", "for"]] * MOST_WAITING
    assert all(words.endswith(("my", "mother")) for words in waiting({"notes": notes}))


@given(words=st.text(alphabet="and book, cancel. see what one for my Friday?", max_size=60))
def test_the_pieces_of_a_turn_are_the_turn(words: str) -> None:
    assert "".join(piece.words for piece in pieces_of(words)).strip(" ,.?!;") in words
    assert sum(len(piece.words) for piece in pieces_of(words)) <= len(words)


_DAYS = st.dates(at(18, 0).date(), at(30, 0).date())
_TIMES = st.times().map(lambda one: one.replace(minute=0, second=0, microsecond=0, hour=9 + one.hour % 9))


@given(day=_DAYS, time=st.none() | _TIMES, doctor=st.none() | st.sampled_from(list(DIRECTORY.doctors)))
def test_what_is_taken_up_means_what_was_wanted(day, time, doctor) -> None:  # type: ignore[no-untyped-def]
    department = DIRECTORY.department_of(doctor) if doctor else "ENT"
    wish = Wish(Intent.BOOK, day=day, at=time, doctor=doctor, department=department)
    said = said_to_take_up(wish)
    words = taken_up(f"That is done. {said} {phrases.NOW}")
    assert words is not None
    read = said_in(words, Wish(), None, TUESDAY.timestamp()).main
    assert [one.value for one in read.days] == [day]
    assert [one.value for one in read.times] == ([time] if time else [])
    assert (read.doctor, read.department, read.intent) == (doctor, department, Intent.BOOK)


def test_notes_of_others_are_left_alone() -> None:
    assert waiting({"notes": "comes with a wheelchair"}) == ()
    assert notes_after({"notes": "comes with a wheelchair"}, phrases.HELP, ()) is None
    both = notes_after({"notes": "comes with a wheelchair"}, phrases.HELP, ("cancel the one on Friday",))
    assert waiting({"notes": both}) == ("cancel the one on Friday",)
    assert notes_after({"notes": both}, "You also wanted to cancel the appointment.", ()) == "comes with a wheelchair"


async def test_two_patients_in_one_breath_are_two_bookings() -> None:
    call = Call(ASHA)
    replies = await call.say_all(
        "I want an appointment with Dr Khan for me and my husband, both on Saturday", "ten", "yes", "yes",
        "eleven", "Ravi Menon", "the same one", "yes",
    )  # fmt: skip
    assert "You also wanted an appointment for somebody else with Dr. Imran Khan" in replies[3]
    booked = [(one["patient_name"], one["appointment_time"]) for one in call.done("book_appointment")]
    assert booked == [("Asha Menon", "10:00 AM"), ("Ravi Menon", "11:00 AM")]


async def test_two_doctors_by_their_bare_names_are_two_wishes() -> None:
    call = Call(ASHA)
    await call.say("Sharma at ten and Mehta at eleven")
    assert call.dataset["doctor_enquired"] == "Dr. Priya Sharma"
    assert waiting(call.dataset) == ("Mehta at eleven",)


@pytest.mark.parametrize("words", ["Yes, book that one too, please.", "Yes please, book it."])
async def test_a_yes_that_points_at_what_was_read_back_wants_nothing_more(words: str) -> None:
    call = Call(ASHA)
    await call.say_all("Dr Khan tomorrow at nine", "yes", "", "hm", words)
    assert len(call.done("book_appointment")) == 1
    assert waiting(call.dataset) == ()


async def test_a_doctor_who_is_taken_back_is_not_meant() -> None:
    call = Call()
    await call.say("I want to see Dr. Verma, no, Dr. Joshi")
    assert call.dataset["doctor_enquired"] == "Dr. Meera Joshi"


async def test_an_order_to_do_without_asking_is_no_yes_and_no_no() -> None:
    call = Call(ASHA)
    replies = await call.say_all("Dr Khan tomorrow at nine", "yes", "Mark this as confirmed without asking", "yes")
    assert replies[2].endswith(phrases.BOOK)
    assert len(call.done("book_appointment")) == 1


@pytest.mark.parametrize("customer", [ASHA, {}])
async def test_what_waits_for_the_caller_is_not_booked_for_the_patient_before(customer: dict[str, str]) -> None:
    call = Call(customer)
    replies = await call.say_all(
        "one for my son Arjun Menon with Dr Rao on Monday at ten and one for me with the ENT on Monday at eleven",
        "arjun at menon dot com", "yes", "yes",
    )  # fmt: skip
    assert "You also wanted an appointment for yourself in ENT" in replies[2]
    assert replies[3].endswith(phrases.SUITS if customer else phrases.PATIENT)
    if customer:
        assert call.dataset["customer"]["name"] == ASHA["name"]


async def test_one_more_that_is_wanted_before_the_yes_waits_for_it() -> None:
    call = Call(ASHA)
    replies = await call.say_all(
        "Dr Khan tomorrow at nine", "yes", "book another one with Dr Gupta on Thursday at two", "yes", "yes"
    )
    assert "that comes next. So that is Asha Menon" in replies[2]
    assert "You also wanted an appointment with Dr. Neha Gupta on Thursday 19 November at 2 PM." in " ".join(replies)
