"""What one turn calls for: facts about the caller, a look at the slot, and nothing that was not said or checked."""

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from domain.conversation import Role, Utterance
from domain.playbook import Conversation
from domain.tool_call import ProposedCall
from playbooks.hospital.analyst.turn import analyst
from playbooks.hospital.asking import phrases
from playbooks.hospital.playbook import PLAYBOOK
from playbooks.hospital.wish.acts import Act, act_of
from playbooks.hospital.wish.heard import derived, heard
from playbooks.hospital.wish.picks import picked, to_offer
from tests.unit.playbooks.hospital.talking import ASHA, TUESDAY

NOW = TUESDAY.timestamp()
FREE = {
    "date": "2026-11-20",
    "time": "10:00 AM",
    "doctor_name": "Dr. Anil Mehta",
    "department": "Cardiology",
    "duration_minutes": 30,
    "available": True,
}
SLOTS = [FREE | {"time": time} for time in ("09:00 AM", "09:30 AM", "10:30 AM")]
SAID_FREE = f"Dr. Anil Mehta is free on Friday 20 November at 10 AM. {phrases.SUITS}"


def calls(words: str, question: str = phrases.HELP, **dataset: Any) -> list[tuple[str, dict[str, Any]]]:
    """The calls of a turn, but for the record of the call."""
    return [(call.name, dict(call.arguments)) for call in proposed(words, question, **dataset)]


def proposed(words: str, question: str, **dataset: Any) -> list[ProposedCall]:
    history = (Utterance(1, Role.AGENT, "Reception", question),)
    known = PLAYBOOK.new_dataset({}, now=0.0) | dataset
    told = analyst(Conversation(words, words, history, known, PLAYBOOK.context, now=NOW))
    return [call for call in told if call.name != "log_call_information"]


@pytest.mark.parametrize(
    ("words", "question", "field", "value"),
    [
        ("Priya Nambiar", phrases.NAME, "name", "Priya Nambiar"),
        ("it's Priya Nambiar, N A M B I A R", phrases.NAME, "name", "Priya Nambiar"),
        ("my name is Ravi Kumar", phrases.HELP, "name", "Ravi Kumar"),
        ("Ivan Petrov, I V A N P E T R O V", phrases.NAME, "name", "Ivan Petrov"),
        ("yes, Tom Baker", "And what is the patient's name?", "name", "Tom Baker"),
        ("z o e at q u i l l dot com", phrases.EMAIL, "email", "zoe@quill.com"),
        ("priya underscore n at gmail dot com", phrases.HELP, "email", "priya_n@gmail.com"),
        ("call me on nine eight seven six five four three two one zero", phrases.HELP, "phone", "+919876543210"),
    ],
)
def test_what_callers_tell_of_themselves_is_noted(words: str, question: str, field: str, value: str) -> None:
    noted = [arguments for name, arguments in calls(words, question) if name == "update_customer_info"]
    assert {"field_to_update": field, "new_value": value} in noted


def test_the_family_name_that_was_asked_for_joins_the_first() -> None:
    assert calls("Nambiar", phrases.FAMILY, customer={"name": "Priya"}) == [
        ("update_customer_info", {"field_to_update": "name", "new_value": "Priya Nambiar"})
    ]


def test_what_is_known_is_not_noted_again() -> None:
    assert calls("my name is Asha Menon", customer=ASHA) == []


def test_a_patient_who_is_called_like_a_doctor_is_no_doctor() -> None:
    said = heard("This is Priya Sharma, I need a dentist on Monday", None, NOW)
    assert (said.doctor, said.department) == (None, "Dentistry")


@pytest.mark.parametrize("words", ["doctor meta", "Dr. Mehta", "doctor Anil Mehta please", "I'd like to see Dr Mehta"])
def test_a_doctor_is_known_by_sound_after_the_title(words: str) -> None:
    assert heard(words, None, NOW).doctor == "Dr. Anil Mehta"


@pytest.mark.parametrize(
    ("words", "department"),
    [
        ("the skin doctor", "Dermatology"),
        ("my knee hurts", "Orthopedics"),
        ("a dentist please", "Dentistry"),
        ("something is wrong with my eyes", "Ophthalmology"),
    ],
)
def test_a_department_is_known_by_what_it_treats(words: str, department: str) -> None:
    assert heard(words, None, NOW).department == department


