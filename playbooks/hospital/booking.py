"""Looking for a slot and booking it."""

from base64 import b32encode
from dataclasses import replace
from hashlib import sha256
from typing import Annotated, Any

from pydantic import Field

from domain.dataset import Change, append, set_value
from domain.playbook import CallMoment, ToolAnswer
from domain.tool_call import Statement
from playbooks.hospital.call_record import about, noted, who
from playbooks.hospital.desk import Booked, Look, booked_view, look, name_key, said, slot_view
from playbooks.hospital.directory import DIRECTORY, Directory
from playbooks.hospital.letters import confirmation, entry
from playbooks.hospital.reading import caller_number, read_email, read_name, read_phone, read_slot
from playbooks.hospital.register import registered
from playbooks.hospital.slots import Slot, fits, require_bookable
from tools.business_tool import Moment

Day = Annotated[str, Field(description="The day, YYYY-MM-DD.")]
Clock = Annotated[str, Field(description='The time, "HH:MM AM/PM".')]
DoctorName = Annotated[str, Field(description="The doctor's name, as in the directory.")]
DepartmentName = Annotated[str, Field(description="The department's name, as in the directory.")]
Minutes = Annotated[int, Field(description="How long it takes, in minutes.")]

QUEUED = {"email_sent": False, "email_status": "queued", "calendar_added": False, "calendar_status": "queued"}
"""They leave once the booking is committed: nobody can say yet that they have arrived."""


_NUMBER_LETTERS = 8
"""Of 29 different ones: among 100,000 appointments, one pair in a hundred hospitals would have the same number."""


async def check_appointment_availability(
    appointment_date: Day,
    appointment_time: Clock,
    moment: Moment,
    duration_minutes: Minutes = 30,
    doctor_name: DoctorName | None = None,
    department: DepartmentName | None = None,
) -> ToolAnswer:
    """Look whether a slot is free; where it is not, the answer holds the nearest that are."""
    slots = _slots(DIRECTORY, appointment_date, appointment_time, duration_minutes, doctor_name, department)
    require_bookable(DIRECTORY, slots[0], DIRECTORY.now(moment.now))
    found = await look(DIRECTORY, slots, moment)
    result = {
        "success": True,
        "available": found.free,
        "message": f"{said(found.slot)} is {'free' if found.free else 'taken'}.",
        "requested_slot": slot_view(found.slot),
    }
    if not found.free:
        result |= _instead(found)
    enquired = noted(moment, **about(found.slot))
    return ToolAnswer(result, _asked(found), statements=[enquired])


async def book_appointment(
    patient_name: Annotated[str, Field(description="The patient's full name.")],
    email: Annotated[str, Field(description="Where the confirmation goes.")],
    appointment_date: Day,
    appointment_time: Clock,
    doctor_name: DoctorName,
    department: DepartmentName,
    moment: Moment,
    phone: Annotated[str | None, Field(description="The patient's number, if it is not the caller's.")] = None,
    duration_minutes: Minutes = 30,
) -> ToolAnswer:
    """Book a slot for a patient who has agreed to every detail."""
    slot = read_slot(
        DIRECTORY,
        appointment_date,
        appointment_time,
        duration_minutes,
        doctor=doctor_name,
        department=department,
    )
    number = read_phone(DIRECTORY, phone) if phone else caller_number(DIRECTORY, moment.caller_phone)
    booked = Booked(_number_of(moment), slot, read_name(patient_name), read_email(email), number, sequence=0)
    require_bookable(DIRECTORY, slot, DIRECTORY.now(moment.now))
    found = await look(DIRECTORY, [slot], moment)
    return _book(booked, moment) if found.free else _lost(found, moment)


def _book(booked: Booked, moment: CallMoment) -> ToolAnswer:
    details = booked_view(booked)
    result = {"success": True, "message": f"Booked: {said(booked.slot)}.", "appointment_details": details, **QUEUED}
    change: Change = [
        append("/appointments", details, same_by=("appointment_id",)),
        set_value("/requested", None),
        set_value("/alternatives", []),
    ]
    posts = [confirmation(DIRECTORY, booked), entry(DIRECTORY, booked)]
    statements = [
        _written(booked, moment),
        noted(moment, call_type="appointment_booking", customer_type="existing", **who(booked)),
        *registered(booked, moment),
    ]
    return ToolAnswer(result, change, posts=posts, statements=statements)


def _lost(found: Look, moment: CallMoment) -> ToolAnswer:
    """Somebody else has it; what is free instead can be booked."""
    sentence = f"I am sorry, {said(found.slot)} has just been taken."
    result: dict[str, Any] = {"available": False, **_instead(found)}
    enquired = noted(moment, **about(found.slot))
    return ToolAnswer(result, _asked(found), declined=sentence, statements=[enquired])


def _slots(
    directory: Directory, day: str, clock: str, minutes: int, doctor: str | None, department: str | None
) -> list[Slot]:
    """The slot that is asked about; with a department alone, that of every doctor who has time for it."""
    first = read_slot(directory, day, clock, minutes, doctor=doctor, department=department)
    if doctor is not None:
        return [first]
    same = (replace(first, doctor=other.name) for other in directory.doctors_of(first.department))
    return [first, *(slot for slot in same if slot != first and fits(directory, slot))]


def _asked(found: Look) -> Change:
    return [
        set_value("/requested", {**slot_view(found.slot), "available": found.free}),
        set_value("/alternatives", [slot_view(slot) for slot in found.alternatives]),
    ]


def _instead(found: Look) -> dict[str, Any]:
    return {
        "alternatives": [slot_view(slot) for slot in found.alternatives],
        "conflicts": [
            {"doctor_name": other.doctor, "from": other.begins.isoformat(), "to": other.ends.isoformat()}
            for other in found.conflicts
        ],
    }


def _number_of(moment: CallMoment) -> str:
    """A number that can be said; the same call has the same one, however often it is run."""
    digest = b32encode(sha256(moment.call_id.encode()).digest()).decode()
    return "RH" + "".join(letter for letter in digest if letter not in "IOQ")[:_NUMBER_LETTERS]


def _written(booked: Booked, moment: CallMoment) -> Statement:
    params = {
        "appointment_id": booked.appointment_id,
        "session_id": moment.session_id,
        "doctor": booked.slot.doctor,
        "department": booked.slot.department,
        "begins": booked.slot.begins.isoformat(),
        "ends": booked.slot.ends.isoformat(),
        "patient_name": booked.patient_name,
        "name": name_key(booked.patient_name),
        "email": booked.email,
        "phone": booked.phone,
    }
    return Statement(
        name="book", params=params, personal=["patient_name", "name", "email", "phone"], blind=["name", "phone"]
    )
