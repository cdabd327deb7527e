"""Words that nobody said are refused, and only those."""

from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.errors import Fault, ProviderRejected
from providers.hearing.guard import check_words

WORDS = st.lists(st.sampled_from(["we", "get", "fifty", "leads", "a", "month", "from", "the", "site"]), max_size=12)
LISTED = ("Checkatrade", "lead generation", "PPC", "Google Ads", "Yell", "Bark", "flyers")


def fault_of(text: str, seconds: float = 10.0, phrases: Sequence[str] = (), prompt: str = "") -> Fault | None:
    try:
        check_words("engine", text, seconds, phrases, prompt)
    except ProviderRejected as refused:
        return refused.fault
    return None


@given(WORDS, st.floats(0, 30))
def test_words_may_come_at_five_a_second(words: list[str], seconds: float) -> None:
    refused = fault_of(" ".join(words), seconds)
    if len(words) <= 5 * seconds:
        assert refused is None
    if len(words) > 5 * seconds + 3:
        assert refused is Fault.OVERLONG


@pytest.mark.parametrize("text", ["Yes.", "No, thanks."])
def test_a_short_answer_fits_into_any_sound(text: str) -> None:
    assert fault_of(text, 0.2) is None


def test_writing_without_spaces_is_measured_too() -> None:
    assert fault_of("我们每个月大概有五十个客户", 4.0) is None
    assert fault_of("谢谢观看" * 60, 4.0) is Fault.OVERLONG


@pytest.mark.parametrize("start", range(3))
@pytest.mark.parametrize("join", [", ", " ", ". ", "\n"])
def test_five_phrases_in_the_order_of_the_list_are_an_echo(start: int, join: str) -> None:
    assert fault_of(join.join(LISTED[start : start + 5]).lower(), phrases=LISTED) is Fault.ECHO


def test_the_list_may_be_whole_or_end_anywhere() -> None:
    assert fault_of(" ".join(LISTED).lower(), phrases=LISTED) is Fault.ECHO
    assert fault_of("PPC, Google Ads, Yell, Bark, fly", phrases=LISTED) is None
    assert fault_of("PPC, Google Ads, Yell, Bark, Rated", phrases=(*LISTED[:6], "Rated People")) is Fault.ECHO


def test_the_message_holds_no_word_of_it() -> None:
    with pytest.raises(ProviderRejected) as refused:
        check_words("engine", ", ".join(LISTED), 10.0, LISTED)
    assert not any(phrase in str(refused.value) for phrase in LISTED)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "Checkatrade",
        "Checkatrade, lead generation and PPC",
        "Checkatrade, lead generation, PPC, Google Ads",
        "We are on Checkatrade, lead generation, PPC, Google Ads, Yell",
        "flyers, Bark, Yell, Google Ads, PPC, lead generation",
    ],
)
def test_a_caller_may_say_what_is_on_the_list(text: str) -> None:
    assert fault_of(text, phrases=LISTED) is None


def test_a_short_list_is_an_echo_only_when_it_is_whole() -> None:
    assert fault_of("checkatrade lead generation ppc", phrases=LISTED[:3]) is Fault.ECHO
    assert fault_of("checkatrade lead generation", phrases=LISTED[:3]) is None
    assert fault_of("checkatrade lead generation", phrases=LISTED[:2]) is None


@given(st.lists(st.text(max_size=8), max_size=9))
def test_what_the_hint_holds_breaks_nothing(phrases: list[str]) -> None:
    assert fault_of("we get fifty", phrases=phrases) in (None, Fault.ECHO)
    assert fault_of("", phrases=phrases) is None


def test_eight_words_of_the_prompt_are_an_echo() -> None:
    prompt = "You are the ears of a telephone line.\nYou write it down word for word."
    assert fault_of("the ears of a telephone line you write", prompt=prompt) is Fault.ECHO
    assert fault_of("the ears of a telephone line we write", prompt=prompt) is None
    assert fault_of("ears of a telephone line you write", prompt=prompt) is None
    assert fault_of("he ears of a telephone line you wri", prompt=prompt) is None
