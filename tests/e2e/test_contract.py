"""The contract against a real server: every row of bad input, and every document by its schema."""

import asyncio
import re
from collections.abc import AsyncIterator
from uuid import uuid4

import httpx
import pytest

from server.schemas.events import Event
from server.schemas.fields import Document
from server.schemas.health import Health
from server.schemas.record import Costs, DatasetHistory, DatasetView, ToolCallPage
from server.schemas.sessions import Session, SessionPage, SessionState
from server.schemas.turns import TurnPage, TurnResult
from server.security.roles import AccessRole
from tests.contract.bad_input import REQUESTS, Sender
from tests.contract.page import table
from tests.e2e.conftest import bearer
from tests.e2e.events import PATIENCE, take
from tests.e2e.process import ServeProcess

FACT = {"speaker": "User", "raw_text": "we get about five hundred visitors a month"}


@pytest.fixture
async def sender(guarded: ServeProcess, client: httpx.AsyncClient, session_id: str) -> AsyncIterator[Sender]:
    opened = await client.post("/sessions", json={"playbook": "lumen"}, headers=bearer(AccessRole.AGENT, "other"))
    closed_id = (await client.post("/sessions", json={"playbook": "lumen"})).json()["session_id"]
    await client.post(f"/sessions/{closed_id}/close")
    far_away = {"X-Forwarded-For": f"203.0.113.{uuid4().int % 250}"}
    async with (
        httpx.AsyncClient(base_url=guarded.url) as nobody,
        httpx.AsyncClient(base_url=guarded.url, headers=bearer(AccessRole.VIEWER)) as viewer,
        httpx.AsyncClient(base_url=guarded.url, headers=far_away) as hurried,
    ):
        yield Sender(client, session_id, closed_id, opened.json()["session_id"], nobody, viewer, hurried)


@pytest.mark.parametrize(("name", "status", "field"), table("bad input"))
async def test_bad_input_is_answered_as_written(sender: Sender, name: str, status: str, field: str) -> None:
    answer = await REQUESTS[name](sender)
    assert answer.status_code == int(status), answer.text
    assert answer.headers["content-type"] == "application/problem+json"
    if field:
        assert field in [error["field"] for error in answer.json()["errors"]]


@pytest.mark.parametrize(
    ("request_bytes", "status"),
    [
        (b"GET /health/live HTTP/1.1\r\nHost: a\r\n\r\n", 200),
        (b"GET /health/live HTTP/1.0\r\n\r\n", 200),
        (b"GET /health/live HTTP/1.1\r\n\r\n", 400),
        (b"GET /health/live HTTP/1.1\r\nHost: a\r\nHost: a\r\n\r\n", 400),
        (b"GET /health/live HTTP/1.1\r\nHost: a\r\nX: " + b"x" * 40_000 + b"\r\n\r\n", 431),
        (b"GET /health/live HTTP/1.1\r\nHost: a\r\nX: " + b"x" * 1_000_000, 431),
        (b"GET /" + b"x" * 40_000 + b" HTTP/1.1\r\nHost: a\r\n\r\n", 431),
        (b"POST /sessions HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n", 400),
        (b"\x16\x03\x01\x02\x00" * 100, 400),
    ],
)
async def test_a_head_is_answered_as_written(guarded: ServeProcess, request_bytes: bytes, status: int) -> None:
    address = httpx.URL(guarded.url)
    reader, writer = await asyncio.open_connection(address.host, address.port)
    async with asyncio.timeout(PATIENCE):
        writer.write(request_bytes)
        head = await reader.readuntil(b"\r\n\r\n")
    writer.transport.abort()
    assert head.startswith(b"HTTP/1.1 %d " % status)
    assert (b"application/problem+json" in head) is (status != 200)


async def test_a_filter_by_a_playbook_of_old_finds_nothing(client: httpx.AsyncClient, session_id: str) -> None:
    found = (await client.get("/sessions", params={"playbook": "retired"})).json()
    there = (await client.get("/sessions", params={"playbook": "lumen"})).json()
    assert (found, bool(there["items"])) == ({"items": [], "next": None}, True)


async def test_another_tenants_session_looks_like_none(sender: Sender) -> None:
    for tail in ("", "/turns", "/turns/7", "/tool-calls", "/dataset", "/dataset/history", "/costs", "/events"):
        unknown = await sender.get(f"/sessions/{uuid4()}{tail}")
        foreign = await sender.get(f"/sessions/{sender.foreign_id}{tail}")
        assert (unknown.status_code, unknown.content) == (404, foreign.content), tail


