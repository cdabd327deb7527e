"""`parley verify-ledger` as whoever answers for consents meets it."""

import json

import httpx
import psycopg

from providers.postgres.embedded.attach import open_embedded
from tests.e2e.process import ServeProcess, run_parley

QUESTION = "Shall I go ahead and create the demo for you?"


async def test_the_command_verifies_and_finds(local: ServeProcess) -> None:
    async with httpx.AsyncClient(base_url=local.url, timeout=30) as client:
        session_id = (await client.post("/sessions", json={"playbook": "lumen"})).json()["session_id"]
        for speaker, words in (("lumen", QUESTION), ("User", "yes, let's do it")):
            await client.post(f"/sessions/{session_id}/turns", json={"speaker": speaker, "raw_text": words})
    where = ("--data-dir", str(local.data_dir))
    fine = run_parley("verify-ledger", *where)
    assert (fine.returncode, "Everything verifies." in fine.stdout) == (0, True)
    assert json.loads(run_parley("verify-ledger", "--json", *where).stdout)["entries"] == 1
    async with open_embedded(local.data_dir) as dsn, await psycopg.AsyncConnection.connect(dsn) as owner:
        await owner.execute("UPDATE consent_ledger SET decided_by = 'somebody'")
    broken = run_parley("verify-ledger", "--session", session_id, *where)
    assert (broken.returncode, "it was changed after it was written" in broken.stdout) == (1, True)
