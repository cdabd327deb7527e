"""Several voices as one: who speaks when, and from which word on."""

import asyncio
from contextlib import aclosing
from datetime import timedelta
from typing import Any, cast

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.errors import ConfigError, Fault, ProviderRejected, ProviderUnavailable
from ports.text_to_speech import Speech, Tier
from providers.voices import REST, FailoverVoice, Fallback
from tests.unit.providers.voices.speakers import RATE_HZ, Speaker, Watch, words_in

SENTENCE = "w1 w2 w3 w4 w5 w6 w7."

texts = st.lists(
    st.tuples(st.text(alphabet="abeiou", max_size=6), st.sampled_from(["", ",", "."])), min_size=1, max_size=12
).map(lambda words: " ".join(f"{word}{number}{mark}" for number, (word, mark) in enumerate(words)))


async def said(voice: FailoverVoice, text: str = SENTENCE) -> list[Speech]:
    return [piece async for piece in voice.speak(text)]


def numbers(pieces: list[Speech]) -> list[int]:
    return [number for number, _ in words_in(pieces)]


def complete(first: Speaker, text: str, samples: int) -> int:
    """How many words of a text are whole in its first samples."""
    words = text.split()
    return sum(first.samples_of(" ".join(words[: place + 1])) <= samples for place in range(len(words)))


async def count_samples(voice: FailoverVoice, text: str) -> int:
    return sum(len(piece.samples) for piece in await said(voice, text))


def heard_after(text: str, first: Speaker, second: Speaker) -> int:
    """Have the first voice fail and the second go on; return the place of the word it goes on with."""
    total = asyncio.run(count_samples(FailoverVoice([first, second]), text))
    if not second.asked:
        return len(text.split())
    rest = second.asked[0]
    assert text.endswith(rest)
    assert total == (first.fails_after or 0) + second.samples_of(rest)
    return len(text.split()) - len(rest.split())


@given(text=texts, share=st.floats(0, 1), piece=st.sampled_from([160, 999, 100_000]))
def test_no_word_is_left_out_and_at_most_one_is_said_twice(text: str, share: float, piece: int) -> None:
    first, second = Speaker("first", piece=piece), Speaker("second")
    first.fails_after = int(share * first.samples_of(text))
    whole = complete(first, text, first.fails_after)
    assert whole - 1 <= heard_after(text, first, second) <= whole


@given(text=texts, share=st.floats(0, 1), slowness=st.floats(1, 1.03))
def test_a_voice_a_little_slower_than_thought_leaves_no_word_out(text: str, share: float, slowness: float) -> None:
    first, second = Speaker("first", slowness=slowness), Speaker("second")
    first.fails_after = int(share * first.samples_of(text))
    assert heard_after(text, first, second) <= complete(first, text, first.fails_after)


@pytest.mark.parametrize("slowness", [0.6, 1.7])
async def test_the_pace_of_a_voice_is_learnt(slowness: float) -> None:
    first, second = Speaker("first", slowness=slowness), Speaker("second")
    voice = FailoverVoice([first, second])
    for _ in range(12):
        assert numbers(await said(voice)) == [1, 2, 3, 4, 5, 6, 7]
    first.fails_after = (first.samples_of("w1 w2 w3 w4") + first.samples_of("w1 w2 w3 w4 w5")) // 2
    await said(voice)
    assert second.asked in (["w4 w5 w6 w7."], ["w5 w6 w7."])


async def test_the_first_voice_speaks_while_it_is_well() -> None:
    first, second = Speaker("first", tier=Tier.PREMIUM), Speaker("second")
    voice = FailoverVoice([first, second])
    assert numbers(await said(voice)) == [1, 2, 3, 4, 5, 6, 7]
    assert (voice.name, voice.tier) == ("first", Tier.PREMIUM)
    assert second.asked == []


async def test_a_voice_that_failed_rests_and_is_tried_again() -> None:
    watch, first, second = Watch(), Speaker("first", fails_after=0, tier=Tier.PREMIUM), Speaker("second")
    voice = FailoverVoice([first, second], clock=watch)
    await said(voice)
    assert (voice.name, voice.tier) == ("second", Tier.LOCAL)
    watch.time += REST - timedelta(seconds=1)
    await said(voice)
    assert (len(first.asked), len(second.asked)) == (1, 2)
    watch.time += timedelta(seconds=1)
    first.fails_after = None
    assert voice.name == "first"
    await said(voice)
    assert (len(first.asked), len(second.asked)) == (2, 2)


