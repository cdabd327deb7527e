"""The job queue, and what puts the outbox into it."""

from pathlib import Path

from alembic import op
from procrastinate.schema import SchemaManager
from psycopg import Connection

revision = "0003"
down_revision = "0002"

SQL = Path(__file__).parents[1] / "sql" / f"{Path(__file__).stem}.sql"


def upgrade() -> None:
    """Make procrastinate's own tables as the locked version of it has them, then run the SQL file of this name."""
    driver = op.get_bind().connection.driver_connection
    assert isinstance(driver, Connection)
    driver.execute(SchemaManager.get_schema())
    driver.execute(SQL.read_bytes())
