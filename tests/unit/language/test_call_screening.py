"""Machines that screen calls are told from people and from answering machines."""

import pytest

from language.call_screening import is_screening


@pytest.mark.parametrize(
    "words",
    [
        "Hi, if you record your name and reason for calling, I'll see if this person is available.",
        "hi the person you're calling is using a screening service from google and will get a copy of this",
        "Go ahead and say your name and why you're calling.",
        "Please state your name and the purpose of your call",
        "tell me the reason for your call and then say your name please",
        "Before I connect you please say your first name and why you are calling",
    ],
)
def test_a_machine_that_screens_calls(words: str) -> None:
    assert is_screening(words)


@pytest.mark.parametrize(
    "words",
    [
        "",
        "hello, who is this?",
        "why are you calling me?",
        "what's your name?",
        "can you give me your name and number",
        "please leave your name, your number and the reason for your call after the tone",
        "say your name and the reason for calling after the beep",
        "you have reached the voicemail of Anna, please say your name and why you are calling",
        "yes that's me, what is the purpose of your call",
    ],
)
def test_a_person_or_an_answering_machine(words: str) -> None:
    assert not is_screening(words)
