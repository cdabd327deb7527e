"""Who the patient is, as the caller says it: in the dataset, and in the call's record at once."""

from dataclasses import replace
from typing import Annotated

from pydantic import Field

from domain.playbook import ToolAnswer
from playbooks.hospital.call_record import noted
from playbooks.hospital.dataset import CustomerField
from playbooks.hospital.directory import DIRECTORY
from playbooks.hospital.reading import read_email, read_name, read_phone
from tools import catalogue
from tools.business_tool import Moment


async def update_customer_info(
    field_to_update: Annotated[CustomerField, Field(description="Which fact about the patient.")],
    new_value: Annotated[str, Field(description="The value as the caller gave it.")],
    moment: Moment,
) -> ToolAnswer:
    """Note or correct the patient's name, e-mail address or number."""
    value = _read(field_to_update, new_value)
    answer = await catalogue.update_customer_info(field_to_update, value, moment)
    if field_to_update == "phone":
        return answer
    return replace(answer, statements=[noted(moment, **{field_to_update: value})])


def _read(field: CustomerField, value: str) -> str:
    match field:
        case "name":
            return read_name(value)
        case "email":
            return read_email(value)
        case "phone":
            return read_phone(DIRECTORY, value)
