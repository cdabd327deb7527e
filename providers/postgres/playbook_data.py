"""A playbook's own tables, read by its own statements."""

from collections.abc import Collection, Mapping
from typing import Any

from ports.database import Blind, Database


class PostgresPlaybookData:
    """Reads under row-level security, like everything else: another tenant's rows are not there."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def rows(
        self, tenant_id: str, statement: str, params: Mapping[str, Any], blind: Collection[str] = ()
    ) -> list[dict[str, Any]]:
        """Run one statement and return its rows; the text is the playbook's, so it may be sent as it is."""
        values = dict(params) | {key: value for name in blind for key, value in blinded(name, params[name]).items()}
        return await self._database.run(tenant_id, statement, values, retry=True)


def blinded(name: str, value: Any) -> dict[str, Any]:
    """The parameters that a personal value is looked up by."""
    return {f"{name}_key": Blind(value), f"{name}_keys": Blind(value, every=True)}
