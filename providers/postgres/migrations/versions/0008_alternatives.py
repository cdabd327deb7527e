"""The other readings of a spoken turn's words."""

from pathlib import Path

from alembic import op
from psycopg import Connection

revision = "0008"
down_revision = "0007"

SQL = Path(__file__).parents[1] / "sql" / f"{Path(__file__).stem}.sql"


def upgrade() -> None:
    """Run the SQL file of this revision's name."""
    driver = op.get_bind().connection.driver_connection
    assert isinstance(driver, Connection)
    driver.execute(SQL.read_bytes())
