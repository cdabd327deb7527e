"""The front desk's tools, run one after the other over a stand-in for its tables."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

import pytest

from domain.dataset import fold
from domain.errors import ToolRefused
from domain.playbook import CallMoment, ToolAnswer
from playbooks.hospital.directory import DIRECTORY
from playbooks.hospital.playbook import PLAYBOOK
from tests.unit.playbooks.hospital.tables import Tables

NOW = datetime(2026, 11, 17, 10, 0, tzinfo=DIRECTORY.zone)
"""A Tuesday."""
SHARMA = "Dr. Priya Sharma"
BOOKING = {
    "patient_name": "Asha Pillai",
    "email": "asha@example.com",
    "appointment_date": "2026-11-19",
    "appointment_time": "11:00 AM",
    "doctor_name": SHARMA,
    "department": "Dermatology",
}
CHECKED = {name: BOOKING[name] for name in ("appointment_date", "appointment_time", "doctor_name", "department")}


@dataclass
class Desk:
    """Runs tools one after the other on one dataset."""

    tables: Tables = field(default_factory=Tables)
    caller_phone: str | None = "+919812345678"
    dataset: dict[str, Any] = field(default_factory=lambda: PLAYBOOK.new_dataset({}, now=0.0))
    made: int = 0

    def another(self, caller_phone: str) -> "Desk":
        """A call from another line to the same tables."""
        return Desk(self.tables, caller_phone, made=self.made)

    async def ask(self, name: str, arguments: Mapping[str, Any]) -> ToolAnswer:
        """Run a tool, and write what it wants written."""
        tool = PLAYBOOK.tool(name)
        assert tool is not None
        self.made += 1
        moment = CallMoment("s", "t", NOW.timestamp(), self.dataset, (), f"call {self.made}", self.caller_phone)
        moment = CallMoment(**{**vars(moment), "query": self.tables.query})
        answer = await tool.run(tool.validate(arguments), moment)
        self.dataset, _ = fold(self.dataset, answer.change, now=1.0)
        if answer.declined is None:
            self.tables.run(answer.statements)
        return answer

    async def refusal(self, name: str, arguments: Mapping[str, Any]) -> ToolRefused:
        """Run a tool that must refuse its arguments."""
        with pytest.raises(ToolRefused) as raised:
            await self.ask(name, arguments)
        return raised.value

    async def book(self, **changed: Any) -> dict[str, Any]:
        """Book, and return the appointment."""
        details: dict[str, Any] = (await self.ask("book_appointment", BOOKING | changed)).result["appointment_details"]
        return details

    def take(self, day: int, hour: int) -> None:
        """Give half an hour of Dr. Sharma's to somebody else."""
        begins = NOW.replace(day=day, hour=hour, minute=0)
        self.tables.add(SHARMA, "Dermatology", begins, begins + timedelta(minutes=30))
