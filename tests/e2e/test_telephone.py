"""`parley demo --voice`, `parley call` and `parley doctor`, as a person runs them."""

import json
import re
import shutil
import wave
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.e2e.inside import run_inside
from tests.e2e.process import ServeProcess, new_data_dir, run_parley
from tests.e2e.telephone import AUDIO, TELEPHONE


@pytest.fixture
def data_dir() -> Iterator[Path]:
    folder = new_data_dir()
    yield folder
    shutil.rmtree(folder, ignore_errors=True)


def test_a_simulated_caller_and_the_agent_talk(data_dir: Path, tmp_path: Path) -> None:
    sound = tmp_path / "call.wav"
    played = run_parley("demo", "--voice", "--data-dir", str(data_dir), "--out", str(sound))
    assert played.returncode == 0, played.stdout + played.stderr
    assert re.search(r"Answered: 3 of 3\. Interrupted: [123]\.", played.stdout)  # a busy machine answers into words
    with wave.open(str(sound)) as file:
        assert (file.getnchannels(), file.getframerate()) == (2, 8_000)
        assert file.getnframes() > 10 * 8_000


def test_a_telephone_of_ones_own_calls_a_running_server(data_dir: Path) -> None:
    server = ServeProcess(data_dir, TELEPHONE).start()
    try:
        called = run_parley("call", str(AUDIO / "01.ulaw"), "--to", server.url, "--speed", "4", settings=TELEPHONE)
        wrong = {**TELEPHONE, "PARLEY_TWILIO__AUTH_TOKEN": "another token"}
        refused = run_inside("call", str(AUDIO / "01.ulaw"), "--to", server.url, settings=wrong)
    finally:
        server.stop()
    assert called.returncode == 0, called.stdout + called.stderr
    assert "1 things were said" in called.stdout
    assert refused.returncode == 1
    assert "403" in refused.stdout


def test_calling_without_an_account_names_what_is_missing() -> None:
    called = run_parley("call")
    assert called.returncode == 2
    assert "PARLEY_TWILIO__ACCOUNT_SID" in called.stderr


def test_the_doctor_names_what_is_ill(data_dir: Path) -> None:
    asked = run_parley("doctor", "--json", "--data-dir", str(data_dir), settings={"PARLEY_STT__KIND": "deepgram"})
    assert asked.returncode == 1, asked.stdout + asked.stderr
    found = {finding["part"]: finding for finding in map(json.loads, asked.stdout.splitlines())}
    assert found["database"]["state"] == found["voice"]["state"] == "well"
    assert found["model"]["state"] == found["telephone"]["state"] == "off"
    assert found["hearing"]["state"] == "ill"
    assert "DEEPGRAM_API_KEY" in found["hearing"]["what"]
