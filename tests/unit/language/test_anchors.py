"""Cleaned texts and tool arguments state only what was said."""

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from language.anchoring.anchors import Corpus, Kind, enforce, unanchored, unanchored_arguments
from language.tokens import word_set

CONTEXT = Corpus.of(
    [
        "Quick Fit Windows, Lumen; leads, PPC, Response-Eye-Q, lead generation",
        "how many calls do you get? about 5 a day",
        "we are on check a trade",
    ]
)
SPEECH = word_set(
    "we do not don't sell have get the fifty sixty 50 60 two hundred and a five no wait sorry i mean calls people "
    "about Google Grace ppc twenty twenty one point oh 07700 900 never half past three pm . , - uh"
)
sentences = st.lists(st.sampled_from(sorted(SPEECH)), max_size=14).map(" ".join)
anything = sentences | st.text(max_size=40)


@pytest.mark.parametrize(
    ("raw", "cleaned"),
    [
        ("fifty no sixty people", "sixty people"),
        ("fifty no sixty people", "60 people"),
        ("fifty, no, sixty people", "Sixty people."),
        ("fifty calls a month no sixty", "sixty calls a month"),
        ("we do not do not sell", "we do not sell"),
        ("we um don't don't uh sell", "we don't sell"),
        ("i can't i couldn't go", "I couldn't go"),
        ("we don't i mean we do sell", "we do sell"),
        ("we need fifty we need sixty people", "we need sixty people"),
        ("no i mean tuesday", "tuesday"),
        ("in denver no boston", "in boston"),
        ("about fifty calls", "About 50 calls."),
        ("nineteen eighty six", "1986"),
        ("half past two", "2:30"),
        ("one fifty", "150"),
        ("twelve pounds fifty", "£12.50"),
        ("zero seven seven zero zero nine hundred one two three", "07700900123"),
        ("07700900123", "07700 900 123"),
        ("b three j zero z w", "B3J 0ZW"),
        ("do not", "don't"),
        ("respons i queue and check atrade", "Response-Eye-Q and Checkatrade"),
    ],
)
def test_a_good_cleaning_stands(raw: str, cleaned: str) -> None:
    assert enforce(raw, cleaned, CONTEXT).text == cleaned


@pytest.mark.parametrize(
    ("raw", "cleaned", "text"),
    [
        ("figh percent of legion", "5 percent of lead generation", "figh percent of lead generation"),
        ("figh percent of legion", "five percent of lead generation", "figh percent of lead generation"),
        ("about fifty calls", "about sixty calls", "about fifty calls"),
        ("we like it", "We like Google and it", "We like it"),
        ("a couple of calls", "2 calls", "a couple of calls"),
        ("in the hundreds", "100", "in the hundreds"),
        ("two vans and sm calls", "two vans and two calls", "two vans and sm calls"),
        ("we don't sell", "we sell", "we don't sell"),
        ("we don't actually sell", "we sell", "we don't actually sell"),
        ("we sell", "we don't sell", "we sell"),
        ("we have no vans", "vans", "we have no vans"),
        ("no sixty people", "sixty people", "no sixty people"),
        ("fifty no sixty people", "fifty people", "fifty no sixty people"),
        ("ten or twenty calls", "twenty calls", "ten or twenty calls"),
        ("we need ten and we need two vans", "we need two vans", "we need ten and we need two vans"),
        ("fifty people sorry for the noise", "sorry for the noise", "fifty people sorry for the noise"),
        ("five five five one two", "five one two", "five five five one two"),
        ("twenty no five", "twenty five", "twenty no five"),
        ("twenty five", "twenty, five", "twenty five"),
        ("it is fifty", "", "it is fifty"),
    ],
)
def test_a_changed_fact_is_taken_back(raw: str, cleaned: str, text: str) -> None:
    enforced = enforce(raw, cleaned, CONTEXT)
    assert enforced.text == text
    assert enforced.reverted


def test_only_the_offending_span_is_taken_back() -> None:
    enforced = enforce("uh we get figh calls from legion", "We get five calls from lead generation.", CONTEXT)
    assert enforced.text == "We get figh calls from lead generation."
    assert enforced.reverted == (Kind.NUMBER,)
    assert not enforced.whole


