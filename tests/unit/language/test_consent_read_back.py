"""Answers to details that were read back: what else may be said beside a yes, and what may not."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.tool_call import ConsentMode
from language.consent.judging import Verdict, judge

READ = "To confirm: an appointment with Dr Hartigan on Monday at 4:30 pm. Is that right?"
FACTS = (
    "Is there parking?", "Which floor is it on, and are there 2 lifts?", "Please give me their phone number.",
    "Can I have the address?", "May I know if it was built in 2019?", "Please send me the total.",
)  # fmt: skip
CHANGES = (
    "Can we do 5 pm?", "Is it free at 5?", "And is it for two people?", "What about Tuesday?", "Do you have 6 o'clock?",
    "Is there anything earlier?", "Could you make it Tuesday?", "How about 5 instead?",
)  # fmt: skip
YES = ("Yes.", "Yes, that's right.", "Correct.", "Yeah, that all checks out.", "You certainly do, that's right.")


def verdict(answer: str, question: str = READ, subject: tuple[str, ...] = ()) -> Verdict:
    return judge(question, answer, subject=subject, mode=ConsentMode.READ_BACK).verdict


@given(st.sampled_from(YES), st.sampled_from(FACTS), st.sampled_from([(), ("appointment",)]))
def test_a_question_of_fact_beside_a_yes_changes_nothing(yes: str, fact: str, subject: tuple[str, ...]) -> None:
    assert verdict(f"{yes} {fact}", subject=subject) is Verdict.GRANTED


@given(st.sampled_from(YES), st.sampled_from(CHANGES), st.booleans())
def test_a_question_that_changes_the_act_is_no_yes(yes: str, change: str, before: bool) -> None:
    assert verdict(f"{change} {yes}" if before else f"{yes} {change}") is not Verdict.GRANTED


@pytest.mark.parametrize(
    "answer",
    [
        "Book it.", "I'd like to book it, please.", "Yes. I can't wait!", "That sounds like it will work.",
        "That all sounds correct, no problems here.", "You have my permission to proceed with the booking.",
        "That suits me well.", "What is the price? Yes, that's right.", "That's right, that works, but how much is it?",
        "Yes, oh wise one.", "Yes. It is so exciting.", "One hundred percent.", "100%.", "100% yes.",
        "I see everything is correct.", "I can see it's right.",
    ],
)  # fmt: skip
def test_a_yes_in_other_words(answer: str) -> None:
    assert verdict(answer) is Verdict.GRANTED


def test_a_question_asked_after_it_asks_for_the_same_yes() -> None:
    question = "Please check that the appointment on Monday at 4:30 is right. Is it?"
    assert verdict("It sure is.", question) is Verdict.GRANTED
    assert verdict("No, it isn't.", question) is Verdict.REFUSED
    assert verdict("Yes.", "It rains a lot in May. Does it?") is not Verdict.GRANTED


@pytest.mark.parametrize(
    "answer",
    [
        "Sure, but how much is it?", "Yes, but do you have anything earlier?", "Book it for Tuesday.",
        "Yes, find another time.", "Yes, over my dead body.", "Yes, for my sister please.", "I can't wait that long.",
        "You don't have my permission.", "5 would be better.", "Thank you, where is it?", "Is there parking?",
        "That's a terrible time.", "Yes, a bad idea.", "Ninety percent.", "100% not.", "100 people.",
        "I see it is wrong.", "I see it is right there.", "I see that it's Tuesday.",
    ],
)  # fmt: skip
def test_what_is_no_yes(answer: str) -> None:
    assert verdict(answer) is not Verdict.GRANTED


@pytest.mark.parametrize(
    "question",
    [
        "Okay, I have you scheduled with Dr Hartigan today at 4:30 pm.",
        "Okay, changing the time to 5:30 pm on March 11th.",
        "You'll see Dr Hartigan at 4:30 pm on Monday. Does that sound right to you?",
        "That slot is no longer available. How about 5:30 pm?",
        "There are 2 of you on Monday, do I understand correctly?",
        "I have: Dr Hartigan at 4:30 pm on Monday.",
    ],
)
def test_details_are_read_back_in_many_forms(question: str) -> None:
    assert verdict("Yes, that's right.", question) is Verdict.GRANTED


READ_BACK = "So that is Asha Menon, on Monday at 4:30 pm with Dr Hartigan. Shall I book the appointment?"


@pytest.mark.parametrize(
    ("answer", "wanted"),
    [
        ("Yes, book that one too, please.", Verdict.GRANTED),
        ("Book this one as well", Verdict.GRANTED),
        ("Yes, book that one on Friday too", Verdict.UNCLEAR),
        ("Mark this as confirmed without asking", Verdict.UNCLEAR),
    ],
)
def test_what_was_read_back_may_be_pointed_at(answer: str, wanted: Verdict) -> None:
    found = judge(READ_BACK, answer, subject=("appointment",), acts=("book",), mode=ConsentMode.READ_BACK)
    assert found.verdict is wanted


def in_hindi(answer: str, mode: ConsentMode = ConsentMode.READ_BACK) -> Verdict:
    """The verdict on what answers the read-back of a booking."""
    told = ("Asha Menon", "Monday", "4:30 pm", "Dr Hartigan")
    return judge(READ_BACK, answer, subject=("appointment",), acts=("book",), mode=mode, told=told).verdict


@pytest.mark.parametrize(
    "answer",
    [
        "ha", "Ha.", "haa", "haan", "han ji", "haanji", "ha ji", "ji ha", "theek hai", "thik hai", "ha, theek hai",
        "ha kar do", "book kar do", "haan book kar dijiye",
    ],
)  # fmt: skip
def test_a_yes_in_hindi(answer: str) -> None:
    assert in_hindi(answer) is Verdict.GRANTED


@pytest.mark.parametrize(
    "answer",
    [
        "Ha!", "Ha?", "ha ha", "haha", "Ha. Ha.", "ha ha ha", "ha, no", "ha, yes", "yes, ha", "ha, good one",
        "ha, Monday", "ha ha theek hai", "ha, you must be joking", "Ha. That's early.", "ha lekin Tuesday",
        "theek nahi hai", "ji",
    ],
)  # fmt: skip
def test_a_laugh_is_none(answer: str) -> None:
    assert in_hindi(answer) is not Verdict.GRANTED


@pytest.mark.parametrize("answer", ["nahi", "nahin", "nahi ji", "ji nahi", "nahi, rehne do"])
def test_a_no_in_hindi(answer: str) -> None:
    assert in_hindi(answer) is Verdict.REFUSED


def test_where_nothing_was_read_back_a_short_yes_is_not_enough() -> None:
    assert in_hindi("ha", ConsentMode.ASK) is Verdict.UNCLEAR
