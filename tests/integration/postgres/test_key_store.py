"""API keys: an id is taken once, whoever asks at the same moment, and stays taken."""

import asyncio

from providers.postgres.database import Database
from providers.postgres.key_store import PostgresKeyStore
from server.security.keys import build_key
from server.security.roles import AccessRole

SEED = bytes(range(32))
KEY = build_key("demo", AccessRole.AGENT, SEED).kept


async def test_of_many_at_once_one_has_added_the_key(database: Database) -> None:
    keys = PostgresKeyStore(database)
    assert sorted(await asyncio.gather(*(keys.add(KEY) for _ in range(6)))) == [False] * 5 + [True]
    assert await keys.add(build_key("other", AccessRole.AGENT, SEED).kept), "an id belongs to its tenant"


async def test_a_revoked_key_is_neither_found_nor_added_again(database: Database) -> None:
    keys = PostgresKeyStore(database)
    await keys.add(KEY)
    found = await keys.find("demo", KEY.key_id)
    assert found is not None
    assert (found.digest, found.role) == (KEY.digest, KEY.role)
    assert [await keys.revoke("demo", KEY.key_id) for _ in range(2)] == [True, False]
    assert await keys.find("demo", KEY.key_id) is None
    assert not await keys.add(KEY)
