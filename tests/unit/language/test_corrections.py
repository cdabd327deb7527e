"""Self-corrections in questions, and the words that only look like one."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from language.cleaning.cleaner import clean
from language.negation import negations_in
from language.numbers import numbers_in


@pytest.mark.parametrize(
    ("said", "meant"),
    [
        ("What type of boiler no heater do you fit?", "What type of heater do you fit?"),
        ("How many vans no trucks do you have?", "How many trucks do you have?"),
        ("Where did Anna no Maria leave the keys?", "Where did Maria leave the keys?"),
        ("Which desk no um counter should I go to?", "Which counter should I go to?"),
        ("How many miles or uh kilometres is it?", "How many kilometres is it?"),
        ("What does the owner ugh manager say?", "What does the manager say?"),
        ("Which sofa sorry chair was it?", "Which chair was it?"),
        ("When does the lift no just the door get fixed?", "When does the door get fixed?"),
        ("Which windows are broken, no sorry, not broken?", "Which windows are not broken?"),
    ],
)
def test_one_phrase_takes_the_place_of_another_in_a_question(said: str, meant: str) -> None:
    assert clean(said).text == meant


@pytest.mark.parametrize(
    ("said", "meant"),
    [
        ("When does where does it start?", "Where does it start?"),
        ("Which type what type of glass is it?", "What type of glass is it?"),
        ("How did or first in what year did you open?", "In what year did you open?"),
        ("What time do you no tell me what day you open", "What day you open"),
        ("The blue sofa no what colours do you have?", "What colours do you have?"),
        ("In which no make that what month was it?", "In what month was it?"),
        ("When is the fitting no change that to where is the fitting?", "Where is the fitting?"),
    ],
)
def test_a_question_starts_anew(said: str, meant: str) -> None:
    assert clean(said).text == meant


@pytest.mark.parametrize(
    ("said", "meant"),
    [
        ("We opened in 1999 uh 2001.", "We opened in 2001."),
        ("Since 2011, um, 2013 we fit doors.", "Since 2013 we fit doors."),
        ("What changed in 1970 oh uh 2002?", "What changed in 2002?"),
        ("In 2011 uh 2012 and 2013 we grew.", "In 2011 2012 and 2013 we grew."),
        ("We sold 1999 uh 2001 of them.", "We sold 1999 2001 of them."),
        ("In 1995 oh 2002 was better.", "In 1995 oh 2002 was better."),
        ("Call me on 1995 uh 2014.", "Call me on 1995 2014."),
    ],
)
def test_a_year_takes_another_ones_place_over_a_hesitation(said: str, meant: str) -> None:
    assert clean(said).text == meant


@pytest.mark.parametrize(
    ("said", "meant"),
    [
        ("I spoke to the team in Leeds, sorry, I meant the north.", "I spoke to the team in the north."),
        ("Roofs or rather walls need paint.", "Walls need paint."),
        ("With Dr. Rao, no, Dr. Khan.", "With Dr. Khan."),
        ("What troops attacked no sorry I meant defended Fort William?", "What troops defended Fort William?"),
        ("I went, i you know i went home.", "I went, i went home."),
        ("We need a plumber, errr, sorry, electrician.", "We need a electrician."),
    ],
)
def test_a_phrase_is_replaced_in_a_statement(said: str, meant: str) -> None:
    assert clean(said).text == meant


@pytest.mark.parametrize(
    "said",
    [
        "How much is the room no breakfast included?",
        "What is the deal no strings attached?",
        "What is wrong no money left my account?",
        "Which plans charge no fee?",
        "Why do callers hear no open lines?",
        "What rooms no smoking do you have?",
        "Which clinic takes patients no appointment needed?",
        "Why was the payment taken no reason given?",
        "What price no minimum order applies?",
        "This week no calls came in.",
        "We sell windows no doors.",
    ],
)
def test_a_no_that_denies_stays(said: str) -> None:
    assert clean(said).text == said


@pytest.mark.parametrize(
    "said",
    [
        "What flights actually leave on Monday?",
        "What time wait staff come?",
        "How do I say sorry customers are upset?",
        "Change the reservation to in 19 days, and let's make it 5 people.",
        "About quarter after 9 and make it a five top.",
        "Yes, please make that reservation.",
        "Take a look in San Carlos instead.",
        "Book a room at the Georgetown Inn instead for three days.",
        "Please forget that invoice.",
        "I want it at the Grand Hotel, sorry. And it is for two.",
        "Its the first time we call.",
        "You have to have a certain, I mean, do you like them?",
    ],
)
def test_words_that_only_look_like_a_cue_stay(said: str) -> None:
    assert clean(said).text == said


def test_a_number_that_a_short_question_does_not_repeat_stays() -> None:
    said = "How many vans stop between the 15 towns no sorry how many trucks?"
    assert "15" in clean(said).text


_NOUNS = st.sampled_from(["room", "price", "contract", "driver", "engineer", "invoice"])


@given(_NOUNS, _NOUNS, st.integers(2, 99))
def test_a_count_and_its_denial_outlive_a_plain_no(first: str, second: str, count: int) -> None:
    cleaned = clean(f"We have {count} {first}s and no {second}s today").text
    assert [span.value for span in numbers_in(cleaned)] == [count]
    assert len(negations_in(cleaned)) == 1