async def test_every_document_is_what_its_schema_says(client: httpx.AsyncClient, session_id: str) -> None:
    path = f"/sessions/{session_id}"
    TurnResult.model_validate((await client.post(f"{path}/turns", json=FACT | {"turn_id": "a/b"})).json())
    documents: dict[str, type[Document]] = {
        path: SessionState,
        f"{path}/turns": TurnPage,
        f"{path}/turns/a%2Fb": TurnResult,
        f"{path}/tool-calls": ToolCallPage,
        f"{path}/dataset": DatasetView,
        f"{path}/dataset?version=0": DatasetView,
        f"{path}/dataset/history": DatasetHistory,
        f"{path}/costs": Costs,
        "/sessions": SessionPage,
        "/health": Health,
    }
    for address, schema in documents.items():
        answer = await client.get(address)
        assert answer.status_code == 200, address
        assert set(answer.json()) <= set(schema.model_validate(answer.json()).model_fields_set), address
    Session.model_validate((await client.post(f"{path}/close")).json())
    for event in await take(9, client, session_id):
        Event.model_validate(event)


async def test_sessions_are_listed_page_by_page(client: httpx.AsyncClient) -> None:
    headers = bearer(AccessRole.ADMIN, f"lists-{uuid4().hex[:8]}")
    made = [(await client.post("/sessions", json={"playbook": "lumen"}, headers=headers)).json() for _ in range(3)]
    found, after = [], ""
    while after is not None:
        params = {"limit": "2"} | ({"after": after} if after else {})
        page = (await client.get("/sessions", params=params, headers=headers)).json()
        found += [item["session_id"] for item in page["items"]]
        after = page["next"]
    assert found == [session["session_id"] for session in reversed(made)]


async def test_what_is_learnt_can_be_traced(client: httpx.AsyncClient, session_id: str) -> None:
    turn = (await client.post(f"/sessions/{session_id}/turns", json=FACT)).json()
    view = (await client.get(f"/sessions/{session_id}/dataset")).json()
    before = (await client.get(f"/sessions/{session_id}/dataset?version=0")).json()
    calls = (await client.get(f"/sessions/{session_id}/tool-calls")).json()["items"]
    assert view["dataset"]["business_insights"]["metrics"] == {"monthly_website_visitors": "about five hundred"}
    assert before["dataset"]["business_insights"]["metrics"] == {}
    assert [call["id"] for call in calls] == [call["id"] for call in turn["function_calls"]]
    assert {source["turn_id"] for source in view["provenance"]} == {turn["turn_id"]}


async def test_a_held_call_is_decided_by_a_person(client: httpx.AsyncClient, session_id: str) -> None:
    path = f"/sessions/{session_id}"
    question = "Would a demo be useful, and how many leads do you get?"
    await client.post(f"{path}/turns", json={"speaker": "Lumen", "raw_text": question})
    turn = (await client.post(f"{path}/turns", json={"speaker": "User", "raw_text": "yes"})).json()
    assert [call["status"] for call in turn["function_calls"]] == ["held"]
    (held,) = (await client.get(path)).json()["held_consents"]
    decision = {"decision": "grant", "by": "maria@sales"}
    answer = await client.post(f"{path}/consents/{held['consent_id']}", json=decision)
    again = await client.post(f"{path}/consents/{held['consent_id']}", json=decision)
    other = await client.post(f"{path}/consents/{held['consent_id']}", json=decision | {"decision": "refuse"})
    assert answer.status_code == 200, answer.text
    assert answer.json()["function_call"]["status"] == "done"
    assert (again.json(), other.status_code) == (answer.json(), 409)
    assert re.search(r"granted already, by maria@sales, at \d{4}-\d\d-\d\dT[\d:]+\+00:00\.$", other.json()["detail"])
    assert question not in other.text


async def test_what_the_caller_has_decided_stands(client: httpx.AsyncClient, session_id: str) -> None:
    path = f"/sessions/{session_id}"
    await client.post(f"{path}/turns", json={"speaker": "Lumen", "raw_text": "Would a demo be useful, and how so?"})
    await client.post(f"{path}/turns", json={"speaker": "User", "raw_text": "yes"})
    (held,) = (await client.get(path)).json()["held_consents"]
    question = "Shall I go ahead and create the demo for you?"
    await client.post(f"{path}/turns", json={"speaker": "Lumen", "raw_text": question})
    turn = (await client.post(f"{path}/turns", json={"speaker": "User", "raw_text": "yes, go ahead please"})).json()
    consent = f"{path}/consents/{held['consent_id']}"
    refused = await client.post(consent, json={"decision": "refuse", "by": "maria@sales"})
    granted = await client.post(consent, json={"decision": "grant", "by": "maria@sales"})
    assert refused.status_code == 409
    assert "granted already, by caller, at " in refused.json()["detail"]
    assert (granted.json()["consent"]["decided_by"], granted.json()["function_call"]) == (
        "caller",
        turn["function_calls"][0],
    )
