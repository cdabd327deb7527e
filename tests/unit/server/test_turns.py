"""Turns and sessions over HTTP: both kinds of body, both kinds of answer, the same request twice."""

import json
from datetime import datetime
from typing import Any
from urllib.parse import quote
from uuid import uuid4

import httpx
import pytest

from domain.errors import SessionClosed, Unavailable
from tests.unit.server.face import Stage, open_client

TURN: dict[str, Any] = {"speaker": "User", "raw_text": "hello"}
SOUND = b"\xff" * 160


async def open_id(client: httpx.AsyncClient) -> str:
    return str((await client.post("/sessions", json={"playbook": "lumen"})).json()["session_id"])


async def test_an_idempotency_key_stands_for_a_session_of_the_tenant() -> None:
    async with open_client(Stage()) as client:
        headers = {"Idempotency-Key": "call 7"}
        first = await client.post("/sessions", json={"playbook": "lumen"}, headers=headers)
        again = await client.post("/sessions", json={"playbook": "lumen"}, headers=headers)
        other = await client.post("/sessions", json={"playbook": "lumen", "channel": "phone"}, headers=headers)
    assert (first.status_code, again.status_code, other.status_code) == (201, 200, 409)
    assert first.json() == again.json()
    assert first.headers["location"] == f"/sessions/{first.json()['session_id']}"
    assert other.json()["errors"][0]["field"] == "Idempotency-Key", "what the client has sent"


async def test_a_session_id_of_the_clients_own_is_named_beside_a_key() -> None:
    async with open_client(Stage()) as client:
        body, headers = {"playbook": "lumen", "session_id": str(uuid4())}, {"Idempotency-Key": "call 7"}
        await client.post("/sessions", json=body, headers=headers)
        other = await client.post("/sessions", json=body | {"channel": "phone"}, headers=headers)
    assert (other.status_code, other.json()["errors"][0]["field"]) == (409, "session_id")


async def test_agent_id_is_another_name_for_the_playbook() -> None:
    async with open_client(Stage()) as client:
        answer = await client.post("/sessions", json={"agent_id": "lumen", "call_context": "she called before"})
    assert answer.json()["playbook"] == "lumen"
    assert answer.json()["call_context"]["notes"] == "she called before"


@pytest.mark.parametrize("text", ["", "😀", "שלום עולם", "a" * 8_000, "\u202eright to left", "tab\tand\nline"])
async def test_odd_texts_are_ordinary(text: str) -> None:
    async with open_client(Stage()) as client:
        answer = await client.post(f"/sessions/{await open_id(client)}/turns", json=TURN | {"raw_text": text})
    assert (answer.status_code, answer.json()["raw_text"]) == (200, text)


@pytest.mark.parametrize(
    "timestamp",
    [
        "9999-12-31T23:59:59-23:59",
        "0001-01-01T00:00:00+23:59",
        "1969-12-31T23:59:59Z",
        "2100-01-01T00:00:00Z",
        "2026-05-04T09:31:10",
        "2026-05-04 09:31:10Z",
        "2026-05-04",
        "٢٠٢٦-05-04T09:31:10Z",
        "1777887070",
        1_777_887_070,
        True,
    ],
)
async def test_times_that_cannot_be_used(timestamp: object) -> None:
    async with open_client(Stage()) as client:
        answer = await client.post(f"/sessions/{await open_id(client)}/turns", json=TURN | {"timestamp": timestamp})
    assert (answer.status_code, answer.json()["errors"][0]["field"]) == (422, "timestamp")


@pytest.mark.parametrize("timestamp", ["1970-01-01T00:00:00Z", "2099-12-31t23:59:59.123456789-00:00", None])
async def test_times_that_can_be_used(timestamp: str | None) -> None:
    async with open_client(Stage()) as client:
        answer = await client.post(f"/sessions/{await open_id(client)}/turns", json=TURN | {"timestamp": timestamp})
    assert answer.status_code == 200, answer.text


@pytest.mark.parametrize(
    ("name", "value"), [("confidence", True), ("confidence", "0.5"), ("language_probability", "1"), ("confidence", -1)]
)
async def test_shares_are_numbers_from_0_to_1(name: str, value: object) -> None:
    async with open_client(Stage()) as client:
        path = f"/sessions/{await open_id(client)}/turns"
        wrong = await client.post(path, json=TURN | {"stt": {name: value}})
        right = await client.post(path, json=TURN | {"stt": {name: 1}})
    assert (wrong.status_code, right.status_code) == (422, 200)
    assert wrong.json()["errors"][0]["field"] == f"stt.{name}"


@pytest.mark.parametrize(
    ("encoding", "status"), [("utf-8-sig", 200), ("utf-16", 400), ("utf-16-be", 400), ("utf-32", 400)]
)
async def test_a_body_is_utf_8(encoding: str, status: int) -> None:
    headers = {"Content-Type": "application/json"}
    async with open_client(Stage()) as client:
        path = f"/sessions/{await open_id(client)}/turns"
        turn = await client.post(path, content=json.dumps(TURN).encode(encoding), headers=headers)
        opened = await client.post("/sessions", content='{"playbook":"lumen"}'.encode(encoding), headers=headers)
    assert turn.status_code == status
    assert opened.status_code == (201 if status == 200 else 400)


async def test_both_names_of_a_playbook_may_agree() -> None:
    async with open_client(Stage()) as client:
        answer = await client.post("/sessions", json={"playbook": "lumen", "agent_id": "lumen"})
    assert answer.status_code == 201


