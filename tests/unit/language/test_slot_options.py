"""Departments and doctors are matched by name, by synonym and by sound."""

import pytest

from language.slots.options import denied_options, match_option

DEPARTMENTS = {
    "Dermatology": ["skin doctor", "dermatologist"],
    "Cardiology": ["heart doctor", "heart specialist"],
    "Orthopaedics": ["bone doctor", "orthopedic"],
}
DOCTORS: dict[str, list[str]] = {"Dr Anita Mehta": [], "Dr Ravi Kumar": [], "Dr Anil Kumar": []}


@pytest.mark.parametrize(
    ("text", "option"),
    [
        ("the skin doctor please", "Dermatology"),
        ("I have to see a heart specialist", "Cardiology"),
        ("dermatology department", "Dermatology"),
        ("not cardiology, dermatology", "Dermatology"),
        ("the skin doctor, no sorry, the heart doctor", "Cardiology"),
    ],
)
def test_an_option_is_known_by_its_name_and_its_synonyms(text: str, option: str) -> None:
    found = match_option(text, DEPARTMENTS)
    assert found is not None
    assert (found.option, found.certain, text[found.start : found.end]) == (option, True, found.quote)


@pytest.mark.parametrize(
    ("text", "option"), [("doctor meta please", "Dr Anita Mehta"), ("with doctor anil coomar", "Dr Anil Kumar")]
)
def test_what_only_sounds_like_an_option_is_not_certain(text: str, option: str) -> None:
    found = match_option(text, DOCTORS)
    assert found is not None
    assert (found.option, found.certain) == (option, False)


def test_a_name_that_several_have_is_not_certain() -> None:
    found = match_option("Dr Kumar", DOCTORS)
    assert found is not None
    assert not found.certain
    assert {found.option, *found.rivals} == {"Dr Ravi Kumar", "Dr Anil Kumar"}
    whole = match_option("Dr Ravi Kumar", DOCTORS)
    assert whole is not None
    assert whole.certain


@pytest.mark.parametrize("text", ["a heart doctor then", "is doctor ravi kumar good", "the doctor please"])
def test_a_common_word_beside_a_title_is_no_name(text: str) -> None:
    found = match_option(text, DOCTORS)
    assert found is None or (found.option, found.certain) == ("Dr Ravi Kumar", True)


def test_two_named_options_are_rivals() -> None:
    found = match_option("the skin doctor or the heart doctor", DEPARTMENTS)
    assert found is not None
    assert (found.option, found.rivals, found.certain) == ("Dermatology", ("Cardiology",), False)


@pytest.mark.parametrize("text", ["I met a doctor", "I need help", "my heart is broken", "", "not cardiology"])
def test_other_words_mean_no_option(text: str) -> None:
    assert match_option(text, {**DEPARTMENTS, **DOCTORS}) is None


@pytest.mark.parametrize(
    "text", ["Dr. Mehta, no, Dr. Kumar", "doctor mehta sorry doctor kumar", "not Dr Mehta, Dr Kumar"]
)
def test_a_title_stands_in_no_way_of_a_correction(text: str) -> None:
    found = match_option(text, {"Dr Anil Mehta": (), "Dr Ravi Kumar": ()})
    assert found is not None
    assert (found.option, found.rivals, found.quote.casefold()) == ("Dr Ravi Kumar", (), "kumar")


@pytest.mark.parametrize("text", ["hai doctor", "ke doctor se", "kya doctor"])
def test_the_word_doctor_alone_is_no_likeness(text: str) -> None:
    assert match_option(text, {"Ophthalmology": ["eye doctor"], "Cardiology": ["heart doctor"]}) is None


def test_a_misheard_doctor_is_still_found() -> None:
    found = match_option("the hart doctor", {"Ophthalmology": ["eye doctor"], "Cardiology": ["heart doctor"]})
    assert found is not None
    assert found.option == "Cardiology"


@pytest.mark.parametrize(
    ("said", "unwanted"),
    [
        ("not Dr Khan", ("Dr. Imran Khan",)),
        ("anyone but Doctor Khan", ("Dr. Imran Khan",)),
        ("I don't want to see Dr Khan or Dr Gupta", ("Dr. Imran Khan", "Dr. Neha Gupta")),
        ("I'd rather not see Dr Khan", ("Dr. Imran Khan",)),
        ("somebody other than Dr Khan", ("Dr. Imran Khan",)),
        ("Dr Khan ke saath nahi", ("Dr. Imran Khan",)),
        ("not Dr Khan, no, Dr Khan is fine", ()),
        ("I don't want anybody but Dr Khan", ()),
        ("why not Dr Khan", ()),
        ("Isn't Dr Khan there?", ()),
        ("I could not see Dr Khan last week", ()),
    ],
)
def test_what_is_denied_is_told(said: str, unwanted: tuple[str, ...]) -> None:
    assert denied_options(said, dict.fromkeys(("Dr. Imran Khan", "Dr. Neha Gupta"), ())) == unwanted
