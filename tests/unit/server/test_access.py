"""Credentials over HTTP: exchanged, refreshed, revoked, limited."""

from datetime import timedelta

import pytest

from server.security.credentials import REFRESH_FOR
from server.security.keys import build_key
from server.security.roles import AccessRole
from tests.unit.server.face import HandClock, Stage, bearer, open_client


def guarded(*, per_second: int = 1_000, per_minute: int = 1_000) -> Stage:
    return Stage(local=False, per_second=per_second, per_minute=per_minute)


async def test_a_key_opens_its_own_tenant_and_no_other() -> None:
    stage, made = guarded(), build_key("acme", AccessRole.AGENT)
    await stage.keys.add(made.kept)
    async with open_client(stage) as client:
        client.headers["Authorization"] = f"Bearer {made.text}"
        opened = (await client.post("/sessions", json={"playbook": "lumen"})).json()
        assert opened["tenant_id"] == "acme"
        other = await client.get(f"/sessions/{opened['session_id']}", headers=bearer(AccessRole.ADMIN, "else"))
    assert other.status_code == 404


async def test_a_key_becomes_a_token_and_the_token_another() -> None:
    stage, made = guarded(), build_key("acme", AccessRole.VIEWER)
    await stage.keys.add(made.kept)
    async with open_client(stage) as client:
        first = (await client.post("/auth/token", json={"api_key": made.text})).json()
        assert (first["role"], first["tenant_id"], first["expires_in"]) == ("viewer", "acme", 3600)
        client.headers["Authorization"] = f"Bearer {first['access_token']}"
        stage.clock.move(timedelta(minutes=30))
        second = await client.post("/auth/refresh")
        assert second.status_code == 200
        client.headers["Authorization"] = f"Bearer {second.json()['access_token']}"
        assert (await client.get("/sessions")).status_code == 200
        await stage.keys.revoke("acme", made.kept.key_id)
        assert (await client.post("/auth/refresh")).status_code == 401


async def test_refreshing_ends_after_twelve_hours() -> None:
    stage = guarded()
    stage.clock = HandClock()
    made = build_key("acme", AccessRole.AGENT)
    await stage.keys.add(made.kept)
    async with open_client(stage) as client:
        answer = await client.post("/auth/token", json={"api_key": made.text})
        for _ in range(int(REFRESH_FOR / timedelta(minutes=45))):
            stage.clock.move(timedelta(minutes=45))
            token = answer.json()["access_token"]
            answer = await client.post("/auth/refresh", headers={"Authorization": f"Bearer {token}"})
            assert answer.status_code == 200
        stage.clock.move(timedelta(minutes=45))
        token = answer.json()["access_token"]
        answer = await client.post("/auth/refresh", headers={"Authorization": f"Bearer {token}"})
    assert answer.status_code == 401


async def test_a_key_is_made_once_for_one_idempotency_key() -> None:
    async with open_client(Stage()) as client:
        headers = {"Idempotency-Key": "first key"}
        first = await client.post("/api-keys", json={"role": "agent"}, headers=headers)
        again = await client.post("/api-keys", json={"role": "agent"}, headers=headers)
        other = await client.post("/api-keys", json={"role": "admin"}, headers=headers)
        fresh = await client.post("/api-keys", json={"role": "agent"})
        assert (first.status_code, again.status_code, other.status_code) == (201, 200, 409)
        assert first.json() == again.json() != fresh.json()
        assert (await client.delete(f"/api-keys/{first.json()['key_id']}")).status_code == 204
        assert (await client.delete(f"/api-keys/{first.json()['key_id']}")).status_code == 404
        late = await client.post("/api-keys", json={"role": "agent"}, headers=headers)
        assert (late.status_code, late.json()["errors"][0]["field"]) == (409, "Idempotency-Key")


async def test_a_revoked_key_is_refused_at_once_here() -> None:
    stage = Stage()
    async with open_client(stage) as client:
        made = (await client.post("/api-keys", json={"role": "agent"})).json()
        with_key = {"Authorization": f"Bearer {made['api_key']}"}
        assert (await client.get("/sessions", headers=with_key)).status_code == 200
        await client.delete(f"/api-keys/{made['key_id']}")
        assert (await client.get("/sessions", headers=with_key)).status_code == 401


@pytest.mark.parametrize(
    ("method", "path", "least"),
    [
        ("GET", "/sessions", AccessRole.VIEWER),
        ("POST", "/sessions", AccessRole.AGENT),
        ("GET", "/metrics", AccessRole.OPERATOR),
        ("POST", "/api-keys", AccessRole.ADMIN),
    ],
)
async def test_each_role_may_what_it_may(method: str, path: str, least: AccessRole) -> None:
    roles = list(AccessRole)
    async with open_client(guarded()) as client:
        answers = [await client.request(method, path, headers=bearer(role)) for role in roles]
    refused = [role for role, answer in zip(roles, answers, strict=True) if answer.status_code == 403]
    assert refused == roles[: roles.index(least)]


@pytest.mark.parametrize("header", ["Basic abc", "Bearer", "Bearer ", "pk_abc", "Bearer pk_nothing", "Bearer pk_a_b_c"])
async def test_headers_that_are_no_credential(header: str) -> None:
    async with open_client(Stage()) as client:
        answer = await client.get("/sessions", headers={"Authorization": header})
    assert (answer.status_code, answer.headers["www-authenticate"]) == (401, "Bearer")


async def test_each_credential_is_counted_by_itself() -> None:
    async with open_client(guarded(per_second=2)) as client:
        agent = [await client.get("/sessions", headers=bearer(AccessRole.AGENT, "one")) for _ in range(3)]
        other = await client.get("/sessions", headers=bearer(AccessRole.AGENT, "two"))
    assert [answer.status_code for answer in agent] == [200, 200, 429]
    assert int(agent[-1].headers["retry-after"]) == 1
    assert other.status_code == 200


async def test_guessing_is_counted_by_address() -> None:
    async with open_client(guarded(per_minute=3)) as client:
        guesses = [await client.get("/sessions", headers={"Authorization": f"Bearer guess{n}"}) for n in range(4)]
        holder = await client.get("/sessions", headers=bearer(AccessRole.VIEWER))
    assert [answer.status_code for answer in guesses] == [401, 401, 401, 429]
    assert holder.status_code == 200


async def test_health_is_never_limited() -> None:
    async with open_client(guarded(per_minute=1)) as client:
        answers = [await client.get("/health/live") for _ in range(5)]
    assert {answer.status_code for answer in answers} == {200}
