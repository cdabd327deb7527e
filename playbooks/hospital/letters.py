"""What leaves for the patient, the calendar and the hospital's sheets, as the outbox takes it. Pure."""

from html import escape
from typing import Any

from domain.tool_call import Post
from playbooks.hospital.desk import Booked, booked_view, said
from playbooks.hospital.directory import Directory

PATIENTS, PATIENTS_LANE = "patients_sheet", "hospital/patients_sheet"


def confirmation(directory: Directory, booked: Booked, *, moved: bool = False) -> Post:
    """The letter that confirms an appointment, with the appointment to be entered in the patient's calendar."""
    what = "has been moved" if moved else "is confirmed"
    lines = (
        f"Dear {booked.patient_name},",
        f"your appointment {what}: {said(booked.slot)}, {booked.slot.department}.",
        f"Its number is {booked.appointment_id}. To change or cancel it, call us and say the number.",
        directory.name,
    )
    return _letter(directory, booked, f"Your appointment at {directory.name}", lines, "REQUEST")


def cancellation(directory: Directory, booked: Booked) -> Post:
    """The letter that says that an appointment was cancelled, and takes it out of the patient's calendar."""
    lines = (
        f"Dear {booked.patient_name},",
        f"your appointment {booked.appointment_id} was cancelled: {said(booked.slot)}.",
        "Call us whenever you would like another one.",
        directory.name,
    )
    return _letter(directory, booked, f"Your appointment at {directory.name} was cancelled", lines, "CANCEL")


def entry(directory: Directory, booked: Booked) -> Post:
    """The appointment for the hospital's own calendar."""
    return Post(kind="calendar", payload={"put": event_of(directory, booked)}, lane=_lane(booked))


def removal(booked: Booked) -> Post:
    """Its removal from there."""
    return Post(kind="calendar", payload={"remove": booked.appointment_id}, lane=_lane(booked))


def patient_row(booked: Booked, language: str) -> Post:
    """The patient's row in the hospital's sheet of patients."""
    row = {
        "phone": booked.phone or "",
        "name": booked.patient_name,
        "email": booked.email,
        "last_visit": booked.slot.begins.date().isoformat(),
        "preferred_doctor": booked.slot.doctor,
        "department": booked.slot.department,
        "language": language,
        "customer_type": "existing",
    }
    return Post(kind=PATIENTS, payload={"row": row}, lane=PATIENTS_LANE)


def event_of(directory: Directory, booked: Booked) -> dict[str, Any]:
    """The appointment as a calendar takes it."""
    return {
        "key": booked.appointment_id,
        "start": booked.slot.begins.isoformat(),
        "end": booked.slot.ends.isoformat(),
        "zone": directory.zone.key,
        "title": f"{booked.patient_name} with {booked.slot.doctor}",
        "description": f"{booked.slot.department}, {booked.appointment_id}",
        "location": directory.name,
        "attendees": [booked.email],
        "revision": booked.sequence,
    }


def _letter(directory: Directory, booked: Booked, subject: str, lines: tuple[str, ...], method: str) -> Post:
    payload = {
        "to": booked.email,
        "subject": subject,
        "text": "\n\n".join(lines),
        "html": "".join(f"<p>{escape(line)}</p>" for line in lines),
        "event": event_of(directory, booked),
        "method": method,
        "about": booked_view(booked),
    }
    return Post(kind="mail", payload=payload)


def _lane(booked: Booked) -> str:
    return f"hospital/calendar/{booked.appointment_id}"
