"""The floor for spoken values: what a pattern makes of the best hypothesis alone."""

import re

from evals.public.rows import Row
from evals.public.scored import Prediction

_POSTCODE = re.compile(r"[a-z]{1,2}[0-9][a-z0-9]?[0-9][a-z]{2}")
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_MONTH = re.compile(rf"\b({'|'.join(_MONTHS)})")
_YEAR = re.compile(r"\b(?:19|20)[0-9]{2}\b")
_DAY = re.compile(
    r"\b([0-9]{1,2})(?:st|nd|rd|th)\b|\b([0-9]{1,2}) (?:of )?(?=[a-z])|(?<=[a-z]) ([0-9]{1,2})\b",
)


def floor_answer(row: Row) -> Prediction:
    """Answer a try by pattern."""
    heard = row["hyp"].lower()
    squeezed = re.sub(r"[^a-z0-9]", "", heard)
    match row["item"]:
        case "dob":
            value = _birth_date(heard)
        case "postcode":
            value = squeezed if _POSTCODE.fullmatch(squeezed) else None
        case _:
            value = squeezed or None
    return {"id": row["id"], "value": value}


def _birth_date(heard: str) -> str | None:
    year, month, day = _YEAR.search(heard), _MONTH.search(heard), _DAY.search(heard)
    if not (year and month and day):
        return None
    number = int(next(filter(None, day.groups())))
    return f"{year.group()}-{_MONTHS.index(month.group(1)) + 1:02d}-{number:02d}"
