"""What happened in a simulated call: the truth to hold a server's own account against."""

import wave
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from providers.twilio_simulator.caller import Said
from providers.twilio_simulator.playout import Heard, PlayoutRecord
from providers.twilio_simulator.wire import WireCount
from speech.framing import RATE_HZ
from speech.g711 import decode_mu_law


class Ending(StrEnum):
    """How a call ended."""

    CALLER_HUNG_UP = "the caller hung up"
    AGENT_HUNG_UP = "the server ended the call"
    TRANSFERRED = "the server handed the caller to a number"
    REJECTED = "the server did not take the call"
    NOT_ANSWERED = "nobody answered"
    FAILED = "the server's answer could not be used"
    TIME_LIMIT = "the call took too long"


class StreamEnding(StrEnum):
    """How a media stream ended."""

    CALLER = "the caller hung up"
    CARRIER = "the call was ended through the carrier"
    SERVER = "the server closed it"
    LOST = "the connection broke"
    REFUSED = "the server did not open it"


@dataclass(frozen=True)
class Problem:
    """What Twilio would have written into its log, under its number for it; None where it has none."""

    code: int | None
    what: str


@dataclass(frozen=True)
class Asked:
    """A request to the server; `status` is None when no answer came."""

    url: str
    form: Mapping[str, str]
    status: int | None
    body: str


@dataclass
class StreamRecord:
    """One media stream; times are samples of the line since the call began."""

    stream_sid: str
    url: str
    parameters: Mapping[str, str]
    began: int
    """When it was asked for; once it is open, when that was."""
    ended: int = 0
    ending: StreamEnding | None = None
    status: int | None = None
    """Of the upgrade, where it was refused."""
    close_code: int | None = None
    close_reason: str = ""
    media_sent: int = 0
    wire: WireCount = field(default_factory=WireCount)
    playout: PlayoutRecord = field(default_factory=PlayoutRecord)


@dataclass
class CallRecord:
    """One call, from the first ring to its end."""

    call_sid: str
    ending: Ending | None = None
    samples: int = 0
    """How long it took on the line."""
    asked: list[Asked] = field(default_factory=list)
    streams: list[StreamRecord] = field(default_factory=list)
    said: list[Said] = field(default_factory=list)
    texts: list[str] = field(default_factory=list)
    """What <Say> was to say."""
    transferred_to: str | None = None
    given_up: list[int] = field(default_factory=list)
    """Which steps of the script, from 0, waited in vain."""
    problems: list[Problem] = field(default_factory=list)

    @property
    def seconds(self) -> float:
        """How long it took on the line."""
        return self.samples / RATE_HZ

    @property
    def heard(self) -> list[Heard]:
        """Of each mark's sound, on all streams in order, how much was sent and how much played."""
        return [heard for stream in self.streams for heard in stream.playout.heard()]

    @property
    def played(self) -> bytes:
        """All that the caller heard, mu-law, without the gaps."""
        return b"".join(stream.playout.sound for stream in self.streams)

    def stereo(self) -> NDArray[np.int16]:
        """Return the call as it sounded, (samples, 2) at 8,000 Hz: the caller left, the agent right."""
        sound = np.zeros((self.samples, 2), np.int16)
        _lay(sound[:, 0], ((said.at, said.sound) for said in self.said))
        _lay(sound[:, 1], ((span.at, span.sound) for stream in self.streams for span in stream.playout.played))
        return sound

    def write_wav(self, path: Path) -> None:
        """Write the call as it sounded: a stereo WAV file, 16-bit PCM."""
        with wave.open(str(path), "wb") as file:
            file.setnchannels(2)
            file.setsampwidth(2)
            file.setframerate(RATE_HZ)
            file.writeframes(self.stereo().astype("<i2").tobytes())


def _lay(channel: NDArray[np.int16], spans: Iterable[tuple[int, bytearray]]) -> None:
    """Put mu-law sound into a channel, each span at its time; what is past the end is left out."""
    for at, sound in spans:
        room = channel[at : at + len(sound)]
        room[:] = decode_mu_law(bytes(sound[: len(room)]))
