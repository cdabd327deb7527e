"""A worker process: texts in on standard input, samples out on standard output, until its parent goes.

It imports nothing outside the standard library, and it alone loads eSpeak NG's library.
"""

import ctypes
import os
import signal
import sys
import traceback
from queue import SimpleQueue
from threading import Thread
from typing import BinaryIO

from providers.espeak.frames import Frame, Kind, pack, read_frame
from providers.espeak.library import Engine

NO_VOICE = 3
"""Exit status: the library runs, and has no such voice."""

_PR_SET_PDEATHSIG = 1


class Worker:
    """One engine, sentences one after the other; a cancelled one is stopped in mid-word, or never begun."""

    def __init__(self, engine: Engine, out: BinaryIO) -> None:
        self._engine = engine
        self._out = out
        self._texts: SimpleQueue[Frame] = SimpleQueue()
        self._cancelled: set[int] = set()

    def serve(self) -> None:
        """Say what is asked; never returns."""
        self._send(Frame(Kind.READY, self._engine.rate_hz))
        while True:
            self._say(self._texts.get())

    def receive(self, stream: BinaryIO) -> None:
        """Take frames as they come, so that a cancellation and the end of the parent are seen at once."""
        while (frame := read_frame(stream)) is not None:
            if frame.kind is Kind.CANCEL:
                self._cancelled.add(frame.number)
            else:
                self._texts.put(frame)
        os._exit(0)

    def _say(self, asked: Frame) -> None:
        number = asked.number

        def heard(samples: bytes) -> bool:
            if number in self._cancelled:
                return False
            self._send(Frame(Kind.SOUND, number, samples))
            return True

        wanted = number not in self._cancelled
        said = not wanted or self._engine.speak(asked.data.decode(), heard)
        self._cancelled.discard(number)
        self._send(Frame(Kind.END if said else Kind.FAILED, number))

    def _send(self, frame: Frame) -> None:
        self._out.write(pack(frame))
        self._out.flush()


def serve(library: str, data: str, voice: str, words_a_minute: str) -> None:
    """Answer requests; never returns. A failure is printed and ends the process, which is then replaced."""
    _die_with_parent()
    out = os.fdopen(os.dup(1), "wb")
    # Whatever the library prints must not get between the frames.
    os.dup2(2, 1)
    try:
        worker = Worker(_load(library, data or None, voice, int(words_a_minute)), out)
        Thread(target=worker.receive, args=(sys.stdin.buffer,), daemon=True).start()
        worker.serve()
    finally:
        traceback.print_exc()
        # Not by way of the interpreter's clean-up, which would wait for the thread that waits for its input.
        os._exit(1)


def _load(library: str, data: str | None, voice: str, words_a_minute: int) -> Engine:
    try:
        return Engine(library, data, voice, words_a_minute)
    except LookupError:
        os._exit(NO_VOICE)


def _die_with_parent() -> None:
    """Ask Linux for our death with the parent's: while the engine speaks, no thread of ours could see it."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, signal.SIGKILL)


if __name__ == "__main__":
    serve(*sys.argv[1:])
