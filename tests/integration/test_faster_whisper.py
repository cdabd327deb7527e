"""faster-whisper on model files: a double with a known sentence, and directories that hold no model."""

import subprocess
import sys
from datetime import timedelta
from pathlib import Path

import numpy as np
import pytest

from domain.errors import ConfigError
from ports.speech_to_text import Recognition, RecognitionHint
from providers.whisper.adapter import open_faster_whisper
from tests.contract.tiny_whisper import Canned, build_tiny_whisper

PATIENT = timedelta(seconds=60)
SENTENCE = "we get fifty leads a month"
NOISE = np.random.default_rng(0).uniform(-0.3, 0.3, 32_000).astype(np.float32)


async def hear(
    folder: Path, canned: Canned, language: str | None = None, hint: RecognitionHint | None = None
) -> Recognition:
    model = build_tiny_whisper(folder / "double", canned)
    async with open_faster_whisper(str(model), "cpu", 1, PATIENT, language) as engine:
        return await engine.transcribe(NOISE, hint or RecognitionHint())


async def test_a_sure_model_is_believed(tmp_path: Path) -> None:
    heard = await hear(tmp_path, Canned(SENTENCE, token_probability=0.95, no_speech_prob=0.01))
    assert heard.text == SENTENCE
    assert heard.confidence > 0.9
    assert heard.no_speech_prob == pytest.approx(0.01, abs=0.01)
    assert [(segment.text, segment.start, segment.end) for segment in heard.segments] == [(SENTENCE, 0.0, 1.0)]


@pytest.mark.parametrize(
    "canned", [Canned(SENTENCE, token_probability=0.15), Canned(SENTENCE, no_speech_prob=0.58)], ids=["words", "speech"]
)
async def test_a_doubtful_model_is_not(tmp_path: Path, canned: Canned) -> None:
    assert (await hear(tmp_path, canned)).confidence < 0.45


async def test_the_language_is_detected_unless_it_is_known(tmp_path: Path) -> None:
    detected = await hear(tmp_path, Canned(SENTENCE, english=0.2))
    assert detected.language == "de"
    assert detected.language_probability == pytest.approx(0.8, abs=0.05)
    assert (await hear(tmp_path, Canned(SENTENCE, english=0.2), "en")).language == "en"
    hinted = await hear(tmp_path, Canned(SENTENCE, english=0.2), "de", RecognitionHint(language="en-GB"))
    assert hinted.language == "en"
    unspoken = await hear(tmp_path, Canned(SENTENCE, english=0.2), "de", RecognitionHint(language="tlh"))
    assert unspoken.language == "de"


async def test_hundreds_of_phrases_do_not_crowd_the_sentence_out(tmp_path: Path) -> None:
    phrases = tuple(f"phrase number {number}" for number in range(500))
    assert (await hear(tmp_path, Canned(SENTENCE), hint=RecognitionHint(phrases))).text == SENTENCE


async def test_a_file_that_is_no_model_is_a_mistake_in_the_settings(tmp_path: Path) -> None:
    model = build_tiny_whisper(tmp_path / "double", Canned(SENTENCE))
    (model / "model.bin").write_bytes(b"not a model")
    with pytest.raises(ConfigError, match="cannot be loaded on cpu"):
        async with open_faster_whisper(str(model), "cpu", 1, PATIENT):
            pass


async def test_a_language_that_the_model_lacks_is_a_mistake_in_the_settings(tmp_path: Path) -> None:
    model = build_tiny_whisper(tmp_path / "double", Canned(SENTENCE))
    with pytest.raises(ConfigError, match="does not speak"):
        async with open_faster_whisper(str(model), "cpu", 1, PATIENT, "tlh"):
            pass


def test_nothing_heavy_is_imported_before_an_engine_is_opened() -> None:
    check = (
        "import sys, providers.whisper.adapter, providers.whisper.models, providers.pocketsphinx.adapter\n"
        "heavy = {'faster_whisper', 'ctranslate2', 'huggingface_hub', 'scipy', 'pocketsphinx', 'onnxruntime', 'av'}\n"
        "print(sorted(heavy & sys.modules.keys()))"
    )
    root = Path(__file__).resolve().parents[2]
    done = subprocess.run([sys.executable, "-c", check], cwd=root, capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


def test_a_worker_imports_nothing_of_ours_but_itself() -> None:
    check = (
        "import sys, providers.pocketsphinx.worker\n"
        "ours = {'domain', 'ports', 'speech', 'language', 'tools', 'nodes', 'bootstrap', 'server'}\n"
        "print(sorted(ours & {name.partition('.')[0] for name in sys.modules}))"
    )
    root = Path(__file__).resolve().parents[2]
    done = subprocess.run([sys.executable, "-c", check], cwd=root, capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
