"""The version of the prompts that a session was opened with."""

from pathlib import Path

from alembic import op
from psycopg import Connection

revision = "0007"
down_revision = "0006"

SQL = Path(__file__).parents[1] / "sql" / f"{Path(__file__).stem}.sql"


def upgrade() -> None:
    """Run the SQL file of this revision's name."""
    driver = op.get_bind().connection.driver_connection
    assert isinstance(driver, Connection)
    driver.execute(SQL.read_bytes())
