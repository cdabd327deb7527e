"""What each service of voices is asked, to the letter, and the odd answers that only one of them gives."""

import json
from collections.abc import Callable
from datetime import timedelta
from typing import Any
from urllib.parse import parse_qs, urlsplit

import numpy as np
import pytest

from domain.errors import ConfigError, Fault, ProviderError, ProviderRejected, ProviderUnavailable
from providers.elevenlabs.speak import open_elevenlabs
from providers.google.speak import open_gemini_voice
from providers.openai_speech.speak import open_openai_voice
from speech.pcm import from_pcm16
from tests.contract.voices import collect, hum, joined
from tests.loopback_hearing import Asked
from tests.loopback_voices import Answer, open_speech_service
from tests.loopback_voices_vendors import KEY, VENDORS, Vendor, bare, events, gemini_event, wav_of

PATIENT = timedelta(seconds=5)
SOUND = hum(0.1, 24_000)
HALVES = (bare(SOUND)[:2_001], bare(SOUND)[2_001:])
VENDOR = {vendor.name: vendor for vendor in VENDORS}


async def asked_for(vendor: Vendor, text: str) -> Asked:
    answer = vendor.sends(hum(0.05, vendor.rate_hz))
    async with open_speech_service(answer) as service, vendor.connect(service.url, PATIENT) as voice:
        await collect(voice, text)
    return service.asked[0]


def parts_of(asked: Asked) -> tuple[str, dict[str, list[str]], Any]:
    address = urlsplit(asked.path)
    return address.path, parse_qs(address.query), json.loads(asked.body)


@pytest.mark.parametrize(
    ("name", "key", "path", "query", "body"),
    [
        (
            "elevenlabs",
            ("xi-api-key", KEY),
            "/v1/text-to-speech/voice-1/stream",
            {"output_format": ["pcm_16000"]},
            {"text": "Hi Zoë.", "model_id": "eleven_flash_v2_5"},
        ),
        (
            "deepgram",
            ("authorization", f"Token {KEY}"),
            "/v1/speak",
            {
                "model": ["aura-2-thalia-en"],
                "encoding": ["linear16"],
                "container": ["none"],
                "sample_rate": ["16000"],
            },
            {"text": "Hi Zoë."},
        ),
        (
            "openai",
            ("authorization", f"Bearer {KEY}"),
            "/v1/audio/speech",
            {},
            {"model": "gpt-4o-mini-tts", "voice": "alloy", "input": "Hi Zoë.", "response_format": "pcm"},
        ),
        (
            "google",
            ("x-goog-api-key", KEY),
            "/v1beta/models/gemini-3.8-flash-lite-tts:streamGenerateContent",
            {"alt": ["sse"]},
            {
                "contents": [{"role": "user", "parts": [{"text": "Hi Zoë."}]}],
                "generationConfig": {
                    "responseModalities": ["AUDIO"],
                    "speechConfig": {"voiceConfig": {"voice": "Kore"}},
                },
            },
        ),
    ],
)
async def test_a_service_is_asked_as_it_documents(
    name: str, key: tuple[str, str], path: str, query: dict[str, list[str]], body: object
) -> None:
    asked = await asked_for(VENDOR[name], "Hi Zoë.")
    assert parts_of(asked) == (path, query, body)
    assert asked.headers[key[0]] == key[1]
    assert KEY not in asked.path
    assert asked.headers["content-type"] == "application/json"
    assert asked.headers["accept-encoding"] == "identity"


async def test_groq_is_asked_for_wav() -> None:
    path, _, body = parts_of(await asked_for(VENDOR["groq"], "Hi."))
    assert (path, body["response_format"]) == ("/openai/v1/audio/speech", "wav")


async def test_a_local_server_needs_no_key() -> None:
    async with (
        open_speech_service(Answer(bare(SOUND), "application/octet-stream")) as service,
        open_openai_voice(None, "any", model="kokoro", base_url=service.url) as voice,
    ):
        assert len(joined(await collect(voice, "Hi."))) == len(SOUND)
    assert "authorization" not in service.asked[0].headers


async def test_a_voice_id_cannot_reach_another_address() -> None:
    async with (
        open_speech_service(Answer(bare(SOUND), "audio/pcm")) as service,
        open_elevenlabs(KEY, "../../v1/user?x=/", base_url=service.url) as voice,
    ):
        await collect(voice, "Hi.")
    assert service.asked[0].path.startswith("/v1/text-to-speech/..%2F..%2Fv1%2Fuser%3Fx%3D%2F/stream?")


@pytest.mark.parametrize("declared", [None, 0, 0xFFFFFFFF, 1 << 30])
async def test_a_server_that_sends_wav_for_pcm_is_heard_at_its_own_rate(declared: int | None) -> None:
    answer = Answer(wav_of(SOUND, 22_050, declared), "audio/wav", piece=33)
    async with (
        open_speech_service(answer) as service,
        open_openai_voice(KEY, "alloy", base_url=service.url) as voice,
    ):
        pieces = await collect(voice, "Hi.")
    assert {piece.rate_hz for piece in pieces} == {22_050}
    assert np.array_equal(joined(pieces), from_pcm16(SOUND))


