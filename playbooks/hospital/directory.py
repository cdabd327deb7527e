"""The hospital: its departments, doctors, hours and holidays, read from `directory.yaml`."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import yaml

WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")

Hours = tuple[tuple[time, time], ...]
"""Stretches of a day, in order: from, and until when the last appointment ends."""


@dataclass(frozen=True)
class Department:
    """A department, and what callers call it."""

    name: str
    also: tuple[str, ...] = ()


@dataclass(frozen=True)
class Doctor:
    """A doctor and the hours they see patients in, by weekday (Monday is 0)."""

    name: str
    department: str
    hours: Mapping[int, Hours]


@dataclass(frozen=True)
class Directory:
    """Who works here, and when; all times are in `zone`."""

    name: str
    zone: ZoneInfo
    region: str
    slot_minutes: int
    days_ahead: int
    holidays: Mapping[date, str]
    departments: Mapping[str, Department]
    doctors: Mapping[str, Doctor]

    def department_of(self, doctor: str) -> str:
        """The department a doctor works in (KeyError: there is no such doctor)."""
        return self.doctors[doctor].department

    def doctors_of(self, department: str) -> tuple[Doctor, ...]:
        """The doctors of a department."""
        return tuple(doctor for doctor in self.doctors.values() if doctor.department == department)

    def hours_of(self, doctor: str, day: date) -> Hours:
        """When a doctor sees patients on a day; nothing on a holiday, and of a doctor who has left."""
        if day in self.holidays or doctor not in self.doctors:
            return ()
        return self.doctors[doctor].hours.get(day.weekday(), ())

    def at(self, day: date, clock: time) -> datetime:
        """A moment by the hospital's clock."""
        return datetime.combine(day, clock, self.zone)

    def now(self, seconds: float) -> datetime:
        """The hospital's time at an instant, given in epoch seconds."""
        return datetime.fromtimestamp(seconds, self.zone)


def load_directory(file: Path) -> Directory:
    """Read a directory; ValueError or KeyError where the file is not one."""
    read = yaml.safe_load(file.read_text(encoding="utf-8"))
    return Directory(
        name=read["name"],
        zone=ZoneInfo(read["zone"]),
        region=read["region"],
        slot_minutes=read["slot_minutes"],
        days_ahead=read["days_ahead"],
        holidays={date.fromisoformat(day): name for day, name in read["holidays"].items()},
        departments={name: Department(name, tuple(also)) for name, also in read["departments"].items()},
        doctors={name: _doctor(name, entry) for name, entry in read["doctors"].items()},
    )


def _doctor(name: str, entry: Mapping[str, Any]) -> Doctor:
    hours: dict[int, list[tuple[time, time]]] = {}
    for days, stretches in entry["days"].items():
        for day in _days(days):
            hours.setdefault(day, []).extend(map(_stretch, stretches))
    return Doctor(name, entry["department"], {day: tuple(sorted(found)) for day, found in hours.items()})


def _days(days: str) -> Iterator[int]:
    first, _, last = days.partition("-")
    yield from range(WEEKDAYS.index(first), WEEKDAYS.index(last or first) + 1)


def _stretch(text: str) -> tuple[time, time]:
    begins, _, ends = text.partition("-")
    return time.fromisoformat(begins), time.fromisoformat(ends)


DIRECTORY = load_directory(Path(__file__).parent / "directory.yaml")
