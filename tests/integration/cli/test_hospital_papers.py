"""What a booking leaves in the office's folders: found where it is right, missed where it is not."""

from collections.abc import AsyncIterator
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest

from bootstrap.office import OfficeFolders, office_folders, open_office
from bootstrap.settings import load_settings
from cli.demo.hospital.papers import Papers
from domain.errors import ConfigError
from domain.tool_call import Post
from playbooks.hospital.desk import Booked, booked_view
from playbooks.hospital.directory import DIRECTORY
from playbooks.hospital.letters import confirmation, entry
from playbooks.hospital.slots import Slot
from ports.outbox import Deliverer, Entry, EntryStatus

BEGINS = datetime(2026, 11, 25, 10, tzinfo=DIRECTORY.zone)
SLOT = Slot("Dr. Anil Mehta", "Cardiology", BEGINS, 30)
BOOKED = Booked("RH7KD2QX", SLOT, "Asha Pillai", "asha.pillai@example.com", "+917012345678", 0)
PATIENT = {
    "phone": BOOKED.phone,
    "name": BOOKED.patient_name,
    "email": BOOKED.email,
    "preferred_doctor": SLOT.doctor,
}
CALL = {
    "call_id": "a session",
    "status": "completed",
    "call_type": "appointment_booking",
    "customer_name": "Asha Pillai",
    "doctor_enquired": "Dr. Anil Mehta",
}


@dataclass(frozen=True)
class Office:
    """Deliverers by kind, and the folders that they deliver to."""

    deliverers: dict[str, Deliverer]
    folders: OfficeFolders

    async def deliver(self, kind: str, payload: dict[str, Any]) -> None:
        """Deliver as the outbox does."""
        await self.deliverers[kind].deliver(
            Entry("demo", str(uuid4()), "a session", kind, "", EntryStatus.CLAIMED, 1, payload=payload)
        )

    async def post(self, *posts: Post) -> None:
        """Deliver what a tool has posted."""
        for post in posts:
            await self.deliver(post["kind"], post["payload"])

    def missing(self) -> set[str]:
        """Which papers of the booking are not there."""
        papers = Papers(self.folders, booked_view(BOOKED), "20261125T100000", "a session")
        return {name for name, path in papers.found().items() if path is None}


@pytest.fixture
async def office(tmp_path: Path) -> AsyncIterator[Office]:
    settings = load_settings(data_dir=tmp_path)
    async with open_office(settings) as deliverers:
        yield Office({each.kind: each for each in deliverers}, office_folders(settings))


async def test_what_a_booking_leaves_is_found(office: Office) -> None:
    assert len(office.missing()) == 4
    await office.post(confirmation(DIRECTORY, BOOKED), entry(DIRECTORY, BOOKED))
    await office.deliver("patients_sheet", PATIENT)
    assert office.missing() == {"calls' sheet"}
    await office.deliver("calls_sheet", CALL)
    assert office.missing() == set()


async def test_papers_of_another_booking_are_none_of_it(office: Office) -> None:
    later = replace(SLOT, begins=BEGINS.replace(hour=11))
    for other in (replace(BOOKED, appointment_id="RH234567"), replace(BOOKED, slot=later)):
        await office.post(confirmation(DIRECTORY, other), entry(DIRECTORY, other))
    await office.deliver("patients_sheet", PATIENT | {"email": "else@example.com"})
    await office.deliver("calls_sheet", CALL | {"status": "abandoned"})
    assert len(office.missing()) == 4


@pytest.mark.parametrize("part", ["mail", "calendar", "sheet"])
def test_an_office_elsewhere_has_no_folders(part: str) -> None:
    elsewhere = {
        "mail": {"kind": "smtp", "host": "mail.example"},
        "calendar": {"kind": "google"},
        "sheet": {"kind": "google", "spreadsheet_id": "a sheet"},
    }
    with pytest.raises(ConfigError, match="PARLEY_MAIL__KIND"):
        office_folders(load_settings(**{part: elsewhere[part]}))
