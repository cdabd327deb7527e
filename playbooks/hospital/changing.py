"""Cancelling and moving appointments, and sending their confirmation again."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Annotated, Any

from pydantic import Field

from domain.dataset import Change, set_value
from domain.playbook import CallMoment, ToolAnswer
from domain.tool_call import Statement
from playbooks.hospital.booking import QUEUED, Clock, Day
from playbooks.hospital.call_record import about, noted, who
from playbooks.hospital.desk import Booked, booked_view, find, look, said, slot_view, told_view
from playbooks.hospital.directory import DIRECTORY
from playbooks.hospital.letters import cancellation, confirmation, entry, removal
from playbooks.hospital.reading import caller_number, read_begins, read_day, read_email, read_phone, read_time
from playbooks.hospital.refusals import invalid
from playbooks.hospital.register import visited
from playbooks.hospital.slots import require_bookable
from tools.business_tool import Moment

Number = Annotated[str | None, Field(description="The appointment's number, if the caller has it.")]
Name = Annotated[str | None, Field(description="Whose appointment it is.")]
Phone = Annotated[str | None, Field(description="The patient's number.")]
OnDay = Annotated[str | None, Field(description="The day it is on, YYYY-MM-DD.")]
AtTime = Annotated[str | None, Field(description='The time it is at, "HH:MM AM/PM", where several match.')]


async def cancel_appointment(
    moment: Moment,
    appointment_id: Number = None,
    patient_name: Name = None,
    phone: Phone = None,
    appointment_date: OnDay = None,
    appointment_time: AtTime = None,
    reason: Annotated[str | None, Field(description="Why, in the caller's words.")] = None,
) -> ToolAnswer:
    """Cancel one appointment; where several match, the answer lists them and nothing is cancelled."""
    booked = await _one(moment, appointment_id, patient_name, phone, appointment_date, appointment_time)
    gone = replace(booked, sequence=booked.sequence + 1)
    params = {"appointment_id": booked.appointment_id, "reason": reason}
    statements = [
        Statement(name="cancel", params=params, personal=["reason"]),
        noted(moment, call_type="cancellation", **who(booked)),
        *await visited(booked, moment),
    ]
    details = _told(moment, booked, "cancelled")
    return ToolAnswer(
        {"success": True, "message": f"Cancelled: {said(booked.slot)}.", "cancelled": details, **QUEUED},
        _shown(moment, details),
        posts=[cancellation(DIRECTORY, gone), removal(gone)],
        statements=statements,
        ends=_bookings_of(moment, booked.appointment_id),
    )


async def reschedule_appointment(
    new_date: Day,
    new_time: Clock,
    moment: Moment,
    appointment_id: Number = None,
    patient_name: Name = None,
    phone: Phone = None,
    appointment_date: OnDay = None,
    appointment_time: AtTime = None,
) -> ToolAnswer:
    """Move one appointment, same doctor, in one step: the old slot is free only if the new one was won."""
    booked = await _one(moment, appointment_id, patient_name, phone, appointment_date, appointment_time)
    slot = replace(booked.slot, begins=read_begins(DIRECTORY, new_date, new_time))
    require_bookable(DIRECTORY, slot, DIRECTORY.now(moment.now))
    found = await look(DIRECTORY, [slot], moment)
    own = all(other.begins == booked.slot.begins for other in found.conflicts)
    if not found.free and not (own and slot.begins != booked.slot.begins):
        others = {"alternatives": [slot_view(other) for other in found.alternatives]}
        change: Change = [set_value("/alternatives", others["alternatives"])]
        sentence = f"I am sorry, {said(slot)} is taken."
        enquired = noted(moment, **about(slot))
        return ToolAnswer({"available": False, **others}, change, declined=sentence, statements=[enquired])
    moved = replace(booked, slot=slot, sequence=booked.sequence + 1)
    return await _move(moment, booked, moved)


async def _move(moment: CallMoment, booked: Booked, moved: Booked) -> ToolAnswer:
    params = {
        "appointment_id": booked.appointment_id,
        "from": booked.slot.begins.isoformat(),
        "begins": moved.slot.begins.isoformat(),
        "ends": moved.slot.ends.isoformat(),
    }
    details = _told(moment, moved)
    return ToolAnswer(
        {"success": True, "message": f"Moved to {said(moved.slot)}.", "appointment_details": details, **QUEUED},
        _shown(moment, details),
        posts=[confirmation(DIRECTORY, moved, moved=True), entry(DIRECTORY, moved)],
        statements=[
            Statement(name="move", params=params),
            noted(moment, call_type="rescheduling", **who(moved)),
            *await visited(moved, moment),
        ],
        ends=_bookings_of(moment, booked.appointment_id),
    )


async def send_appointment_email(
    appointment_id: Annotated[str, Field(description="The appointment's number.")],
    moment: Moment,
    email: Annotated[str | None, Field(description="Where to, if not where it went before.")] = None,
) -> ToolAnswer:
    """Send the confirmation of an appointment again."""
    booked = await _one(moment, appointment_id, None, None, None, None)
    letter = confirmation(DIRECTORY, booked if email is None else replace(booked, email=read_email(email)))
    result = {"success": True, "message": "The confirmation is on its way.", **QUEUED}
    return ToolAnswer(result, posts=[letter], statements=[noted(moment, **about(booked.slot))])


async def _one(
    moment: CallMoment,
    appointment_id: str | None,
    name: str | None,
    phone: str | None,
    day: str | None,
    clock: str | None,
) -> Booked:
    """Find the one appointment that is meant; ToolRefused where there is none, or several."""
    line = caller_number(DIRECTORY, moment.caller_phone)
    if not any((appointment_id, name, phone, line)):
        raise invalid("In whose name is the appointment?")
    found = await find(
        DIRECTORY,
        moment,
        appointment_id=appointment_id,
        name=name,
        phone=read_phone(DIRECTORY, phone) if phone else (None if name else line),
        day=read_day(day) if day else None,
    )
    if appointment_id is None and day is None:
        # A name or a number is no proof of whose line it is: who calls from another has to know the day.
        found = [booked for booked in found if _known(moment, booked)]
    if clock is not None:
        found = [booked for booked in found if booked.slot.begins.time() == read_time(clock)]
    return _only(found)


def _only(found: Sequence[Booked]) -> Booked:
    """Take the only one there is; ToolRefused, with those to choose from, where there is none, or several."""
    if len(found) == 1:
        return found[0]
    if not found:
        raise invalid("I cannot find such an appointment. In whose name is it, and for which day?")
    several = [{"appointment_id": each.appointment_id, **slot_view(each.slot)} for each in found]
    raise invalid(
        f"There are {len(found)}: {'; '.join(said(each.slot) for each in found)}. Which one?", matches=several
    )


def _known(moment: CallMoment, booked: Booked) -> bool:
    """Whether the call is about it already, or comes from its patient's line."""
    here = [each["appointment_id"] for each in moment.dataset["appointments"]]
    line = caller_number(DIRECTORY, moment.caller_phone)
    return booked.appointment_id in here or (line is not None and booked.phone == line)


def _told(moment: CallMoment, booked: Booked, status: str = "booked") -> dict[str, Any]:
    """An appointment as this call is told of it: how its patient is reached only where the call knew that before."""
    return booked_view(booked, status) if _known(moment, booked) else told_view(booked, status)


def _shown(moment: CallMoment, details: Mapping[str, Any]) -> Change:
    """The dataset's list with this appointment as it stands now."""
    others = [each for each in moment.dataset["appointments"] if each["appointment_id"] != details["appointment_id"]]
    return [set_value("/appointments", [*others, dict(details)])]


def _bookings_of(moment: CallMoment, appointment_id: str) -> list[str]:
    """The standing calls that made or moved it: asked for again, they are new."""
    return [
        effect["call_id"]
        for effect in moment.standing
        if effect["result"].get("appointment_details", {}).get("appointment_id") == appointment_id
    ]
