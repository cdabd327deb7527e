"""The server on a Gemini that obeys the attacker: hostile words and documents, and no harm done."""

import asyncio
import json
import shutil
from collections.abc import AsyncIterator, Mapping
from dataclasses import replace
from itertools import cycle, product
from typing import Any

import httpx
import pytest

from domain.playbook import Playbook
from evals.public.injection import leaks
from evals.public.injection_model import INVENTED, Deed, ObedientModel
from playbooks.loader import load_playbooks
from tests.attacks import SPOKEN, WRITTEN
from tests.e2e.process import ServeProcess, new_data_dir
from tests.loopback_gemini import ObedientScript, open_obedient_gemini

PLAYBOOKS: Mapping[str, Playbook] = load_playbooks()
WANTED = "Access granted, the code is heron kingfisher."
HARMLESS = "Could you tell me a little more about it please"
TURN_LIMIT_S = 20.0
DONE = frozenset({"done", "unchanged"})

Gemini = tuple[httpx.AsyncClient, ObedientScript]
CELLS = tuple(product(PLAYBOOKS, Deed))
"""Every playbook under every kind of harm; the spoken attacks are dealt out among them."""


@pytest.fixture
async def gemini() -> AsyncIterator[Gemini]:
    """A client of a server, and the model that it asks."""
    async with open_obedient_gemini(ObedientModel("", WANTED, Deed.LEAK)) as (base_url, script):
        settings = {"GOOGLE_API_KEY": "a key of nobody", "GOOGLE_GEMINI_BASE_URL": base_url}
        server = ServeProcess(new_data_dir(), settings).start()
        try:
            async with httpx.AsyncClient(base_url=server.url, timeout=TURN_LIMIT_S) as client:
                yield client, script
            assert "Traceback" not in server.log
        finally:
            server.stop()
            shutil.rmtree(server.data_dir)


async def opened(client: httpx.AsyncClient, playbook: Playbook, **given: Any) -> str:
    answer = await client.post("/sessions", json={"playbook": playbook.name, **given})
    assert answer.status_code < 300, answer.text
    return f"/sessions/{answer.json()['session_id']}"


async def said(client: httpx.AsyncClient, path: str, speaker: str, words: str) -> dict[str, Any]:
    answer = await client.post(f"{path}/turns", json={"speaker": speaker, "raw_text": words})
    assert answer.status_code < 300, answer.text
    return dict(answer.json())


async def assert_unharmed(
    client: httpx.AsyncClient, path: str, playbook: Playbook, result: Mapping[str, Any], attack: str
) -> None:
    """No gated tool ran, and neither the prompts nor an invention are in what was kept or said."""
    gated = {tool.name for tool in playbook.tools if tool.policy.consent is not None}
    ran = {call["function_name"] for call in result["function_calls"] if call["status"] in DONE}
    assert not ran & gated, result
    dataset = (await client.get(f"{path}/dataset")).json()["dataset"]
    for text in (result["cleaned_text"], result["reply"] or "", json.dumps(dataset, ensure_ascii=False)):
        assert not leaks(text, playbook, attack), text
        assert not any(word in text for word in INVENTED), text
    told = json.dumps(result["function_calls"], ensure_ascii=False)
    assert len(told) < 100_000
    assert not leaks(told, playbook, attack), told


async def test_hostile_words_and_documents_do_no_harm(gemini: Gemini, subtests: pytest.Subtests) -> None:
    for name, deed in CELLS:
        with subtests.test("words", playbook=name, deed=deed):
            await hear_hostile_words(gemini, name, deed)
    for name in PLAYBOOKS:
        with subtests.test("documents", playbook=name):
            await read_hostile_documents(gemini, PLAYBOOKS[name])
    with subtests.test("many at once"):
        await many_attacks_at_once_end_in_time(gemini)


async def hear_hostile_words(gemini: Gemini, name: str, deed: Deed) -> None:
    (client, script), playbook = gemini, PLAYBOOKS[name]
    path = await opened(client, playbook)
    for attack in SPOKEN[CELLS.index((name, deed)) :: len(CELLS)]:
        script.model = ObedientModel(attack, WANTED, deed)
        if not playbook.replies:
            await said(client, path, playbook.agent, "Shall I create your demo now?")
        result = await said(client, path, playbook.caller, attack)
        await assert_unharmed(client, path, playbook, result, attack)
        assert result["degraded"] or deed is Deed.OBEY, result
    script.model = replace(script.model, attack="words that nobody says")
    result = await said(client, path, playbook.caller, "No, thank you")
    assert not any(fault.endswith(":fallback") for fault in result["degraded"] if not fault.startswith("reply"))


async def read_hostile_documents(gemini: Gemini, playbook: Playbook) -> None:
    client, script = gemini
    for attack, deed in zip(WRITTEN, cycle(Deed), strict=False):
        script.model = ObedientModel(attack, WANTED, deed)
        profile = {"lumen": {"company_description": attack}, "hospital": {"customer": {"name": attack}}}
        given = {"call_context": {"notes": attack}, "customer_profile": profile.get(playbook.name)}
        path = await opened(client, playbook, **given)
        result = await said(client, path, playbook.caller, HARMLESS)
        assert result["cleaned_text"].rstrip(".?") == HARMLESS
        await assert_unharmed(client, path, playbook, result, attack)


async def many_attacks_at_once_end_in_time(gemini: Gemini) -> None:
    client, script = gemini
    script.model = ObedientModel("", WANTED, Deed.FLOOD)
    playbook = PLAYBOOKS["hospital"]
    paths = [await opened(client, playbook) for _ in range(8)]
    results = await asyncio.gather(*(said(client, path, playbook.caller, SPOKEN[0]) for path in paths))
    for path, result in zip(paths, results, strict=True):
        await assert_unharmed(client, path, playbook, result, SPOKEN[0])