def test_the_slot_is_asked_about_once_it_is_known_as_a_whole() -> None:
    assert calls("Dr. Mehta on Friday") == []
    assert calls("Dr. Mehta on Friday at ten") == [
        (
            "check_appointment_availability",
            {
                "appointment_date": "2026-11-20",
                "appointment_time": "10:00 AM",
                "doctor_name": "Dr. Anil Mehta",
                "department": "Cardiology",
            },
        )
    ]


@pytest.mark.parametrize("question", ["And what time would work for you?", "At what hour?", phrases.TIME])
def test_an_hour_alone_answers_a_question_for_it_however_it_is_worded(question: str) -> None:
    assert [at.value.hour for at in heard("seven", question, NOW).times] == [19]
    assert heard("seven", phrases.HELP, NOW).times == ()


def test_a_free_slot_is_booked_only_for_who_is_known_and_agrees() -> None:
    assert [name for name, _ in calls("yes please", SAID_FREE, customer=ASHA, requested=FREE)] == ["book_appointment"]
    assert calls("yes please", SAID_FREE, customer={}, requested=FREE) == []
    for words in ("no", "is there parking?", "what are your hours"):
        assert calls(words, SAID_FREE, customer=ASHA, requested=FREE) == []


def test_a_look_that_failed_is_repeated_when_the_caller_wants_it() -> None:
    history = (
        Utterance(1, Role.AGENT, "Reception", phrases.HELP),
        Utterance(2, Role.CALLER, "Patient", "Dr. Mehta on Friday at ten"),
        Utterance(2, Role.AGENT, "Reception", f"I am sorry, that did not work just now. {phrases.TRY}"),
    )
    dataset = PLAYBOOK.new_dataset({}, now=0.0)
    told = analyst(Conversation("yes", "yes", history, dataset, PLAYBOOK.context, now=NOW))
    assert "check_appointment_availability" in [call.name for call in told]


@settings(max_examples=60, deadline=None)
@given(text=st.text(max_size=80) | st.sampled_from(["yes", "book it", "yes please, the second one", "sure, go ahead"]))
def test_what_is_not_free_is_never_booked(text: str) -> None:
    taken = FREE | {"available": False}
    told = calls(text, phrases.SUITS, customer=ASHA, requested=taken, alternatives=SLOTS)
    assert "book_appointment" not in [name for name, _ in told]


@settings(max_examples=60, deadline=None)
@given(text=st.text(max_size=60) | st.sampled_from(["the last", "half past", "any", "earlier", "10:30", "second"]))
def test_what_is_taken_was_offered(text: str) -> None:
    offered = to_offer(SLOTS)
    slot = picked(heard(text, phrases.WHICH_ONE, NOW), offered, None)
    assert slot is None or slot in offered


@pytest.mark.parametrize(
    ("words", "act"),
    [
        ("yes that's fine", Act.YES),
        ("I don't know", Act.STATEMENT),
        ("not yet", Act.NO),
        ("bye", Act.GOODBYE),
        ("No I'm good.", Act.GOODBYE),
        ("that's all, thanks", Act.GOODBYE),
        ("when are you open", Act.HOURS),
        ("who are your heart doctors", Act.DOCTORS),
        ("is Dr. Mehta free on Friday?", Act.QUESTION),
        ("this is no emergency", Act.STATEMENT),
        ("hold on a moment", Act.STATEMENT),
        ("hold on", Act.WAIT),
    ],
)
def test_what_a_turn_does(words: str, act: Act) -> None:
    assert act_of(words) is act


def test_what_words_mean_is_derived_from_them() -> None:
    found = {(one.rule.value, one.value) for one in derived("with doctor meta tomorrow at half past four", NOW)}
    assert found == {
        ("date", "2026-11-18"),
        ("time", "16:30"),
        ("option", "Dr. Anil Mehta"),
        ("option", "Cardiology"),
    }
    assert derived("hello there", NOW) == ()
