"""What may be used of an answer, and how much of it is kept."""

import json
import math
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.errors import Fault, ProviderRejected
from language.cleaning.cleaner import clean
from nodes.answers import KEPT, Measure, storable, usable_words
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


JSON = st.recursive(
    st.text() | st.integers() | st.floats() | st.booleans() | st.none(),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
)


@given(JSON)
def test_whatever_is_kept_can_be_stored_and_stays_the_same(value: Any) -> None:
    kept = storable(value)
    written = json.dumps(kept, allow_nan=False, ensure_ascii=False)
    assert "\\u0000" not in written
    written.encode()
    assert storable(kept) == kept


def test_a_value_is_cut_to_its_measure() -> None:
    deep: Any = "x"
    for _ in range(900):
        deep = {"deeper": [deep]}
    assert json.dumps(storable(deep)).count("deeper") == KEPT.levels / 2
    assert storable("x" * 30_000) == "x" * KEPT.letters
    assert storable({"a": list(range(9)), "b": 1, "c": 1}, Measure(letters=3, items=2, levels=2)) == {
        "a": [0, 1],
        "b": 1,
    }


@pytest.mark.parametrize("number", [math.nan, math.inf, -math.inf, 10**400, -(2**63)])
def test_a_number_that_no_row_holds_is_none(number: float) -> None:
    assert storable({"n": number}) == {"n": None}
    assert storable([True, 0, -1.5, 2**63 - 1]) == [True, 0, -1.5, 2**63 - 1]
