"""Garbled words become terms of the call, ordinary words stay."""

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from language.cleaning.draft import TITLES, Draft
from language.cleaning.term_index import build_index
from language.cleaning.terms import repair_terms
from language.everyday import load_everyday_words
from language.phonetics import sounds
from language.tokens import word_set

TERMS = ("leads", "PPC", "Response-Eye-Q", "lead generation", "conversions", "window installations", "calls")
HISTORY = ("How many inbound calls do you get each month?", "We want more leads and better conversions.")


def repaired(text: str, *, alternatives: tuple[str, ...] = (), history: tuple[str, ...] = HISTORY) -> str:
    draft = Draft(text)
    repair_terms(draft, TERMS, history, alternatives)
    return draft.rendered()


@pytest.mark.parametrize(
    ("heard", "meant"),
    [
        ("we need help with legion", "we need help with lead generation"),
        ("we use response I queue, and a spreadsheet", "we use Response-Eye-Q, and a spreadsheet"),
        ("we use response iq", "we use Response-Eye-Q"),
        ("we run p p c and ppc ads", "we run PPC and PPC ads"),
        ("we get fifty coast a month", "we get fifty calls a month"),
        ("we want more lids", "we want more leads"),
        ("our convergions are low", "our conversions are low"),
        ("better conversations on the website", "better conversions on the website"),
        ("we do window instillations", "we do window installations"),
        ("Legion is hard", "Lead generation is hard"),
    ],
)
def test_a_garbled_term_is_repaired(heard: str, meant: str) -> None:
    assert repaired(heard) == meant


@pytest.mark.parametrize(
    "said",
    [
        "I live on the coast",
        "we have good conversations with people",
        "it gets cold in winter",
        "fifty cold calls a day",
        "what's the cost per click",
        "we get calls from Leeds",
        "one lead came in",
        "I had a lesson yesterday",
        "it's about response, I queue up",
        "the first class seats",
        "we had lead generation and leads",
        "",
    ],
)
def test_an_ordinary_sentence_stays(said: str) -> None:
    assert repaired(said) == said


def test_another_reading_of_the_speech_decides() -> None:
    assert repaired("they make coast", history=()) == "they make coast"
    assert repaired("they make coast", history=(), alternatives=("they make calls",)) == "they make calls"


def test_another_reading_counts_only_where_the_word_stands() -> None:
    alternatives = ("the calls go to the coastal office",)
    assert repaired("the calls go to the coast office", history=(), alternatives=alternatives) == (
        "the calls go to the coast office"
    )
    assert repaired("coast", history=(), alternatives=("calls",)) == "calls"


def test_a_word_of_the_history_needs_both_its_neighbours() -> None:
    assert repaired("so many inbound costs do you get", history=HISTORY) == "so many inbound calls do you get"
    assert repaired("we track costs here", history=HISTORY) == "we track costs here"


def test_without_terms_and_history_nothing_happens() -> None:
    draft = Draft("we need help with legion")
    repair_terms(draft, (), ())
    assert draft.rendered() == draft.text
    assert draft.edits() == ()


def test_an_edit_tells_what_was_heard() -> None:
    draft = Draft("we use response I queue now")
    repair_terms(draft, TERMS)
    assert [(edit.kind, edit.before, edit.after) for edit in draft.edits()] == [
        ("term", "response I queue", "Response-Eye-Q")
    ]


DOCTORS = ("Dr. Anil Mehta", "Dr. Priya Sharma", "Dr. Vikram Singh", "Dr. Neha Gupta", "General Medicine", "ENT")


def named(text: str) -> str:
    draft = Draft(text)
    repair_terms(draft, DOCTORS)
    return draft.rendered()


@pytest.mark.parametrize(
    ("heard", "meant"),
    [
        ("is doctor meta in today", "is doctor Mehta in today"),
        ("I'd like to see Dr. Shorma.", "I'd like to see Dr. Sharma."),
        ("with doctor goop ta please", "with doctor Gupta please"),
        ("is doctor sing free", "is doctor Singh free"),
        ("I want Doctor Anil Meta.", "I want Doctor Anil Mehta."),
        ("With Preeya Sharma, please.", "With Priya Sharma, please."),
        ("put me through to e n t", "put me through to ENT"),
    ],
)
def test_a_name_is_known_by_each_of_its_parts(heard: str, meant: str) -> None:
    assert named(heard) == meant


@pytest.mark.parametrize(
    "said",
    [
        "the doctor sings well",
        "my daughter likes to sing",
        "my name is Anita Mehra",
        "Dr. Mehra sent me",
        "Dr. Patel sent me",
        "the doctor can see me at ten",
        "the voucher is in your e-mail",
    ],
)
def test_another_name_or_a_verb_stays(said: str) -> None:
    assert named(said) == said


