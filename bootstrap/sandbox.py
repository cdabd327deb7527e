"""A service to try calls in: its database is thrown away, nothing leaves it, and each tenant has a time of its own."""

from collections.abc import AsyncIterator, Iterator, Mapping
from contextlib import asynccontextmanager, contextmanager
from datetime import datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from uuid import uuid4

from bootstrap.database import open_pool_on, open_server
from bootstrap.service import Ports, run_parley
from bootstrap.settings import Settings
from domain.playbook import Playbook
from ports.chat_model import ChatModel
from ports.playbook_data import Migration
from providers.postgres.migrate import migrate
from providers.scripted.speech_to_text import silence
from sessions.service import Parley

_TIME_OF_TENANT = """
ALTER TABLE turns ALTER accepted_at SET DEFAULT to_timestamp(split_part(current_setting('app.tenant'), '@', 2)::bigint)
"""
_STANDING_CLOCK = Migration("sandbox", "standing_clock.sql", _TIME_OF_TENANT)


def new_tenant(at: datetime) -> str:
    """Name a tenant whose every turn is taken at this moment, to the second."""
    return f"{uuid4()}@{int(at.timestamp())}"


@asynccontextmanager
async def open_sandbox(
    settings: Settings, playbooks: Mapping[str, Playbook], model: ChatModel | None
) -> AsyncIterator[Parley]:
    """Run the service on an embedded database of its own, for tenants that `new_tenant` names.

    Raises:
        ConfigError: the embedded database cannot work here.
    """
    with _open_folder() as folder:
        alone = settings.model_copy(update={"database_url": None, "data_dir": folder / "data"})
        async with open_server(alone) as dsn:
            await migrate(dsn, [_STANDING_CLOCK])
            async with (
                open_pool_on(dsn, alone) as database,
                run_parley(Ports(database, silence(), model, playbooks=playbooks), alone) as parley,
            ):
                yield parley


@contextmanager
def _open_folder() -> Iterator[Path]:
    """A folder that every user may enter: started by root, the embedded server runs as another."""
    with TemporaryDirectory(prefix="parley-") as name:
        folder = Path(name)
        folder.chmod(0o755)
        yield folder
