"""How Alembic runs our revisions: all that are missing in one transaction, one process at a time."""

import psycopg
from alembic import context
from sqlalchemy import create_engine
from sqlalchemy.pool import NullPool

LOCK = 7_275_395_639
"""Key of the advisory lock that migrating processes take; any number does if nobody else uses it."""

DDL_LOCK_TIMEOUT = "10s"
"""How long a change may wait for a table, with everybody else queueing behind it."""


def migrate() -> None:
    """Bring the database to the newest revision."""
    dsn = context.config.attributes["dsn"]
    engine = create_engine("postgresql+psycopg://", creator=lambda: psycopg.connect(dsn), poolclass=NullPool)
    with engine.connect() as connection, connection.begin():
        connection.exec_driver_sql(f"SELECT pg_advisory_xact_lock({LOCK})")
        connection.exec_driver_sql(f"SET LOCAL lock_timeout = '{DDL_LOCK_TIMEOUT}'")
        context.configure(connection=connection)
        context.run_migrations()
        connection.exec_driver_sql("REVOKE ALL ON alembic_version FROM parley_app")


migrate()