def test_another_hypothesis_of_the_recogniser_may_supply_a_number() -> None:
    assert enforce("figh percent", "five percent", CONTEXT, alternatives=["five percent"]).text == "five percent"


@given(raw=anything, cleaned=anything)
@example(raw="twenty no five", cleaned="twenty five")
@example(raw="1 two", cleaned="1,200")
def test_nothing_unsaid_is_left(raw: str, cleaned: str) -> None:
    text = enforce(raw, cleaned, CONTEXT).text
    assert text == raw or unanchored(text, CONTEXT.plus(raw)) == ()
    assert text == raw or [span for span in unanchored(text, Corpus.of([raw])) if span.kind is Kind.NUMBER] == []


@given(raw=anything, cleaned=anything)
def test_enforcing_twice_changes_nothing_more(raw: str, cleaned: str) -> None:
    once = enforce(raw, cleaned, CONTEXT).text
    assert enforce(raw, once, CONTEXT).text == once


@given(raw=anything)
def test_the_raw_text_stands(raw: str) -> None:
    enforced = enforce(raw, raw, CONTEXT)
    assert (enforced.text, enforced.reverted, enforced.whole) == (raw, (), False)


@given(
    words=st.lists(st.sampled_from(["we", "get", "calls", "from", "people", "in", "the", "city"]), min_size=1),
    at=st.integers(min_value=0, max_value=12),
    fact=st.sampled_from(
        ["7", "seventy", "700k", "Zürich", "zendesk", "seven-hundred", "not", "can't", "13:45", "٣", "７", "Ⅶ", "五"]
    ),
)
def test_an_invented_fact_is_always_caught(words: list[str], at: int, fact: str) -> None:
    raw = " ".join(words)
    assert enforce(raw, " ".join([*words[:at], fact, *words[at:]]), CONTEXT).text == raw


@given(st.lists(sentences, max_size=4), sentences)
def test_a_corpus_grows_as_it_is_built(texts: list[str], last: str) -> None:
    assert Corpus.of(texts).plus(last) == Corpus.of([*texts, last])


@pytest.mark.parametrize("text", ["Response Eye Q", "response-eye-q", "ResponseEyeQ", "Checkatrade's", "P.P.C.", "PPC"])
def test_spellings_of_a_name_are_one_name(text: str) -> None:
    assert unanchored(f"we use {text}", CONTEXT) == ()


def test_unanchored_names_its_spans() -> None:
    found = unanchored("We pay Google 300 or thousands", CONTEXT)
    assert [(span.kind, span.text) for span in found] == [
        (Kind.NAME, "Google"),
        (Kind.NUMBER, "300"),
        (Kind.NUMBER, "thousands"),
    ]


def test_arguments_are_walked_to_the_leaves() -> None:
    found = unanchored_arguments(
        {
            "channels": ["PPC", "Google"],
            "metric": {"count": 51, "known": 5.0, "sort": "Zed"},
            "user_name": "Grace",
            "active": True,
            "note": None,
        },
        CONTEXT,
        exempt=["sort"],
    )
    assert [(value.path, value.text, value.kind) for value in found] == [
        ("channels[1]", "Google", Kind.NAME),
        ("metric.count", "51", Kind.NUMBER),
        ("user_name", "Grace", Kind.NAME),
    ]


def test_a_negation_in_an_argument_needs_one_in_the_words() -> None:
    arguments = {"insight_details": "not interested in leads"}
    assert [value.kind for value in unanchored_arguments(arguments, CONTEXT)] == [Kind.NEGATION]
    assert unanchored_arguments(arguments, CONTEXT.plus("i'm not that interested")) == ()
    assert unanchored_arguments(arguments, CONTEXT.plus("we never open on mondays"))


@pytest.mark.parametrize(
    ("raw", "cleaned"),
    [
        ("not x " * 1300, "x " * 1300),
        ("1 " * 4000, "2 " * 4000),
        ("one, " * 1600, "one two " * 1000),
        ("\0" * 8000, "5"),
    ],
)
def test_hostile_texts_are_judged(raw: str, cleaned: str) -> None:
    assert enforce(raw, cleaned, CONTEXT).text == raw
