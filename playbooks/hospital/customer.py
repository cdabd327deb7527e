"""Who the patient is, as the caller says it: in the dataset, and in the call's record at once."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Annotated, Any

from pydantic import Field

from domain.dataset import Change, set_value
from domain.playbook import ToolAnswer
from language.phonetics import similarity, sounds
from playbooks.hospital.call_record import noted
from playbooks.hospital.dataset import CustomerField
from playbooks.hospital.directory import DIRECTORY
from playbooks.hospital.reading import read_email, read_name, read_phone
from playbooks.hospital.wording import first_name
from tools import catalogue
from tools.business_tool import Moment

CALLER, CALLER_EMAIL = "caller", "caller_email"
"""Where the dataset keeps a caller whom the register knows, once the patient is somebody else."""
_SAME_NAME = 0.75
"""Likeness in sound of first names that are one name, heard twice."""


async def update_customer_info(
    field_to_update: Annotated[CustomerField, Field(description="Which fact about the patient.")],
    new_value: Annotated[str, Field(description="The value as the caller gave it.")],
    moment: Moment,
) -> ToolAnswer:
    """Note or correct the patient's name, e-mail address or number."""
    value = _read(field_to_update, new_value)
    answer = await catalogue.update_customer_info(field_to_update, value, moment)
    if field_to_update == "name" and (change := _of_another(moment.dataset, value)):
        answer = replace(answer, change=change)
    fields = {} if field_to_update == "phone" else {field_to_update: value}
    return replace(answer, statements=[noted(moment, **fields)])


def _of_another(dataset: Mapping[str, Any], name: str) -> Change:
    """The customer once somebody else than the register's patient is meant: nobody's address is taken for another's."""
    known: dict[str, str] = dataset.get("customer") or {}
    caller = known.get(CALLER) or known.get("name")
    if dataset.get("customer_type") == "new" or not caller or _is_same(name, known.get("name", "")):
        return []
    own = known.get(CALLER_EMAIL) or known.get("email")
    patient = {"name": caller, "email": own} if _is_same(name, caller) else {"name": name}
    now = {"phone": known.get("phone"), CALLER: caller, CALLER_EMAIL: own, **patient}
    return [set_value("/customer", {key: value for key, value in now.items() if value})]


def _is_same(name: str, other: str) -> bool:
    """Whether two names may be of one person: the first names sound alike."""
    one, two = (sounds(first_name(each).casefold()) for each in (name, other))
    return similarity(one, two) >= _SAME_NAME


def _read(field: CustomerField, value: str) -> str:
    match field:
        case "name":
            return read_name(value)
        case "email":
            return read_email(value)
        case "phone":
            return read_phone(DIRECTORY, value)
