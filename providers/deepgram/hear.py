"""Deepgram's streaming recognition behind both ports of hearing."""

import asyncio
import ssl
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass
from datetime import timedelta

from domain.errors import Fault, ProviderError
from ports.speech_to_text import Recognition, RecognitionHint, Samples
from providers.deepgram.hear_faults import PROVIDER, SocketTranslation, provider_error
from providers.deepgram.hear_query import DEEPGRAM_URL, build_url
from providers.deepgram.hear_results import recognition
from providers.deepgram.hear_socket import Door
from providers.deepgram.hear_sound import Encoder, choose_sound
from providers.deepgram.hear_stream import DeepgramStream, kept_alive
from providers.hearing.sound import RATE_HZ, is_audible

DEFAULT_MODEL = "nova-3"

_CHUNK = RATE_HZ // 4
"""Samples of a message of an utterance: a quarter of a second, as Deepgram likes its pieces small."""


@dataclass(frozen=True)
class HearingOptions:
    """What streams have in common; `language` None leaves Deepgram its default, `multi` lets it detect one.

    `mu_law` sends telephone mu-law, a quarter of the bytes of 16,000 Hz PCM. A stream that has been quiet for
    `sign_of_life` gets a message: Deepgram hangs up after ten seconds without any.
    """

    model: str = DEFAULT_MODEL
    language: str | None = None
    mu_law: bool = False
    base_url: str = DEEPGRAM_URL
    sign_of_life: timedelta = timedelta(seconds=4)


class DeepgramHearing:
    """Deepgram's service, with one connection for each utterance or stream."""

    def __init__(self, options: HearingOptions, door: Door, time_limit: timedelta) -> None:
        self.name = f"{PROVIDER}:{options.model}"
        self._options = options
        self._door = door
        self._seconds = time_limit.total_seconds()
        self._closed = False

    async def transcribe(self, samples: Samples, hint: RecognitionHint) -> Recognition:
        """Recognise one utterance; silence is not sent.

        Raises:
            ProviderUnavailable: over the time limit, 429, 5xx, no connection, or it broke off.
            ProviderRejected: credentials, settings or sound that Deepgram will never take.
        """
        if not is_audible(PROVIDER, samples):
            return Recognition("", 0.0)
        with SocketTranslation():
            async with asyncio.timeout(self._seconds), self._open(hint, live=False) as stream:
                await _exchange(stream, samples)
        return recognition(stream.settled.results, hint.language or self._options.language)

    @asynccontextmanager
    async def open_stream(self, hint: RecognitionHint) -> AsyncIterator[DeepgramStream]:
        """Open a stream for live sound, kept alive through pauses; the time limit is for each single wait.

        Raises:
            ProviderUnavailable: time-out, 429, 5xx, no connection.
            ProviderRejected: credentials, or settings that Deepgram will never take.
        """
        pause = self._options.sign_of_life.total_seconds()
        async with self._open(hint, live=True) as stream, kept_alive(stream, pause):
            yield stream

    @asynccontextmanager
    async def _open(self, hint: RecognitionHint, *, live: bool) -> AsyncIterator[DeepgramStream]:
        if self._closed:
            raise provider_error(Fault.CONNECTION, "the recogniser is closed")
        options = self._options
        sound = choose_sound(narrowband=hint.narrowband, mu_law=options.mu_law)
        url = build_url(options.base_url, options.model, sound, hint, language=options.language, live=live)
        async with self._door.open(url, farewell=live) as connection:
            yield DeepgramStream(connection, Encoder(sound), self._seconds)

    async def close(self) -> None:
        """Take no more utterances; those on their way are finished, each within its time limit."""
        self._closed = True


async def _exchange(stream: DeepgramStream, samples: Samples) -> None:
    """Send an utterance piece by piece, and read meanwhile, until its last words are final."""
    sending = asyncio.create_task(_send_all(stream, samples), name="deepgram-send")
    try:
        async for _ in stream.partials():
            pass
    finally:
        sending.cancel()
        await asyncio.wait([sending])


async def _send_all(stream: DeepgramStream, samples: Samples) -> None:
    """Send an utterance; what goes wrong with the connection is for its reader to say."""
    with suppress(ProviderError):
        for start in range(0, len(samples), _CHUNK):
            await stream.send(samples[start : start + _CHUNK])
        await stream.finish()


@asynccontextmanager
async def open_deepgram_hearing(
    api_key: str, time_limit: timedelta, options: HearingOptions | None = None
) -> AsyncIterator[DeepgramHearing]:
    """Make Deepgram ready; nothing is connected before there is something to hear."""
    chosen = options or HearingOptions()
    tls = await asyncio.to_thread(ssl.create_default_context)
    hearing = DeepgramHearing(chosen, Door(api_key, time_limit.total_seconds(), tls), time_limit)
    try:
        yield hearing
    finally:
        await hearing.close()
