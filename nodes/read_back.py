"""The details of a call that its caller must have been told, each in the forms in which people say it."""

import re
from collections.abc import Collection, Iterable, Iterator, Mapping
from functools import lru_cache
from typing import Any

from domain.playbook import BusinessTool
from language.anchoring.anchors import Corpus, unanchored
from language.anchoring.derived_values import Derivation, Rule
from nodes.replying_facts import fact_texts, spoken_forms

Detail = tuple[str, ...]
"""One value in its forms: "2026-11-18", "Wednesday 18 November 2026", "Wednesday 18 November"."""

_UNDERSTOOD = re.compile(r" +(?:\d{4}|[ap]m)$")
"""The year of a date and the half of the day, which go without saying."""
_HALF = re.compile(r"(\d+)(:\d+)? +([ap])m$")
_EVENING, _NOON = 5, 12


def details_of(tool: BusinessTool, arguments: Mapping[str, Any]) -> list[Detail]:
    """The arguments that are the caller's own, in order; an exempt one goes without saying."""
    given = (value for name, value in arguments.items() if name not in tool.exempt and value is not None)
    return [tuple(_forms(value)) for value in given]


def sayings(details: Iterable[Detail]) -> list[str]:
    """How details are said: a date or a time never as it is written down."""
    return [form for detail in details for form in (detail[1:] or detail)]


def told(details: Iterable[Detail], said: str, derived: Collection[Derivation] = ()) -> list[Detail]:
    """The details whose numbers and names were all said, in one form, or were `derived` from what was said."""
    return list(_told(tuple(details), said, tuple(derived)))


@lru_cache(maxsize=256)
def _told(details: tuple[Detail, ...], said: str, derived: tuple[Derivation, ...]) -> tuple[Detail, ...]:
    """Look a question up once: when it is asked, and again when it is answered."""
    corpus = Corpus.of((said,)).deriving(derived)
    return tuple(detail for detail in details if any(not unanchored(form, corpus, title=True) for form in detail))


def gives_another(
    details: Iterable[Detail], question: str, asked: Collection[Derivation], given: Collection[Derivation]
) -> bool:
    """Whether a value `given` in an answer is neither of the call nor `asked` in the question's own words.

    Of two days or times that were told the later is the one to come: the other alone may be meant instead.
    """
    known = {value.value for value in asked}.union(*details)
    if any(one.value not in known and one.quote.casefold() not in question.casefold() for one in given):
        return True
    return any(_passes_over(rule, asked, given) for rule in (Rule.DATE, Rule.TIME))


def _passes_over(rule: Rule, asked: Iterable[Derivation], given: Iterable[Derivation]) -> bool:
    told = [value.value for value in asked if value.rule is rule]
    named = {value.value for value in given if value.rule is rule}
    return bool(named.intersection(told)) and told[-1] not in named


def _forms(value: Any) -> Iterator[str]:
    match value:
        case str():
            yield value
            for form in spoken_forms(value):
                yield form
                yield _UNDERSTOOD.sub("", form)
                yield _HALF.sub(_part_of_day, form)
        case _:
            yield " ".join(fact_texts(value))


def _part_of_day(found: re.Match[str]) -> str:
    """ "10:00 am" as "10:00 in the morning"."""
    hour, minute, half = found.groups()
    part = "morning" if half == "a" else "evening" if _EVENING <= int(hour) < _NOON else "afternoon"
    return f"{hour}{minute or ''} in the {part}"
