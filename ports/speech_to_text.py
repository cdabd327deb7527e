"""Speech recognition: one utterance of audio in, words with their certainty out; or a stream of both."""

from collections.abc import AsyncIterator, Awaitable, Sequence
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass, field
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

Samples = NDArray[np.float32]
"""Mono audio at 16,000 Hz, float32 in -1..1."""


@dataclass(frozen=True)
class RecognitionHint:
    """What the recogniser may expect to hear: the playbook's words, never a script of the call."""

    phrases: tuple[str, ...] = ()
    language: str | None = None
    narrowband: bool = False
    """True when the audio came from a telephone (nothing above 4 kHz)."""


@dataclass(frozen=True)
class Segment:
    """A stretch of speech; times in seconds from the start of the utterance."""

    text: str
    start: float
    end: float


@dataclass(frozen=True)
class Recognition:
    """What was heard. `confidence` 0..1 by the formula of the engine's adapter; empty text has 0."""

    text: str
    confidence: float
    language: str | None = None
    language_probability: float | None = None
    no_speech_prob: float | None = None
    segments: Sequence[Segment] = field(default=())
    alternatives: Sequence[str] = field(default=())


class SpeechToText(Protocol):
    """One shared engine; every call is one utterance and keeps no state behind."""

    @property
    def name(self) -> str:
        """Engine and model, for example `pocketsphinx:en-us`."""
        ...

    async def transcribe(self, samples: Samples, hint: RecognitionHint) -> Recognition:
        """Recognise one utterance without blocking the event loop.

        Raises:
            ProviderUnavailable: time-out, or a worker died; asking again can help.
            ProviderRejected: audio the engine cannot use.
        """
        ...

    async def close(self) -> None:
        """Stop workers and free the model."""
        ...


class Anticipation(Protocol):
    """A shared engine that can be told what it will be asked, and works on it meanwhile if it has the room."""

    async def prepare(self, hint: RecognitionHint) -> None:
        """Make ready for utterances with this hint; returns at once."""
        ...

    async def expect(self, samples: Samples, hint: RecognitionHint) -> Awaitable[Recognition] | None:
        """Begin to recognise an utterance that may be over; returns at once, with None where there is no room.

        What comes of it is for `transcribe` too: who awaits it shields it, for to be cancelled would cancel it for all.
        """
        ...


@dataclass(frozen=True)
class Partial:
    """What was heard in one stretch of a stream, in seconds from its beginning.

    A final one stays, with an empty text where nothing was said; another is replaced by the next. `confidence` as in
    Recognition.
    """

    text: str
    confidence: float
    final: bool
    start: float
    end: float


class RecognitionStream(Protocol):
    """Sound that is recognised while it still comes; one task sends, and one reads `partials`."""

    async def send(self, samples: Samples) -> None:
        """Hand on the next stretch of sound, of any length; silence too, since time is counted by it.

        Raises:
            ProviderUnavailable: the connection is lost or takes nothing more.
            ProviderRejected: samples the engine cannot use.
        """
        ...

    async def flush(self) -> None:
        """Ask for final words for everything sent so far, at the end of an utterance; the stream goes on.

        Raises:
            ProviderUnavailable: the connection is lost.
        """
        ...

    async def finish(self) -> None:
        """Say that no more sound comes; `partials` ends once all of it is final.

        Raises:
            ProviderUnavailable: the connection is lost.
        """
        ...

    def partials(self) -> AsyncIterator[Partial]:
        """Give what is heard as it becomes known; each stretch becomes final once.

        Raises:
            ProviderUnavailable: time-out, or the stream broke off; what is final so far stays so.
            ProviderRejected: sound or settings that the engine will never take.
        """
        ...


class StreamingSpeechToText(Protocol):
    """One shared engine for sound that comes live; every stream keeps its own state."""

    @property
    def name(self) -> str:
        """Engine and model, for example `deepgram:nova-3`."""
        ...

    def open_stream(self, hint: RecognitionHint) -> AbstractAsyncContextManager[RecognitionStream]:
        """Open a stream for the length of a block; leaving it drops what is not final yet.

        Raises:
            ProviderUnavailable: time-out, or no connection; asking again can help.
            ProviderRejected: credentials, or settings that the engine will never take.
        """
        ...

    async def close(self) -> None:
        """Take no more streams; those that are open end with their blocks."""
        ...
