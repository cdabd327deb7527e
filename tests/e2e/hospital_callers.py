"""Patients who call the front desk for one slot, say who they are in the same breath, and agree to what they hear."""

from collections.abc import Awaitable, Callable, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from itertools import cycle, islice, pairwise, product
from typing import Any

from playbooks.hospital.directory import DIRECTORY
from playbooks.hospital.slots import said_time

DOCTOR = "Dr. Priya Sharma"
LAST_ANSWER = 4
"""So many times a patient says yes."""
FIRST_NAMES = (
    *("Asha", "Ravi", "Meena", "Suresh", "Anita", "Vijay", "Lakshmi", "Karan", "Pooja", "Rohan"),
    *("Divya", "Arun", "Sneha", "Nikhil", "Rekha", "Manoj", "Geeta", "Sanjay", "Latha", "Deepak"),
)
LAST_NAMES = ("Pillai", "Kumar", "Menon", "Reddy", "Patel", "Bose", "Kapoor", "Desai", "Chopra", "Mishra")

Turn = dict[str, Any]
Say = Callable[[str], Awaitable[Turn]]


@dataclass
class Patient:
    """Somebody who wants one slot, and what became of it."""

    name: str
    wants: datetime
    booked: dict[str, Any] | None = None
    alternatives: Sequence[dict[str, Any]] = ()
    heard: list[str] = field(default_factory=list)

    @property
    def email(self) -> str:
        """An address that nobody else has."""
        return f"{self.name.replace(' ', '.').lower()}@example.com"

    @property
    def answered(self) -> bool:
        """Whether the desk has booked the slot, or offered others."""
        return self.booked is not None or len(self.alternatives) >= 3

    @property
    def wish(self) -> str:
        """All that the desk has to know."""
        when = f"{self.wants.day} {self.wants:%B} at {said_time(self.wants.time())}"
        return (
            f"I would like to book an appointment with {DOCTOR} on {when}. "
            f"My name is {self.name} and my email is {self.email}."
        )

    async def talk(self, say: Say) -> None:
        """Say the wish, and agree until the slot is booked or is somebody else's."""
        self._hear(await say(self.wish))
        for _ in range(LAST_ANSWER):
            if self.answered:
                return
            self._hear(await say("Yes please."))

    def _hear(self, turn: Turn) -> None:
        self.heard.append(str(turn["reply"]))
        for call in turn["function_calls"]:
            if call["function_name"] == "book_appointment" and call["status"] == "done":
                self.booked = call["result"]["appointment_details"]
            self.alternatives = call["result"].get("alternatives") or self.alternatives


def build_patients(number: int, slots: Iterable[datetime]) -> list[Patient]:
    """Make at most 200 patients, of whom as many want each of the slots."""
    names = (f"{first} {last}" for last, first in product(LAST_NAMES, FIRST_NAMES))
    return [Patient(name, wants) for name, wants in islice(zip(names, cycle(slots), strict=False), number)]


def wanted_slots(number: int) -> list[datetime]:
    """The doctor's slots in the order of time, from two days ahead on."""
    found: list[datetime] = []
    day = datetime.now(DIRECTORY.zone).date() + timedelta(days=2)
    while len(found) < number:
        for begins, ends in DIRECTORY.hours_of(DOCTOR, day):
            at = DIRECTORY.at(day, begins)
            while at < DIRECTORY.at(day, ends):
                found.append(at)
                at += timedelta(minutes=DIRECTORY.slot_minutes)
        day += timedelta(days=1)
    return found[:number]


def overlaps(times: Iterable[tuple[datetime, datetime]]) -> int:
    """How many of one doctor's appointments begin before an earlier one has ended."""
    ordered = sorted(times)
    return sum(later[0] < earlier[1] for earlier, later in pairwise(ordered))
