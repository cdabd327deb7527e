"""The command: what it says, what it refuses, how it leaves, and what it finds when it is started again."""

import asyncio
from contextlib import aclosing
from datetime import timedelta

import httpx
import psycopg

from providers.postgres.embedded.attach import open_embedded
from server.security.roles import AccessRole
from tests.e2e.events import rest_of, stream, take
from tests.e2e.process import SECRET, ServeProcess, new_data_dir, run_parley

FACT = {"speaker": "User", "raw_text": "we get about five hundred visitors a month", "turn_id": "1"}


def test_without_a_secret_it_stays_on_this_machine() -> None:
    refused = run_parley("serve", "--host", "0.0.0.0", "--port", "0")
    assert refused.returncode == 2
    assert "PARLEY_SECRET" in refused.stderr
    assert "Traceback" not in refused.stderr


async def test_it_has_everything_after_a_kill_and_ends_its_streams_before_it_leaves(local: ServeProcess) -> None:
    says_how_to_reach_it(local)
    await killed_and_started_again_it_has_everything(local)
    says_how_to_reach_it(local)
    await ends_its_streams_before_it_leaves(local)
    assert "error" not in local.log.lower()


def says_how_to_reach_it(local: ServeProcess) -> None:
    assert "http://127.0.0.1:" in local.greeting
    assert "Model: builtin" in local.greeting
    assert "No token is needed" in local.greeting


async def killed_and_started_again_it_has_everything(local: ServeProcess) -> None:
    async with httpx.AsyncClient(base_url=local.url, timeout=120) as client:
        session_id = (await client.post("/sessions", json={"playbook": "lumen"})).json()["session_id"]
        first = (await client.post(f"/sessions/{session_id}/turns", json=FACT)).json()
        seen = await take(2, client, session_id)
    local.kill()
    local.start()
    async with httpx.AsyncClient(base_url=local.url, timeout=120) as client:
        again = (await client.post(f"/sessions/{session_id}/turns", json=FACT)).json()
        await client.post(f"/sessions/{session_id}/close")
        rest = await take(99, client, session_id, **{"Last-Event-ID": str(seen[-1]["n"])})
        state = (await client.get(f"/sessions/{session_id}")).json()
    assert again == first
    assert [event["n"] for event in seen + rest] == list(range(1, len(seen + rest) + 1))
    assert (state["status"], state["totals"]["turns"]) == ("closed", 1)


async def ends_its_streams_before_it_leaves(local: ServeProcess) -> None:
    async with httpx.AsyncClient(base_url=local.url, timeout=120) as client:
        opened = await client.post("/sessions", json={"playbook": "lumen"})
        assert (opened.status_code, opened.json()["tenant_id"]) == (201, "demo")
        async with aclosing(stream(client, opened.json()["session_id"])) as events:
            assert (await anext(events))["type"] == "session_created"
            status, rest = await asyncio.gather(asyncio.to_thread(local.stop), rest_of(events))
    assert (status, rest) == (0, [])


def test_tokens_of_the_command_open_the_server(guarded: ServeProcess) -> None:
    made = run_parley("token", "--tenant", "acme", "--role", AccessRole.AGENT, settings={"PARLEY_SECRET": SECRET})
    headers = {"Authorization": f"Bearer {made.stdout.strip()}"}
    opened = httpx.post(f"{guarded.url}/sessions", json={"playbook": "lumen"}, headers=headers)
    assert (opened.status_code, opened.json()["tenant_id"]) == (201, "acme")
    refused = run_parley("token")
    assert (refused.returncode, "PARLEY_SECRET" in refused.stderr) == (2, True)


def test_keys_of_the_command_open_the_running_server(guarded: ServeProcess) -> None:
    made = run_parley(
        "api-key", "--tenant", "acme", "--data-dir", str(guarded.data_dir), settings={"PARLEY_SECRET": SECRET}
    )
    key = made.stdout.strip()
    with httpx.Client(base_url=guarded.url) as client:
        token = client.post("/auth/token", json={"api_key": key}).json()["access_token"]
        for credential in (key, token):
            opened = client.get("/sessions", headers={"Authorization": f"Bearer {credential}"})
            assert opened.status_code == 200, opened.text
            assert opened.elapsed < timedelta(seconds=10)


async def test_a_key_of_the_command_seals_what_is_said() -> None:
    key = run_parley("encryption-key", "--name", "2026").stdout.strip()
    assert key.startswith("2026:")
    server = ServeProcess(new_data_dir(), {"PARLEY_ENCRYPTION__KEYS": key}).start()
    try:
        async with httpx.AsyncClient(base_url=server.url, timeout=120) as client:
            session_id = (await client.post("/sessions", json={"playbook": "lumen"})).json()["session_id"]
            said = (await client.post(f"/sessions/{session_id}/turns", json=FACT)).json()
            read = (await client.get(f"/sessions/{session_id}/turns/1")).json()
        async with open_embedded(server.data_dir) as dsn, await psycopg.AsyncConnection.connect(dsn) as owner:
            kept = await (await owner.execute("SELECT raw_text FROM turns")).fetchone()
    finally:
        server.stop()
    assert read == said
    assert read["raw_text"] == FACT["raw_text"]
    assert kept is not None
    assert "visitors" not in kept[0]
