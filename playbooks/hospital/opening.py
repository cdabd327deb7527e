"""Who is calling, before the first word: the register of patients knows by the number."""

from collections.abc import Mapping
from typing import Any

from domain.conversation import CallContext
from domain.playbook import Opening, OpeningMoment
from domain.tool_call import Statement
from language.slots.phone import in_e164
from playbooks.hospital.directory import DIRECTORY

_PERSONAL = ["name", "email", "summary", "notes"]
_UNKNOWN = ("call_type", "department", "doctor", "summary", "notes")


async def look_up(moment: OpeningMoment) -> Opening:
    """Find the patient by their number; one whom the register knows is `returning` (Unavailable)."""
    phone = in_e164(moment.caller_phone, DIRECTORY.region) if moment.caller_phone else None
    rows = await moment.query("patient", {"phone": phone}, blind=("phone",)) if phone else []
    if not rows:
        return Opening({"customer": {"phone": phone}} if phone else {})
    patient = rows[0]
    known = {"phone": phone, "name": patient["name"], "email": patient["email"]}
    profile = {
        "customer": {name: value for name, value in known.items() if value},
        "customer_type": "returning",
        "preferred_doctor": patient["preferred_doctor"],
        "last_visit": patient["last_visit"] and str(patient["last_visit"]),
    }
    params = {
        **dict.fromkeys(_UNKNOWN),
        "session_id": moment.session_id,
        "name": patient["name"],
        "email": patient["email"],
        "customer_type": "returning",
    }
    return Opening(profile, [Statement(name="note_call", params=params, personal=_PERSONAL)])


def greet(dataset: Mapping[str, Any], context: CallContext) -> str | None:
    """Greet a patient whom the register knows by name."""
    name = (dataset.get("customer") or {}).get("name")
    if dataset.get("customer_type") != "returning" or not name:
        return None
    return f"Hello {name}, this is {context.business or DIRECTORY.name}. How can I help you?"
