"""API keys: made, read, remembered, revoked."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.errors import Unauthenticated
from server.security.keys import KeyReader, build_key, read_key
from server.security.roles import AccessRole
from tests.unit.server.memory import KeysInMemory

TENANTS = st.text(st.characters(categories=["L", "N", "P", "S"]), min_size=1, max_size=63)


@given(TENANTS)
def test_a_key_names_its_tenant_and_id(tenant_id: str) -> None:
    made = build_key(tenant_id, AccessRole.AGENT)
    assert read_key(made.text) == (tenant_id, made.kept.key_id)
    assert made.text.encode() not in made.kept.digest


@given(st.text())
def test_other_texts_are_no_keys(text: str) -> None:
    with pytest.raises(Unauthenticated):
        read_key(f"pk_!{text}")


def test_the_same_seed_makes_the_same_key() -> None:
    seed = bytes(range(32))
    assert build_key("demo", AccessRole.AGENT, seed) == build_key("demo", AccessRole.AGENT, seed)
    assert build_key("demo", AccessRole.AGENT).text != build_key("demo", AccessRole.AGENT).text


async def test_a_kept_key_says_who_it_is_for() -> None:
    made, keys = build_key("acme", AccessRole.OPERATOR), KeysInMemory()
    await keys.add(made.kept)
    caller = await KeyReader(keys).read(made.text)
    assert (caller.tenant_id, caller.role, caller.subject) == ("acme", AccessRole.OPERATOR, f"key:{made.kept.key_id}")


async def test_a_known_id_with_another_secret_does_not_hold() -> None:
    made, keys = build_key("acme", AccessRole.AGENT), KeysInMemory()
    await keys.add(made.kept)
    last = "a" if made.text[-1] != "a" else "b"
    with pytest.raises(Unauthenticated):
        await KeyReader(keys).read(made.text[:-1] + last)


async def test_a_revoked_key_ends_within_five_seconds() -> None:
    made, keys, now = build_key("acme", AccessRole.AGENT), KeysInMemory(), [0.0]
    reader = KeyReader(keys, now=lambda: now[0])
    await keys.add(made.kept)
    await reader.read(made.text)
    await keys.revoke("acme", made.kept.key_id)
    now[0] = 4.9
    assert (await reader.read(made.text)).tenant_id == "acme"
    now[0] = 5.0
    with pytest.raises(Unauthenticated):
        await reader.read(made.text)
