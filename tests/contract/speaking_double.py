"""A program that stands in for eSpeak NG, flite and Piper: their command lines, and a hum instead of words.

Some words of the text it obeys: refuse, crash, hang, mute. Every run is noted in the file of its first argument.
"""

import array
import json
import math
import os
import signal
import sys
from pathlib import Path

RATE_HZ = 16_000
WORD_SECONDS = 0.05
HUM_HZ = 220


def hum(seconds: float) -> bytes:
    """Sound as 16-bit samples."""
    samples = array.array(
        "h", (int(9_000 * math.sin(math.tau * HUM_HZ * n / RATE_HZ)) for n in range(int(seconds * RATE_HZ)))
    )
    return samples.tobytes()


def header() -> bytes:
    """A WAV header as programs write it into a pipe: the size is not known yet."""
    numbers = ((16, 4), (1, 2), (1, 2), (RATE_HZ, 4), (2 * RATE_HZ, 4), (2, 2), (16, 2))
    form = b"".join(number.to_bytes(width, "little") for number, width in numbers)
    return b"RIFF" + b"\xff" * 4 + b"WAVEfmt " + form + b"data" + b"\xff" * 4


def main(log: str, *arguments: str) -> None:
    """Speak what comes on standard input."""
    if "-lv" in arguments:
        sys.stdout.write("Voices available: kal slt \n")
        return
    text = sys.stdin.read()
    with Path(log).open("a", encoding="utf-8") as runs:
        runs.write(json.dumps({"pid": os.getpid(), "arguments": arguments, "text": text}) + "\n")
    words = text.lower().split()
    if "refuse" in words or "nobody" in arguments:
        sys.exit(1)
    sound = b"" if "mute" in words else hum(WORD_SECONDS * len(words))
    broken = not {"crash", "hang"}.isdisjoint(words)
    sys.stdout.buffer.write(b"" if "--output-raw" in arguments else header())
    sys.stdout.buffer.write(sound[: len(sound) // 2] if broken else sound)
    sys.stdout.buffer.flush()
    if "hang" in words:
        signal.pause()
    if "crash" in words:
        os.kill(os.getpid(), signal.SIGKILL)


if __name__ == "__main__":
    main(*sys.argv[1:])
