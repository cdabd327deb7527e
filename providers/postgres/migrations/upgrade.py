"""A program of its own, so that a server at rest holds no SQLAlchemy; reads the database's URL from its input."""

import sys
from pathlib import Path

from alembic import command
from alembic.config import Config


def upgrade(dsn: str) -> None:
    """Bring a database to the newest revision."""
    config = Config()
    config.set_main_option("script_location", str(Path(__file__).parent).replace("%", "%%"))
    config.attributes["dsn"] = dsn
    command.upgrade(config, "head")


if __name__ == "__main__":
    upgrade(sys.stdin.read())
