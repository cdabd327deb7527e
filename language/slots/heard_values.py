"""A postcode or a date of birth out of several tries, each with all that the recogniser heard."""

from collections.abc import Sequence
from datetime import date, datetime
from functools import partial

from language.slots.agreement import Heard, agreed
from language.slots.dates.birth import birth_dates
from language.slots.postcode import postcodes

_POSTCODE_FLOOR, _BIRTH_FLOOR = 0.75, 0.5
"""The share of the weight that a value needs at its first hearing; letters sound more alike than days."""


def agreed_postcode(tries: Sequence[Sequence[str]], *, country: str = "GB") -> str | None:
    """The postcode that the last of some tries gives, None where the caller should be asked again."""
    return agreed(tries, partial(_postcode, country), floor=_POSTCODE_FLOOR)


def agreed_birth_date(tries: Sequence[Sequence[str]], now: datetime, *, day_first: bool = True) -> date | None:
    """The date of birth that the last of some tries gives, None where the caller should be asked again."""
    value = agreed(tries, partial(_birth_date, now, day_first), floor=_BIRTH_FLOOR)
    return date.fromisoformat(value) if value else None


def _postcode(country: str, hypothesis: str) -> Heard | None:
    found = postcodes(hypothesis, country=country, asked=True)
    return Heard(found[0].value, found[0].certain) if found else None


def _birth_date(now: datetime, day_first: bool, hypothesis: str) -> Heard | None:
    found = birth_dates(hypothesis, now, day_first=day_first)
    return Heard(found[-1].value.isoformat(), found[-1].certain) if found else None