async def test_when_all_rest_the_one_soonest_awake_is_tried() -> None:
    watch, first, second = Watch(), Speaker("first", fails_after=0), Speaker("second", fails_after=0)
    voice = FailoverVoice([first, second], clock=watch)
    with pytest.raises(ProviderUnavailable):
        await said(voice)
    watch.time += timedelta(seconds=1)
    second.fails_after = None
    await said(voice)
    assert voice.name == "second", "it is well again, and rests no more"
    assert (len(first.asked), len(second.asked)) == (2, 2)


async def test_when_none_is_left_the_last_error_is_raised_after_its_sound() -> None:
    errors = [ProviderUnavailable("a", Fault.TIMEOUT), ProviderRejected("b", Fault.CREDENTIALS)]
    first = Speaker("first", fails_after=1_000, error=errors[0])
    second = Speaker("second", fails_after=500, error=errors[1])
    pieces: list[Speech] = []
    with pytest.raises(ProviderRejected) as raised:
        pieces.extend([piece async for piece in FailoverVoice([first, second]).speak(SENTENCE)])
    assert raised.value is errors[1]


async def test_who_fell_and_who_went_on_is_told() -> None:
    told: list[Fallback] = []
    speakers = [Speaker("a", fails_after=0), Speaker("b"), Speaker("c")]
    speakers[1].fails_after = speakers[1].samples_of("w1 w2 w3") + 800
    await said(FailoverVoice(speakers, on_fallback=told.append))
    assert told == [Fallback("a", "b", Fault.CONNECTION, 0), Fallback("b", "c", Fault.CONNECTION, 2)], (
        "the third may not be over"
    )


async def test_a_voice_that_fails_after_its_last_word_needs_no_other() -> None:
    told: list[Fallback] = []
    first, second = Speaker("first"), Speaker("second")
    first.fails_after = first.samples_of(SENTENCE) + 10_000
    first.slowness = 1.5
    assert numbers(await said(FailoverVoice([first, second], on_fallback=told.append))) == [1, 2, 3, 4, 5, 6, 7]
    assert second.asked == []
    assert told == [Fallback("first", None, Fault.CONNECTION, 7)]


async def test_a_text_that_one_voice_refuses_does_not_put_it_to_rest() -> None:
    first, second = Speaker("first", fails_after=0, error=ProviderRejected("a", Fault.BLOCKED)), Speaker("second")
    voice = FailoverVoice([first, second])
    await said(voice)
    assert voice.name == "first"
    assert second.asked == [SENTENCE]


async def test_a_sentence_keeps_the_rate_it_began_with() -> None:
    first, second = Speaker("first", piece=500), Speaker("second", rate_hz=2 * RATE_HZ)
    first.fails_after = first.samples_of("w1 w2 w3")
    pieces = await said(FailoverVoice([first, second]))
    rest = second.samples_of(second.asked[0]) // 2
    assert {piece.rate_hz for piece in pieces} == {RATE_HZ}
    tail = sum(len(piece.samples) for piece in pieces) - first.fails_after - rest
    assert 0 <= tail < 0.01 * RATE_HZ, "the change of rate takes a few samples to fade out"
    assert all(len(piece.samples) for piece in pieces)


async def test_a_dash_that_is_left_needs_no_voice() -> None:
    first, second = Speaker("first"), Speaker("second")
    first.fails_after = first.samples_of("w1 w2")
    voice = FailoverVoice([first, second])
    assert await said(voice, "—") == []
    assert first.asked == []


async def test_who_leaves_early_leaves_no_voice_speaking() -> None:
    first, second = Speaker("first", fails_after=400, piece=100), Speaker("second", piece=100)
    async with aclosing(cast("Any", FailoverVoice([first, second]).speak(SENTENCE))) as pieces:
        for _ in range(2):
            await anext(pieces)
        assert (first.open, second.open) == (1, 0)
        for _ in range(4):
            await anext(pieces)
        assert (first.open, second.open) == (0, 1)
    assert (first.open, second.open) == (0, 0)


async def test_closing_closes_every_voice() -> None:
    first, second = Speaker("first"), Speaker("second")
    await FailoverVoice([first, second]).close()
    assert (first.closed, second.closed) == (True, True)


def test_no_voice_at_all_is_said_at_the_start() -> None:
    with pytest.raises(ConfigError):
        FailoverVoice([])
