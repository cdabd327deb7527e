"""What leaves for the patient and the hospital's calendar, as the outbox takes it. Pure.

What happens to one appointment leaves in order, letters and calendar each in a lane of its own. A change supersedes
what has not arrived of the earlier: nobody is told of an appointment that no longer stands.
"""

from html import escape
from typing import Any

from domain.tool_call import Post
from playbooks.hospital.desk import Booked, booked_view, said
from playbooks.hospital.directory import Directory


def confirmation(directory: Directory, booked: Booked, *, moved: bool = False) -> Post:
    """The letter that confirms an appointment, with the appointment to be entered in the patient's calendar."""
    what = "has been moved" if moved else "is confirmed"
    lines = (
        f"Dear {booked.patient_name},",
        f"your appointment {what}: {said(booked.slot)}, {booked.slot.department}.",
        f"Its number is {booked.appointment_id}. To change or cancel it, call us and say the number.",
        directory.name,
    )
    return _letter(directory, booked, f"Your appointment at {directory.name}", lines, supersedes=moved)


def cancellation(directory: Directory, booked: Booked) -> Post:
    """The letter that says that an appointment was cancelled, and takes it out of the patient's calendar."""
    lines = (
        f"Dear {booked.patient_name},",
        f"your appointment {booked.appointment_id} was cancelled: {said(booked.slot)}.",
        "Call us whenever you would like another one.",
        directory.name,
    )
    subject = f"Your appointment at {directory.name} was cancelled"
    return _letter(directory, booked, subject, lines, method="CANCEL", supersedes=True)


def entry(directory: Directory, booked: Booked) -> Post:
    """The appointment for the hospital's own calendar."""
    put = {"put": event_of(directory, booked)}
    return Post(kind="calendar", payload=put, lane=_lane("calendar", booked), supersedes=booked.sequence > 0)


def removal(booked: Booked) -> Post:
    """Its removal from there."""
    remove = {"remove": booked.appointment_id}
    return Post(kind="calendar", payload=remove, lane=_lane("calendar", booked), supersedes=True)


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


def _letter(
    directory: Directory,
    booked: Booked,
    subject: str,
    lines: tuple[str, ...],
    *,
    method: str = "REQUEST",
    supersedes: bool,
) -> Post:
    payload = {
        "to": booked.email,
        "subject": subject,
        "text": "\n\n".join(lines),
        "html": "".join(f"<p>{escape(line)}</p>" for line in lines),
        "event": event_of(directory, booked),
        "method": method,
        "about": booked_view(booked),
    }
    return Post(kind="mail", payload=payload, lane=_lane("mail", booked), supersedes=supersedes)


def _lane(kind: str, booked: Booked) -> str:
    return f"hospital/{kind}/{booked.appointment_id}"
