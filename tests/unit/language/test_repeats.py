"""Words said twice: cut where the tongue slipped, kept where they are meant."""

import pytest

from language.cleaning.disfluency import cut_disfluencies
from language.cleaning.draft import Draft


def fluent(text: str) -> str:
    draft = Draft(text)
    cut_disfluencies(draft)
    return draft.rendered()


@pytest.mark.parametrize(
    "said",
    [
        "Well, well, look at that.",
        "Thank you, thank you.",
        "Hello, hello, can you hear me?",
        "We were busy, busy, busy.",
        "They do, they do.",
        "New York, New York.",
        "Day after day after day.",
        "The phone rang and rang and rang.",
        "What it is is a waste of money.",
        "What we do do is answer the phone.",
        "All it is is a website.",
        "If you need it it will be there.",
        "How are you, are you well?",
        "We open at nine, nine thirty on Sundays.",
        "The code is two, two, seven.",
        "It's double five, five.",
    ],
)
def test_what_is_said_twice_on_purpose_stays(said: str) -> None:
    assert fluent(said) == said


@pytest.mark.parametrize(
    ("said", "meant"),
    [
        ("We need, we need more leads.", "We need more leads."),
        ("It's the the phones.", "It's the phones."),
        ("What is is the price?", "What is the price?"),
        ("What field were were engines common in?", "What field were engines common in?"),
        ("It it comes in handy.", "It comes in handy."),
        ("We know, we know, um, a few.", "We know a few."),
        ("the and the and the van", "the and the van"),
        ("It's sixty, sixty percent.", "It's sixty percent."),
        ("Ten, ten or fifteen of them.", "Ten or fifteen of them."),
    ],
)
def test_a_slip_of_the_tongue_goes(said: str, meant: str) -> None:
    assert fluent(said) == meant


@pytest.mark.parametrize(
    ("said", "meant"),
    [
        ("Can I, could I come tomorrow?", "Could I come tomorrow?"),
        ("When is, what time is the fitting?", "What time is the fitting?"),
        ("We were, we are hoping to grow.", "We are hoping to grow."),
        ("He is, he's the boss.", "He's the boss."),
        ("He, she handles the phones.", "She handles the phones."),
        ("I, well, I suppose so.", "I suppose so."),
        ("It's fine. Do you, can you send it?", "It's fine. Can you send it?"),
    ],
)
def test_a_sentence_that_starts_anew_loses_its_first_words(said: str, meant: str) -> None:
    assert fluent(said) == meant


@pytest.mark.parametrize(
    "said",
    [
        "What is it, can I ask?",
        "Where are you, is it Leeds?",
        "Is it, can I ask, expensive?",
        "He, I think, is the manager.",
        "They, we believe, are wrong.",
        "We are, we were told, the biggest.",
        "We do, we use Google.",
        "I am, we are brothers.",
        "You, he and I.",
        "Well, well, I suppose so.",
        "We do, well, sometimes.",
    ],
)
def test_a_whole_clause_is_no_false_start(said: str) -> None:
    assert fluent(said) == said


@pytest.mark.parametrize(
    ("said", "meant"),
    [
        ("He rang at five, uh, thirty people were waiting.", "He rang at five, thirty people were waiting."),
        ("It's twenty, um, five.", "It's twenty five."),
        ("Two hundred, uh, fifty a month.", "Two hundred fifty a month."),
        ("We sell, um, windows.", "We sell windows."),
    ],
)
def test_two_numbers_stay_two_when_a_hesitation_between_them_goes(said: str, meant: str) -> None:
    assert fluent(said) == meant
