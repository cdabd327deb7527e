"""The events WebSocket: who may listen, what may be said, how it closes."""

import asyncio
import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field, replace
from datetime import timedelta
from typing import Any, cast

import pytest
from starlette.types import Message
from starlette.websockets import WebSocket

from domain.errors import Unavailable
from server.face import Face, Patience
from server.security.roles import AccessRole, Caller
from server.streaming.socket import MAX_BAD_MESSAGES, EventSocket
from tests.unit.server.face import Stage, bearer
from tests.unit.server.scripted import ScriptedService

VIEWER = Caller("demo", AccessRole.VIEWER, "test")


@dataclass
class Client:
    """The other end: says what is in its list, then listens until it is closed or leaves."""

    says: list[Any]
    leaves: bool = False
    reads: bool = True
    misses: int = 0
    heard: list[dict[str, Any]] = field(default_factory=list)
    code: int | None = None

    async def receive(self) -> Message:
        if self.says:
            said = self.says.pop(0)
            return {"type": "websocket.receive"} | ({"bytes": said} if isinstance(said, bytes) else {"text": said})
        if self.leaves:
            return {"type": "websocket.disconnect", "code": 1001}
        await asyncio.Event().wait()
        raise AssertionError("nobody speaks any more")

    async def send(self, message: Message) -> None:
        if not self.reads or (message["type"] == "websocket.send" and self.misses):
            self.misses -= 1
            await asyncio.Event().wait()
        if message["type"] == "websocket.send":
            self.heard.append(json.loads(message["text"]))
        if message["type"] == "websocket.close":
            self.code = message["code"]

    @property
    def kinds(self) -> list[str]:
        return [message["type"] for message in self.heard]


@asynccontextmanager
async def open_session(stage: Stage, *, closed: bool = False) -> AsyncIterator[tuple[Face, str]]:
    record, _ = await stage.service.open_session(
        "lumen",
        tenant_id="demo",
        session_id=None,
        call_context=None,
        customer_profile=None,
        caller_phone=None,
        channel="api",
    )
    if closed:
        await stage.service.close_session(record.facts.session_id, tenant_id="demo")
    quick = replace(Patience(), first_message=timedelta(milliseconds=5), slow_reader=timedelta(milliseconds=5))
    yield replace(stage.face(), patience=quick), record.facts.session_id


async def serve(face: Face, session_id: str, client: Client, caller: Caller | None = VIEWER, after: int = 0) -> None:
    scope = {"type": "websocket", "headers": [], "path": "/", "query_string": b""}

    async def receive() -> Message:
        return {"type": "websocket.connect"} if websocket.client_state.name == "CONNECTING" else await client.receive()

    websocket = WebSocket(scope, receive, client.send)
    reads, client.reads = client.reads, True
    await websocket.accept()
    client.reads = reads
    await EventSocket(websocket, face, session_id, after, caller).serve()


async def test_past_events_then_the_end() -> None:
    async with open_session(Stage(), closed=True) as (face, session_id):
        client = Client([])
        await serve(face, session_id, client)
    assert [event["n"] for event in client.heard] == [1, 2]
    assert client.code == 1000


async def test_it_goes_on_after_a_number() -> None:
    async with open_session(Stage(), closed=True) as (face, session_id):
        client = Client([])
        await serve(face, session_id, client, after=1)
    assert client.kinds == ["session_closed"]


async def test_a_mistake_is_answered_and_the_socket_lives_on() -> None:
    says = ["{", b"bytes", "[]", '{"type":"shout"}', '{"type":"ping","loud":1}', "\ud800", '{"type":"ping"}']
    async with open_session(Stage()) as (face, session_id):
        client = Client(says, leaves=True)
        await serve(face, session_id, client)
    assert [kind for kind in client.kinds if kind != "session_created"] == ["error"] * 6 + ["pong"]
    assert client.heard[1]["data"]["code"] == "invalid_input"
    assert client.code is None


@pytest.mark.parametrize(("mistakes", "code"), [(MAX_BAD_MESSAGES, 1008), (MAX_BAD_MESSAGES - 1, None)])
async def test_twenty_mistakes_in_a_row_close_it(mistakes: int, code: int | None) -> None:
    async with open_session(Stage()) as (face, session_id):
        client = Client(["{"] * mistakes, leaves=True)
        await serve(face, session_id, client)
    assert client.kinds.count("error") == mistakes
    assert client.code == code


async def test_a_good_message_forgives_the_bad_ones() -> None:
    says = ["{"] * (MAX_BAD_MESSAGES - 1) + ['{"type":"ping"}'] + ["{"] * (MAX_BAD_MESSAGES - 1)
    async with open_session(Stage()) as (face, session_id):
        client = Client(says, leaves=True)
        await serve(face, session_id, client)
    assert client.code is None


async def test_the_first_message_may_be_the_credential() -> None:
    token = bearer(AccessRole.VIEWER)["Authorization"].removeprefix("Bearer ")
    async with open_session(Stage(local=False), closed=True) as (face, session_id):
        client = Client([json.dumps({"type": "auth", "token": token})])
        await serve(face, session_id, client, caller=None)
    assert client.kinds == ["session_created", "session_closed"]


@pytest.mark.parametrize(
    ("first", "code"),
    [
        (['{"type":"auth","token":"nonsense"}'], "unauthenticated"),
        (['{"type":"ping"}'], "unauthenticated"),
        (["{"], "invalid_input"),
        ([], "unauthenticated"),
    ],
)
async def test_without_a_credential_it_closes(first: list[str], code: str) -> None:
    async with open_session(Stage(local=False)) as (face, session_id):
        client = Client(first)
        await serve(face, session_id, client, caller=None)
    assert client.heard[0]["data"]["code"] == code
    assert client.code == 1008


async def test_another_tenants_session_closes_it() -> None:
    token = bearer(AccessRole.ADMIN, "other")["Authorization"].removeprefix("Bearer ")
    async with open_session(Stage(local=False)) as (face, session_id):
        client = Client([json.dumps({"type": "auth", "token": token})])
        await serve(face, session_id, client, caller=None)
    assert client.heard[0]["data"]["code"] == "not_found"
    assert client.code == 1008


async def test_a_reader_that_does_not_read_is_given_up() -> None:
    async with open_session(Stage()) as (face, session_id):
        client = Client([], reads=False)
        await serve(face, session_id, client)
    assert (client.heard, client.code) == ([], None)


async def test_a_slow_reader_is_told_to_come_again() -> None:
    async with open_session(Stage()) as (face, session_id):
        client = Client([], misses=1)
        await serve(face, session_id, client)
    assert client.code == 1013


async def test_a_server_that_stops_says_so() -> None:
    async with open_session(Stage()) as (face, session_id):
        client = Client([])
        face.stopping.set()
        await serve(face, session_id, client)
    assert client.code == 1012


class Broken(ScriptedService):
    """A service whose events fail."""

    error: Exception = Unavailable("The database does not answer.")

    async def events(self, session_id: str, *, after: int, tenant_id: str) -> AsyncIterator[Any]:
        raise self.error
        yield cast("Any", None)


@pytest.mark.parametrize("error", [Unavailable("away"), ValueError("unforeseen")])
@pytest.mark.usefixtures("quiet_log")
async def test_a_failure_closes_it(error: Exception) -> None:
    service = Broken()
    service.error = error
    async with open_session(Stage(service=service)) as (face, session_id):
        client = Client([])
        await serve(face, session_id, client)
    assert client.code == 1011
