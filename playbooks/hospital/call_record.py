"""The record of the call, which follows every tool call in the same transaction."""

from typing import Annotated, Any

from pydantic import Field

from domain.dataset import Change, set_value
from domain.playbook import CallMoment, OpeningMoment, ToolAnswer
from domain.tool_call import Statement
from playbooks.hospital.desk import Booked
from playbooks.hospital.slots import Slot
from tools.business_tool import Moment

_FIELDS = ("name", "email", "customer_type", "call_type", "department", "doctor", "summary", "notes")
_PERSONAL = ["name", "email", "department", "doctor", "summary", "notes"]
_LONGEST = 2_000

Text = Annotated[str | None, Field(max_length=_LONGEST)]


def noted(moment: CallMoment | OpeningMoment, **fields: Any) -> Statement:
    """Write fields of the call's record; those that are not given stay as they are."""
    params = {**dict.fromkeys(_FIELDS), **fields, "session_id": moment.session_id}
    return Statement(name="note_call", params=params, personal=_PERSONAL)


def about(slot: Slot) -> dict[str, str]:
    """The fields that say whom the caller asks for."""
    return {"department": slot.department, "doctor": slot.doctor}


def who(booked: Booked) -> dict[str, str]:
    """The fields that say whose appointment the call is about, and with whom."""
    return {"name": booked.patient_name, "email": booked.email, **about(booked.slot)}


async def log_call_information(
    moment: Moment,
    call_type: Annotated[Text, Field(description="What the call is about: inquiry, appointment_booking, ...")] = None,
    summary: Annotated[Text, Field(description="The call in a sentence.")] = None,
    department_enquired: Annotated[Text, Field(description="The department the caller asked about.")] = None,
    doctor_enquired: Annotated[Text, Field(description="The doctor the caller asked about.")] = None,
    notes: Annotated[Text, Field(description="What else a colleague should know.")] = None,
) -> ToolAnswer:
    """Note what the call is about; what is left out stays as it was noted before."""
    given = {
        "call_type": call_type,
        "summary": summary,
        "department_enquired": department_enquired,
        "doctor_enquired": doctor_enquired,
        "notes": notes,
    }
    change: Change = [set_value(f"/{name}", value) for name, value in given.items() if value is not None]
    statement = noted(
        moment,
        call_type=call_type,
        summary=summary,
        department=department_enquired,
        doctor=doctor_enquired,
        notes=notes,
    )
    return ToolAnswer({"success": True, "message": "Noted."}, change, statements=[statement])
