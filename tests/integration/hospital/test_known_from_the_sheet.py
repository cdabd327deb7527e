"""A patient whom the register does not know is looked for in the hospital's own sheet, if that answers in time."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import timedelta
from typing import Any

import pytest

from playbooks.hospital.playbook import PLAYBOOK
from providers.postgres.database import Database
from providers.remembered_rows import open_remembered_rows
from providers.tenant_sheets import TenantSheets
from tests import loopback_google_workspace as google
from tests.contract.workspace import PATIENT, sheet_at
from tests.integration.hospital.calls import DOCTOR, PHONE, FrontDesk, slots_of
from tests.integration.hospital.conftest import Rows, open_desk
from tests.loopback_google_workspace import Trouble, Workspace, open_loopback_google

NAME, EMAIL = "Asha Pillai", "asha@wumpus.example"
PATIENTS = [
    ["name", "phone", "email", "preferred_doctor", "last_visit"],
    ["Somebody Else", "98123 45670", "else@wumpus.example"],
    [NAME, "098123 45678", EMAIL, DOCTOR, "2026-10-01"],
]
LIMIT = timedelta(seconds=0.3)


@pytest.fixture
async def workspace() -> AsyncIterator[Workspace]:
    """A Google whose sheet of patients people have written by hand."""
    async with open_loopback_google() as workspace:
        workspace.tabs.rows["patients"] = [list(line) for line in PATIENTS]
        yield workspace


@asynccontextmanager
async def desk_at(workspace: Workspace, database: Database, patience: timedelta = PATIENT) -> AsyncIterator[FrontDesk]:
    """A front desk that may ask the sheet."""
    async with (
        sheet_at(workspace, timedelta(minutes=10)) as sheet,
        open_remembered_rows(TenantSheets(sheet), patience=patience) as rows,
        open_desk(database, rows) as desk,
    ):
        yield desk


async def dataset_of(desk: FrontDesk, phone: str = PHONE, tenant_id: str = "demo") -> dict[str, Any]:
    """What is known of a caller before the first word."""
    caller = await desk.call(phone, tenant_id)
    dataset: dict[str, Any] = (await desk.parley.get_session_state(caller.session_id, tenant_id=tenant_id))["dataset"]
    return dataset


async def test_whom_the_sheet_knows_is_returning_and_greeted_by_name(
    workspace: Workspace, database: Database, rows: Rows
) -> None:
    async with desk_at(workspace, database) as desk:
        known = await dataset_of(desk)
        assert known["customer"] == {"name": NAME, "email": EMAIL, "phone": PHONE}
        assert (known["customer_type"], known["preferred_doctor"], known["last_visit"]) == (
            "returning",
            DOCTOR,
            "2026-10-01",
        )
        assert PLAYBOOK.greeting is not None
        assert (PLAYBOOK.greeting(known, PLAYBOOK.context) or "").startswith(f"Hello {NAME}")
        assert await rows("SELECT customer_type, customer_name FROM hospital_calls") == [
            {"customer_type": "returning", "customer_name": NAME}
        ]
        assert (await dataset_of(desk, "+919812345679"))["customer_type"] == "new"
        assert (await dataset_of(desk, tenant_id="other"))["customer_type"] == "new", "it is not their sheet"


@pytest.mark.parametrize(
    ("name", "email", "read"),
    [
        ("Asha\n Pillai ", f" {EMAIL}", {"name": NAME, "email": EMAIL}),
        ("\u202eAsha Pillai", EMAIL, {"email": EMAIL}),
        ("A" * 10_000, "by telephone only", {}),
    ],
    ids=["spaces", "turned about", "endless"],
)
async def test_what_cannot_be_booked_with_is_not_taken_from_it(
    workspace: Workspace, database: Database, name: str, email: str, read: dict[str, str]
) -> None:
    workspace.tabs.rows["patients"].insert(1, [name, PHONE, email, DOCTOR, ""])
    async with desk_at(workspace, database) as desk:
        known = await dataset_of(desk)
        assert known["customer"] == {"phone": PHONE, **read}
        assert known["customer_type"] == "returning"


async def test_its_columns_are_known_by_what_people_call_them(workspace: Workspace, database: Database) -> None:
    workspace.tabs.rows["patients"][0] = ["Name", "Phone number", "E-mail", "Preferred Doctor", "Last-Visit"]
    async with desk_at(workspace, database) as desk:
        known = await dataset_of(desk)
        assert known["customer"] == {"name": NAME, "email": EMAIL, "phone": PHONE}
        assert (known["preferred_doctor"], known["last_visit"]) == (DOCTOR, "2026-10-01")


async def test_it_is_read_once_and_only_for_whom_the_register_does_not_know(
    workspace: Workspace, database: Database
) -> None:
    async with desk_at(workspace, database) as desk:
        await (await desk.call("+919812345670")).book(*slots_of(DOCTOR, 1), phone=PHONE, patient_name="Asha Menon")
        asked = len(workspace.asked)
        assert (await dataset_of(desk))["customer"]["name"] == "Asha Menon", "the register comes first"
        assert len(workspace.asked) == asked
        for _ in range(3):
            await dataset_of(desk, "+919812345670")
        assert len(workspace.asked) == asked


@pytest.mark.parametrize(
    "trouble",
    [
        google.HANG,
        google.DRIP,
        google.CUT,
        google.ERROR,
        google.ERROR_PAGE,
        google.PAGE,
        google.TOO_MANY,
        google.FORBIDDEN,
    ],
    ids=["hangs", "drips", "cuts", "500", "502", "html", "429", "403"],
)
async def test_without_an_answer_the_call_goes_on_in_time(
    workspace: Workspace, database: Database, trouble: Trouble
) -> None:
    workspace.troubles = [("GET /v4", trouble)]
    async with desk_at(workspace, database, LIMIT) as desk:
        async with asyncio.timeout(60):
            assert (await dataset_of(desk))["customer"] == {"phone": PHONE}
            await (await desk.call()).book(*slots_of(DOCTOR, 1))
