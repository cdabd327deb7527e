"""How each vendor of voices is asked and answers, as its documentation says."""

import base64
import json
from collections.abc import Callable
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass
from datetime import timedelta

from ports.text_to_speech import TextToSpeech
from providers.deepgram.speak import open_deepgram_voice
from providers.elevenlabs.speak import open_elevenlabs
from providers.google.speak import open_gemini_voice
from providers.openai_speech.speak import open_openai_voice
from speech.g711 import Pcm16, encode_mu_law
from tests.loopback_voices import Answer

KEY = "sk-the-key-that-must-not-leak"

Connect = Callable[[str, timedelta], AbstractAsyncContextManager[TextToSpeech]]


@dataclass(frozen=True)
class Vendor:
    """One vendor: its adapter, and how it sends sound and refuses."""

    name: str
    rate_hz: int
    connect: Connect
    sends: Callable[[Pcm16], Answer]
    refuses: Callable[[int], Answer]


def _elevenlabs(url: str, limit: timedelta) -> AbstractAsyncContextManager[TextToSpeech]:
    return open_elevenlabs(KEY, "voice-1", time_limit=limit, base_url=url)


def _elevenlabs_mu_law(url: str, limit: timedelta) -> AbstractAsyncContextManager[TextToSpeech]:
    return open_elevenlabs(KEY, "voice-1", output="ulaw_8000", time_limit=limit, base_url=url)


def _deepgram(url: str, limit: timedelta) -> AbstractAsyncContextManager[TextToSpeech]:
    return open_deepgram_voice(KEY, time_limit=limit, base_url=url)


def _openai(url: str, limit: timedelta) -> AbstractAsyncContextManager[TextToSpeech]:
    return open_openai_voice(KEY, "alloy", time_limit=limit, base_url=f"{url}/v1")


def _groq(url: str, limit: timedelta) -> AbstractAsyncContextManager[TextToSpeech]:
    return open_openai_voice(KEY, "autumn", output="wav", time_limit=limit, base_url=f"{url}/openai/v1")


def _gemini(url: str, limit: timedelta) -> AbstractAsyncContextManager[TextToSpeech]:
    return open_gemini_voice(KEY, time_limit=limit, base_url=url)


def bare(samples: Pcm16) -> bytes:
    """Samples without a header."""
    return samples.astype("<i2").tobytes()


def wav_of(samples: Pcm16, rate_hz: int, declared: int | None = None) -> bytes:
    """A WAV file of one channel; `declared` is the size that its header gives, 0xFFFFFFFF where it streams."""
    sound = bare(samples)
    size = len(sound) if declared is None else declared
    head = b"RIFF" + (size + 36 & 0xFFFFFFFF).to_bytes(4, "little") + b"WAVEfmt " + (16).to_bytes(4, "little")
    numbers = ((1, 2), (1, 2), (rate_hz, 4), (2 * rate_hz, 4), (2, 2), (16, 2))
    head += b"".join(number.to_bytes(width, "little") for number, width in numbers)
    return head + b"data" + size.to_bytes(4, "little") + sound


def gemini_event(
    sound: bytes = b"", finish: str | None = None, kind: str = "audio/l16; rate=24000; channels=1"
) -> bytes:
    """One server-sent event with a part of the sound, or the last one, which says why it ends."""
    data = base64.b64encode(sound).decode()
    parts = [{"inlineData": {"mimeType": kind, "data": data}}] if sound else []
    candidate: dict[str, object] = {"content": {"role": "model", "parts": parts}, "index": 0}
    if finish:
        candidate["finishReason"] = finish
    return b"data: " + json.dumps({"candidates": [candidate], "modelVersion": "loopback"}).encode() + b"\r\n\r\n"


def events(*written: bytes) -> Answer:
    """An answer of events."""
    return Answer(b"".join(written), "text/event-stream")


def _gemini_sends(samples: Pcm16) -> Answer:
    sound = bare(samples)
    third = len(sound) // 3
    pieces = (sound[:third], sound[third : 2 * third], sound[2 * third :])
    return events(*(gemini_event(piece) for piece in pieces if piece), gemini_event(finish="STOP"))


def _says(body: object) -> Callable[[int], Answer]:
    return lambda status: Answer(json.dumps(body).encode(), status=status)


def _gemini_refuses(status: int) -> Answer:
    return Answer(
        json.dumps({"error": {"code": status, "message": f"for {KEY}", "status": "X"}}).encode(), status=status
    )


_ELEVEN_SAYS = _says({"detail": {"status": "refused", "message": f"for {KEY}"}})
_OPENAI_SAYS = _says({"error": {"message": f"for {KEY}", "type": "refused", "code": "refused"}})
_DEEPGRAM_SAYS = _says({"err_code": "REFUSED", "err_msg": f"for {KEY}", "request_id": "0"})

VENDORS = (
    Vendor("elevenlabs", 16_000, _elevenlabs, lambda sound: Answer(bare(sound), "audio/pcm"), _ELEVEN_SAYS),
    Vendor(
        "elevenlabs_mu_law",
        8_000,
        _elevenlabs_mu_law,
        lambda sound: Answer(encode_mu_law(sound), "audio/basic"),
        _ELEVEN_SAYS,
    ),
    Vendor("deepgram", 16_000, _deepgram, lambda sound: Answer(bare(sound), "audio/l16;rate=16000"), _DEEPGRAM_SAYS),
    Vendor("openai", 24_000, _openai, lambda sound: Answer(bare(sound), "audio/pcm"), _OPENAI_SAYS),
    Vendor(
        "groq",
        48_000,
        _groq,
        lambda sound: Answer(wav_of(sound, 48_000, 0xFFFFFFFF), "audio/wav"),
        _OPENAI_SAYS,
    ),
    Vendor("google", 24_000, _gemini, _gemini_sends, _gemini_refuses),
)
