"""Replays over HTTP and by command, on a running server."""

import asyncio
import json
from typing import Any
from uuid import uuid4

import httpx

from tests.e2e.inside import run_inside
from tests.e2e.process import ServeProcess, run_parley

CALL = ["we get 500 visitors a month", "about 90 calls a month", "sorry I meant 600 visitors"]


async def play(client: httpx.AsyncClient) -> str:
    session_id = str((await client.post("/sessions", json={"playbook": "lumen"})).json()["session_id"])
    for words in CALL:
        await client.post(f"/sessions/{session_id}/turns", json={"speaker": "User", "raw_text": words})
    return session_id


async def finished(client: httpx.AsyncClient, replay_id: str) -> dict[str, Any]:
    async with asyncio.timeout(240):
        while True:
            shown: dict[str, Any] = (await client.get(f"/replays/{replay_id}")).json()
            if shown["status"] not in ("queued", "running"):
                return shown


async def test_a_replay_is_made_in_the_background(client: httpx.AsyncClient) -> None:
    session_id = await play(client)
    path = f"/sessions/{session_id}/replay"
    asked = await client.post(path, json={"from_turn": 2}, headers={"Idempotency-Key": "one"})
    assert (asked.status_code, asked.json()["status"]) == (202, "queued")
    again = await client.post(path, json={"from_turn": 2}, headers={"Idempotency-Key": "one"})
    assert again.json()["replay_id"] == asked.json()["replay_id"]
    shown = await finished(client, asked.json()["replay_id"])
    assert (shown["status"], shown["totals"]["turns"], shown["totals"]["different"]) == ("done", 2, 0)
    for body, field in (({"prompt_version": 99}, "prompt_version"), ({"model": "x:y"}, "model")):
        refused = await client.post(path, json=body)
        assert (refused.status_code, refused.json()["errors"][0]["field"]) == (422, field)
    other = await client.post(path, json={}, headers={"Idempotency-Key": "one"})
    assert other.status_code == 409
    silent = (await client.post("/sessions", json={"playbook": "lumen"})).json()["session_id"]
    assert (await client.post(f"/sessions/{silent}/replay", json={})).status_code == 422
    assert (await client.post(f"/sessions/{uuid4()}/replay", json={})).status_code == 404
    assert (await client.get(f"/replays/{session_id}")).status_code == 404


async def test_the_command_shows_how_a_call_differs(guarded: ServeProcess, client: httpx.AsyncClient) -> None:
    session_id = await play(client)
    where = ("--data-dir", str(guarded.data_dir))
    same = run_parley("replay", session_id, *where)
    assert same.returncode == 0, same.stderr
    first, *spent = same.stdout.splitlines()
    assert first == "3 turns, 0 different; a model was asked 0 times, 0 answers came from the record."
    assert [line.split(": ")[0] for line in spent] == ["recorded", "replayed"]
    from_two = run_inside("replay", session_id, "--from-turn", "2", "--model", "builtin", "--json", *where)
    assert [each["seq"] for each in json.loads(from_two.stdout)["differences"]] == [2, 3]
    refused = run_inside("replay", session_id, "--prompt-version", "99", *where)
    assert (refused.returncode, "has prompts of version" in refused.stderr) == (1, True)
