"""What goes over the wire to OpenAI, Groq and servers of their kind, and what comes back."""

import json
from dataclasses import replace
from datetime import timedelta

import pytest

from ports.speech_to_text import RecognitionHint, Segment
from providers.openai_speech.hear import TranscriptionOptions, open_transcription_hearing
from providers.openai_speech.hear_answer import UNSCORED, Detail
from providers.whisper.confidence import score
from speech.wav import open_wav, read_wav
from tests.contract.hearing import HINT, KEY, NO_HINT, connect_openai, tone, whisper_says
from tests.loopback_hearing import Reply, open_service

LIMIT = timedelta(seconds=5)


def json_says(text: str, *logprobs: float) -> Reply:
    tokens = [{"token": "a", "logprob": logprob, "bytes": [97]} for logprob in logprobs]
    return Reply(json.dumps({"text": text, "logprobs": tokens, "usage": {"type": "tokens"}}).encode())


async def test_the_request_is_a_form_with_the_sound_as_a_file() -> None:
    async with open_service(whisper_says("Yes.")) as service, connect_openai(service.url) as engine:
        await engine.transcribe(tone(1.5), HINT)
        asked = service.asked[0]
    form = {name: part.get_payload() for name, part in asked.form.items()}
    sound = asked.form["file"].get_payload(decode=True)
    assert isinstance(sound, bytes)
    pcm = read_wav(*open_wav(sound))
    assert asked.path == "/v1/audio/transcriptions"
    assert asked.headers["authorization"] == f"Bearer {KEY}"
    assert asked.form["file"].get_content_type() == "audio/wav"
    assert (pcm.rate_hz, pcm.seconds) == (16_000, 1.5)
    assert pcm.samples == pytest.approx(tone(1.5), abs=1 / 32_000)
    assert form | {"file": ""} == {
        "file": "",
        "model": "whisper-1",
        "language": "en",
        "prompt": "Checkatrade, lead generation, PPC",
        "response_format": "verbose_json",
        "temperature": "0",
    }


async def test_without_a_hint_there_is_no_prompt_and_the_language_is_detected() -> None:
    async with open_service(whisper_says("Oui.", avg_logprob=-1.0)) as service, connect_openai(service.url) as engine:
        heard = await engine.transcribe(tone(), NO_HINT)
        assert set(service.asked[0].form) == {"file", "model", "response_format", "temperature"}
    assert heard.confidence == pytest.approx(score(-1.0, 0.0))


async def test_a_long_hint_is_cut_between_phrases() -> None:
    hint = RecognitionHint(phrases=tuple(f"phrase number {n}" for n in range(200)))
    async with open_service(whisper_says("Yes.")) as service, connect_openai(service.url) as engine:
        await engine.transcribe(tone(), hint)
        prompt = str(service.asked[0].form["prompt"].get_payload())
    assert 500 < len(prompt) <= 600
    assert prompt.split(", ") == list(hint.phrases[: prompt.count(",") + 1])


async def test_segments_give_times_and_confidence() -> None:
    reply = whisper_says("Fifty leads.", avg_logprob=-0.9, no_speech_prob=0.2, end=1.5)
    async with open_service(reply) as service, connect_openai(service.url) as engine:
        heard = await engine.transcribe(tone(), HINT)
    assert heard.confidence == pytest.approx(score(-0.9, 0.2))
    assert heard.no_speech_prob == pytest.approx(0.2)
    assert heard.segments == (Segment("Fifty leads.", 0.0, 1.5),)


async def test_gpt_transcribe_is_asked_for_log_probabilities() -> None:
    async with open_service(json_says("Fifty leads.", -0.1, -1.5)) as service:
        async with connect_openai(service.url, model="gpt-4o-mini-transcribe") as engine:
            heard = await engine.transcribe(tone(), HINT)
        form = service.asked[0].form
    assert form["response_format"].get_payload() == "json"
    assert form["include[]"].get_payload() == "logprobs"
    assert heard.confidence == pytest.approx(score(-0.8, 0.0))
    assert heard.language == "en"


@pytest.mark.parametrize("body", [{"text": "Yes."}, {"text": "Yes.", "segments": None, "logprobs": None}])
async def test_words_without_a_score_are_to_be_confirmed(body: dict[str, object]) -> None:
    async with open_service(Reply(json.dumps(body).encode())) as service:
        options = TranscriptionOptions("whatever", provider="local", base_url=service.url)
        async with open_transcription_hearing("", LIMIT, options) as engine:
            heard = await engine.transcribe(tone(), NO_HINT)
        assert "authorization" not in service.asked[0].headers
    assert engine.name == "local:whatever"
    assert (heard.text, heard.confidence) == ("Yes.", UNSCORED)
    assert 0.45 <= UNSCORED < 0.75


async def test_what_a_server_can_tell_may_be_set() -> None:
    async with open_service(replace(whisper_says("Yes."), piece=5)) as service:
        options = TranscriptionOptions("large", base_url=f"{service.url}/", language="de-AT", detail=Detail.SEGMENTS)
        async with open_transcription_hearing(KEY, LIMIT, options) as engine:
            await engine.transcribe(tone(), NO_HINT)
        asked = service.asked[0]
    assert asked.path == "/audio/transcriptions"
    assert asked.form["response_format"].get_payload() == "verbose_json"
    assert asked.form["language"].get_payload() == "de"
