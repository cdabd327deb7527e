"""A call as it sounded, and the sound it is made of."""

import wave
from pathlib import Path

import numpy as np
import pytest

from providers.twilio_simulator.caller import Said
from providers.twilio_simulator.line_clock import LineClock
from providers.twilio_simulator.playout import Played, PlayoutRecord
from providers.twilio_simulator.record import CallRecord, StreamRecord
from providers.twilio_simulator.sound import is_quiet, load_sound, to_mu_law
from speech.g711 import decode_mu_law
from tests.unit.providers.twilio_simulator.tones import loud, wav


def _record() -> CallRecord:
    playout = PlayoutRecord(played=[Played(400, 0, bytearray(loud(0.1))), Played(1_900, 800, bytearray(loud(0.1)))])
    stream = StreamRecord("MZ1", "wss://voice.example.com/media", {}, 0, playout=playout)
    return CallRecord("CA1", samples=2_000, said=[Said(1_200, bytearray(loud(0.05)))], streams=[stream])


def test_a_call_is_written_with_the_caller_left_and_the_agent_right(tmp_path: Path) -> None:
    record = _record()
    record.write_wav(tmp_path / "call.wav")
    with wave.open(str(tmp_path / "call.wav"), "rb") as file:
        assert (file.getnchannels(), file.getsampwidth(), file.getframerate()) == (2, 2, 8_000)
        sound = np.frombuffer(file.readframes(file.getnframes()), "<i2").reshape(-1, 2)
    expected = np.zeros((2_000, 2), np.int16)
    expected[1_200:1_600, 0] = decode_mu_law(loud(0.05))
    expected[400:1_200, 1] = decode_mu_law(loud(0.1))
    expected[1_900:, 1] = decode_mu_law(loud(0.1))[:100]
    np.testing.assert_array_equal(sound, expected)
    assert record.seconds == 0.25
    assert record.played == loud(0.1) * 2


def test_sound_comes_from_wav_files_and_bare_mu_law(tmp_path: Path) -> None:
    (tmp_path / "a.wav").write_bytes(wav(0.5, 24_000))
    (tmp_path / "a.ulaw").write_bytes(loud(0.5))
    assert len(load_sound(tmp_path / "a.wav")) == 4_000
    assert load_sound(tmp_path / "a.ulaw") == loud(0.5)
    assert to_mu_law(wav(0.5, 8_000)) == loud(0.5)


def test_quiet_is_what_nobody_hears() -> None:
    assert is_quiet(b"")
    assert is_quiet(b"\xff\x7f\xfe\x7e")
    assert not is_quiet(loud(0.02))
    assert not is_quiet(b"\xff\xef\xff")


async def test_a_line_runs_as_fast_as_it_is_told() -> None:
    clock = LineClock(speed=100)
    await clock.wait_until(8_000)
    assert clock.now() >= 8_000 - 80
    with pytest.raises(ValueError, match="positive"):
        LineClock(speed=0)
