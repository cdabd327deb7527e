"""A hospital in another zone, whose clocks change, with a department of three doctors and one who works at night."""

from datetime import date, datetime, time
from zoneinfo import ZoneInfo

from playbooks.hospital.directory import Department, Directory, Doctor, Hours
from playbooks.hospital.slots import Slot

_DAY: Hours = ((time(9), time(12)), (time(14), time(17)))
_MORNING: Hours = ((time(8), time(10)),)
_NIGHT: Hours = ((time(0), time(6)),)

ADA, BEN, CLEO, NOX = "Dr. Ada Abel", "Dr. Ben Abel", "Dr. Cleo Curie", "Dr. Nox Night"
EYES, SLEEP = "Eyes", "Sleep"
HOLIDAY = date(2027, 3, 29)
SPRING, AUTUMN = date(2027, 3, 28), date(2027, 10, 31)
"""Sundays on which the clocks are put forward and back."""

BERLIN = Directory(
    name="Charité",
    zone=ZoneInfo("Europe/Berlin"),
    region="DE",
    slot_minutes=30,
    days_ahead=60,
    holidays={HOLIDAY: "Easter Monday"},
    departments={EYES: Department(EYES, ("eye", "eye doctor")), SLEEP: Department(SLEEP)},
    doctors={
        ADA: Doctor(ADA, EYES, dict.fromkeys(range(5), _DAY)),
        BEN: Doctor(BEN, EYES, dict.fromkeys(range(5), _DAY)),
        CLEO: Doctor(CLEO, EYES, dict.fromkeys(range(3), _MORNING)),
        NOX: Doctor(NOX, SLEEP, dict.fromkeys((6,), _NIGHT)),
    },
)
NOW = datetime(2027, 3, 15, 8, 0, tzinfo=BERLIN.zone)
"""A Monday."""


def slot(text: str, doctor: str = ADA, minutes: int = 30) -> Slot:
    """A slot that begins at an ISO date and time of Berlin."""
    return Slot(doctor, BERLIN.department_of(doctor), datetime.fromisoformat(text).replace(tzinfo=BERLIN.zone), minutes)
