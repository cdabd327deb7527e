"""Recorded telephone prompts with their words: Debian's asterisk-core-sounds-en (CC-BY-SA-3.0, Allison Smith).

They are fetched by Debian's own client and kept beside the report; nothing of them is part of this project.
"""

import gzip
import re
import subprocess
from dataclasses import dataclass
from pathlib import Path
from shutil import which

from speech.wav import open_wav, read_wav

PACKAGES = ("asterisk-core-sounds-en", "asterisk-core-sounds-en-wav")
PUBLIC = "https://packages.debian.org/stable/asterisk-core-sounds-en"
TRANSCRIPT = "core-sounds-en.txt"
FETCH_S = 90
SHORTEST_S, LONGEST_S = 1.0, 8.0

_LINE = re.compile(r"([\w/-]+):\s*(.+)")
_NOT_SPOKEN = re.compile(r"[\[({<\d]")
"""Descriptions of tones, and figures, of which nobody can tell from the text how they were said."""


@dataclass(frozen=True)
class Prompt:
    """A recording and what is said in it."""

    sound: bytes
    seconds: float
    words: str


class NoPrompts(Exception):
    """There are none; the message says why."""


def load_prompts(folder: Path, count: int) -> list[Prompt]:
    """Read so many prompts out of all that are under a folder, evenly chosen.

    Raises:
        NoPrompts: the recordings or the transcript are not there.
    """
    texts = sorted(folder.rglob(f"{TRANSCRIPT}*"))
    sounds = {path.stem: path for path in sorted(folder.rglob("*.wav"))}
    if not texts or not sounds:
        raise NoPrompts(f"there is no {TRANSCRIPT} or no WAV file under {folder.name}")
    found = [prompt for name, words in _spoken(texts[0]) if name in sounds and (prompt := _read(sounds[name], words))]
    return found[:: max(1, len(found) // count)][:count]


def fetch_prompts(folder: Path) -> Path:
    """Fetch and unpack the packages, unless they are there; return the folder.

    Raises:
        NoPrompts: this system has no Debian client, or it cannot fetch them.
    """
    if list(folder.rglob(f"{TRANSCRIPT}*")):
        return folder
    if not (which("apt-get") and which("dpkg-deb")):
        raise NoPrompts(f"no apt-get here; unpack {' and '.join(PACKAGES)} from {PUBLIC} and name the folder")
    folder.mkdir(parents=True, exist_ok=True)
    try:
        _run(folder, "apt-get", "download", "-q", *PACKAGES)
        for package in sorted(folder.glob("*.deb")):
            _run(folder, "dpkg-deb", "-x", package.name, ".")
            package.unlink()
    except (subprocess.SubprocessError, OSError) as error:
        raise NoPrompts(f"apt-get cannot fetch {PACKAGES[0]}: {type(error).__name__}") from error
    return folder


def _run(folder: Path, *command: str) -> None:
    subprocess.run(command, cwd=folder, check=True, timeout=FETCH_S, capture_output=True)


def _spoken(transcript: Path) -> list[tuple[str, str]]:
    """Read names and words, without what is no plain speech."""
    data = transcript.read_bytes()
    text = (gzip.decompress(data) if transcript.suffix == ".gz" else data).decode("utf-8", "replace")
    lines = (_LINE.fullmatch(line.strip()) for line in text.splitlines())
    return [(line[1], line[2]) for line in lines if line and not _NOT_SPOKEN.search(line[2])]


def _read(path: Path, words: str) -> Prompt | None:
    """Read a recording; None for one that is too short or too long to be an utterance."""
    sound = path.read_bytes()
    seconds = read_wav(*open_wav(sound)).seconds
    return Prompt(sound, seconds, words) if SHORTEST_S <= seconds <= LONGEST_S else None
