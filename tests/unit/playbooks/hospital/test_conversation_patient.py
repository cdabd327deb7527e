"""Whole calls about who the patient is: addresses written in several ways, relatives, and what is not told."""

import pytest

from playbooks.hospital.asking import phrases
from tests.unit.playbooks.hospital.talking import ASHA, Call

SLOT = "Dr Khan tomorrow at nine"
WHOLE = "on Wednesday 18 November at 9 AM with Dr. Imran Khan in General Medicine."


@pytest.mark.parametrize(
    ("words", "asked", "address"),
    [
        ("rakesh kumar at yahoo dot com", ", in one word", "rakeshkumar@yahoo.com"),
        ("rakesh kumar at the rate gmail com", ", in one word", "rakeshkumar@gmail.com"),
        ("rakesh dot kumar at yahoo co in", "", "rakesh.kumar@yahoo.co.in"),
    ],
)
async def test_an_address_with_a_sign_that_was_not_said_is_asked_about(words: str, asked: str, address: str) -> None:
    call = Call()
    replies = await call.say_all(SLOT, "Rakesh Kumar", words, "yes", "yes")
    assert replies[2].endswith(f"Is that {address}{asked}?")
    assert replies[3] == f"Thank you. So that is Rakesh Kumar, {address}, {WHOLE} {phrases.BOOK}"
    assert call.done("book_appointment")[0]["email"] == address


async def test_an_address_that_was_guessed_wrong_is_told_anew() -> None:
    call = Call()
    replies = await call.say_all(
        f"{SLOT}, I am Rakesh Kumar and my email is rakesh kumar at gmail dot com", "no",
        "rakesh dot kumar at gmail dot com", "yes",
    )  # fmt: skip
    assert replies[0].endswith("Is that rakeshkumar@gmail.com, in one word?")
    assert replies[1] == f"{phrases.EMAIL_HINT} {phrases.EMAIL}"
    assert call.done("book_appointment")[0]["email"] == "rakesh.kumar@gmail.com"


async def test_a_doubtful_correction_is_asked_about_before_anything_is_booked() -> None:
    call = Call(ASHA)
    replies = await call.say_all(SLOT, "yes", "no, my email is asha menon at example dot com", "yes", "yes")
    assert replies[2] == "All right, I have not booked it. Is that ashamenon@example.com, in one word?"
    assert [one["email"] for one in call.done("book_appointment")] == ["ashamenon@example.com"]


async def test_nobody_gets_the_address_of_whom_the_register_knows_by_that_number() -> None:
    call = Call(ASHA)
    replies = await call.say_all(f"This is Ravi Menon, I'd like {SLOT}", "ravi dot menon at example dot com", "yes")
    assert replies[0].startswith("Thank you, Ravi.")
    assert replies[0].endswith(phrases.EMAIL)
    assert call.done("book_appointment")[0]["email"] == "ravi.menon@example.com"


@pytest.mark.parametrize(
    ("words", "name"),
    [
        ("I need an appointment with Dr Khan tomorrow at nine, it's for my mother, Sunita Rao", "Sunita Rao"),
        ("book Dr Khan tomorrow at nine for my father. His name is Mohan Lal", "Mohan Lal"),
        ("my daughter Meena Menon needs to see Dr Khan tomorrow at nine", "Meena Menon"),
    ],
)
async def test_the_patient_is_who_the_caller_names_and_the_address_their_own(words: str, name: str) -> None:
    call = Call(ASHA)
    replies = await call.say_all(words, "use my own e-mail", "yes")
    assert replies[0] == f"Thank you. Dr. Imran Khan is free on Wednesday 18 November at 9 AM. {phrases.EMAIL}"
    booked = call.done("book_appointment")[0]
    assert (booked["patient_name"], booked["email"]) == (name, ASHA["email"])


