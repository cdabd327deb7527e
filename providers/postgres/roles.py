"""The role that the service works under: it owns nothing, so row-level security holds for it."""

from typing import LiteralString

import psycopg
from psycopg import errors

from domain.errors import ConfigError

APP_ROLE: LiteralString = "parley_app"

CREATE: LiteralString = f"CREATE ROLE {APP_ROLE} NOLOGIN NOINHERIT NOSUPERUSER NOBYPASSRLS NOCREATEDB NOCREATEROLE"
GRANT: LiteralString = f"GRANT {APP_ROLE} TO CURRENT_USER"
ACT: LiteralString = f"SET LOCAL ROLE {APP_ROLE}"

PRIVILEGES: LiteralString = f"""
GRANT USAGE ON SCHEMA public TO {APP_ROLE};
ALTER DEFAULT PRIVILEGES IN SCHEMA public GRANT SELECT, INSERT, UPDATE, DELETE ON TABLES TO {APP_ROLE};
ALTER DEFAULT PRIVILEGES IN SCHEMA public GRANT USAGE, SELECT ON SEQUENCES TO {APP_ROLE};
"""
"""What tables made from here on let the role do; a migration may take some of it back."""

FACTS: LiteralString = """
SELECT r.rolsuper OR r.rolbypassrls,
       EXISTS (SELECT FROM pg_shdepend d
               WHERE d.refclassid = 'pg_authid'::regclass AND d.refobjid = r.oid AND d.deptype = 'o')
FROM pg_roles r WHERE r.rolname = %s
"""

LOCK = 7_275_395_638
"""Key of the advisory lock under which the role gets its privileges."""


def may_act(connection: psycopg.Connection) -> bool:
    """Whether the role is there and the login may act as it.

    Raises:
        ConfigError: the role could evade row-level security.
    """
    match connection.execute(FACTS, [APP_ROLE]).fetchone():
        case None:
            return False
        case (True, _):
            raise ConfigError(f"Row-level security does not hold: run ALTER ROLE {APP_ROLE} NOSUPERUSER NOBYPASSRLS.")
        case (_, True):
            raise ConfigError(f"Row-level security does not hold: {APP_ROLE} owns objects. Give them to another role.")
    try:
        with connection.transaction(force_rollback=True):
            connection.execute(ACT)
    except errors.InsufficientPrivilege:
        return False
    return True


def ensure_app_role(connection: psycopg.Connection) -> None:
    """Make the role, let the login act as it, and let it use the tables that the login makes from now on.

    Raises:
        ConfigError: the login may not do that, or the role could evade row-level security; with the SQL to run.
    """
    try:
        with connection.transaction():
            connection.execute("SELECT pg_advisory_xact_lock(%s)", [LOCK])
            if not may_act(connection):
                _create(connection)
                connection.execute(GRANT)
            connection.execute(PRIVILEGES)
    except errors.InsufficientPrivilege as error:
        raise ConfigError(
            f"The database login may not make the role {APP_ROLE} ({error.diag.message_primary}). "
            f"Let an administrator run:\n{CREATE};\nGRANT {APP_ROLE} TO {connection.info.user};"
        ) from error


def _create(connection: psycopg.Connection) -> None:
    """Create the role unless it is there; another database of the same server may have brought it."""
    try:
        with connection.transaction():
            connection.execute(CREATE)
    except (errors.DuplicateObject, errors.UniqueViolation):
        return
