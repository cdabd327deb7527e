"""transcribe: what the engine heard, and what else it may have been."""

from typing import Any, cast

import numpy as np
import pytest

from domain.errors import Fault, ProviderUnavailable
from nodes.clean import Clean
from nodes.state import TurnState
from nodes.transcribe import LONGEST_ALTERNATIVE, MOST_ALTERNATIVES, Transcribe
from ports.records import Words
from ports.speech_to_text import Recognition, RecognitionHint, Samples
from ports.store import TurnStore
from providers.scripted.speech_to_text import ScriptedSpeechToText
from speech.pcm import Pcm
from tests.unit.nodes.asking import BOOKS, turn_state

SOUND = Pcm(np.zeros(8_000, np.float32), 8_000)


class KeptWords:
    """The part of a TurnStore that transcribing needs."""

    def __init__(self) -> None:
        self.kept: list[Words] = []

    async def keep_words(self, tenant_id: str, session_id: str, seq: int, words: Words) -> None:
        """Remember them."""
        self.kept.append(words)


async def transcribed(heard: Recognition) -> dict[str, Any]:
    store = KeptWords()
    node = Transcribe(ScriptedSpeechToText(lambda samples, hint: heard), cast(TurnStore, store), BOOKS)
    update = await node(cast(TurnState, {**turn_state(""), "pcm": SOUND}))
    (words,) = store.kept
    assert {key: update[key] for key in ("raw_text", "alternatives", "stt")}.items() <= vars(words).items()
    return update


async def test_other_readings_go_with_the_words_to_the_cleaner() -> None:
    heard = Recognition("they make coast", 0.9, alternatives=("they make calls",))
    update = await transcribed(heard)
    state = cast(TurnState, {**turn_state(""), **update})
    cleaned = await Clean(None, cast(TurnStore, KeptWords()), BOOKS)(
        cast(TurnState, {**state, "window": [_said("How many calls do you make?")]})
    )
    assert cleaned == {"cleaned_text": "they make calls"}


def _said(text: str) -> dict[str, Any]:
    return {"seq": 0, "role": "agent", "speaker": "Agent", "text": text}


@pytest.mark.parametrize(
    ("alternatives", "carried"),
    [
        (("a b", " a b ", "a b c", ""), ["a b c"]),
        (tuple(f"reading {n}" for n in range(20)), [f"reading {n}" for n in range(MOST_ALTERNATIVES)]),
        (("x" * (LONGEST_ALTERNATIVE + 1), "short"), ["short"]),
        (("a\0 c", "\ud800"), ["a c"]),
    ],
)
async def test_few_and_short_readings_are_carried(alternatives: tuple[str, ...], carried: list[str]) -> None:
    update = await transcribed(Recognition("a b", 0.9, alternatives=alternatives))
    assert update["alternatives"] == carried


async def test_an_engine_that_fails_has_no_other_readings() -> None:
    def breaks(samples: Samples, hint: RecognitionHint) -> Recognition:
        raise ProviderUnavailable("scripted", Fault.TIMEOUT)

    node = Transcribe(ScriptedSpeechToText(breaks), cast(TurnStore, KeptWords()), BOOKS)
    update = await node(cast(TurnState, {**turn_state(""), "pcm": SOUND}))
    assert (update["raw_text"], update["alternatives"]) == ("", [])
    assert update["degraded"] == ["transcribe:timeout"]
