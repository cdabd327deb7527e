"""`parley verify-ledger` as whoever answers for consents meets it."""

import json

import httpx
import psycopg

from providers.postgres.embedded.attach import open_embedded
from server.security.roles import AccessRole
from tests.e2e.conftest import bearer
from tests.e2e.inside import run_inside
from tests.e2e.process import ServeProcess, run_parley

TENANT = "whose ledger is spoilt"
QUESTION = "Shall I go ahead and create the demo for you?"


async def test_the_command_verifies_and_finds(guarded: ServeProcess) -> None:
    headers = bearer(AccessRole.ADMIN, TENANT)
    async with httpx.AsyncClient(base_url=guarded.url, headers=headers, timeout=120) as client:
        session_id = (await client.post("/sessions", json={"playbook": "lumen"})).json()["session_id"]
        for speaker, words in (("lumen", QUESTION), ("User", "yes, let's do it")):
            await client.post(f"/sessions/{session_id}/turns", json={"speaker": speaker, "raw_text": words})
    where = ("--tenant", TENANT, "--data-dir", str(guarded.data_dir))
    fine = run_inside("verify-ledger", *where)
    assert (fine.returncode, "Everything verifies." in fine.stdout) == (0, True)
    assert json.loads(run_inside("verify-ledger", "--json", *where).stdout)["entries"] == 1
    async with open_embedded(guarded.data_dir) as dsn, await psycopg.AsyncConnection.connect(dsn) as owner:
        await owner.execute("UPDATE consent_ledger SET decided_by = 'somebody' WHERE tenant_id = %s", [TENANT])
    broken = run_parley("verify-ledger", "--session", session_id, *where)
    assert (broken.returncode, "it was changed after it was written" in broken.stdout) == (1, True)
    others = run_inside("verify-ledger", "--data-dir", str(guarded.data_dir))
    assert (others.returncode, "Everything verifies." in others.stdout) == (0, True)
