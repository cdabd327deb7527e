"""The outbox and the webhooks on Postgres."""

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any

from ports.database import Database, personal
from ports.outbox import Busy, Entry, EntryStatus
from ports.webhooks import Webhook
from providers.postgres.queries import load_queries
from providers.postgres.rows import Row, as_json


class PostgresOutbox:
    """Entries on their way out."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._queries = load_queries("outbox")

    async def claim(self, tenant_id: str, lane: str, lease: timedelta) -> Entry | Busy | None:
        """Commit that the first open entry of a lane is about to be sent; None when there is none, or it is not due."""
        params = {"lane": lane, "lease": lease}
        rows = await self._database.run(tenant_id, self._queries["claim"], params)
        row = rows[0] if rows else None
        if row is not None and row["entry_key"] is not None:
            return _entry(row, interrupted=row["seen"] == EntryStatus.CLAIMED)
        return Busy(row["until"]) if row is not None and row["seen"] == EntryStatus.CLAIMED else None

    async def settle(
        self,
        entry: Entry,
        status: EntryStatus,
        *,
        fault: str | None = None,
        proof: Mapping[str, Any] | None = None,
        next_at: datetime | None = None,
    ) -> None:
        """Commit what became of a claimed entry, and when it is due again."""
        params = {
            "key": entry.key,
            "attempts": entry.attempts,
            "status": status.value,
            "fault": fault,
            "proof": None if proof is None else as_json(proof),
            "next_at": next_at,
        }
        await self._database.run(entry.tenant_id, self._queries["settle"], params, retry=True)

    async def sweep(self, tenant_id: str, after: timedelta) -> None:
        """Queue a job for every lane in which nothing has moved for so long."""
        await self._database.run(tenant_id, self._queries["sweep"], {"after": after})

    async def revive(self, tenant_id: str, keys: Sequence[str] | None) -> list[str]:
        """Intend dead and unknown entries again, each with a job of its own."""
        params = {"keys": None if keys is None else list(keys)}
        rows = await self._database.run(tenant_id, self._queries["revive"], params)
        return [row["entry_key"] for row in rows]

    async def page_of(self, tenant_id: str, status: EntryStatus | None, limit: int) -> list[Entry]:
        """List entries that are not done, or those of one status, oldest first."""
        params = {"status": None if status is None else status.value, "limit": limit}
        rows = await self._database.run(tenant_id, self._queries["page"], params, retry=True)
        return [_entry(row) for row in rows]

    async def decide(self, tenant_id: str, key: str, status: EntryStatus) -> bool:
        """Settle an unknown entry by a person's word."""
        params = {"key": key, "status": status.value}
        return bool(await self._database.run(tenant_id, self._queries["decide"], params))


class PostgresWebhooks:
    """Webhooks by tenant; a secret is sealed where there is a key."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._queries = load_queries("outbox")

    async def add(self, webhook: Webhook) -> None:
        """Keep a webhook; events from now on are posted to it."""
        params = {
            "webhook_id": webhook.webhook_id,
            "url": personal(webhook.url),
            "secret": personal(webhook.secret),
            "types": None if webhook.types is None else list(webhook.types),
        }
        await self._database.run(webhook.tenant_id, self._queries["add_webhook"], params)

    async def find(self, tenant_id: str, webhook_id: str) -> Webhook | None:
        """Look one up, enabled or not."""
        rows = await self._database.run(
            tenant_id, self._queries["find_webhook"], {"webhook_id": webhook_id}, retry=True
        )
        return _webhook(rows[0]) if rows else None

    async def all_of(self, tenant_id: str) -> list[Webhook]:
        """List a tenant's webhooks, oldest first."""
        return [_webhook(row) for row in await self._database.run(tenant_id, self._queries["webhooks"], retry=True)]

    async def disable(self, tenant_id: str, webhook_id: str, why: str) -> bool:
        """Post no more events to it."""
        params = {"webhook_id": webhook_id, "why": why}
        return bool(await self._database.run(tenant_id, self._queries["disable_webhook"], params))

    async def enable(self, tenant_id: str, webhook_id: str) -> bool:
        """Post events to it again, from now on."""
        return bool(await self._database.run(tenant_id, self._queries["enable_webhook"], {"webhook_id": webhook_id}))


def _entry(row: Row, *, interrupted: bool = False) -> Entry:
    return Entry(
        tenant_id=row["tenant_id"],
        key=row["entry_key"],
        session_id=str(row["session_id"]),
        kind=row["kind"],
        lane=row["lane"],
        status=EntryStatus(row["status"]),
        attempts=row["attempts"],
        webhook_id=None if row["webhook_id"] is None else str(row["webhook_id"]),
        event_n=row["event_n"],
        payload=row["payload"],
        fault=row["fault"],
        created_at=row["created_at"],
        interrupted=interrupted,
    )


def _webhook(row: Row) -> Webhook:
    return Webhook(
        tenant_id=row["tenant_id"],
        webhook_id=str(row["webhook_id"]),
        url=row["url"],
        secret=row["secret"],
        types=None if row["types"] is None else tuple(row["types"]),
        created_at=row["created_at"],
        disabled_at=row["disabled_at"],
        disabled_why=row["disabled_why"],
    )