async def test_a_relative_without_a_name_is_asked_for_it() -> None:
    call = Call(ASHA)
    replies = await call.say_all(
        "I need a child doctor for my son tomorrow at ten", "Arjun", "Menon", "the same one", "yes",
        "and one for me too", "Dr Khan on Friday at nine", "yes", "yes",
    )  # fmt: skip
    assert replies[0].endswith(phrases.PATIENT)
    booked = [(one["patient_name"], one["email"]) for one in call.done("book_appointment")]
    assert booked == [("Arjun Menon", ASHA["email"]), ("Asha Menon", ASHA["email"])]


async def test_a_family_name_that_is_not_told_is_done_without() -> None:
    call = Call()
    replies = await call.say_all(SLOT, "Ravi", "I have only one name", "ravi at example dot com", "yes")
    assert replies[2] == f"All right. {phrases.EMAIL}"
    assert call.done("book_appointment")[0]["patient_name"] == "Ravi"


@pytest.mark.parametrize("answers", [("I don't have an email",), ("hm", "what do you need it for")])
async def test_without_an_address_a_colleague_is_offered(answers: tuple[str, ...]) -> None:
    call = Call()
    replies = await call.say_all(SLOT, "Ravi Kumar", *answers, "yes")
    assert replies[-2].endswith(f"I cannot book without an e-mail address. {phrases.COLLEAGUE}")
    assert replies[-1] == "One moment, I am putting you through to a colleague."
    assert call.names[-1] == "transfer_to_human"
    assert "book_appointment" not in call.names


async def test_who_wants_no_colleague_either_is_asked_no_more() -> None:
    call = Call()
    replies = await call.say_all(SLOT, "what for", "why do you need it", "I will not say", "no")
    assert replies[2].endswith(phrases.SPELL)
    assert replies[3].endswith(f"I need a name for that. {phrases.COLLEAGUE}")
    assert replies[4] == f"All right. {phrases.ELSE}"


async def test_an_address_may_still_be_told_when_a_colleague_was_offered() -> None:
    call = Call()
    await call.say_all(SLOT, "Ravi Kumar", "I don't have one", "oh wait, ravi at example dot com", "yes")
    assert call.done("book_appointment")[0]["email"] == "ravi@example.com"


async def test_a_name_that_sounds_like_a_department_is_a_name() -> None:
    call = Call()
    replies = await call.say_all("Dr Joshi tomorrow at five", "Eve Hart", "eve at hart dot com", "yes")
    assert replies[1] == f"Thank you, Eve. {phrases.EMAIL}"
    assert call.done("book_appointment")[0]["department"] == "Dentistry"


async def test_whose_appointment_a_new_caller_makes_is_told_apart_from_the_caller() -> None:
    call = Call()
    replies = await call.say_all(
        f"{SLOT} for my mother, Sunita Rao", "sunita at example dot com", "yes",
        "and one for me too, Dr Joshi tomorrow at eleven", "Ravi Rao", "ravi at example dot com", "yes",
    )  # fmt: skip
    told = [one["field_to_update"] for one in call.done("update_customer_info")]
    assert told[:2] == ["patient", "email"]
    assert replies[3].endswith(phrases.PATIENT)
    assert replies[4] == f"Thank you. {phrases.EMAIL}"
    booked = [(one["patient_name"], one["email"]) for one in call.done("book_appointment")]
    assert booked == [("Sunita Rao", "sunita@example.com"), ("Ravi Rao", "ravi@example.com")]


async def test_a_sound_of_hesitation_is_no_name() -> None:
    call = Call()
    replies = await call.say_all(SLOT, "hm", "Ravi Kumar")
    assert replies[1].endswith(phrases.NAME)
    assert call.done("update_customer_info") == [{"field_to_update": "name", "new_value": "Ravi Kumar"}]


@pytest.mark.parametrize("question", [phrases.FAMILY, "And your family name, please?"])
async def test_a_family_name_keeps_the_first_one_however_it_was_asked_for(question: str) -> None:
    call = Call({"name": "Asha"}, greeting=question)
    await call.say("Sharma, with an S H.")
    assert call.dataset["customer"]["name"] == "Asha Sharma"


