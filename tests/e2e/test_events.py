"""Events as clients follow them: resumed by number, by many at once, over both doors."""

import asyncio
import json
from contextlib import suppress
from typing import Any
from uuid import uuid4

import httpx
import pytest
from websockets.asyncio.client import ClientConnection, connect
from websockets.exceptions import ConnectionClosed, InvalidStatus

from server.security.roles import AccessRole
from tests.e2e.conftest import bearer
from tests.e2e.events import PATIENCE, take
from tests.e2e.process import ServeProcess

TEXTS = ["hello", "we get about five hundred visitors a month", "we use google ads", "bye"]


async def talk(client: httpx.AsyncClient, session_id: str) -> None:
    for number, text in enumerate(TEXTS):
        turn = {"speaker": "User", "raw_text": text, "turn_id": str(number)}
        assert (await client.post(f"/sessions/{session_id}/turns", json=turn)).status_code == 200
    assert (await client.post(f"/sessions/{session_id}/close")).status_code == 200


def socket_of(guarded: ServeProcess, session_id: str, after: int = 0, headers: dict[str, str] | None = None) -> connect:
    url = f"{guarded.url.replace('http', 'ws', 1)}/sessions/{session_id}/events?after={after}"
    return connect(url, additional_headers=bearer(AccessRole.VIEWER) if headers is None else headers, proxy=None)


async def hear(socket: ClientConnection) -> list[dict[str, Any]]:
    """Everything until the server closes, however it does."""
    found: list[dict[str, Any]] = []
    async with asyncio.timeout(PATIENCE):
        with suppress(ConnectionClosed):
            while True:
                found.append(json.loads(await socket.recv()))
    return found


async def test_many_readers_hear_the_same(guarded: ServeProcess, client: httpx.AsyncClient, session_id: str) -> None:
    async with socket_of(guarded, session_id) as socket, asyncio.TaskGroup() as group:
        readers = [group.create_task(take(99, client, session_id)) for _ in range(2)]
        listener = group.create_task(hear(socket))
        group.create_task(talk(client, session_id))
    first, second = (reader.result() for reader in readers)
    assert first == second == listener.result()
    assert [event["n"] for event in first] == list(range(1, len(first) + 1))
    assert first[-1]["type"] == "session_closed"
    assert socket.close_code == 1000


async def test_every_reader_hears_the_end(client: httpx.AsyncClient) -> None:
    client.headers.update(bearer(AccessRole.ADMIN, f"ends-{uuid4().hex[:8]}"))  # with a rate limit of its own
    opened = await asyncio.gather(*(client.post("/sessions", json={"playbook": "lumen"}) for _ in range(12)))
    ids = [answer.json()["session_id"] for answer in opened]
    async with asyncio.TaskGroup() as group:
        readers = [group.create_task(take(99, client, session_id)) for session_id in ids for _ in range(3)]
        closing = [group.create_task(client.post(f"/sessions/{session_id}/close")) for session_id in ids]
    assert [task.result().status_code for task in closing] == [200] * len(ids)
    assert [reader.result()[-1]["type"] for reader in readers] == ["session_closed"] * len(readers)


async def test_a_reader_resumes_by_number(guarded: ServeProcess, client: httpx.AsyncClient, session_id: str) -> None:
    talking = asyncio.create_task(talk(client, session_id))
    found = await take(2, client, session_id)
    while found[-1]["type"] != "session_closed":
        found += await take(2, client, session_id, **{"Last-Event-ID": str(found[-1]["n"])})
    await talking
    assert [event["n"] for event in found] == list(range(1, len(found) + 1))
    async with socket_of(guarded, session_id, after=3) as socket:
        assert await hear(socket) == found[3:]
    over = await client.get(f"/sessions/{session_id}/events", headers={"Last-Event-ID": str(found[-1]["n"])})
    assert over.status_code == 204


