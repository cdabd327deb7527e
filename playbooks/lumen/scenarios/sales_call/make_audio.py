"""Speaks the call sheet into one raw 8 kHz mu-law file per turn; needs the programs flite and sox.

Run it as `python -m playbooks.lumen.scenarios.sales_call.make_audio` after the words of a turn were changed.
"""

import subprocess
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import yaml

_FOLDER = Path(__file__).parent
_VOICES = {"Lumen": "slt", "User": "rms"}
_SILENCE = "0.2"
"""Seconds before and after the words."""
_TIME_LIMIT = 60


def make_audio() -> None:
    """Write every turn's file; CalledProcessError when a program fails."""
    sheet = yaml.safe_load((_FOLDER / "call.yaml").read_text(encoding="utf-8"))
    with TemporaryDirectory() as scratch:
        for turn in sheet["turns"]:
            _speak(turn, Path(scratch) / "turn.wav")


def _speak(turn: dict[str, Any], spoken: Path) -> None:
    words = turn.get("spoken", turn["raw_text"])
    target = _FOLDER / turn["audio"]
    target.parent.mkdir(exist_ok=True)
    _run("flite", "-voice", _VOICES[turn["speaker"]], "-t", words, "-o", str(spoken))
    telephone = ("-t", "raw", "-e", "mu-law", "-r", "8000", "-c", "1")
    _run("sox", "-D", str(spoken), *telephone, str(target), "gain", "-n", "-3", "pad", _SILENCE, _SILENCE)


def _run(*command: str) -> None:
    subprocess.run(command, check=True, timeout=_TIME_LIMIT)


if __name__ == "__main__":
    make_audio()