@pytest.mark.parametrize("kind", ["audio/mpeg", "audio/ogg; codecs=opus", "audio/aac"])
async def test_compressed_sound_is_not_taken_for_samples(kind: str) -> None:
    async with (
        open_speech_service(Answer(b"ID3" + bytes(999), kind)) as service,
        open_openai_voice(KEY, "alloy", base_url=service.url) as voice,
    ):
        with pytest.raises(ProviderUnavailable) as raised:
            await collect(voice, "Hi.")
    assert raised.value.fault is Fault.MALFORMED


@pytest.mark.parametrize(
    "body", [b"RIFF" + bytes(99), b"RIFF\0\0\0\0WAVEjunk" + bytes(70_000)], ids=["none", "endless"]
)
async def test_a_broken_wav_file_is_no_sound(body: bytes) -> None:
    async with (
        open_speech_service(Answer(body, "audio/wav")) as service,
        open_openai_voice(KEY, "alloy", output="wav", base_url=service.url) as voice,
    ):
        with pytest.raises(ProviderUnavailable) as raised:
            await collect(voice, "Hi.")
    assert raised.value.fault in {Fault.MALFORMED, Fault.EMPTY}


async def gemini_says(answer: Answer) -> bytes:
    async with open_speech_service(answer) as service, open_gemini_voice(KEY, base_url=service.url) as voice:
        pieces = await collect(voice, "Hi.")
    return bare(np.rint(joined(pieces) * 32_768).astype(np.int16))


async def test_gemini_may_cut_a_sample_between_two_events() -> None:
    said = events(*(gemini_event(half) for half in HALVES), gemini_event(finish="STOP"))
    assert await gemini_says(said) == bare(SOUND)


@pytest.mark.parametrize("kind", ["audio/L16;codec=pcm;rate=24000", "audio/l16", "audio/wav"])
async def test_gemini_names_its_sound_in_several_ways(kind: str) -> None:
    sound = wav_of(SOUND, 24_000) if kind == "audio/wav" else bare(SOUND)
    assert await gemini_says(events(gemini_event(sound, "STOP", kind))) == bare(SOUND)


@pytest.mark.parametrize(
    ("answer", "error", "fault"),
    [
        (events(gemini_event(HALVES[0])), ProviderUnavailable, Fault.CONNECTION),
        (events(gemini_event(finish="STOP")), ProviderUnavailable, Fault.EMPTY),
        (events(gemini_event(finish="SAFETY")), ProviderRejected, Fault.BLOCKED),
        (events(gemini_event(HALVES[0]), gemini_event(finish="PROHIBITED_CONTENT")), ProviderRejected, Fault.BLOCKED),
        (events(b'data: {"promptFeedback": {"blockReason": "OTHER"}}\n\n'), ProviderRejected, Fault.BLOCKED),
        (events(b'data: {"error": {"code": 503, "message": "busy"}}\n\n'), ProviderUnavailable, Fault.SERVER),
        (events(b'data: {"error": {"code": 400}}\n\n'), ProviderRejected, Fault.BAD_REQUEST),
        (events(b"data: {\n\n"), ProviderUnavailable, Fault.MALFORMED),
        (events(b"data: []\n\n"), ProviderUnavailable, Fault.MALFORMED),
        (events(b'data: {"candidates": [7]}\n\n'), ProviderUnavailable, Fault.MALFORMED),
        (events(gemini_event(b"x").replace(b"eA==", b"!!!!")), ProviderUnavailable, Fault.MALFORMED),
        (events(gemini_event(HALVES[0], "STOP", "audio/mpeg")), ProviderUnavailable, Fault.EMPTY),
        (Answer(b'{"error": {"details": [{"reason": "API_KEY_INVALID"}]}}', status=400), ProviderRejected,
         Fault.CREDENTIALS),
    ],
    ids=[
        "no finish", "no sound", "unsafe", "unsafe late", "blocked", "error", "bad", "broken", "list", "types",
        "base64", "mp3", "key",
    ],
)  # fmt: skip
async def test_gemini_answers_that_are_no_sentence(answer: Answer, error: type[ProviderError], fault: Fault) -> None:
    with pytest.raises(error) as raised:
        await gemini_says(answer)
    assert raised.value.fault is fault


@pytest.mark.parametrize("key", ["key with\nline", "schlüssel"])
@pytest.mark.parametrize("opened", [lambda key: open_elevenlabs(key, "v"), open_gemini_voice])
async def test_a_key_that_is_none_is_said_at_the_start(key: str, opened: Callable[[str], Any]) -> None:
    with pytest.raises(ConfigError) as raised:
        async with opened(key):
            pass
    assert key not in str(raised.value)
