"""What a turn denies may not be told as stated."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from language.anchoring.claims import Claims
from language.utterance import Utterance

THINGS = st.sampled_from(["google", "leaflets", "the website", "radio ads", "checkatrade"])
DENIALS = st.sampled_from(["do not", "don't", "never", "hardly", "no longer", "can't", "refuse to", "won't"])


def contradicts(turn: str, told: str) -> bool:
    return Claims.of(Utterance(turn)).contradict(Utterance(told))


@pytest.mark.parametrize(
    ("turn", "told"),
    [
        ("I am not the director", "I am the director"),
        ("I am not the director", "director"),
        ("we can't track it", "we can track it"),
        ("nobody answers", "somebody answers"),
        ("without ppc we would die", "with ppc we would die"),
        ("neither google nor ppc works", "google and ppc works"),
        ("I don't think we use google", "we use google"),
        ("I'm not sure if we use google", "google"),
        ("we stopped using google", "we use google"),
        ("we used to use yell", "yell"),
        ("we use anything but google", "google"),
        ("I am unhappy with the leads", "I am happy with the leads"),
        ("we don't get fifty calls", "50 calls"),
        ("it's Stephen not Scott", "Scott"),
    ],
)
def test_a_dropped_denial_is_seen(turn: str, told: str) -> None:
    assert contradicts(turn, told)


@pytest.mark.parametrize(
    ("turn", "told"),
    [
        ("we use google", "we use google"),
        ("it's Stephen not Scott", "Stephen"),
        ("not Scott it's Stephen", "Stephen"),
        ("No, Stephen", "Stephen"),
        ("no Stephen", "Stephen"),
        ("I don't know maybe fifty calls", "fifty calls"),
        ("I don't know fifty", "fifty"),
        ("we don't get many calls maybe fifty", "fifty calls"),
        ("we get fifty calls and no forms", "fifty calls"),
        ("not only google but facebook", "google"),
        ("nothing but google", "google"),
        ("we don't use google we use bing", "bing"),
        ("we don't use google but my brother says we do use google", "we use google"),
        ("I can't get enough leads", "trouble getting enough leads"),
        ("I can't get enough leads", "not enough leads"),
        ("no more than fifty calls", "fifty calls"),
        ("", "google"),
    ],
)
def test_what_was_stated_may_be_told(turn: str, told: str) -> None:
    assert not contradicts(turn, told)


@given(DENIALS, THINGS)
def test_a_denied_thing_is_not_used(denial: str, thing: str) -> None:
    assert contradicts(f"we {denial} use {thing}", f"we use {thing}")
    assert not contradicts(f"we {denial} use {thing}", f"we {denial} use {thing}")
    assert not contradicts(f"we {denial} use {thing}. But the others use {thing}.", f"use {thing}")
    assert not contradicts(f"we use {thing}", f"we use {thing}")
