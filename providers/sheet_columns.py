"""The columns of a sheet by the names that people give them."""

import re
from collections.abc import Mapping

_BETWEEN_WORDS = re.compile(r"[\s_-]+")
_ALSO = {
    "phone": (
        "phone_number", "phone_no", "telephone", "telephone_number", "mobile", "mobile_number", "mobile_no",
        "mobile_phone", "cell", "cell_phone", "contact_number", "contact_no",
    ),
    "email": ("e_mail", "email_address", "e_mail_address", "email_id", "mail"),
}  # fmt: skip
"""What the trade calls a column beside the name that it has here."""
_NAMES = {also: name for name, others in _ALSO.items() for also in others}


def column_named(header: str) -> str:
    """The name of the column under a header: "Preferred Doctor" is preferred_doctor, "Mobile" is phone."""
    name = _BETWEEN_WORDS.sub("_", header.strip(" \t\r\n.:_-")).casefold()
    return _NAMES.get(name, name)


def by_column(row: Mapping[str, str]) -> dict[str, str]:
    """The cells of a row by the names of their columns; of several for one column, the first that is not empty."""
    cells: dict[str, str] = {}
    for header, cell in row.items():
        name = column_named(header)
        cells[name] = cells.get(name) or cell
    return cells
