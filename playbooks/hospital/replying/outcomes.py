"""What became of a turn's calls, told as it is: done by its receipt, held by its question, declined by its reason."""

from collections.abc import Mapping, Sequence
from typing import Any

from domain.playbook import Conversation
from domain.tool_call import CallStatus, FunctionCall
from playbooks.hospital import wording
from playbooks.hospital.analyst.customer import doubtful_email
from playbooks.hospital.asking import phrases
from playbooks.hospital.asking.next import next_question, offer, read_back
from playbooks.hospital.asking.patient import customer_question
from playbooks.hospital.replying.answers import farewell
from playbooks.hospital.wish.acts import Intent
from playbooks.hospital.wish.record import offered
from playbooks.hospital.wish.state import Wish
from playbooks.hospital.wish.wanted import Turn

_GATED = ("book_appointment", "cancel_appointment", "reschedule_appointment", "transfer_to_human")
_CHECK = "check_appointment_availability"
_NOT_BOOKED = "All right, I have not booked it."
_UNDONE = {
    "book_appointment": f"{_NOT_BOOKED} {phrases.CHANGE}",
    "cancel_appointment": f"All right, I have not cancelled it. {phrases.ELSE}",
    "reschedule_appointment": f"All right, I have not moved it. {phrases.ELSE}",
    "transfer_to_human": f"All right. {phrases.HELP}",
}
COMES_NEXT = "All right, that comes next."
NOT_CAUGHT = "I am sorry, I did not get that."
_FAILED = f"I am sorry, that did not work just now. {phrases.TRY}"


def told(conversation: Conversation, turn: Turn) -> str | None:
    """Tell what matters most of the turn's calls; None when nothing of it is worth a word."""
    if done_calls(conversation, "end_call"):
        done = done_calls(conversation, *_GATED)
        return " ".join((*(_done(call).removesuffix(f" {phrases.ELSE}") for call in done), farewell(conversation)))
    if held := _with_status(conversation, CallStatus.HELD):
        return _held(held[-1])
    if done := done_calls(conversation, *_GATED, "send_appointment_email"):
        return _done(done[-1])
    if checked := done_calls(conversation, _CHECK):
        return _checked(conversation, turn, checked[-1]["result"])
    return _undone(conversation, turn)


def _undone(conversation: Conversation, turn: Turn) -> str | None:
    """Tell what was not done, and why."""
    if declined := _with_status(conversation, CallStatus.DECLINED):
        return _declined(conversation, turn, declined[-1])
    if refused := _with_status(conversation, CallStatus.REFUSED):
        name = refused[-1]["function_name"]
        if turn.later and not turn.heard.words:
            return f"{COMES_NEXT} {next_question(conversation, turn.wish)}"
        if name == "book_appointment" and (address := doubtful_email(conversation)):
            return f"{_NOT_BOOKED} {phrases.is_address(address)}"
        let_go = name == "book_appointment" and turn.wish.intent is None
        return f"{_NOT_BOOKED} {phrases.ELSE}" if let_go else _UNDONE[name]
    if _with_status(conversation, CallStatus.FAILED):
        return _FAILED
    if _with_status(conversation, CallStatus.INVALID):
        return f"{NOT_CAUGHT} {next_question(conversation, turn.wish)}"
    return None


def done_calls(conversation: Conversation, *names: str) -> Sequence[FunctionCall]:
    """The calls of these tools that were done in this turn."""
    return [call for call in conversation.calls if call["success"] and call["function_name"] in names]


def _with_status(conversation: Conversation, status: CallStatus) -> Sequence[FunctionCall]:
    """The calls about appointments, and a transfer, that ended so."""
    named = (*_GATED, _CHECK, "update_customer_info")
    return [call for call in conversation.calls if call["status"] == status and call["function_name"] in named]


def _held(call: FunctionCall) -> str:
    if call["function_name"] == "transfer_to_human":
        return phrases.TRANSFER
    return read_back(call["function_name"], call["parameters"])


def _done(call: FunctionCall) -> str:
    given, result = call["parameters"], call["result"]
    match call["function_name"]:
        case "book_appointment":
            when = f"{wording.said_slot_of(given)} with {given['doctor_name']}"
            return f"Your appointment {wording.IS_BOOKED}: {when}. {_mail(result)} {phrases.ELSE}"
        case "reschedule_appointment":
            when = wording.said_when(given["new_date"], given["new_time"])
            return f"Your appointment {wording.IS_MOVED}: it is on {when} now. {_mail(result)} {phrases.ELSE}"
        case "cancel_appointment":
            gone = result.get("cancelled") or {}
            when = wording.said_when(gone.get("date"), gone.get("time")) or wording.said_slot_of(given)
            return f"Your appointment {wording.IS_CANCELLED}: the one on {when}. {phrases.ELSE}"
        case "transfer_to_human":
            return "One moment, I am putting you through to a colleague."
    return f"You will get the confirmation again by e-mail. {phrases.ELSE}"


def _mail(result: Mapping[str, Any]) -> str:
    if result.get("email_sent"):
        return "I have sent you a confirmation by e-mail."
    return "You will get a confirmation by e-mail."


def _checked(conversation: Conversation, turn: Turn, result: Mapping[str, Any]) -> str:
    """Tell whether the slot is free, and go on to what is missing, or to what is free instead."""
    slot = result["requested_slot"]
    when = f"{slot['doctor_name']} {{}} on {wording.said_slot(slot)}."
    if not result["available"]:
        return f"{when.format(wording.IS_TAKEN)} {_instead(result, slot['doctor_name'], turn.wish)}"
    booking = turn.wish.intent is not Intent.MOVE
    question = (customer_question(conversation, turn.wish) if booking else None) or phrases.SUITS
    return f"{when.format(wording.IS_FREE)} {question}"


def _declined(conversation: Conversation, turn: Turn, call: FunctionCall) -> str:
    """Say why not, in the tool's own sentence, and what could be done instead."""
    given, result = call["parameters"], call["result"]
    reason = str(result.get("message") or NOT_CAUGHT)
    if result.get("alternatives"):
        if call["function_name"] == "book_appointment":
            reason = f"I am sorry, {wording.said_slot_of(given)} {wording.IS_TAKEN} any more."
        return f"{reason} {_instead(result, given.get('doctor_name') or turn.wish.doctor, turn.wish)}"
    return reason if reason.endswith("?") else f"{reason} {next_question(conversation, turn.wish)}"


def _instead(result: Mapping[str, Any], doctor: str | None, wish: Wish) -> str:
    return offer(offered(result, wish), doctor)
