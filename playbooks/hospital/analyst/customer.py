"""What a turn tells about the patient: name, e-mail address, telephone number."""

from collections.abc import Iterator, Mapping
from typing import Any

from domain.conversation import Role
from domain.playbook import Conversation
from language.slots.email import InvalidEmail, SpokenEmail, emails
from language.slots.phone import ImpossiblePhone, SpokenPhone, phones
from playbooks.hospital.asking import phrases
from playbooks.hospital.customer import CALLER, CALLER_EMAIL
from playbooks.hospital.directory import DIRECTORY
from playbooks.hospital.wish.acts import Act, act_of
from playbooks.hospital.wish.answers import is_own
from playbooks.hospital.wish.heard import LONGEST
from playbooks.hospital.wish.patient import is_for_another, is_for_caller, is_of_caller, people_in
from playbooks.hospital.wish.waiting import taken_up

LONGEST_NAME = 80


def customer_of(dataset: Mapping[str, Any]) -> dict[str, str]:
    """What is known about the patient: name, email, phone; what is missing is not known."""
    known = (dataset.get("customer") or {}).items()
    return {field: str(value) for field, value in known if value or field == CALLER}


def own_phone(who: Mapping[str, str]) -> str | None:
    """The number of a patient who is not the caller, where it was told."""
    return who.get("phone") if CALLER in who else None


def new_facts(conversation: Conversation, in_hand: str) -> dict[str, str]:
    """What the newest turn tells anew, by field; `in_hand` are its words about the wish in hand."""
    known, told = customer_of(conversation.dataset), dict(_told(conversation, in_hand))
    return {field: value for field, value in told.items() if known.get(field) != value}


def complaint(conversation: Conversation) -> str | None:
    """A sentence about an address or a number that the newest turn gives and that cannot be one."""
    words = conversation.cleaned[:LONGEST]
    addresses = [one.sentence for one in emails(words) if isinstance(one, InvalidEmail)]
    numbers = [one.sentence for one in phones(words, region=DIRECTORY.region) if isinstance(one, ImpossiblePhone)]
    return next(iter((*addresses, *numbers)), None)


def doubtful_email(conversation: Conversation) -> str | None:
    """The last address that the caller gave and that may be written in several ways, until it was asked about."""
    agent = [turn.text for turn in conversation.history if turn.role is Role.AGENT]
    caller = [turn.text for turn in conversation.history if turn.role is Role.CALLER]
    for words in (conversation.cleaned, *reversed(caller)):
        found = [one for one in emails(words[:LONGEST]) if isinstance(one, SpokenEmail)]
        if found:
            asked = any(phrases.address_asked(text) == found[-1].value for text in agent)
            return None if found[-1].certain or asked else found[-1].value
    return None


def _told(conversation: Conversation, in_hand: str) -> Iterator[tuple[str, str]]:
    words, question = conversation.cleaned.strip()[:LONGEST], conversation.question
    whose = in_hand if is_for_another(in_hand) or is_for_caller(in_hand) else words
    if name := _name(conversation, whose, question):
        yield "name", name[:LONGEST_NAME]
    if address := _email(conversation, words, question):
        yield "email", address
    numbers = [one.value for one in phones(words, region=DIRECTORY.region) if isinstance(one, SpokenPhone)]
    if numbers:
        yield "phone", numbers[-1]


def _email(conversation: Conversation, words: str, question: str | None) -> str | None:
    """The address that was said for certain, that a yes makes certain, or that is the caller's own as before."""
    if addresses := [one for one in emails(words) if isinstance(one, SpokenEmail)]:
        return addresses[-1].value if addresses[-1].certain else None
    if act_of(words) is Act.YES and (asked := phrases.address_asked(question)):
        return asked
    return (
        customer_of(conversation.dataset).get(CALLER_EMAIL)
        if phrases.asks_about(question, "email") and is_own(words)
        else None
    )


def _name(conversation: Conversation, words: str, question: str | None) -> str | None:
    """The patient's name: as it is introduced, or the family name that was asked for beside the first one."""
    known = customer_of(conversation.dataset)
    if is_for_caller(words) or is_for_caller(taken_up(question or "") or ""):
        return known.get(CALLER)
    found = people_in(words, asked=phrases.asks_about(question, "name"))
    if not found or (CALLER in known and is_of_caller(words, found[-1])):
        return None
    given = " ".join(filter(None, (found[-1].first, found[-1].last)))
    first = known.get("name", "")
    alone = found[-1].first is None or found[-1].last is None
    if alone and given.casefold() in first.casefold().split():
        return None
    if phrases.asks_about(question, "family") and first and alone and given.casefold() != first.casefold():
        return f"{first.split()[0]} {given}"
    return given
