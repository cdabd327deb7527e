"""A browser or an app as a line: sound as base64 in JSON, both ways."""

import asyncio
import base64
import binascii
from collections.abc import AsyncIterator
from typing import Any

from pydantic import ValidationError
from starlette.websockets import WebSocket, WebSocketDisconnect

from domain.errors import Fault, InvalidInput, LineClosed, ProviderRejected
from ports.telephony import Digit, HungUp, LineEvent, LineStart, Played, Sound
from server.documents import render
from server.problems import problem_of
from server.schemas.voice import VOICE_MESSAGE, AudioChunk, VoiceDigit, VoiceMark, VoiceMessage, VoiceStop
from server.streaming.text import text_of
from speech.pcm import to_pcm16
from speech.resample import resample_whole
from speech.utterance import decode

MAX_BAD_MESSAGES = 20
SENDS_WITHIN_SECONDS = 10.0
RATE_HZ = 16_000


class VoiceLine:
    """An accepted socket whose first message has been read."""

    def __init__(self, websocket: WebSocket, start: LineStart) -> None:
        self._websocket = websocket
        self._start = start
        self._bad = 0
        self.close_code = 1000
        """With which the socket is to be closed."""

    @property
    def start(self) -> LineStart:
        """What is known of the call."""
        return self._start

    async def events(self) -> AsyncIterator[LineEvent]:
        """Yield what comes in; a message that cannot be read is answered, and only 20 in a row end the line."""
        while self._bad < MAX_BAD_MESSAGES:
            try:
                event = await self._event(read_voice_message(await self._websocket.receive()))
            except WebSocketDisconnect:
                yield HungUp("the client has left", over=False)
                return
            except InvalidInput as error:
                self._bad += 1
                await self._tell({"event": "error", "data": problem_of(error).model_dump(exclude_none=True)})
                continue
            self._bad = 0
            yield event
            if isinstance(event, HungUp):
                return
        self.close_code = 1008
        yield HungUp("too many messages that cannot be read", over=False)

    async def play(self, data: bytes) -> None:
        """Send sound."""
        await self._tell({"event": "audio_response", "data": base64.b64encode(data).decode()})

    async def mark(self, name: str) -> None:
        """Send a mark, which the client sends back when it has played what came before."""
        await self._tell({"event": "mark", "name": name})

    async def clear(self) -> None:
        """Have the client throw away what it has not played."""
        await self._tell({"event": "clear"})

    async def show(self, text: str, *, final: bool) -> None:
        """Show the words that were understood."""
        await self._tell({"event": "transcript_final" if final else "transcript_partial", "text": text})

    async def hang_up(self) -> None:
        """Say that the call is over; the socket is closed by whoever accepted it."""
        await self._tell({"event": "ended"})

    async def record(self) -> None:
        """A browser is not recorded here."""
        raise ProviderRejected("voice_stream", Fault.BAD_REQUEST)

    async def transfer(self, phone: str, summary: str) -> None:
        """Tell the client whom to connect its user to: it alone can."""
        await self._tell({"event": "transfer", "phone": phone, "summary": summary})

    async def _event(self, message: VoiceMessage) -> LineEvent:
        match message:
            case AudioChunk(data=data):
                return Sound(await _sound(data))
            case VoiceMark(name=name):
                return Played(name)
            case VoiceDigit(digit=digit):
                return Digit(digit)
            case VoiceStop():
                return HungUp("the client has ended the call", over=True)
            case _:
                raise InvalidInput("A call starts once.", field="event")

    async def _tell(self, message: dict[str, Any]) -> None:
        try:
            async with asyncio.timeout(SENDS_WITHIN_SECONDS):
                await self._websocket.send_text(render(message).decode())
        except (WebSocketDisconnect, RuntimeError, TimeoutError) as error:
            raise LineClosed from error


def read_voice_message(message: Any) -> VoiceMessage:
    """Read one message of the socket.

    Raises:
        InvalidInput: it is none of the contract's.
        WebSocketDisconnect: the client has left.
    """
    text = text_of(message)
    try:
        return VOICE_MESSAGE.validate_json(text)
    except ValidationError as error:
        first = error.errors(include_url=False, include_input=False)[0]
        field = ".".join(str(part) for part in first["loc"]) or "event"
        raise InvalidInput(f"{field}: {first['msg']}", field=field) from error


async def _sound(data: str) -> bytes:
    """Read base64 of PCM, or of a WAV file, as 16-bit sound at 16,000 Hz."""
    try:
        sound = base64.b64decode(data, validate=True)
    except binascii.Error as error:
        raise InvalidInput("data must be base64.", field="data") from error
    if sound[:4] != b"RIFF":
        return sound
    return await asyncio.to_thread(_from_wav, sound)


def _from_wav(sound: bytes) -> bytes:
    pcm = decode(sound, "audio/wav")
    return to_pcm16(resample_whole(pcm.samples, pcm.rate_hz, RATE_HZ)).astype("<i2").tobytes()
