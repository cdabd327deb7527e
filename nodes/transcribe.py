"""transcribe: sound becomes words, kept at once so that they need not be heard again."""

import asyncio
from collections.abc import Mapping
from dataclasses import dataclass
from itertools import islice
from typing import Any

from domain.conversation import CallContext
from domain.errors import ProviderError
from domain.playbook import Playbook
from domain.turn import Stt
from nodes.reading import context_of
from nodes.state import LOW_CONFIDENCE, TurnState
from nodes.storable import storable
from ports.records import Words
from ports.speech_to_text import Recognition, RecognitionHint, SpeechToText
from ports.store import TurnStore
from speech.pcm import Pcm
from speech.utterance import for_recognition

TELEPHONE_HZ = 8_000

MOST_ALTERNATIVES, LONGEST_ALTERNATIVE = 4, 500
"""Other readings that a turn carries, and characters of each: a long utterance is read in too many ways to weigh."""


@dataclass(frozen=True)
class Transcribe:
    """Recognise the utterance, hinted by the playbook's words and the call context."""

    stt: SpeechToText
    turns: TurnStore
    playbooks: Mapping[str, Playbook]

    async def __call__(self, state: TurnState) -> dict[str, Any]:
        """Return raw_text, its alternatives and stt; an engine that fails leaves an empty text and is in `degraded`."""
        pcm: Pcm | None = state.get("pcm")
        if pcm is None:
            return {}
        samples = await asyncio.to_thread(for_recognition, pcm)
        playbook = self.playbooks[state["session"]["playbook"]]
        hint = hint_for(playbook, context_of(state), narrowband=pcm.rate_hz <= TELEPHONE_HZ)
        try:
            heard = await self.stt.transcribe(samples, hint)
        except ProviderError as error:
            heard, degraded = Recognition(text="", confidence=0.0), [f"transcribe:{error.fault}"]
        else:
            degraded = ["transcribe:low_confidence"] if heard.text and heard.confidence < LOW_CONFIDENCE else []
        stt = Stt(confidence=heard.confidence, language=heard.language, language_probability=heard.language_probability)
        session, turn = state["session"], state["turn"]
        others = _carried(heard)
        words = Words(raw_text=heard.text, stt=stt, alternatives=others)
        await self.turns.keep_words(session["tenant_id"], session["session_id"], turn["seq"], words)
        return {"raw_text": heard.text, "alternatives": others, "stt": stt, "pcm": None, "degraded": degraded}


def _carried(heard: Recognition) -> list[str]:
    """The engine's next best readings, few and short, each once."""
    readings = dict.fromkeys(storable(text).strip() for text in heard.alternatives)
    short = (text for text in readings if text and text != heard.text and len(text) <= LONGEST_ALTERNATIVE)
    return list(islice(short, MOST_ALTERNATIVES))


def hint_for(playbook: Playbook, context: CallContext, *, narrowband: bool) -> RecognitionHint:
    """Say what may be heard in a session: its playbook's words and its call's."""
    phrases = dict.fromkeys((*playbook.hint_phrases, *context.terms))
    return RecognitionHint(phrases=tuple(phrases), narrowband=narrowband)
