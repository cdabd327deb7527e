"""Text that may stand in a header, a file or a calendar without being taken for something else."""

import unicodedata

from domain.errors import InvalidInput

_LINE_ENDS_AND_CONTROLS = frozenset({"Cc", "Zl", "Zp", "Cs"})
_ALLOWED_IN_TEXT = frozenset("\r\n\t")


def require_line(value: str, field: str) -> None:
    """Refuse what is not one line of characters that can be seen (InvalidInput naming the field, not the value)."""
    if any(unicodedata.category(character) in _LINE_ENDS_AND_CONTROLS for character in value):
        raise InvalidInput(f"{field} must be one line without control characters.", field=field)


def require_text(value: str, field: str) -> None:
    """Refuse control characters other than tabs and line ends (InvalidInput naming the field, not the value)."""
    if any(unicodedata.category(each) in {"Cc", "Cs"} and each not in _ALLOWED_IN_TEXT for each in value):
        raise InvalidInput(f"{field} must be text without control characters.", field=field)
