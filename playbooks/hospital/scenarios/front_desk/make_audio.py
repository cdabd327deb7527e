"""Speaks the patient's words into raw 8 kHz mu-law files; needs the programs flite and sox.

Run it as `python -m playbooks.hospital.scenarios.front_desk.make_audio` after words were changed.
"""

import subprocess
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

import yaml

_FOLDER = Path(__file__).parent
_VOICE = "rms"
_TIME_LIMIT = 60
_WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday")


def make_audio() -> None:
    """Write a file for each thing that is said; CalledProcessError when a program fails."""
    words = yaml.safe_load((_FOLDER / "visits.yaml").read_text(encoding="utf-8"))["telephoned"]["words"]
    with TemporaryDirectory() as scratch:
        spoken = Path(scratch) / "spoken.wav"
        for name, text in _spoken(words):
            _run("flite", "-voice", _VOICE, "-t", text, "-o", str(spoken))
            telephone = ("-t", "raw", "-e", "mu-law", "-r", "8000", "-c", "1")
            _run("sox", "-D", str(spoken), *telephone, str(_FOLDER / "audio" / name), "gain", "-n", "-3")


def _spoken(words: dict[str, str]) -> Iterator[tuple[str, str]]:
    """Each file's name and its words; what names a day is said for every day."""
    for key, text in words.items():
        if "{weekday}" in text:
            yield from ((f"{key}_{day.lower()}.ulaw", text.format(weekday=day)) for day in _WEEKDAYS)
        else:
            yield f"{key}.ulaw", text


def _run(*command: str) -> None:
    subprocess.run(command, check=True, timeout=_TIME_LIMIT)


if __name__ == "__main__":
    make_audio()
