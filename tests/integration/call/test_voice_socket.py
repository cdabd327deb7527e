"""The voice socket as an app uses it: a real server, a real WebSocket, sound both ways."""

import asyncio
import base64
import io
import json
import wave
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

import numpy as np
import pytest
from websockets.asyncio.client import ClientConnection, connect
from websockets.exceptions import ConnectionClosed, InvalidStatus

from bootstrap.settings import Settings
from providers.postgres.database import Database
from providers.postgres.key_store import PostgresKeyStore
from providers.scripted.voice_activity import Loudness
from server.app import create_app
from server.build import build_face
from server.call.call import CallPorts
from server.call.desk import CallDesk
from server.listen import Listener, address_of, open_socket
from tests.integration.call.conftest import Desk, hearing

RATE_HZ = 16_000
SECRET = "a secret for tests, long enough for HS256"
START = {"event": "start", "playbook": "desk"}


def tone(seconds: float, rate_hz: int = RATE_HZ) -> bytes:
    """Something loud, as 16-bit PCM."""
    sound: bytes = (9_000 * np.sin(np.arange(round(seconds * rate_hz)) * 0.2)).astype("<i2").tobytes()
    return sound


def chunk(data: bytes) -> dict[str, str]:
    """A message with sound."""
    return {"event": "audio_chunk", "data": base64.b64encode(data).decode()}


def as_wav(data: bytes, rate_hz: int) -> bytes:
    """The same sound as a WAV file."""
    file = io.BytesIO()
    with wave.open(file, "wb") as wav:
        wav.setnchannels(1)
        wav.setsampwidth(2)
        wav.setframerate(rate_hz)
        wav.writeframes(data)
    return file.getvalue()


class App:
    """A client that plays what it gets at once."""

    def __init__(self, socket: ClientConnection) -> None:
        self.socket = socket
        self.sound = b""

    async def send(self, **message: Any) -> None:
        """Say something."""
        await self.socket.send(json.dumps(message))

    async def until(self, event: str) -> dict[str, Any]:
        """Read up to a message of this kind; marks are sent back as they come."""
        async with asyncio.timeout(20):
            while True:
                message: dict[str, Any] = json.loads(await self.socket.recv())
                if message["event"] == "mark":
                    await self.send(**message)
                if message["event"] == "audio_response":
                    self.sound += base64.b64decode(message["data"])
                if message["event"] == event:
                    return message


@pytest.fixture
def served(desk: Desk, database: Database) -> "Served":
    """Servers on the desk, one that everybody may use and one that asks for a credential."""
    return Served(desk, database)


class Served:
    """Opens servers and clients."""

    def __init__(self, desk: Desk, database: Database) -> None:
        self.desk = desk
        self.lines = 100
        self._database = database

    @asynccontextmanager
    async def app(self, settings: Settings | None = None) -> AsyncIterator[App]:
        """Connect to a server of its own."""
        ports = CallPorts(self.desk.parley, self.desk.voice, Loudness(), hearing(self.desk.hears))
        calls = CallDesk(ports, self.lines)
        keys = PostgresKeyStore(self._database)
        face = build_face(settings or Settings(), self.desk.parley, keys, version="0", desk=calls)
        with open_socket("127.0.0.1", 0) as listener:
            server = Listener(create_app(face), stopping=face.stopping, ready=lambda: None, leaving=lambda: None)
            serving = asyncio.create_task(server.serve([listener]))
            self.url = address_of(listener).replace("http", "ws") + "/voice/stream"
            try:
                async with connect(self.url) as socket:
                    yield App(socket)
            finally:
                server.leave()
                await serving


async def test_an_app_talks_and_is_answered(served: Served) -> None:
    served.desk.hears.append("we get 500 visitors a month")
    async with served.app() as app:
        await app.send(**START)
        session_id = (await app.until("started"))["session_id"]
        await app.until("mark")
        await app.send(**chunk(tone(1.0)))
        await app.send(**chunk(bytes(2 * RATE_HZ)))
        assert (await app.until("transcript_final"))["text"] == "we get 500 visitors a month"
        app.sound = b""
        for _ in range(3):
            await app.until("mark")
        assert len(app.sound) > RATE_HZ
        await app.send(event="stop")
        with pytest.raises(ConnectionClosed) as closed:
            await app.until("nothing more")
    assert closed.value.rcvd is not None
    assert closed.value.rcvd.code == 1000
    turns = (await served.desk.parley.list_turns(session_id)).items
    assert turns[1]["heard"] == turns[1]["result"]["reply"]


