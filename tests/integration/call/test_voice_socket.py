"""The voice socket as an app uses it: a real server, a real WebSocket, sound both ways."""

import json
from typing import Any
from uuid import uuid4

import pytest
from websockets.asyncio.client import connect
from websockets.exceptions import ConnectionClosed, InvalidStatus

from bootstrap.settings import Settings
from domain.errors import Unavailable
from ports.telephony import Line
from providers.postgres.database import Database
from server.call.desk import CallDesk
from tests.integration.call.app import RATE_HZ, START, App, Served, as_wav, chunk, tone
from tests.integration.call.conftest import Desk

SECRET = "a secret for tests, long enough for HS256"


@pytest.fixture
def served(desk: Desk, database: Database) -> Served:
    """Servers on the desk, one that everybody may use and one that asks for a credential."""
    return Served(desk, database)


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


async def test_an_app_is_told_that_its_session_was_closed(served: Served) -> None:
    served.desk.hears.append("hello there")
    async with served.app() as app:
        await app.send(**START)
        session_id = (await app.until("started"))["session_id"]
        await app.until("mark")
        await served.desk.parley.close_session(session_id)
        await app.send(**chunk(tone(1.0)))
        await app.send(**chunk(bytes(2 * RATE_HZ)))
        await app.until("ended")
        with pytest.raises(ConnectionClosed) as closed:
            await app.until("nothing more")
    assert closed.value.rcvd is not None
    assert closed.value.rcvd.code == 1000


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


async def test_a_client_that_has_left_is_refused_nothing(
    served: Served, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    async def take(desk: CallDesk, line: Line) -> None:
        async for _ in line.events():
            pass
        raise Unavailable("The database does not answer.")

    monkeypatch.setattr(CallDesk, "take", take)
    async with served.app() as app:
        await app.send(**START)
        await app.until("started")
    assert [record.getMessage() for record in caplog.records if record.name == "uvicorn.error"] == []


async def test_with_a_secret_a_credential_is_asked_for(served: Served) -> None:
    async with served.app(Settings(secret=SECRET)) as app:
        await app.send(**START)
        assert (await app.until("error"))["data"]["code"] == "unauthenticated"


async def test_a_call_that_comes_back_has_its_own_line_though_all_are_busy(served: Served) -> None:
    served.lines = 1
    async with served.app() as app:
        await app.send(**START)
        session_id = (await app.until("started"))["session_id"]
        await app.until("mark")
        async with connect(f"{served.url}?session_id={session_id}") as socket:
            again = App(socket)
            await again.send(event="start", session_id=session_id)
            assert (await again.until("started"))["session_id"] == session_id
            await again.until("mark")
            with pytest.raises(ConnectionClosed):
                await app.until("nothing more")
            await again.send(event="stop")


async def test_a_call_too_many_is_told_so_and_has_a_line_when_one_is_free(served: Served) -> None:
    served.lines = 1
    async with served.app() as app:
        await app.send(**START)
        await app.until("mark")
        with pytest.raises(InvalidStatus) as refused:
            async with connect(f"{served.url}?session_id={uuid4()}"):
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
