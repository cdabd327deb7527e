"""What every request passes: limits of the body, origins, names, headers."""

import asyncio
from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

import pytest
from starlette.types import Message, Scope

from server.middleware.body_limit import BodyLimit
from server.middleware.head_check import MAX_HEAD_BYTES, find_fault
from server.middleware.local_only import is_loopback
from server.problems import BodyRefused
from tests.unit.server.face import Stage, open_client


async def endless() -> AsyncIterator[bytes]:
    for _ in range(10_000):
        yield b" " * 65_536


@dataclass
class Taken:
    """A stream that counts what was taken from it."""

    pieces: int = 0

    async def stream(self) -> AsyncIterator[bytes]:
        async for piece in endless():
            self.pieces += 1
            yield piece


async def test_a_body_without_a_length_is_cut_off_at_the_limit() -> None:
    taken = Taken()
    async with open_client(Stage()) as client:
        answer = await client.post("/sessions", content=taken.stream(), headers={"Content-Type": "application/json"})
    assert answer.status_code == 413
    assert taken.pieces == 17, "no more than the limit was read"


async def test_a_declared_length_over_the_limit_is_refused_unread() -> None:
    taken = Taken()
    async with open_client(Stage()) as client:
        headers = {"Content-Type": "application/json", "Content-Length": "2000000"}
        answer = await client.post("/sessions", content=taken.stream(), headers=headers)
    assert (answer.status_code, taken.pieces) == (413, 0)


@dataclass
class Reader:
    """An application that reads the whole body."""

    refused: list[int] = field(default_factory=list)

    async def __call__(self, scope: Scope, receive: Any, send: Any) -> None:
        try:
            while (await receive()).get("more_body"):
                pass
        except BodyRefused as error:
            self.refused.append(error.status_code)


async def test_a_body_that_does_not_come_is_given_up() -> None:
    async def receive() -> Message:
        await asyncio.Event().wait()
        raise AssertionError("nothing comes")

    async def send(_: Message) -> None:
        raise AssertionError("nothing is sent")

    reader = Reader()
    await BodyLimit(reader, timedelta(milliseconds=1))({"type": "http", "headers": []}, receive, send)
    assert reader.refused == [408]


@pytest.mark.parametrize("host", ["localhost", "127.0.0.1", "127.8.8.8", "::1", "console.localhost"])
def test_names_of_this_machine(host: str) -> None:
    assert is_loopback(host)


@pytest.mark.parametrize("host", ["", "example.com", "10.0.0.1", "localhost.example.com", "0.0.0.0", "::"])
def test_names_of_others(host: str) -> None:
    assert not is_loopback(host)


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({}, 200),
        ({"Host": "127.0.0.1:8000"}, 200),
        ({"Host": "[::1]:8000"}, 200),
        ({"Host": "rebound.example.com"}, 403),
        ({"Host": "["}, 403),
        ({"Origin": "http://localhost:3000"}, 200),
        ({"Origin": "https://evil.example.com"}, 403),
        ({"Origin": "null"}, 403),
        ({"Origin": "https://ours.example.com"}, 200),
    ],
)
async def test_without_a_secret_only_this_machine_is_served(headers: dict[str, str], status: int) -> None:
    async with open_client(Stage(), cors_origins=["https://ours.example.com"]) as client:
        assert (await client.get("/sessions", headers=headers)).status_code == status


@pytest.mark.parametrize(
    ("hosts", "version", "status"),
    [(0, "1.0", 200), (1, "1.0", 200), (1, "1.1", 200), (0, "1.1", 400), (2, "1.1", 400), (2, "1.0", 400)],
)
async def test_a_request_names_one_host(hosts: int, version: str, status: int) -> None:
    found = find_fault({"http_version": version, "headers": [(b"host", b"localhost")] * hosts})
    assert (200 if found is None else found.status) == status


@pytest.mark.parametrize(
    ("path", "query", "value"), [(MAX_HEAD_BYTES, 0, 0), (0, MAX_HEAD_BYTES, 0), (0, 0, MAX_HEAD_BYTES)]
)
async def test_a_head_has_its_limit_wherever_it_is_long(path: int, query: int, value: int) -> None:
    headers = [(b"host", b"localhost"), (b"x", b"x" * value)]
    found = find_fault({"raw_path": b"x" * path, "query_string": b"x" * query, "headers": headers})
    assert found is not None
    assert (found.status, found.code) == (431, "head_too_large")


async def test_with_a_secret_any_host_is_served() -> None:
    async with open_client(Stage(local=False)) as client:
        answer = await client.get("/health", headers={"Host": "api.example.com", "Origin": "https://example.com"})
    assert answer.status_code == 200


async def test_origins_on_the_list_may_read_answers() -> None:
    ours = "https://ours.example.com"
    async with open_client(Stage(local=False), cors_origins=[ours]) as client:
        listed = await client.get("/health", headers={"Origin": ours})
        other = await client.get("/health", headers={"Origin": "https://example.com"})
    assert listed.headers["access-control-allow-origin"] == ours
    assert "access-control-allow-origin" not in other.headers


@pytest.mark.parametrize(("given", "kept"), [("order-7.a_B", True), ("a b", False), ("x" * 65, False), ("", False)])
async def test_a_request_keeps_its_name(given: str, kept: bool) -> None:
    async with open_client(Stage()) as client:
        answer = await client.get("/health", headers={"X-Request-ID": given})
    assert (answer.headers["x-request-id"] == given) is kept
    assert answer.headers["x-request-id"]


async def test_answers_are_careful_with_browsers() -> None:
    async with open_client(Stage()) as client:
        answer, docs = await client.get("/sessions"), await client.get("/docs")
    assert answer.headers["content-security-policy"] == "default-src 'none'; frame-ancestors 'none'"
    assert (answer.headers["cache-control"], answer.headers["x-frame-options"]) == ("no-store", "DENY")
    assert "cdn.jsdelivr.net" in docs.headers["content-security-policy"]
