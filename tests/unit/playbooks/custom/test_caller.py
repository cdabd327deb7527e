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
    ("words", "number"),
    [
        ("07700 900461, no wait, 07700 900416.", "07700 900416"),
        ("07700 900461, not 16.", "07700 900461"),
        (
            "Oh two oh seven nine four six, sorry, nine four seven.",
            "Oh two oh seven nine four six, sorry, nine four seven",
        ),
        ("It's oh seven double three, five oh nine, and I'm in after six.", "oh seven double three, five oh nine"),
        ("You'd better have my number first, it's 07700 900382.", "07700 900382"),
        ("Sorry, I gave you the wrong number, it's +44 7700 900416.", "+44 7700 900416"),
    ],
)
def test_a_number_is_the_one_that_stands(words: str, number: str) -> None:
    assert list(facts_of_caller(questions.NUMBER, words, act_of(words))) == [("callback_number", number)]


@pytest.mark.parametrize(
    "words",
    [
        "I'm furious about the noise.",
        "Please call me back about it.",
        "Could you ask Mr. Tate to ring his sister?",
        "Order four four seven one has not come yet.",
        "I'm in Leeds and the train was cancelled.",
        "Is Mr. Hollis in today?",
        "My order number is 40031877.",
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
