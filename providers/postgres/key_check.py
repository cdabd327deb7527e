"""Whether what lies sealed in the tables can be opened: found out before anything is served or written."""

from domain.errors import ConfigError
from ports.database import Database
from providers.postgres.personal import MARK

TENANTS = 100
"""So many tenants are looked at."""
SOME = "SELECT tenant_id FROM tenants ORDER BY tenant_id LIMIT %(most)s"
OLDEST_AND_NEWEST = """
(SELECT profile FROM sessions ORDER BY created_at LIMIT 1) UNION ALL
(SELECT profile FROM sessions ORDER BY created_at DESC LIMIT 1)
"""


async def check_keys(database: Database) -> None:
    """Open a tenant's oldest and newest sealed values.

    Raises:
        ConfigError: there is no key for them, or none at all.
    """
    for tenant in await database.run("", SOME, {"most": TENANTS}, retry=True):
        for row in await database.run(tenant["tenant_id"], OLDEST_AND_NEWEST, retry=True):
            if isinstance(row["profile"], str) and row["profile"].startswith(MARK):
                raise ConfigError(
                    "Data is sealed, and PARLEY_ENCRYPTION__KEYS is not set: give the keys it was sealed under."
                )
