"""How the front desk says days, times, slots and lists: short enough to be followed by ear."""

from collections.abc import Callable, Mapping, Sequence
from datetime import date, datetime, time
from typing import Any

_NOON = 12
_CLOCK = "%I:%M %p"
DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")

Slot = Mapping[str, Any]
"""A slot or an appointment as the dataset holds it: date, time, doctor_name, department."""

IS_FREE, IS_TAKEN, IS_BOOKED, IS_CANCELLED, IS_MOVED = (
    "is free",
    "is not free",
    "is booked",
    "is cancelled",
    "is moved",
)
"""What is said of a slot or an appointment once a tool has told so, and nowhere else: the talk is read back by it."""

NOT_FOUND = "I cannot find such an appointment"
"""What a tool says of an appointment that is not there."""


def said_day(day: date) -> str:
    """A day without its year: "Monday 23 November"."""
    return f"{day:%A} {day.day} {day:%B}"


def said_time(at: time) -> str:
    """A time of day: "4:30 PM", "9 AM"."""
    minutes = f":{at.minute:02}" if at.minute else ""
    return f"{(at.hour - 1) % _NOON + 1}{minutes} {'AM' if at.hour < _NOON else 'PM'}"


def written_time(at: time) -> str:
    """A time as the tools take it: "04:30 PM"."""
    return at.strftime(_CLOCK)


def read_day(written: str) -> date:
    """The day of a slot; ValueError for what is no ISO date."""
    return date.fromisoformat(written)


def read_time(written: str) -> time:
    """The time of a slot; ValueError for what is not like "04:30 PM"."""
    return datetime.strptime(written, _CLOCK).time()  # noqa: DTZ007 - a time of day has no zone


def said_slot(slot: Slot) -> str:
    """When a slot is: "Monday 23 November at 4:30 PM"."""
    return said_when(slot["date"], slot["time"])


def said_of(day: date | None, at: time | None) -> str | None:
    """When something is, as far as it is known: "Monday 23 November at 4:30 PM"; None where nothing is."""
    said = [said_day(day)] if day else []
    return " at ".join([*said, *([said_time(at)] if at else [])]) or None


def said_when(day: str | None, at: str | None) -> str:
    """When something is by its written day and time; what is written otherwise is said as it stands."""
    said = [_said(day, lambda text: said_day(read_day(text))), _said(at, lambda text: said_time(read_time(text)))]
    return " at ".join(filter(None, said))


def _said(written: str | None, say: Callable[[str], str]) -> str:
    try:
        return say(written) if written else ""
    except ValueError:
        return written or ""


def said_slot_of(arguments: Mapping[str, Any]) -> str:
    """When the appointment of a call's arguments is: its day, and its time where it was given."""
    return said_when(arguments.get("appointment_date"), arguments.get("appointment_time"))


def said_appointment(arguments: Mapping[str, Any]) -> str:
    """Which appointment a call's arguments name: "the appointment of Asha Menon on Monday 23 November at 11 AM"."""
    told = {
        "": arguments.get("appointment_id"),
        "of": arguments.get("patient_name"),
        "with the number": arguments.get("phone"),
        "on": said_slot_of(arguments),
    }
    return " ".join(["the appointment", *(f"{link} {value}".strip() for link, value in told.items() if value)])


def said_whole(slot: Slot) -> str:
    """When and with whom: "Monday 23 November at 4:30 PM with Dr. Anil Mehta"."""
    return f"{said_slot(slot)} with {slot['doctor_name']}" if slot.get("doctor_name") else said_slot(slot)


def said_offers(slots: Sequence[Slot], doctor: str | None) -> str:
    """Slots to choose from; a day is said once, a doctor only where it is another than the one asked for."""
    said: list[str] = []
    before: Slot = {}
    for slot in slots:
        words = said_time(read_time(slot["time"]))
        if slot["date"] != before.get("date"):
            words = f"{said_day(read_day(slot['date']))} at {words}"
        if slot.get("doctor_name") and slot["doctor_name"] not in (doctor, before.get("doctor_name")):
            words = f"{words} with {slot['doctor_name']}"
        said.append(words)
        before = slot
    return listed(said, "or")


def listed(items: Sequence[str], link: str = "and") -> str:
    """Items as they are said in a row: "a, b and c"."""
    *first, last = items
    return f"{', '.join(first)} {link} {last}" if first else last


def said_days(weekdays: Sequence[int]) -> str:
    """Weekdays, Monday being 0, as they are said: "Monday to Friday", "Monday and Thursday"."""
    if len(weekdays) > 2 and list(weekdays) == list(range(weekdays[0], weekdays[-1] + 1)):
        return f"{DAYS[weekdays[0]]} to {DAYS[weekdays[-1]]}"
    return listed([DAYS[weekday] for weekday in weekdays])


def first_name(name: str) -> str:
    """The name to greet by."""
    return name.split()[0] if name.split() else name
