"""Who the patient is, as the caller says it: in the dataset, and in the call's record at once."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Annotated, Any, Literal

from pydantic import Field

from domain.dataset import set_value
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
"""Where the dataset keeps the caller, once the patient is somebody else; a caller who is not known by name is ""."""
_SAME_NAME = 0.75
"""Likeness in sound of first names that are one name, heard twice."""


async def update_customer_info(
    field_to_update: Annotated[CustomerField, Field(description="Which fact about the patient.")],
    new_value: Annotated[str, Field(description="The value as the caller gave it.")],
    moment: Moment,
) -> ToolAnswer:
    """Note or correct the patient's name, e-mail address or number."""
    field: Literal["name", "email", "phone"] = "name" if field_to_update == "patient" else field_to_update
    value = _read(field, new_value)
    answer = await catalogue.update_customer_info(field, value, moment)
    stated = field_to_update == "patient"
    if field == "name" and (customer := another_customer(moment.dataset, value, stated=stated)):
        answer = replace(answer, change=[set_value("/customer", customer)])
    fields = {} if field == "phone" else {field: value}
    return replace(answer, statements=[noted(moment, **fields)])


def is_caller(dataset: Mapping[str, Any], name: str) -> bool:
    """Whether a patient may be the caller, as far as the call has told who that is."""
    known: dict[str, str] = dataset.get("customer") or {}
    caller = known.get(CALLER, known.get("name"))
    return caller is None or _is_same(name, caller)


def another_customer(dataset: Mapping[str, Any], name: str, *, stated: bool) -> dict[str, str] | None:
    """The customer once somebody else is meant, None where nobody is: no address or number is taken for another's.

    `stated` tells that the caller has said so; else only the register knows who calls.
    """
    known: dict[str, str] = dataset.get("customer") or {}
    before, caller = known.get("name", ""), known.get(CALLER, known.get("name", ""))
    registered = dataset.get("customer_type") != "new" and caller
    if not (stated or registered) or (before and _is_same(name, before)):
        return None
    own = known.get(CALLER_EMAIL) or known.get("email")
    patient = {"name": caller, "email": own} if caller and _is_same(name, caller) else {"name": name}
    told = {CALLER_EMAIL: own, **patient}
    return {CALLER: caller, **{key: value for key, value in told.items() if value}}


def _is_same(name: str, other: str) -> bool:
    """Whether two names may be of one person: the first names sound alike."""
    one, two = (sounds(first_name(each).casefold()) for each in (name, other))
    return similarity(one, two) >= _SAME_NAME


def _read(field: Literal["name", "email", "phone"], value: str) -> str:
    match field:
        case "name":
            return read_name(value)
        case "email":
            return read_email(value)
        case "phone":
            return read_phone(DIRECTORY, value)
