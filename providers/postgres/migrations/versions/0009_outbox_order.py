"""Outbox entries in the order in which they were made."""

from pathlib import Path

from alembic import op
from psycopg import Connection

revision = "0009"
down_revision = "0008"

SQL = Path(__file__).parents[1] / "sql" / f"{Path(__file__).stem}.sql"


def upgrade() -> None:
    """Run the SQL file of this revision's name."""
    driver = op.get_bind().connection.driver_connection
    assert isinstance(driver, Connection)
    driver.execute(SQL.read_bytes())
