"""Phrases known by heart: said anew only when they must be, and never more of them than there is room for."""

import asyncio
from contextlib import aclosing
from typing import Any, cast

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.errors import ProviderUnavailable
from ports.text_to_speech import Tier
from providers.phrase_cache import CachedVoice
from tests.unit.providers.voices.speakers import Speaker

GREETING, FILLER = "w1 w2 w3.", "w4 w5."


async def said(voice: CachedVoice, text: str) -> bytes:
    pieces = [piece async for piece in voice.speak(text)]
    return np.concatenate([piece.samples for piece in pieces]).tobytes()


async def test_a_phrase_is_synthesised_once_and_sounds_the_same() -> None:
    speaker = Speaker(tier=Tier.PREMIUM)
    voice = CachedVoice(speaker, [GREETING])
    assert await said(voice, GREETING) == await said(voice, GREETING) == await said(CachedVoice(speaker, []), GREETING)
    assert len(speaker.asked) == 2
    assert voice.kept_bytes == 4 * speaker.samples_of(GREETING)
    assert (voice.name, voice.tier) == (speaker.name, Tier.PREMIUM)


async def test_all_else_goes_through() -> None:
    speaker = Speaker()
    voice = CachedVoice(speaker, [GREETING])
    for _ in range(2):
        await said(voice, FILLER)
    assert speaker.asked == [FILLER, FILLER]
    assert voice.kept_bytes == 0


async def test_phrases_can_be_learnt_before_the_first_call() -> None:
    speaker = Speaker()
    voice = CachedVoice(speaker, [GREETING, FILLER])
    await voice.warm()
    await voice.warm()
    await said(voice, GREETING)
    assert sorted(speaker.asked) == sorted([GREETING, FILLER])


async def test_half_a_phrase_is_not_kept() -> None:
    speaker = Speaker(piece=100)
    voice = CachedVoice(speaker, [GREETING])
    async with aclosing(cast("Any", voice.speak(GREETING))) as pieces:
        await anext(pieces)
        assert speaker.open == 1
    assert (speaker.open, voice.kept_bytes) == (0, 0)
    speaker.fails_after = 500
    with pytest.raises(ProviderUnavailable):
        await said(voice, GREETING)
    assert voice.kept_bytes == 0


async def test_another_voice_says_a_phrase_in_its_own_way() -> None:
    speaker = Speaker("first")
    voice = CachedVoice(speaker, [GREETING])
    await said(voice, GREETING)
    speaker.name = "second"
    await said(voice, GREETING)
    assert len(speaker.asked) == 2
    speaker.name = "first"
    await said(voice, GREETING)
    assert len(speaker.asked) == 2


async def test_a_phrase_said_by_two_voices_is_not_kept() -> None:
    speaker = Speaker("first", piece=100)
    voice = CachedVoice(speaker, [GREETING])
    async for _ in voice.speak(GREETING):
        speaker.name = "second"
    assert voice.kept_bytes == 0


async def test_the_phrase_unused_for_longest_is_forgotten() -> None:
    phrases = ["w1.", "w2.", "w3."]
    speaker = Speaker()
    voice = CachedVoice(speaker, phrases, limit_bytes=2 * 4 * speaker.samples_of("w1."))
    for phrase in ("w1.", "w2.", "w1.", "w3.", "w1.", "w3.", "w2."):
        await said(voice, phrase)
    assert speaker.asked == ["w1.", "w2.", "w3.", "w2."]


async def test_closing_forgets_everything() -> None:
    speaker = Speaker()
    voice = CachedVoice(speaker, [GREETING])
    await voice.warm()
    await voice.close()
    assert (voice.kept_bytes, speaker.closed) == (0, True)


@given(order=st.lists(st.integers(1, 8), max_size=20), limit=st.integers(0, 40_000))
def test_no_more_is_kept_than_there_is_room_for(order: list[int], limit: int) -> None:
    phrases = [" ".join(["w1"] * number) for number in range(1, 9)]
    voice = CachedVoice(Speaker(piece=2_000), phrases, limit_bytes=limit)

    async def all_said() -> None:
        for number in order:
            await said(voice, phrases[number - 1])
            assert voice.kept_bytes <= limit

    asyncio.run(all_said())
