"""transcode: whatever encoding the sound came in becomes samples a recogniser can use."""

import asyncio
from dataclasses import dataclass
from typing import Any

from langgraph.runtime import Runtime

from nodes.state import RunContext, TurnState
from speech.utterance import decode


@dataclass(frozen=True)
class Transcode:
    """Decode the turn's audio off the event loop; the samples stay in memory and out of every checkpoint."""

    async def __call__(self, state: TurnState, runtime: Runtime[RunContext]) -> dict[str, Any]:
        """Return the decoded utterance under `pcm`."""
        opened = runtime.context.open_turn if runtime.context else None
        if opened is None or opened.audio is None:
            return {"pcm": None}
        return {"pcm": await asyncio.to_thread(decode, opened.audio, opened.audio_type or "audio/wav")}
