"""The rules of the front desk: what a turn calls for, without any model.

A slot is asked about as soon as day, time and doctor or department are known; it is booked, moved or cancelled only by
a call that waits for the caller's yes to its details.
"""

import re
from collections.abc import Iterator, Sequence
from typing import Any

from domain.playbook import Conversation
from domain.tool_call import ProposedCall
from playbooks.hospital.analyst.appointments import appointment_calls
from playbooks.hospital.analyst.customer import new_facts
from playbooks.hospital.asking import phrases
from playbooks.hospital.wish.acts import FACTS, Act, Intent
from playbooks.hospital.wish.record import to_confirm
from playbooks.hospital.wish.waiting import notes_after
from playbooks.hospital.wish.wanted import Turn, turn_of

_CALL_TYPES = {
    Intent.BOOK: "appointment_booking",
    Intent.CANCEL: "cancellation",
    Intent.MOVE: "rescheduling",
}
_INQUIRIES = FACTS | {Act.QUESTION}
_DONE = "the caller is done"
_IT = re.compile(r"\bthat(?:'s| is) (?:it|all|everything)\b(?!.*\b(?:good ?)?bye\b)", re.IGNORECASE)
"""Words that end a call, and that agree where a yes was asked for."""
_REASON = 200
"""Characters that are kept of a long text as a reason, in whole words."""


def analyst(conversation: Conversation) -> Sequence[ProposedCall]:
    """Propose what the newest turn calls for."""
    words = conversation.cleaned.strip()
    if not any(letter.isalnum() for letter in words):
        return ()
    turn = turn_of(conversation)
    if turn.heard.act in (Act.ORDER, Act.EMERGENCY):
        return ()
    return tuple(ProposedCall(name, arguments, evidence=words) for name, arguments in _calls(conversation, turn, words))


def ends(conversation: Conversation, turn: Turn) -> bool:
    """Whether the caller is done: says goodbye, or no to the question whether there is more."""
    no_more = turn.heard.act in (Act.NO, Act.THANKS) and phrases.asks_about(conversation.question, "more")
    if phrases.asks(conversation.question, *phrases.ASKS_FOR_YES, phrases.SUITS) and _IT.search(turn.heard.words):
        return False
    return turn.heard.act is Act.GOODBYE or (no_more and not turn.heard.is_about_slot and turn.heard.intent is None)


def _calls(conversation: Conversation, turn: Turn, words: str) -> Iterator[tuple[str, dict[str, Any]]]:
    facts = new_facts(conversation, turn.heard.words)
    for field, value in facts.items():
        told = "patient" if field == "name" and turn.is_for_another else field
        yield "update_customer_info", {"field_to_update": told, "new_value": value}
    if noted := _enquiry(conversation, turn):
        yield "log_call_information", noted
    yield from appointment_calls(conversation, turn, facts)
    if turn.heard.act is Act.HUMAN and not phrases.asks(conversation.question, phrases.TRANSFER):
        yield "transfer_to_human", {"reason": _end_of(words)}
    goes_on = facts or turn.heard.is_about_slot
    if turn.heard.act is Act.YES and not goes_on and phrases.asks(conversation.question, phrases.COLLEAGUE):
        yield "transfer_to_human", {"reason": _beginning_of(conversation.question or "")}
    if turn.heard.act is Act.RESEND and (booked := to_confirm(conversation.dataset)):
        yield "send_appointment_email", {"appointment_id": booked["appointment_id"]}
    if ends(conversation, turn):
        yield "end_call", {"reason": _end_of(words) if turn.heard.act is Act.GOODBYE else _DONE}


def _beginning_of(text: str) -> str:
    kept = text[:_REASON]
    return text if kept == text else kept.rpartition(" ")[0] or kept


def _end_of(text: str) -> str:
    kept = text[-_REASON:]
    return text if kept == text else kept.partition(" ")[2] or kept


def _enquiry(conversation: Conversation, turn: Turn) -> dict[str, str]:
    """What the record of the call does not say yet of what is wanted."""
    wish, dataset = turn.wish, conversation.dataset
    kind = _CALL_TYPES[wish.intent] if wish.intent else None
    if kind is None and turn.heard.act in _INQUIRIES and not dataset.get("call_type"):
        kind = "inquiry"
    told = {"call_type": kind, "department_enquired": wish.department, "doctor_enquired": wish.doctor}
    new = {field: value for field, value in told.items() if value and dataset.get(field) != value}
    notes = notes_after(dataset, conversation.question, turn.later)
    return new if notes is None else new | {"notes": notes}
