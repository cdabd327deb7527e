"""eSpeak NG's library by ctypes. It is GPL-3, so nothing but the worker process may load it.

API: src/include/espeak-ng/speak_lib.h of espeak-ng, revision 12.
"""

import ctypes
from collections.abc import Callable

_SYNCHRONOUS = 2
_BUFFER_MS = 60
_CHARACTERS = 1
_UTF8, _END_PAUSE = 0x1, 0x1000
_RATE = 1
_GO_ON, _STOP = 0, 1

_Callback = ctypes.CFUNCTYPE(ctypes.c_int, ctypes.c_void_p, ctypes.c_int, ctypes.c_void_p)

Heard = Callable[[bytes], bool]
"""Takes 16-bit samples as they are made; False stops the sentence."""


class Engine:
    """The library with one voice loaded; `rate_hz` is its sample rate."""

    def __init__(self, library: str, data: str | None, voice: str, words_a_minute: int) -> None:
        """Load library and voice; `data` is the folder espeak-ng-data, None for the library's own.

        Raises:
            OSError: the library cannot be loaded.
            LookupError: its data or the voice is not there.
        """
        self._library = ctypes.CDLL(library)
        folder = None if data is None else data.encode()
        self.rate_hz = self._library.espeak_Initialize(_SYNCHRONOUS, _BUFFER_MS, folder, 0)
        if self.rate_hz <= 0 or self._library.espeak_SetVoiceByName(voice.encode()) != 0:
            raise LookupError(voice)
        self._library.espeak_SetParameter(_RATE, words_a_minute, 0)
        self._heard: Heard = lambda _: False
        # Kept, or it would be collected under the library's hands.
        self._callback = _Callback(self._on_sound)
        self._library.espeak_SetSynthCallback(self._callback)

    def speak(self, text: str, heard: Heard) -> bool:
        """Say one text, and return when it is said or stopped; False if the engine would not."""
        self._heard = heard
        line = text.replace("\0", " ").encode()
        flags = _UTF8 | _END_PAUSE
        size = ctypes.c_size_t(len(line) + 1)
        return bool(self._library.espeak_Synth(line, size, 0, _CHARACTERS, 0, flags, None, None) == 0)

    def _on_sound(self, samples: int | None, count: int, _: int) -> int:
        if not samples or count <= 0:
            return _GO_ON
        return _GO_ON if self._heard(ctypes.string_at(samples, 2 * count)) else _STOP