async def test_the_same_turn_from_many_sides_is_done_once(client: httpx.AsyncClient, session_id: str) -> None:
    turn = {"speaker": "User", "raw_text": TEXTS[1], "turn_id": "once"}
    answers = await asyncio.gather(*(client.post(f"/sessions/{session_id}/turns", json=turn) for _ in range(5)))
    await client.post(f"/sessions/{session_id}/close")
    events = await take(99, client, session_id)
    assert {answer.status_code for answer in answers} == {200}
    assert len({answer.text for answer in answers}) == 1 or len({answer.json()["seq"] for answer in answers}) == 1
    assert [event["type"] for event in events].count("function_called") == 1


async def test_a_turn_streams_while_it_runs(client: httpx.AsyncClient, session_id: str) -> None:
    path, turn = f"/sessions/{session_id}/turns", {"speaker": "User", "raw_text": TEXTS[1], "turn_id": "streamed"}
    answer = await client.post(path, json=turn, headers={"Accept": "text/event-stream"})
    frames = [frame.split("\n") for frame in answer.text.split("\n\n") if frame.startswith("event")]
    nodes = [json.loads(frame[1].removeprefix("data: "))["node"] for frame in frames[:-1]]
    assert nodes[:3] == ["receive", "clean", "decide_tools"]
    assert frames[-1][0] == "event: result"
    result = json.loads(frames[-1][1].removeprefix("data: "))
    assert result == (await client.get(f"{path}/streamed")).json()


async def test_hanging_up_does_not_cancel_a_turn(client: httpx.AsyncClient, session_id: str) -> None:
    path, turn = f"/sessions/{session_id}/turns", {"speaker": "User", "raw_text": TEXTS[1], "turn_id": "dropped"}
    async with client.stream("POST", path, json=turn, headers={"Accept": "text/event-stream"}) as answer:
        await anext(answer.aiter_lines())
    events = await take(4, client, session_id)
    assert [event["turn_id"] for event in events if event["type"] == "turn_processed"] == ["dropped"]


async def test_a_browser_sends_its_token_first(guarded: ServeProcess, session_id: str) -> None:
    token = bearer(AccessRole.VIEWER)["Authorization"].removeprefix("Bearer ")
    async with socket_of(guarded, session_id, headers={}) as socket, asyncio.timeout(PATIENCE):
        await socket.send(json.dumps({"type": "auth", "token": token}))
        assert json.loads(await socket.recv())["type"] == "session_created"
        await socket.send("{")
        assert json.loads(await socket.recv())["type"] == "error"
        await socket.send('{"type":"ping"}')
        assert json.loads(await socket.recv()) == {"type": "pong"}


@pytest.mark.parametrize(
    ("headers", "path_id", "status"),
    [
        ({"Authorization": "Bearer nonsense"}, None, 401),
        (bearer(AccessRole.ADMIN, "other"), None, 404),
        (None, "9f1c1b1e-1f0b-4b0e-9f55-6f2f0a3c9d99", 404),
        (None, "call-7", 422),
    ],
)
async def test_a_socket_is_refused_before_it_opens(
    guarded: ServeProcess, session_id: str, headers: dict[str, str] | None, path_id: str | None, status: int
) -> None:
    with pytest.raises(InvalidStatus) as caught:
        async with socket_of(guarded, path_id or session_id, headers=headers):
            pass
    assert caught.value.response.status_code == status
    assert json.loads(caught.value.response.body or b"")["status"] == status


async def test_a_socket_elsewhere_is_no_such_path(guarded: ServeProcess) -> None:
    url = f"{guarded.url.replace('http', 'ws', 1)}/nowhere"
    with pytest.raises(InvalidStatus) as caught:
        async with connect(url, proxy=None):
            pass
    assert caught.value.response.status_code == 404
    assert json.loads(caught.value.response.body or b"")["code"] == "not_found"
    assert "without completing handshake" not in guarded.log


@pytest.mark.parametrize(("says", "code"), [(["{"] * 20, 1008), (["x" * 65_537], 1009)])
async def test_a_socket_closes_on_misuse(guarded: ServeProcess, session_id: str, says: list[str], code: int) -> None:
    async with socket_of(guarded, session_id) as socket:
        for text in says:
            await socket.send(text)
        await hear(socket)
        assert socket.close_code == code
