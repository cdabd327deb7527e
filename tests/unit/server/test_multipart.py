"""multipart/form-data: the same parts however the body is cut, and sound byte by byte."""

from collections.abc import AsyncIterator

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.errors import RequestError
from server.multipart import MAX_PARTS, read_parts

TYPE = "multipart/form-data; boundary=XX"


def body_of(*parts: tuple[str, str, bytes]) -> bytes:
    pieces = [
        f'--XX\r\nContent-Disposition: form-data; name="{name}"\r\nContent-Type: {kind}\r\n\r\n'.encode() + data
        for name, kind, data in parts
    ]
    return b"\r\n".join(pieces) + b"\r\n--XX--\r\n"


async def cut(body: bytes, size: int) -> AsyncIterator[bytes]:
    for start in range(0, len(body), size):
        yield body[start : start + size]


@given(st.binary(max_size=300), st.integers(1, 80))
async def test_any_cut_gives_the_same_parts(sound: bytes, size: int) -> None:
    body = body_of(("turn", "application/json", b"{}"), ("audio", "audio/L16;rate=8000", sound))
    parts = await read_parts(TYPE, cut(body, size))
    assert bytes(parts["audio"].data) == sound
    assert parts["audio"].content_type == "audio/L16;rate=8000"
    assert bytes(parts["turn"].data) == b"{}"


@given(st.binary(max_size=200))
async def test_noise_is_refused_by_name(noise: bytes) -> None:
    with pytest.raises(RequestError, match=r"multipart|part"):
        await read_parts(TYPE, cut(noise, 7))


@pytest.mark.parametrize(
    ("kind", "body"),
    [
        ("multipart/form-data", body_of(("turn", "a/b", b""))),
        ("multipart/mixed; boundary=XX", body_of(("turn", "a/b", b""))),
        (TYPE, b""),
        (TYPE, body_of(("turn", "a/b", b"x"))[:-8]),
        (TYPE, b"--YY\r\n\r\n\r\n--YY--"),
        (TYPE, body_of(("", "a/b", b"x"))),
        (TYPE, body_of(("turn", "a/b", b"x"), ("turn", "a/b", b"y"))),
        (TYPE, body_of(*((f"p{n}", "a/b", b"x") for n in range(MAX_PARTS + 1)))),
    ],
)
async def test_broken_bodies_are_malformed(kind: str, body: bytes) -> None:
    with pytest.raises(RequestError) as caught:
        await read_parts(kind, cut(body, 11))
    assert caught.value.code == "malformed"
