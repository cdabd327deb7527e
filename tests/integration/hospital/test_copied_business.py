"""A business is a folder: a copy of the front desk under another name books beside it, in tables of its own."""

import asyncio
import shutil
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

import playbooks
from playbooks.loader import load_migrations
from providers.postgres.database import open_database
from providers.postgres.migrate import migrate_blocking
from tests.integration.hospital.calls import DOCTOR, NAME, PHONE, Caller, FrontDesk, slots_of
from tests.integration.hospital.conftest import open_desk

COUNTED = (
    "SELECT (SELECT count(*) FROM clinic_appointments) AS new, (SELECT count(*) FROM hospital_appointments) AS old"
)


@pytest.fixture
def clinic(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """The front desk's folder, copied, with another name in its files, where the loader looks."""
    (source,) = playbooks.__path__
    folder = shutil.copytree(Path(source, "hospital"), tmp_path / "clinic")
    for file in folder.rglob("*"):
        if file.suffix in {".py", ".sql", ".md", ".yaml"}:
            file.write_text(file.read_text(encoding="utf-8").replace("hospital", "clinic"), encoding="utf-8")
    monkeypatch.setattr(playbooks, "__path__", [source, str(tmp_path)])
    yield
    for name in [name for name in sys.modules if name.startswith("playbooks.clinic")]:
        del sys.modules[name]


@pytest.mark.usefixtures("clinic")
async def test_a_copied_folder_is_one_more_business(empty_database_url: str) -> None:
    await asyncio.to_thread(migrate_blocking, empty_database_url, load_migrations())
    async with open_database(empty_database_url, pool_min=1, pool_max=4) as database, open_desk(database) as desk:
        details = await (await _call_the_clinic(desk)).book(slots_of(DOCTOR, 1)[0])
        (counted,) = await database.run("demo", COUNTED)
    assert details["patient_name"] == NAME
    assert counted == {"new": 1, "old": 0}


async def _call_the_clinic(desk: FrontDesk) -> Caller:
    session = await desk.parley.create_session("clinic", caller_phone=PHONE)
    return Caller(desk.parley, desk.wishes, str(session["session_id"]), "demo")
