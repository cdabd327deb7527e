"""The pure functions whose results count as said: a date of "tomorrow", E.164 of spoken digits, an address of "at".

Only what has one reading is derived: no date of "next Friday" where two are plausible, none of a stretch such as
"this weekend", no time without its half of the day. What was taken back or denied is not derived.
"""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime, time

from language.anchoring.derived_values import Derivation, Rule, written_date, written_time
from language.slots.dates.said import SpokenDate, dates
from language.slots.email import SpokenEmail, emails
from language.slots.options import match_option
from language.slots.phone import SpokenPhone, phones
from language.slots.times.said import times


@dataclass(frozen=True, slots=True)
class Setting:
    """Where and when words were said: the clock of their turn in the business's zone, its country and its hours."""

    now: datetime
    region: str = "IN"
    day_first: bool = True
    opening: tuple[time, time] | None = None


def derivations(
    text: str, setting: Setting, options: Mapping[str, Collection[str]] | None = None
) -> tuple[Derivation, ...]:
    """Derive the values that a text gives, each with its rule and its words.

    `options` are names that may be meant in other words, with their synonyms ("Dermatology": "skin doctor"). Words of
    an earlier turn are read by that turn's clock.
    """
    return (*_moments(text, setting), *_contacts(text, setting), *_options(text, options or {}))


def _moments(text: str, setting: Setting) -> Iterator[Derivation]:
    for day in dates(text, setting.now, day_first=setting.day_first):
        if isinstance(day, SpokenDate) and day.certain and day.until is None:
            yield Derivation(written_date(day.value), Rule.DATE, day.quote)
    for at in times(text, setting.now, opening=setting.opening):
        if not at.ambiguous and at.until is None:
            yield Derivation(written_time(at.value), Rule.TIME, at.quote)


def _contacts(text: str, setting: Setting) -> Iterator[Derivation]:
    for phone in phones(text, region=setting.region):
        if isinstance(phone, SpokenPhone):
            yield Derivation(phone.value, Rule.PHONE, phone.quote)
    for email in emails(text):
        if isinstance(email, SpokenEmail) and email.certain:
            yield Derivation(email.value, Rule.EMAIL, email.quote)


def _options(text: str, options: Mapping[str, Collection[str]]) -> Iterator[Derivation]:
    meant = match_option(text, options) if options else None
    if meant and meant.certain:
        yield Derivation(meant.option, Rule.OPTION, meant.quote)
