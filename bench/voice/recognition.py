"""Word error rate and speed of the recognisers that run here, on recorded telephone prompts."""

import asyncio
import re
import time
from dataclasses import dataclass
from pathlib import Path

from rapidfuzz.distance import Levenshtein

from bench.figures import Findings, Row
from bench.voice.prompts import NoPrompts, Prompt, fetch_prompts, load_prompts
from bench.voice.sizes import Sizes
from bootstrap.hearing import choose_stt, open_speech_to_text
from bootstrap.settings import load_settings
from bootstrap.speech_settings import PocketsphinxStt, Stt
from ports.speech_to_text import RecognitionHint, SpeechToText
from speech.g711 import encode_mu_law
from speech.pcm import to_pcm16
from speech.utterance import decode, for_recognition

AT_ONCE = 2
WHAT = "Word error rate on recorded prompts"

_WORD = re.compile(r"[a-z']+")


@dataclass(frozen=True)
class Heard:
    """One prompt's wrong words, its words, its seconds, and the seconds that recognition took."""

    errors: int
    words: int
    seconds: float
    took: float


async def measure_recognition(place: Path, sizes: Sizes) -> Findings:
    """Have the embedded recogniser, and the one in force where that is another, hear prompts over a telephone."""
    try:
        prompts = await asyncio.to_thread(_prompts, place.parent / "prompts", sizes)
    except NoPrompts as why:
        return Findings([Row(WHAT, f"not measured: {why}")])
    chosen: Stt = choose_stt(load_settings())
    findings = Findings()
    for stt in {each.kind: each for each in (PocketsphinxStt(), chosen)}.values():
        async with open_speech_to_text(load_settings(stt=stt.model_dump())) as engine:
            findings.add(_found(engine.name, await _hear_all(engine, prompts)))
    return findings


def _prompts(folder: Path, sizes: Sizes) -> list[Prompt]:
    if sizes.prompts_folder is None and not sizes.full:
        raise NoPrompts("a quick run fetches nothing; name a folder with --prompts")
    return load_prompts(sizes.prompts_folder or fetch_prompts(folder), sizes.prompts)


async def _hear_all(engine: SpeechToText, prompts: list[Prompt]) -> list[Heard]:
    """Hear all prompts, two at a time; before that one, since engines start with their first."""
    await _hear(engine, prompts[0], asyncio.Semaphore())
    turn = asyncio.Semaphore(AT_ONCE)
    return list(await asyncio.gather(*(_hear(engine, prompt, turn) for prompt in prompts)))


async def _hear(engine: SpeechToText, prompt: Prompt, turn: asyncio.Semaphore) -> Heard:
    pcm = decode(prompt.sound, "audio/wav")
    line = decode(encode_mu_law(to_pcm16(pcm.samples)), f"audio/basic;rate={pcm.rate_hz}")
    samples = for_recognition(line)
    async with turn:
        started = time.perf_counter()
        heard = await engine.transcribe(samples, RecognitionHint(language="en", narrowband=True))
        took = time.perf_counter() - started
    said = _words(prompt.words)
    return Heard(Levenshtein.distance(said, _words(heard.text)), len(said), prompt.seconds, took)


def _words(text: str) -> list[str]:
    return _WORD.findall(text.lower().replace("’", "'").replace("-", " "))


def _found(name: str, heard: list[Heard]) -> Findings:
    words, seconds = sum(each.words for each in heard), sum(each.seconds for each in heard)
    rate = sum(each.errors for each in heard) / words
    whole = sum(not each.errors for each in heard) / len(heard)
    speed = sum(each.took for each in heard) / seconds
    figure = f"{rate:.2f}; {whole:.0%} of prompts right; real-time factor {speed:.2f}"
    row = Row(f"{WHAT}, {name}", f"{figure} (n {len(heard)}, {words} words, {seconds:.0f} s)")
    return Findings([row], {f"recognition {name}": [vars(each) for each in heard]})
