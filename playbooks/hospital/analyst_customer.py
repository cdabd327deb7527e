"""What a turn tells about its caller: name, e-mail address, telephone number."""

from collections.abc import Iterator, Mapping
from typing import Any

from domain.playbook import Conversation
from language.slots.email import InvalidEmail, SpokenEmail, emails
from language.slots.names import SpokenName, names
from language.slots.phone import ImpossiblePhone, SpokenPhone, phones
from playbooks.hospital import asking
from playbooks.hospital.directory import DIRECTORY
from playbooks.hospital.wish_heard import LONGEST

LONGEST_NAME = 80


def customer_of(dataset: Mapping[str, Any]) -> dict[str, str]:
    """What is known about the caller: name, email, phone; what is missing is not known."""
    return {field: str(value) for field, value in (dataset.get("customer") or {}).items() if value}


def new_facts(conversation: Conversation) -> dict[str, str]:
    """What the newest turn tells anew, by field."""
    known, told = customer_of(conversation.dataset), dict(_told(conversation))
    return {field: value for field, value in told.items() if known.get(field) != value}


def complaint(conversation: Conversation) -> str | None:
    """A sentence about an address or a number that the newest turn gives and that cannot be one."""
    words = conversation.cleaned[:LONGEST]
    addresses = [one.sentence for one in emails(words) if isinstance(one, InvalidEmail)]
    numbers = [one.sentence for one in phones(words, region=DIRECTORY.region) if isinstance(one, ImpossiblePhone)]
    return next(iter((*addresses, *numbers)), None)


def _told(conversation: Conversation) -> Iterator[tuple[str, str]]:
    words, question = conversation.cleaned.strip()[:LONGEST], conversation.question
    if name := _name(conversation, words, question):
        yield "name", name[:LONGEST_NAME]
    addresses = [one.value for one in emails(words) if isinstance(one, SpokenEmail)]
    if addresses:
        yield "email", addresses[-1]
    numbers = [one.value for one in phones(words, region=DIRECTORY.region) if isinstance(one, SpokenPhone)]
    if numbers:
        yield "phone", numbers[-1]


def _name(conversation: Conversation, words: str, question: str | None) -> str | None:
    """The caller's name: first and last, or the family name that was asked for beside the first one."""
    asked = asking.asks_about(question, "name")
    found = [one for one in names(words, asked=asked) if not _is_doctor(one)]
    if not found:
        return None
    given = " ".join(filter(None, (found[-1].first, found[-1].last)))
    first = customer_of(conversation.dataset).get("name", "")
    alone = found[-1].first is None or found[-1].last is None
    if asking.asks(question, asking.FAMILY) and first and alone and given.casefold() != first.casefold():
        return f"{first.split()[0]} {given}"
    return given


def _is_doctor(name: SpokenName) -> bool:
    """Whether a name stands behind "Dr.": a first word that is a title."""
    return (name.first or "").casefold().rstrip(".") in {"dr", "doctor"}
