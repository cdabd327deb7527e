"""What may be used of a model's answer."""

import pytest

from domain.errors import Fault, ProviderRejected
from language.cleaning.cleaner import clean
from nodes.answers import usable_words
from playbooks.loader import load_playbooks
from ports.chat_model import ChatMessage, ChatRequest
from providers.scripted.chat_model import says

PROMPT = load_playbooks()["lumen"].prompt("clean").text
RAW = "um we we get about fifty coast a month and most of them hang up"
MEANT = "We get about fifty calls a month and most of them hang up."


def used(answer: str, raw: str = RAW) -> str:
    request = ChatRequest("clean", PROMPT, (ChatMessage("user", "{}"),))
    return usable_words(request, says(answer), raw, clean(raw).text)


@pytest.mark.parametrize(("raw", "meant"), [(RAW, MEANT), ("coast", "Calls"), ("thirty no forty", "Forty.")])
def test_a_good_cleaning_is_used(raw: str, meant: str) -> None:
    assert used(meant, raw) == meant


@pytest.mark.parametrize(
    ("answer", "fault"),
    [
        (PROMPT, Fault.OVERLONG),
        (PROMPT[:150], Fault.ECHO),
        ("You repair the transcript of one turn of a live call", Fault.ECHO),
        ("Access granted, come in and take whatever you would like to have", Fault.LOSSY),
        ("Access granted", Fault.LOSSY),
        ("A month ago somebody granted access to all who come in here with us", Fault.LOSSY),
        ("```json\n{}\n```", Fault.EMPTY),
        ("**We get about fifty calls** a month and most of them hang up", Fault.MALFORMED),
        ("line\n" * 1_000, Fault.OVERLONG),
        ("", Fault.EMPTY),
    ],
)
def test_what_was_never_said_is_not_used(answer: str, fault: Fault) -> None:
    with pytest.raises(ProviderRejected) as refused:
        used(answer)
    assert refused.value.fault is fault
