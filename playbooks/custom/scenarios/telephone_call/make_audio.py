"""Speaks the caller's words into raw 8 kHz mu-law files; needs the programs flite and sox.

Run it as `python -m playbooks.custom.scenarios.telephone_call.make_audio` after words were changed.
"""

import subprocess
from pathlib import Path
from tempfile import TemporaryDirectory

import yaml

_FOLDER = Path(__file__).parent
_VOICE = "rms"
_TIME_LIMIT = 60


def make_audio() -> None:
    """Write every turn's file; CalledProcessError when a program fails."""
    turns = yaml.safe_load((_FOLDER / "telephone.yaml").read_text(encoding="utf-8"))["turns"]
    with TemporaryDirectory() as scratch:
        for turn in turns:
            spoken, target = Path(scratch) / "turn.wav", _FOLDER / turn["audio"]
            _run("flite", "-voice", _VOICE, "-t", turn["words"], "-o", str(spoken))
            telephone = ("-t", "raw", "-e", "mu-law", "-r", "8000", "-c", "1")
            _run("sox", "-D", str(spoken), *telephone, str(target), "gain", "-n", "-3")


def _run(*command: str) -> None:
    subprocess.run(command, check=True, timeout=_TIME_LIMIT)


if __name__ == "__main__":
    make_audio()
