"""Which call an appointment needs next: asking about its slot, booking, moving or cancelling it."""

from collections.abc import Iterator, Mapping
from typing import Any

from domain.playbook import Conversation
from playbooks.hospital import wording
from playbooks.hospital.analyst.customer import customer_of, doubtful_email, own_phone
from playbooks.hospital.asking import phrases
from playbooks.hospital.asking.tries import has_name
from playbooks.hospital.customer import another_customer
from playbooks.hospital.wish.acts import FACTS, Act, Intent
from playbooks.hospital.wish.avoided import is_narrowed
from playbooks.hospital.wish.record import meant, was_checked
from playbooks.hospital.wish.state import Wish
from playbooks.hospital.wish.wanted import Turn

Call = tuple[str, dict[str, Any]]
Facts = Mapping[str, str]


_HOLDS_BACK = FACTS | {Act.NO, Act.QUESTION, Act.OTHERS}


def appointment_calls(conversation: Conversation, turn: Turn, facts: Facts) -> Iterator[Call]:
    """Yield the calls that this turn makes possible; `facts` are what it tells about the caller."""
    who = _patient(conversation.dataset, turn, facts)
    match turn.wish.intent:
        case Intent.CANCEL:
            yield from _cancel(conversation, turn, who, facts)
        case Intent.MOVE:
            yield from _move(conversation, turn, who, facts)
        case Intent.BOOK:
            yield from _check(conversation, turn) or _book(conversation, turn, who, facts)
        case None:
            return


def _patient(dataset: Mapping[str, Any], turn: Turn, facts: Facts) -> Facts:
    """What is known about the patient after a turn, who may be another than before it."""
    name = facts.get("name")
    another = another_customer(dataset, name, stated=turn.is_for_another) if name else None
    return (another or customer_of(dataset)) | dict(facts)


def is_free(wish: Wish, dataset: Mapping[str, Any]) -> bool:
    """Whether the wanted slot was asked about last, and was free."""
    return was_checked(wish, dataset) and bool(dataset["requested"].get("available"))


def keys_of(wish: Wish, dataset: Mapping[str, Any], who: Facts) -> dict[str, Any] | None:
    """The arguments that name the appointment to move or to cancel; None while they do not name one."""
    found = meant(wish, dataset) if wish.old_doubt is None else []
    if len(found) == 1:
        one = found[0]
        return {
            "patient_name": one["patient_name"],
            "appointment_date": one["date"],
            "appointment_time": one["time"],
        }
    if found or wish.old_day is None or wish.patient_due or not who.get("name"):
        return None
    keys = {"patient_name": who["name"], "appointment_date": wish.old_day.isoformat()}
    return keys | ({"appointment_time": wording.written_time(wish.old_at)} if wish.old_at else {})


def _goes_on(conversation: Conversation, turn: Turn, facts: Facts) -> bool:
    """Whether a turn agrees, tells what was missing, or asks for it to be done."""
    if turn.heard.act in _HOLDS_BACK:
        return bool(facts)
    asked = phrases.asks(conversation.question, phrases.SUITS)
    same = turn.heard.is_about_slot and turn.wish == turn.before
    taken = asked and (turn.heard.act is Act.THANKS or same)
    return bool(facts) or taken or turn.heard.act is Act.YES or turn.heard.intent is not None


def _check(conversation: Conversation, turn: Turn) -> list[Call]:
    """Ask about the slot where this turn has changed it, and it is known as a whole."""
    wish, dataset = turn.wish, conversation.dataset
    if wish.day is None or wish.at is None or not (wish.doctor or (wish.department and not is_narrowed(wish))):
        return []
    again = phrases.asks(conversation.question, phrases.TRY, phrases.NOW) and turn.heard.act is Act.YES
    if was_checked(wish, dataset) or not (again or wish.slot != turn.before.slot):
        return []
    arguments: dict[str, Any] = {
        "appointment_date": wish.day.isoformat(),
        "appointment_time": wording.written_time(wish.at),
    }
    whom = {"doctor_name": wish.doctor, "department": wish.department}
    return [("check_appointment_availability", arguments | {key: value for key, value in whom.items() if value})]


def _book(conversation: Conversation, turn: Turn, who: Facts, facts: Facts) -> list[Call]:
    dataset = conversation.dataset
    known = who.get("email") and has_name(conversation, who) and not turn.wish.patient_due
    unsure = doubtful_email(conversation)
    if unsure or not (known and is_free(turn.wish, dataset) and _goes_on(conversation, turn, facts)):
        return []
    slot = dataset["requested"]
    arguments = {
        "patient_name": who["name"],
        "email": who["email"],
        "appointment_date": slot["date"],
        "appointment_time": slot["time"],
        "doctor_name": slot["doctor_name"],
        "department": slot["department"],
    }
    if phone := own_phone(who):
        arguments["phone"] = phone
    return [("book_appointment", arguments)]


def _move(conversation: Conversation, turn: Turn, who: Facts, facts: Facts) -> list[Call]:
    wish, dataset = turn.wish, conversation.dataset
    keys = keys_of(wish, dataset, who)
    found = meant(wish, dataset)
    if len(found) == 1 and (check := _check(conversation, turn)):
        return check
    if keys is None or wish.day is None or wish.at is None:
        return []
    checked = is_free(wish, dataset) and _goes_on(conversation, turn, facts)
    taken_up = phrases.asks(conversation.question, phrases.NOW) and turn.heard.act is Act.YES
    unseen = not found and (taken_up or turn.wish != turn.before)
    if not (checked or unseen):
        return []
    return [
        (
            "reschedule_appointment",
            keys | {"new_date": wish.day.isoformat(), "new_time": wording.written_time(wish.at)},
        )
    ]


def _cancel(conversation: Conversation, turn: Turn, who: Facts, facts: Facts) -> list[Call]:
    keys = keys_of(turn.wish, conversation.dataset, who)
    if keys is None or not (turn.wish != turn.before or facts or _goes_on(conversation, turn, facts)):
        return []
    return [("cancel_appointment", keys)]
