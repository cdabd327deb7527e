"""A name is what the caller gives as one: never a plain word unless a name was asked for."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from language.slots.names.given import names
from language.slots.names.heard import agreed_name
from language.slots.spelling import letters_of, spellings


def given_names(text: str, *, asked: bool = False) -> list[tuple[str | None, str | None]]:
    return [(name.first, name.last) for name in names(text, asked=asked)]


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("my name is priya sharma", ("Priya", "Sharma")),
        ("this is Tom calling", ("Tom", None)),
        ("hi this is rahul mehta speaking i want an appointment", ("Rahul", "Mehta")),
        ("John O'Brien here", ("John", "O'Brien")),
        ("the first name is Thi and the last name Sampair", ("Thi", "Sampair")),
        ("cancel the booking under Jodi Nadler please", ("Jodi", "Nadler")),
        ("a table for Lois Berg at nine", ("Lois", "Berg")),
        ("it's Priya, P R I Y A", ("Priya", None)),
        ("My name is Bob, B as in boy, O, B", ("Bob", None)),
        ("my name is anne sharma, s h a r m a", ("Anne", "Sharma")),
        ("my name is Jon, J O H N", ("John", None)),
        ("Mrs Rao", ("Rao", None)),
    ],
)
def test_a_name_that_is_announced_is_found(text: str, name: tuple[str | None, str | None]) -> None:
    assert given_names(text) == [name]


@pytest.mark.parametrize(
    "text",
    [
        "yes please", "Priya", "I'm looking for a table", "Dr Mehta please", "I need to see Doctor Anita Rao",
        "it is raining", "I am sorry", "call me tomorrow", "my name is not important", "this is great",
        "the name is derived from something", "I would like the Charing Cross neighborhood", "it's contactless",
        "the restaurant by the name of Blades", "I'm calling from Delhi",
    ],
)  # fmt: skip
def test_nothing_else_is_a_name(text: str) -> None:
    assert names(text) == ()


@pytest.mark.parametrize(
    ("text", "name", "certain"),
    [
        ("Beverlee Swing", ("Beverlee", "Swing"), True),
        ("yes it's sharma", ("Sharma", None), True),
        ("grace", ("Grace", None), False),
        ("Priya Sharma, for tomorrow at nine", ("Priya", "Sharma"), True),
        ("p r i y a", ("Priya", None), True),
        ("Kilo Echo November", ("Ken", None), True),
        ("a double n a", ("Anna", None), True),
    ],
)
def test_an_answer_to_the_question_is_a_name(text: str, name: tuple[str, str | None], certain: bool) -> None:
    (found,) = names(text, asked=True)
    assert ((found.first, found.last), found.certain) == (name, certain)


@pytest.mark.parametrize("text", ["yes please", "no", "what", "why do you need it", "tomorrow", "it's silly", "two"])
def test_other_answers_are_none(text: str) -> None:
    assert names(text, asked=True) == ()


def test_the_register_spells_a_name_that_sounds_like_one_of_it() -> None:
    register = ["Anita Mehta", "Ravi Kumar"]
    (found,) = names("my name is aneeta mehta", known=register)
    assert (found.first, found.last) == ("Anita", "Mehta")
    (other,) = names("my name is priya sharma", known=register)
    assert (other.first, other.last) == ("Priya", "Sharma")


def test_letters_in_groups_are_letters_only_where_all_is_spelt() -> None:
    assert letters_of("SC o TT j o n e s") == "scottjones"
    assert letters_of("Scott Jones") == ""
    assert [one.letters for one in spellings("so B as in boy O B")] == ["bob"]


def test_a_spelling_chooses_among_the_names_that_were_heard() -> None:
    tries = [["Diane Cortez", "Diana Cortez", "Dyan Quartez"], ["Diane Cortez"], ["d i a n a c o r t e z"]]
    found = agreed_name(tries)
    assert found is not None
    assert (found.first, found.last) == ("Diana", "Cortez")
    assert agreed_name([["d i a n a c o r t e z"]]) is None
    assert agreed_name([["Rudolph Katz"], ["what did you say"]]) is None
    assert agreed_name([[]]) is None


@given(
    text=st.text(max_size=60)
    | st.lists(st.sampled_from(["my", "name", "is", "Priya", "p", "r", "i", "for", "under", "the", "X"])).map(" ".join)
)
def test_any_text_is_read_and_quoted_from_its_place(text: str) -> None:
    for found in names(text, asked=True):
        assert text[found.start : found.end] == found.quote
        assert found.first or found.last


@pytest.mark.parametrize("sound", ["hm", "Mmm.", "uh", "er, um"])
def test_a_sound_of_hesitation_is_no_answer_to_the_question_for_a_name(sound: str) -> None:
    assert names(sound, asked=True) == ()


@pytest.mark.parametrize("text", ["my name is Dina, with a D, Dina Kurian", "it's Dina, D I N A, Dina Kurian"])
def test_a_name_said_again_as_a_whole_after_its_letters_is_whole(text: str) -> None:
    assert [(one.first, one.last) for one in names(text, asked=True)] == [("Dina", "Kurian")]