@pytest.mark.parametrize("turn_id", ["7", "a/b", "käse", "spaced out", "x" * 128, "..%2f", "?#&"])
async def test_a_turn_is_found_by_its_id(turn_id: str) -> None:
    async with open_client(Stage()) as client:
        path = f"/sessions/{await open_id(client)}/turns"
        sent = await client.post(path, json=TURN | {"turn_id": turn_id})
        again = await client.post(path, json=TURN | {"turn_id": turn_id})
        found = await client.get(f"{path}/{quote(turn_id, safe='')}")
        missing = await client.get(f"{path}/unheard-of")
    assert sent.json() == again.json() == found.json()
    assert missing.status_code == 404


async def test_the_header_may_name_the_turn() -> None:
    async with open_client(Stage()) as client:
        path = f"/sessions/{await open_id(client)}/turns"
        answer = await client.post(path, json=TURN, headers={"Idempotency-Key": "turn 7"})
        both = await client.post(path, json=TURN | {"turn_id": "8"}, headers={"Idempotency-Key": "8"})
    assert (answer.json()["turn_id"], both.json()["turn_id"]) == ("turn 7", "8")


async def test_a_turn_that_takes_long_is_202_with_its_address() -> None:
    stage = Stage()
    async with open_client(stage) as client:
        path = f"/sessions/{await open_id(client)}/turns"
        stage.service.slow = True
        answer = await client.post(path, json=TURN | {"turn_id": "a/b c"})
    assert (answer.status_code, answer.headers["retry-after"]) == (202, "1")
    assert answer.json()["status"] == "open"
    assert answer.headers["location"] == f"{path}/a%2Fb%20c"


@pytest.mark.parametrize("name", ["audio", None])
@pytest.mark.parametrize("turn_name", ["turn.json", None])
async def test_sound_comes_with_or_without_file_names(name: str | None, turn_name: str | None) -> None:
    files: dict[str, tuple[str | None, str | bytes, str]] = {
        "turn": (turn_name, json.dumps({"speaker": "User"}), "application/json"),
        "audio": (name, SOUND, "audio/basic"),
    }
    stage = Stage()
    async with open_client(stage) as client:
        answer = await client.post(f"/sessions/{await open_id(client)}/turns", files=files)
    assert answer.status_code == 200
    (call,) = stage.service.calls.values()
    ((body, _),) = call.turns.values()
    assert body[2] == SOUND


@pytest.mark.parametrize(
    ("files", "field"),
    [
        ({"audio": SOUND}, "turn"),
        ({"turn": b'{"speaker":"User"}'}, "audio"),
        ({"turn": b'{"speaker":"User"}', "audio": SOUND, "more": b""}, "more"),
        ({"turn": b"{}", "audio": SOUND}, "speaker"),
    ],
)
async def test_parts_are_asked_for_by_name(files: dict[str, bytes], field: str) -> None:
    sent = {name: ("f", data, "audio/basic") for name, data in files.items()}
    async with open_client(Stage()) as client:
        answer = await client.post(f"/sessions/{await open_id(client)}/turns", files=sent)
    assert answer.status_code == 422
    assert [error["field"] for error in answer.json()["errors"]] == [field]


async def test_a_turn_streams_its_nodes_and_then_its_result() -> None:
    async with open_client(Stage()) as client:
        path = f"/sessions/{await open_id(client)}/turns"
        answer = await client.post(path, json=TURN, headers={"Accept": "text/event-stream"})
    events = [line for line in answer.text.splitlines() if line.startswith("event")]
    assert events == ["event: node", "event: result"]
    assert answer.headers["content-type"].startswith("text/event-stream")


@pytest.mark.parametrize("error", [SessionClosed(), Unavailable(retry_after=3)])
async def test_a_stream_that_cannot_begin_is_an_ordinary_error(error: SessionClosed | Unavailable) -> None:
    stage = Stage()
    async with open_client(stage) as client:
        path = f"/sessions/{await open_id(client)}/turns"
        stage.service.failure = error
        answer = await client.post(path, json=TURN, headers={"Accept": "text/event-stream"})
    assert answer.status_code == error.status
    assert answer.headers["content-type"] == "application/problem+json"


async def test_lists_go_on_where_they_stopped() -> None:
    async with open_client(Stage()) as client:
        path = f"/sessions/{await open_id(client)}/turns"
        for number in range(3):
            await client.post(path, json=TURN | {"turn_id": str(number)})
        first = (await client.get(path, params={"limit": 2})).json()
        second = (await client.get(path, params={"limit": 2, "after": first["next"]})).json()
        await open_id(client)
        newest = (await client.get("/sessions")).json()
        oldest = (await client.get(f"/sessions?after={newest['next']}")).json()
    assert [turn["turn_id"] for turn in first["items"] + second["items"]] == ["0", "1", "2"]
    assert second["next"] is None
    assert newest["items"][0]["session_id"] != oldest["items"][0]["session_id"]


async def test_costs_are_added_up_over_all_pages() -> None:
    async with open_client(Stage()) as client:
        session_id = await open_id(client)
        for _ in range(3):
            await client.post(f"/sessions/{session_id}/turns", json=TURN)
        costs = (await client.get(f"/sessions/{session_id}/costs")).json()
    assert costs["turns"] == 3
    assert costs["models"] == [{"model": "tiny", "calls": 3, "input_tokens": 30, "output_tokens": 6}]


async def test_times_have_a_zone() -> None:
    async with open_client(Stage()) as client:
        state = (await client.get(f"/sessions/{await open_id(client)}")).json()
    assert datetime.fromisoformat(state["created_at"]).tzinfo is not None


async def test_an_erased_session_is_gone() -> None:
    async with open_client(Stage()) as client:
        session_id = await open_id(client)
        assert (await client.delete(f"/sessions/{session_id}")).status_code == 204
        assert (await client.get(f"/sessions/{session_id}")).status_code == 404
        assert (await client.delete(f"/sessions/{session_id}")).status_code == 404