@pytest.mark.parametrize(
    ("heard", "offered"),
    [("Dr germ", "Dr Sharma"), ("is Dr germ in", "is Dr Sharma in"), ("the Dr Jerma", "the Dr Sharma")],
)
def test_no_name_comes_in_where_another_is_about_as_near(heard: str, offered: str) -> None:
    draft = Draft(heard)
    repair_terms(draft, (*DOCTORS, "Dr. Rahul Verma", "Dr. Meera Joshi"), ("I can offer Dr. Sharma.",), (offered,))
    assert draft.rendered() == heard


@pytest.mark.parametrize(
    "said",
    [
        "anita dot rao at example dot com",
        "it's anita.rao@example.com",
        "anil mehra at mail dot com",
        "neha dot gupte",
        "s h a r m e r",
        "m for meta and a for anil",
        "it's m for meta",
        "bravo oscar bravo",
    ],
)
def test_what_is_dictated_is_meant_to_the_letter(said: str) -> None:
    draft = Draft(said)
    repair_terms(draft, (*DOCTORS, "Dr. Sunita Rao", "Bob Bravos", "Oskar"))
    assert draft.rendered() == said


_PIECES = st.sampled_from(sorted(word_set("anita anil mehra meta rao row priya sharmer neha gupte sing j r p 7 zero")))


@given(st.lists(_PIECES, min_size=1, max_size=3), _PIECES, st.sampled_from(["is ", "my email is ", "it's "]))
def test_no_address_becomes_a_term(local: list[str], host: str, before: str) -> None:
    said = f"{before}{' dot '.join(local)} at {host} dot com"
    draft = Draft(said)
    repair_terms(draft, (*DOCTORS, "Dr. Sunita Rao"))
    assert draft.rendered() == said


@given(st.lists(st.sampled_from("abdeghimnprsty0123456789"), min_size=3, max_size=12).map(" ".join))
@example("0 m d")
def test_no_letters_and_figures_become_other_ones(said: str) -> None:
    draft = Draft(said)
    repair_terms(draft, (*DOCTORS, *TERMS))
    assert draft.rendered().replace(" ", "").casefold() == said.replace(" ", "")


def test_a_plural_after_a_number_must_have_been_talked_of() -> None:
    draft = Draft("a table for 2 people")
    repair_terms(draft, ("peonies", "calls"))
    assert draft.rendered() == draft.text


@pytest.mark.parametrize(
    ("alternatives", "meant"),
    [
        (("they make calls here", "they take coast here"), "they make calls here"),
        (("we make coast here", "they make calls here"), "they make coast here"),
        (("they make calls here", "we make coast here"), "they make calls here"),
    ],
)
def test_other_readings_vote_by_their_rank(alternatives: tuple[str, ...], meant: str) -> None:
    assert repaired("they make coast here", history=(), alternatives=alternatives) == meant


def test_another_reading_may_bring_in_a_word_of_the_call() -> None:
    history = ("We opened a second surgery in spring.",)
    assert (
        repaired("the surgeon is open", history=history, alternatives=("the surgery is open",)) == "the surgery is open"
    )
    assert repaired("the surgeon is open", history=(), alternatives=("the surgery is open",)) == "the surgeon is open"


_FACTS = "fifty 20 two no not don't never yes okay right"
_WORDS = st.sampled_from(f"{_FACTS} legion coast response queue lids many on the in a calls fifteen won know".split())
_PHRASES = st.lists(_WORDS, max_size=12).map(" ".join)


@given(_PHRASES, st.lists(_PHRASES, max_size=3), st.lists(_PHRASES, max_size=4))
def test_no_fact_and_no_answer_comes_goes_or_changes(said: str, history: list[str], alternatives: list[str]) -> None:
    fixed = {*_FACTS.split(), "fifteen"}
    meant = repaired(said, history=tuple(history), alternatives=tuple(alternatives))
    assert [word for word in meant.split() if word in fixed] == [word for word in said.split() if word in fixed]


_EVERYDAY = sorted(load_everyday_words() - TITLES)


@given(st.lists(st.sampled_from(_EVERYDAY), max_size=12))
def test_everyday_words_make_sense_as_they_stand(words: list[str]) -> None:
    said = " ".join(words)
    assert named(said).casefold() == said


def test_few_of_many_terms_are_weighed() -> None:
    pairs = zip(_EVERYDAY[::55], _EVERYDAY[30::55], strict=False)
    index = build_index(tuple(f"{first} {second}" for first, second in pairs))
    near = [term for word in _EVERYDAY[7::110] for term in index.near(sounds(word), 0.78)]
    assert len(index.by_words) == 200
    assert len(near) < 100
