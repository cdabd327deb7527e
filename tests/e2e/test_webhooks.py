"""Webhooks as an operator meets them: registered by command, delivered by the server or a worker, found when dead."""

import asyncio
import json
import signal
import sys
import tempfile
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from subprocess import CompletedProcess
from typing import Any

import httpx
import pytest
from standardwebhooks.webhooks import Webhook as Verifier

from tests.e2e.inside import run_inside
from tests.e2e.process import ServeProcess, environment, new_data_dir, run_parley
from tests.eventually import eventually
from tests.loopback_receiver import open_receiver, status

FACT = {"speaker": "User", "raw_text": "we get about five hundred visitors a month"}
DEAD = ("outbox", "list", "--status", "dead", "--json")


def command(
    server: ServeProcess, *arguments: str, run: Callable[..., CompletedProcess[str]] = run_inside
) -> list[dict[str, Any]]:
    """Run a verb on the server's data and return the rows it shows."""
    ran = run(*arguments, "--data-dir", str(server.data_dir))
    assert ran.returncode == 0, ran.stderr
    return [json.loads(line) for line in ran.stdout.splitlines() if line.startswith("{")]


async def play(server: ServeProcess) -> int:
    """One short call; returns how many events it made."""
    async with httpx.AsyncClient(base_url=server.url, timeout=120) as client:
        session_id = (await client.post("/sessions", json={"playbook": "lumen"})).json()["session_id"]
        await client.post(f"/sessions/{session_id}/turns", json=FACT)
        await client.post(f"/sessions/{session_id}/close")
        return int((await client.get(f"/sessions/{session_id}")).json()["totals"]["events"])


async def test_every_event_arrives_signed_also_after_a_kill(local: ServeProcess) -> None:
    async with open_receiver(lambda came: None if came == 2 else status(200)) as receiver:
        (added,) = command(local, "webhook", "add", receiver.url, "--json", run=run_parley)
        told = await play(local)
        await receiver.wait(lambda it: len(it.came) == 3)  # the third is under way, and gets no answer
        local.kill()
        local.start()
        await receiver.wait(lambda it: len(it.events) == told, seconds=60)
        assert [event["n"] for event in receiver.events] == list(range(1, told + 1))
        for headers, body in receiver.came:
            Verifier(added["secret"]).verify(body, headers)
        assert [each["url"] for each in command(local, "webhook", "list", "--json")] == [receiver.url]


async def test_dead_letters_are_listed_and_sent_again_by_a_worker_outside() -> None:
    server = ServeProcess(new_data_dir(), {"PARLEY_WORKER__INSIDE": "false"}).start()
    try:
        async with open_receiver(lambda came: status(400 if came == 0 else 200)) as receiver:
            command(server, "webhook", "add", receiver.url, "--types", "session_closed")
            await play(server)
            assert receiver.came == []
            async with worker(server):
                await receiver.wait(lambda it: len(it.came) == 1, seconds=60)
                await eventually(lambda: command(server, *DEAD) != [])  # the worker has noted the refusal
                (dead,) = command(server, *DEAD, run=run_parley)
                assert dead["fault"] == "the receiver answered 400"
                command(server, "outbox", "replay", "--all-dead")
                await receiver.wait(lambda it: len(it.came) == 2, seconds=60)
            assert command(server, "outbox", "list", "--json") == []
            assert receiver.ids == [dead["key"]] * 2
    finally:
        server.stop()


@asynccontextmanager
async def worker(server: ServeProcess) -> AsyncIterator[None]:
    """Run `parley worker`, and tell it to leave at the end."""
    verb = ["-m", "cli.main", "worker", "--data-dir", str(server.data_dir)]
    process = await asyncio.create_subprocess_exec(
        sys.executable, *verb, env=environment({}), cwd=tempfile.gettempdir(), stdout=asyncio.subprocess.PIPE
    )
    try:
        yield
    finally:
        process.send_signal(signal.SIGTERM)
        said, _ = await process.communicate()
    assert (said.decode().strip(), process.returncode) == ("A worker of Parley is at work.", 0)


@pytest.mark.parametrize(
    ("arguments", "names"),
    [
        (("webhook", "add", "ftp://example.com"), "url must be an http or https address"),
        (("webhook", "add", "http://127.0.0.1/", "--types", "spoken"), "types takes:"),
    ],
)
def test_what_cannot_be_registered_is_named(arguments: tuple[str, ...], names: str) -> None:
    refused = run_inside(*arguments)
    assert (refused.returncode, names in refused.stderr) == (1, True)
    assert "Traceback" not in refused.stderr


def test_a_command_says_what_is_not_there(guarded: ServeProcess) -> None:
    where = ("--data-dir", str(guarded.data_dir))
    nothing = "00000000-0000-0000-0000-000000000000"
    for verb in (("webhook", "disable", nothing), ("webhook", "enable", nothing), ("outbox", "settle", "x", "--lost")):
        ran = run_inside(*verb, *where)
        assert (ran.returncode, ran.stdout.startswith("There is no such")) == (1, True)
    missing = run_inside("outbox", "replay", "x", *where)
    assert (missing.returncode, "Neither dead nor unknown: x" in missing.stdout) == (1, True)
