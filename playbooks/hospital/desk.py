"""The appointments as they stand, asked of the hospital's tables."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

from domain.playbook import CallMoment
from domain.reading import Query
from playbooks.hospital.directory import Directory
from playbooks.hospital.slots import Slot, Taken, alternatives_to, conflicts_of, said_day, said_time, searched

STANDS, OVER = "booked", "over"
"""How an appointment stands that was not cancelled."""


@dataclass(frozen=True)
class Booked:
    """An appointment that stands."""

    appointment_id: str
    slot: Slot
    patient_name: str
    email: str
    phone: str | None
    sequence: int


@dataclass(frozen=True)
class Look:
    """What a slot looks like: the slot itself if nobody has it, else who has, and what is free instead."""

    slot: Slot
    conflicts: Sequence[Taken]
    alternatives: Sequence[Slot]

    @property
    def free(self) -> bool:
        """True when nobody has it."""
        return not self.conflicts


async def look(directory: Directory, slots: Sequence[Slot], moment: CallMoment) -> Look:
    """Find the first of the slots that is free, or what is free instead (Unavailable)."""
    first = slots[0]
    begins, ends = searched(first)
    doctors = [doctor.name for doctor in directory.doctors_of(first.department)]
    rows = await moment.query("taken", {"doctors": doctors, "begins": begins, "ends": ends})
    taken = [Taken(row["doctor"], _here(directory, row["begins"]), _here(directory, row["ends"])) for row in rows]
    free = next((slot for slot in slots if not conflicts_of(slot, taken)), None)
    if free is not None:
        return Look(free, (), ())
    others = alternatives_to(directory, first, taken, directory.now(moment.now))
    return Look(first, conflicts_of(first, taken), others)


async def find(
    directory: Directory,
    moment: CallMoment,
    *,
    appointment_id: str | None,
    name: str | None,
    phone: str | None,
    day: date | None,
) -> list[Booked]:
    """Find appointments to come: by their number, or by whose they are (Unavailable)."""
    begins = None if day is None else directory.at(day, time())
    params = {
        "now": directory.now(moment.now),
        "appointment_id": appointment_id,
        "name": None if name is None else name_key(name),
        "phone": phone,
        "day_begins": begins,
        "day_ends": None if begins is None else begins + timedelta(days=1),
    }
    rows = await moment.query("found", params, blind=("name", "phone"))
    return [_booked(directory, row) for row in rows]


async def on_record(directory: Directory, phone: str, query: Query) -> list[dict[str, Any]]:
    """List the newest appointments that stand under a number, as the dataset shows them, newest first (Unavailable)."""
    rows = await query("own", {"phone": phone}, blind=("phone",))
    return [told_view(_booked(directory, row), OVER if row["is_over"] else STANDS) for row in rows]


def name_key(name: str) -> str:
    """A name as it is compared: case and spaces do not count."""
    return " ".join(name.casefold().split())


def _booked(directory: Directory, row: Mapping[str, Any]) -> Booked:
    begins, ends = _here(directory, row["begins"]), _here(directory, row["ends"])
    slot = Slot(row["doctor"], row["department"], begins, int((ends - begins).total_seconds() // 60))
    return Booked(row["appointment_id"], slot, row["patient_name"], row["email"], row["phone"], row["sequence"])


def _here(directory: Directory, instant: datetime) -> datetime:
    return instant.astimezone(directory.zone)


def slot_view(slot: Slot) -> dict[str, Any]:
    """A slot as results and the dataset show it."""
    return {
        "date": slot.begins.date().isoformat(),
        "time": f"{slot.begins:%I:%M %p}",
        "doctor_name": slot.doctor,
        "department": slot.department,
        "duration_minutes": slot.minutes,
    }


def booked_view(booked: Booked, status: str = STANDS) -> dict[str, Any]:
    """An appointment as results and the dataset show it."""
    return {
        "appointment_id": booked.appointment_id,
        **slot_view(booked.slot),
        "patient_name": booked.patient_name,
        "email": booked.email,
        "phone": booked.phone,
        "status": status,
    }


def told_view(booked: Booked, status: str = STANDS) -> dict[str, Any]:
    """An appointment as it is told without how its patient is reached."""
    return {name: value for name, value in booked_view(booked, status).items() if name not in {"email", "phone"}}


def said(slot: Slot) -> str:
    """A slot as it is said."""
    return f"{said_day(slot.begins.date())} at {said_time(slot.begins.time())} with {slot.doctor}"
