"""A worker process: utterances in on standard input, words out on standard output, until its parent goes.

It imports nothing but NumPy and PocketSphinx, for its memory's sake.
"""

import ctypes
import os
import signal
import sys
import traceback
from queue import SimpleQueue
from threading import Thread
from typing import BinaryIO

import numpy as np

from providers.pocketsphinx.decoder import Recogniser
from providers.pocketsphinx.protocol import Request, read_request, write_reply

_PR_SET_PDEATHSIG = 1


def serve() -> None:
    """Answer requests one by one; never returns. A failure is printed and ends the process, which is then replaced."""
    _die_with_parent()
    requests: SimpleQueue[tuple[Request, bytes]] = SimpleQueue()
    Thread(target=_receive, args=(sys.stdin.buffer, requests), daemon=True).start()
    try:
        _answer(requests)
    finally:
        traceback.print_exc()
        # Not by way of the interpreter's clean-up, which would wait for the thread that waits for its input.
        os._exit(1)


def _answer(requests: SimpleQueue[tuple[Request, bytes]]) -> None:
    recogniser = Recogniser()
    while True:
        request, sound = requests.get()
        decoded = recogniser.recognise(np.frombuffer(sound, np.int16), request.phrases, request.narrowband)
        sys.stdout.buffer.write(write_reply(decoded))
        sys.stdout.buffer.flush()


def _receive(stream: BinaryIO, requests: SimpleQueue[tuple[Request, bytes]]) -> None:
    """Read requests as they come, so that the end of the stream is seen at once: then nobody wants an answer."""
    while (received := read_request(stream)) is not None:
        requests.put(received)
    os._exit(0)


def _die_with_parent() -> None:
    """Ask Linux for our death with the parent's: while the decoder runs, no thread of ours could see it."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, signal.SIGKILL)
