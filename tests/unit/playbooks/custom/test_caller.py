"""What a turn says about its caller: the name and number that stand, and nobody else's."""

import pytest

from playbooks.custom import questions
from playbooks.custom.acts import act_of
from playbooks.custom.caller import facts_of_caller, is_all_about_caller


@pytest.mark.parametrize(
    ("words", "name"),
    [
        ("Tom, sorry, Tim.", "Tim"),
        ("No, it's Sharma with an S H.", "Sharma"),
        ("Clara Hobson, no, Hodson.", "Clara Hodson"),
        ("It's Ryan, not Brian.", "Ryan"),
        ("Grace.", "Grace"),
        ("Jon, J O N.", "Jon"),
    ],
)
def test_an_answer_holds_the_name_that_stands(words: str, name: str) -> None:
    assert list(facts_of_caller(questions.NAME, words, act_of(words))) == [("caller_name", name)]


@pytest.mark.parametrize(
    "words",
    [
        "I'm furious about the noise.",
        "Please call me back about it.",
        "Could you ask Mr. Tate to ring his sister?",
        "Order four four seven one has not come yet.",
        "I'm in Leeds and the train was cancelled.",
    ],
)
def test_what_tells_nothing_of_the_caller_gives_no_fact(words: str) -> None:
    assert list(facts_of_caller("", words, act_of(words))) == []


@pytest.mark.parametrize(
    ("words", "alone"),
    [
        ("Hello there, this is Jo Marsh.", True),
        ("My number is 555 0199.", True),
        ("This is Jo Marsh, the roof leaks.", False),
        ("You can call me on 555 0199 about the leak, it drips.", False),
    ],
)
def test_a_message_is_what_stands_beside_a_name_or_a_number(words: str, alone: bool) -> None:
    assert is_all_about_caller(words) is alone
