"""HTTP/1.1 as loopback services read it: one request after the other off a connection."""

import asyncio
from dataclasses import dataclass


@dataclass(frozen=True)
class HttpRequest:
    """What a client sent; names of headers are in lower case."""

    method: str
    target: str
    headers: dict[str, str]
    body: bytes


async def read_request(reader: asyncio.StreamReader) -> HttpRequest:
    """Wait for the next request (asyncio.IncompleteReadError: the client has left)."""
    first, *lines = (await reader.readuntil(b"\r\n\r\n")).decode().split("\r\n")[:-2]
    method, target, _ = first.split(" ")
    headers = {name.lower(): value for name, _, value in (line.partition(": ") for line in lines)}
    body = await reader.readexactly(int(headers.get("content-length", "0")))
    return HttpRequest(method, target, headers, body)
