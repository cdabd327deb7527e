"""Gemini's stream of server-sent events, read for its sound."""

import base64
import binascii
import json
import re
from collections.abc import Iterator
from typing import Any

from domain.errors import Fault, InvalidInput, ProviderRejected, ProviderUnavailable
from ports.text_to_speech import Speech
from providers.synthesis.decoding import SniffedSound
from providers.synthesis.web import refusal

_RATE = re.compile(r"rate=(\d{4,6})")
_USUAL_RATE_HZ = 24_000
_LARGEST_EVENT = 1 << 24
_REFUSALS = frozenset({"SAFETY", "PROHIBITED_CONTENT", "BLOCKLIST", "SPII", "RECITATION", "LANGUAGE"})
_BARE_SOUND = ("audio/l16", "audio/pcm", "audio/wav", "audio/x-wav")


class SoundEvents:
    """One answer's events: bytes in, cut anywhere; sound out. A blocked text and a broken answer are told apart."""

    def __init__(self, provider: str) -> None:
        self._provider = provider
        self._held = b""
        self._decoder: SniffedSound | None = None
        self._heard = False
        self._finish: str | None = None

    def push(self, data: bytes) -> Iterator[Speech]:
        """Yield the sound of the events that these bytes complete.

        Raises:
            ProviderUnavailable: an event that cannot be read, or one that reports an error which may pass.
            ProviderRejected: the text is blocked, or an error that will not pass.
        """
        *lines, self._held = (self._held + data).split(b"\n")
        if len(self._held) > _LARGEST_EVENT:
            raise self._malformed()
        for line in lines:
            if line.startswith(b"data:"):
                yield from self._read(line[5:])

    def finish(self) -> None:
        """Judge the answer as a whole.

        Raises:
            ProviderUnavailable: the stream ended before the answer did, or held no sound.
            ProviderRejected: the text is blocked.
        """
        if self._finish in _REFUSALS:
            raise ProviderRejected(self._provider, Fault.BLOCKED)
        if self._finish is None and self._heard:
            raise ProviderUnavailable(self._provider, Fault.CONNECTION, f"{self._provider}: the answer was cut off")
        if not self._heard:
            raise ProviderUnavailable(self._provider, Fault.EMPTY)

    def _read(self, line: bytes) -> Iterator[Speech]:
        try:
            event = json.loads(line)
            if "error" in event:
                raise refusal(self._provider, int(event["error"]["code"]), bad_key=b"API_KEY_INVALID" in line)
            if event.get("promptFeedback", {}).get("blockReason"):
                raise ProviderRejected(self._provider, Fault.BLOCKED)
            for candidate in event.get("candidates", ())[:1]:
                self._finish = candidate.get("finishReason", self._finish)
                for part in candidate.get("content", {}).get("parts", ()):
                    yield from self._sound(part.get("inlineData"))
        except (ValueError, KeyError, TypeError, AttributeError, binascii.Error, InvalidInput):
            raise self._malformed() from None

    def _sound(self, found: dict[str, Any] | None) -> Iterator[Speech]:
        """Decode one part; a part without sound is text that nobody asked for, and is left out."""
        kind = (found or {}).get("mimeType", "").lower()
        if found is None or not kind.startswith(_BARE_SOUND):
            return
        if self._decoder is None:
            rate = _RATE.search(kind)
            self._decoder = SniffedSound(int(rate[1]) if rate else _USUAL_RATE_HZ)
        speech = self._decoder.push(base64.b64decode(found["data"], validate=True))
        if speech is not None:
            self._heard = True
            yield speech

    def _malformed(self) -> ProviderUnavailable:
        return ProviderUnavailable(self._provider, Fault.MALFORMED, f"{self._provider}: an event cannot be read")
