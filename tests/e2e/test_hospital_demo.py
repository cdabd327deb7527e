"""`parley demo --playbook hospital --exit`: the real server, a patient in writing and by telephone."""

import shutil
import wave
from pathlib import Path

from tests.e2e.process import new_data_dir, run_parley


def test_a_patient_books_in_writing_and_telephones(tmp_path: Path) -> None:
    data_dir, sound = new_data_dir(), tmp_path / "call.wav"
    options = ("--data-dir", str(data_dir), "--out", str(sound))
    played = run_parley("demo", "--playbook", "hospital", "--exit", *options)
    said = played.stdout
    assert played.returncode == 0, said + played.stderr
    assert "All that a booking should leave is there." in said
    assert "greeted by name: yes" in said
    assert len(list((data_dir / "office" / "mail").glob("*.eml"))) == said.count("Your appointment is booked")
    shutil.rmtree(data_dir)
    with wave.open(str(sound)) as file:
        assert (file.getnchannels(), file.getframerate()) == (2, 8_000)
        assert file.getnframes() > 20 * 8_000


def test_an_office_at_a_service_is_left_alone() -> None:
    elsewhere = {"PARLEY_MAIL__KIND": "smtp", "PARLEY_MAIL__HOST": "mail.example"}
    played = run_parley("demo", "--playbook", "hospital", "--exit", settings=elsewhere)
    assert played.returncode == 2
    assert "PARLEY_MAIL__KIND" in played.stderr