async def test_a_wav_file_of_any_rate_is_sound_too(served: Served) -> None:
    served.desk.hears.append("hello there")
    async with served.app() as app:
        await app.send(**START)
        await app.until("mark")
        await app.send(**chunk(as_wav(tone(0.8, 22_050), 22_050)))
        await app.send(**chunk(bytes(2 * RATE_HZ)))
        assert (await app.until("transcript_final"))["text"] == "hello there"


async def test_an_app_is_told_whom_to_connect_its_user_to(served: Served) -> None:
    served.desk.hears.append("a colleague please")
    async with served.app() as app:
        await app.send(**START)
        await app.until("mark")
        await app.send(**chunk(tone(1.0)))
        await app.send(**chunk(bytes(32_000)))
        told = await app.until("transfer")
        assert (told["phone"], told["summary"]) == ("+15005550002", "a colleague please")
        await app.send(event="stop")


async def test_what_cannot_be_read_is_answered_and_the_line_lives_on(served: Served) -> None:
    async with served.app() as app:
        await app.send(**START)
        await app.until("started")
        for message in (
            {"event": "audio_chunk", "data": "no base64!"},
            {"event": "sing"},
            {"event": "digit", "digit": "x"},
            START,
        ):
            await app.send(**message)
            assert (await app.until("error"))["data"]["code"] == "invalid_input"
        await app.socket.send(b"bytes")
        assert (await app.until("error"))["data"]["code"] == "invalid_input"
        await app.send(event="stop")


async def test_twenty_messages_that_cannot_be_read_end_the_line(served: Served) -> None:
    async with served.app() as app:
        await app.send(**START)
        await app.until("started")
        for _ in range(20):
            await app.socket.send("{")
        with pytest.raises(ConnectionClosed) as closed:
            await app.until("nothing more")
    assert closed.value.rcvd is not None
    assert closed.value.rcvd.code == 1008


@pytest.mark.parametrize(
    ("first", "code"),
    [
        ({"event": "start"}, "invalid_input"),
        ({"event": "start", "playbook": "nobody"}, "invalid_input"),
        ({"event": "start", "playbook": "lumen"}, "invalid_input"),
        ({"event": "start", "session_id": "7f1c1b1e-1f0b-4b0e-9f55-6f2f0a3c9d11"}, "not_found"),
        ({"event": "stop"}, "invalid_input"),
    ],
)
async def test_a_start_that_cannot_be_served_is_refused(served: Served, first: dict[str, Any], code: str) -> None:
    async with served.app() as app:
        await app.send(**first)
        assert (await app.until("error"))["data"]["code"] == code
        with pytest.raises(ConnectionClosed) as closed:
            await app.until("nothing more")
    assert closed.value.rcvd is not None
    assert closed.value.rcvd.code == 1008


async def test_with_a_secret_a_credential_is_asked_for(served: Served) -> None:
    async with served.app(Settings(secret=SECRET)) as app:
        await app.send(**START)
        assert (await app.until("error"))["data"]["code"] == "unauthenticated"


async def test_a_call_too_many_is_told_so_and_has_a_line_when_one_is_free(served: Served) -> None:
    served.lines = 1
    async with served.app() as app:
        await app.send(**START)
        await app.until("mark")
        with pytest.raises(InvalidStatus) as refused:
            async with connect(served.url):
                pass
        answer = refused.value.response
        assert (answer.status_code, answer.headers["Retry-After"]) == (503, "30")
        assert json.loads(answer.body)["detail"] == "All lines are busy; please call again in a moment."
        await app.send(event="stop")
        with pytest.raises(ConnectionClosed):
            await app.until("nothing more")
        async with connect(served.url) as socket:
            second = App(socket)
            await second.send(**START)
            await second.until("started")
