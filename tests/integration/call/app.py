"""Apps that talk over the voice socket of a server of their own."""

import asyncio
import base64
import io
import json
import wave
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

import numpy as np
from websockets.asyncio.client import ClientConnection, connect

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
        async with asyncio.timeout(60):
            while True:
                message: dict[str, Any] = json.loads(await self.socket.recv())
                if message["event"] == "mark":
                    await self.send(**message)
                if message["event"] == "audio_response":
                    self.sound += base64.b64decode(message["data"])
                if message["event"] == event:
                    return message


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
