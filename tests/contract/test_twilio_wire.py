"""Twilio's wire format, read and written by programs that are not ours: pipecat's serializer, Twilio's own package.

The simulated Twilio that ships with Parley was written to the same documents by itself; it has to agree too.
"""

import warnings
from collections.abc import Mapping
from importlib import import_module
from typing import Any
from xml.etree.ElementTree import fromstring

import orjson
import pytest
from hypothesis import given
from hypothesis import strategies as st

from providers.twilio import twiml
from providers.twilio.messages import Clear, Dtmf, Mark, Media, Play, Start, Stop, render
from providers.twilio.parsing import parse
from providers.twilio.tokens import StreamPass
from providers.twilio_simulator.messages import CONNECTED, ClearAsked, MarkAsked, Messages, StreamNames, read_message
from providers.twilio_simulator.messages import Media as Heard
from speech.g711 import decode_mu_law

NAMES = StreamNames("AC0123", "CA4567", "MZ89ab")
SID = NAMES.stream_sid
SOUND = st.binary(min_size=1, max_size=1_000).filter(lambda data: not data.startswith(b"RIFF"))
"""Sound that does not look like a WAV file, which the simulated Twilio would refuse."""


class Pipecat:
    """pipecat's serializer for our stream, at the line's own rate."""

    def __init__(self) -> None:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # it imports audioop, which warns before Python 3.13
            pytest.importorskip("pipecat", reason="pipecat-ai is not installed", exc_type=ImportError)
            self.frames: Any = import_module("pipecat.frames.frames")
            theirs: Any = import_module("pipecat.serializers.twilio").TwilioFrameSerializer

        given = theirs.InputParams(auto_hang_up=False, sample_rate=8_000)
        self.serializer: Any = theirs(SID, params=given)
        self.serializer._sample_rate = 8_000

    async def read(self, text: str) -> Any:
        """Read a message as pipecat does."""
        return await self.serializer.deserialize(text)

    async def write(self, frame: Any) -> Mapping[str, Any]:
        """Write a frame as pipecat does."""
        message: Mapping[str, Any] = orjson.loads(await self.serializer.serialize(frame))
        return message


@pytest.fixture(scope="module")
def pipecat() -> Pipecat:
    return Pipecat()


@pytest.mark.parametrize("data", [bytes(range(256)), b"\xff" * 160, b"\x00"])
async def test_pipecat_hears_our_sound_sample_by_sample(pipecat: Pipecat, data: bytes) -> None:
    frame = await pipecat.read(render(Play(SID, data)))
    assert isinstance(frame, pipecat.frames.InputAudioRawFrame)
    assert (frame.sample_rate, frame.num_channels) == (8_000, 1)
    assert frame.audio == decode_mu_law(data).astype("<i2").tobytes()


async def test_pipecat_clears_as_we_do(pipecat: Pipecat) -> None:
    assert await pipecat.write(pipecat.frames.InterruptionFrame()) == orjson.loads(render(Clear(SID)))


async def test_pipecat_plays_as_we_do(pipecat: Pipecat) -> None:
    """Codes whose samples are the codec's own come back as the codes they were, minus zero aside."""
    data = bytes(code for code in range(256) if code != 0x7F)
    samples = decode_mu_law(data).astype("<i2").tobytes()
    frame = pipecat.frames.OutputAudioRawFrame(audio=samples, sample_rate=8_000, num_channels=1)
    assert await pipecat.write(frame) == orjson.loads(render(Play(SID, data)))


async def test_pipecat_reads_the_same_keys(pipecat: Pipecat) -> None:
    messages = Messages(NAMES)
    for digit in "0123456789*#":
        text = messages.dtmf(digit)
        ours = parse(text)
        assert isinstance(ours, Dtmf)
        assert (await pipecat.read(text)).button.value == ours.digit


@given(SOUND, st.text(min_size=1, max_size=30))
def test_the_simulated_twilio_takes_what_we_write(data: bytes, name: str) -> None:
    assert read_message(render(Play(SID, data)), SID) == Heard(data)
    assert read_message(render(Mark(SID, name)), SID) == MarkAsked(name)
    assert read_message(render(Clear(SID)), SID) == ClearAsked()


@given(SOUND, st.integers(0, 10**9), st.text(min_size=1, max_size=30))
def test_we_read_what_the_simulated_twilio_writes(data: bytes, at_ms: int, name: str) -> None:
    messages = Messages(NAMES)
    assert parse(CONNECTED) is not None
    begun = parse(messages.start({"session": name}))
    assert isinstance(begun, Start)
    assert (begun.account_sid, begun.call_sid, begun.stream_sid) == ("AC0123", "CA4567", SID)
    assert (begun.parameters, begun.tracks) == ({"session": name}, ("inbound",))
    assert parse(messages.media(data, at_ms)) == Media(SID, data, 1, at_ms, 2)
    assert parse(messages.dtmf("#")) == Dtmf(SID, "#", 3)
    assert parse(messages.mark(name)) == Mark(SID, name, 4)
    assert parse(messages.stop()) == Stop(SID, 5)


@given(st.text(st.characters(codec="utf-8", exclude_categories=("Cc", "Cs", "Cn")), max_size=40))
def test_parameters_survive_the_twiml(caller: str) -> None:
    stream = StreamPass("AC1", "CA1", "demo", "s-1", "lumen", caller)
    written = fromstring(twiml.stream("wss://a.example/twilio/media", stream, "token&<>", "https://a.example/?a=1&b=2"))
    given = {each.attrib["name"]: each.attrib["value"] for each in written.iter("Parameter")}
    assert given == {name: value for name, value in stream.parameters().items() if value} | {"token": "token&<>"}
    assert all(len(name) + len(value) < 500 for name, value in given.items())
    assert written.findtext("Redirect") == "https://a.example/?a=1&b=2"
