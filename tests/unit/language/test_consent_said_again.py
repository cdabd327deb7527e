"""Told details said again change nothing; another value, or a number of other things, is a change."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.tool_call import ConsentMode
from language.consent.judging import Verdict, judge

TOLD = ("Uma Das", "Friday 20 November 2026", "Friday 20 November", "10 am", "10", "10 in the morning", "10 o'clock")
QUESTION = "So that is Uma Das on Friday 20 November at 10 AM. Shall I book the appointment?"
NAMES = ("Iris", "Copper Kettle")


def verdict(answer: str, question: str = QUESTION, acts: tuple[str, ...] = ("book",)) -> Verdict:
    judged = judge(
        question,
        answer,
        subject=("appointment",),
        acts=acts,
        mode=ConsentMode.READ_BACK,
        told=TOLD,
        names=NAMES,
    )
    return judged.verdict


@pytest.mark.parametrize(
    "answer",
    [
        "Yes, Friday at ten.",
        "Yes, in the morning at ten o'clock on the twentieth.",
        "Ten a.m. works for me.",
        "Das, yes.",
        "Yes, for Uma Das, please.",
        "Please book the appointment.",
        "Yes, book it.",
        "Haan ji, theek hai, book kar do.",
        "Yes please, Iris.",
        "Copper Kettle, yes, go ahead.",
    ],
)
def test_a_yes_may_say_again_what_was_told(answer: str) -> None:
    assert verdict(answer) is Verdict.GRANTED


@pytest.mark.parametrize(
    "answer",
    [
        "Yes, at eleven.",
        "Yes, Saturday at ten.",
        "Yes, ten tickets.",
        "Yes, ten in the evening.",
        "Yes, not Friday.",
        "Yes, before ten.",
        "Yes, with Uma's sister.",
        "Yes, cancel it.",
        "Friday at ten?",
        "Friday.",
        "Ten.",
        "Yes, but Friday.",
    ],
)
def test_anything_else_beside_it_is_not_granted(answer: str) -> None:
    assert verdict(answer) is Verdict.UNCLEAR


def test_the_act_by_its_name_is_an_order_and_no_refusal() -> None:
    question = "So that is the appointment of Uma Das on Friday 20 November at 10 AM. Shall I go ahead?"
    cancelling = {answer: verdict(answer, question, ("cancel",)) for answer in ("Cancel it.", "Yes, cancel Friday's.")}
    assert set(cancelling.values()) == {Verdict.GRANTED}
    assert verdict("Don't cancel it.", question, ("cancel",)) is Verdict.REFUSED


@pytest.mark.parametrize("word", ["maybe", "later", "not", "no", "wait", "change"])
def test_no_detail_takes_a_doubt_out_of_an_answer(word: str) -> None:
    judged = judge(QUESTION, f"Yes, {word}.", subject=("appointment",), mode=ConsentMode.READ_BACK, told=(word,))
    assert judged.verdict is Verdict.UNCLEAR


def test_a_statement_that_told_the_details_may_be_agreed_to() -> None:
    told = "Uma Das on Friday 20 November at 10 AM for the appointment."
    assert verdict("Great, that works.", told) is Verdict.GRANTED
    assert verdict("Great, that works.", f"{told} What is it about?") is Verdict.UNCLEAR


@given(st.sampled_from(TOLD), st.sampled_from(["Yes", "Yes please", "That's right"]))
def test_each_form_of_a_detail_leaves_a_yes_as_it_is(form: str, yes: str) -> None:
    assert verdict(f"{yes}, {form}.") is verdict(f"{yes}.") is Verdict.GRANTED


@given(st.integers(1, 60).filter(lambda number: number not in (10, 20)))
def test_no_other_number_is_granted(number: int) -> None:
    assert verdict(f"Yes, {number}.") is not Verdict.GRANTED