@pytest.mark.parametrize("words", ["No, my name is Dina, with a D, Dina Kurian.", "no it's Dina, D I N A, Dina Kurian"])
async def test_a_name_put_right_with_its_letters_is_whole(words: str) -> None:
    call = Call()
    await call.say_all(SLOT, "Tina", words)
    assert call.dataset["customer"]["name"] == "Dina Kurian"


async def test_a_number_of_the_patients_own_goes_with_the_appointment() -> None:
    call = Call(ASHA)
    replies = await call.say_all(
        f"{SLOT} for my sister Zara Sheikh, her number is 98111 00088", "zara at gmail dot com", "yes"
    )
    assert replies[1].startswith("Thank you. So that is Zara Sheikh, zara@gmail.com, +919811100088, on")
    assert call.done("book_appointment")[0]["phone"] == "+919811100088"


async def test_a_relative_who_wants_to_come_again_is_the_patient() -> None:
    call = Call(ASHA)
    words = "my mother saw Dr Verma last week and she wants to see him again on Thursday at ten"
    assert (await call.say(words)).endswith(phrases.PATIENT)


@pytest.mark.parametrize(
    "words", ["his name is Aarav Kapoor and I am Nisha Kapoor", "I am Nisha Kapoor and his name is Aarav Kapoor"]
)
async def test_who_names_a_child_and_oneself_books_for_the_child(words: str) -> None:
    call = Call()
    await call.say_all("my son needs Dr Khan tomorrow at nine", words, "nisha at example dot com", "yes")
    assert call.done("book_appointment")[0]["patient_name"] == "Aarav Kapoor"


async def test_the_name_of_the_caller_does_not_become_the_patients() -> None:
    call = Call()
    await call.say_all(
        "Dr Khan tomorrow at nine for my daughter Meera",
        "my name is Pallavi Joshi",
        "Joshi",
        "p at example dot com",
        "yes",
    )
    assert call.done("book_appointment")[0]["patient_name"] == "Meera Joshi"


async def test_a_name_and_an_address_are_told_in_one_breath() -> None:
    call = Call()
    await call.say_all(SLOT, "Suresh Patel suresh.patel@example.com", "yes")
    (booked,) = call.done("book_appointment")
    assert (booked["patient_name"], booked["email"]) == ("Suresh Patel", "suresh.patel@example.com")


async def test_the_address_of_another_will_do() -> None:
    call = Call()
    replies = await call.say_all(
        SLOT, "Kamala Devi", "I don't have e-mail, my son has", "okay his is rakesh at example dot com", "yes"
    )
    assert replies[2].endswith(phrases.COLLEAGUE)
    (booked,) = call.done("book_appointment")
    assert (booked["patient_name"], booked["email"]) == ("Kamala Devi", "rakesh@example.com")


async def test_a_first_name_alone_leaves_the_full_name_that_is_known() -> None:
    call = Call(ASHA)
    replies = await call.say_all("Dr Khan tomorrow at nine", "I am Asha", "yes", "yes")
    assert phrases.FAMILY not in replies[1]
    assert [one["patient_name"] for one in call.done("book_appointment")] == ["Asha Menon"]


@pytest.mark.parametrize("words", ["whoever", "anyone", "whoever is free"])
async def test_anybody_is_no_name(words: str) -> None:
    call = Call()
    await call.say_all(SLOT, words)
    assert call.names == ["check_appointment_availability"]


@pytest.mark.parametrize(
    "words",
    [
        "my mother is 70 and her knee is swollen, can she be seen on Thursday at ten",
        "my daughter, she's six, has a cough, Thursday at ten",
        "so my husband, he's 52, he had a fall, his knee hurts, Thursday at ten",
    ],
)
async def test_who_is_spoken_of_is_the_patient(words: str) -> None:
    assert "the patient's full name" in await Call(ASHA).say(words)


async def test_what_a_relative_says_is_for_the_caller() -> None:
    reply = await Call(ASHA).say("my wife said I need a dentist, Thursday at ten")
    assert "the patient's full name" not in reply
