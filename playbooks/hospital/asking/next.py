"""What the desk asks next: one missing thing at a time, and at last for a yes to all that was said."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date, time
from typing import Any

from domain.conversation import Role
from domain.playbook import Conversation
from playbooks.hospital import wording
from playbooks.hospital.analyst.appointments import is_free, keys_of
from playbooks.hospital.analyst.customer import customer_of, own_phone
from playbooks.hospital.asking import phrases
from playbooks.hospital.asking.patient import customer_question, name_question
from playbooks.hospital.asking.tries import in_vain
from playbooks.hospital.directory import DIRECTORY, Hours
from playbooks.hospital.wish.acts import Intent
from playbooks.hospital.wish.avoided import is_narrowed
from playbooks.hospital.wish.picks import MOST_OFFERED
from playbooks.hospital.wish.record import meant, offered, standing, was_checked
from playbooks.hospital.wish.state import Wish
from playbooks.hospital.wish.waiting import said_to_take_up
from playbooks.hospital.wish.when import hours_on


def next_question(conversation: Conversation, wish: Wish) -> str:
    """Ask for the first thing that is missing."""
    match wish.intent:
        case Intent.BOOK:
            return slot_question(wish) or _booking_question(conversation, wish)
        case Intent.MOVE:
            return _moving_question(conversation, wish)
        case Intent.CANCEL:
            return _old_question(conversation, wish) or read_back("cancel_appointment", _keys(conversation, wish))
    asked = any(phrases.asks(turn.text, phrases.ELSE) for turn in conversation.history if turn.role is Role.AGENT)
    return phrases.ELSE if asked or standing(conversation.dataset) else phrases.HELP


def taking_up(conversation: Conversation, wish: Wish) -> str:
    """Come to another wish: ask for what it lacks, or whether it is to be seen to now."""
    match wish.intent:
        case Intent.BOOK:
            missing = slot_question(replace(wish, day=wish.day or wish.doubt, doubt=None))
        case Intent.CANCEL:
            missing = _old_question(conversation, replace(wish, old_day=wish.old_day or wish.old_doubt, old_doubt=None))
        case _:
            missing = None if wish.is_open else phrases.NEW
    return f"{said_to_take_up(wish)} {missing or phrases.NOW}"


def slot_question(wish: Wish) -> str | None:
    """Ask for the part of a slot that is not known; None when it is known as a whole."""
    if wish.rivals:
        return f"{phrases.MEAN} {wording.listed(wish.rivals, 'or')}?"
    if wish.doubt:
        return f"{phrases.MEAN} {wording.said_of(wish.doubt, wish.doubt_at)}?"
    if not (wish.doctor or wish.department):
        return phrases.WHO
    if not wish.doctor and is_narrowed(wish):
        names = [doctor.name for doctor in DIRECTORY.doctors_of(wish.department or "")]
        return f"In {wish.department} we have only {wording.listed(names)}. {phrases.WHO}"
    if wish.day is None:
        return phrases.DAY if wish.at else phrases.WHEN
    return _time_question(wish) if wish.at is None else None


def _time_question(wish: Wish) -> str:
    """Ask for a time within the hours of the day; a day without hours is asked about anew."""
    assert wish.day is not None
    return f"{said_hours_on(wish, wish.day)} {phrases.TIME if hours_on(wish, wish.day) else phrases.DAY}"


def said_hours_on(wish: Wish, day: date) -> str:
    """Say when who is wanted sees patients on a day, within the wanted part of it."""
    who = wish.doctor or wish.department or DIRECTORY.name
    hours = _in_part(hours_on(wish, day), wish.part)
    when = wording.said_day(day)
    if holiday := DIRECTORY.holidays.get(day):
        return f"{DIRECTORY.name} is closed on {when}, {holiday}."
    return f"{who} has hours on {when} {said_hours(hours)}." if hours else f"{who} has no hours on {when}."


def _in_part(hours: Hours, part: tuple[time, time] | None) -> Hours:
    """The stretches that reach into the wanted part of the day; all of them where none does."""
    if part is None:
        return hours
    return tuple((begins, ends) for begins, ends in hours if begins < part[1] and part[0] < ends) or hours


def said_hours(hours: Hours) -> str:
    """Stretches of a day: "from 9 AM to 1 PM and from 4 PM to 7 PM"."""
    return wording.listed([f"from {wording.said_time(begins)} to {wording.said_time(ends)}" for begins, ends in hours])


def offer(slots: Sequence[wording.Slot], doctor: str | None) -> str:
    """Offer slots to choose from; without any, ask for another day or time."""
    if not slots:
        return phrases.OTHER
    return f"I can offer {wording.said_offers(slots, doctor)}. {phrases.WHICH_ONE}"


def read_back(name: str, arguments: Mapping[str, Any]) -> str:
    """Say every detail of a call that waits for a yes, and ask for it."""
    match name:
        case "book_appointment":
            who, when = arguments["patient_name"], wording.said_slot_of(arguments)
            whom = f"with {arguments['doctor_name']} in {arguments['department']}"
            more = f", {arguments['phone']}" if arguments.get("phone") else ""
            return f"So that is {who}, {arguments['email']}{more}, on {when} {whom}. {phrases.BOOK}"
        case "reschedule_appointment":
            to = wording.said_when(arguments["new_date"], arguments["new_time"])
            return f"So {wording.said_appointment(arguments)} would be on {to}. {phrases.MOVE}"
        case _:
            return f"So you want to cancel {wording.said_appointment(arguments)}. {phrases.CANCEL}"


def _booking_question(conversation: Conversation, wish: Wish) -> str:
    dataset = conversation.dataset
    if not was_checked(wish, dataset):
        return phrases.OTHER
    if not is_free(wish, dataset):
        return offer(offered(dataset, wish), wish.doctor)
    if question := customer_question(conversation, wish):
        return question
    who, slot = customer_of(dataset), dataset["requested"]
    whole = read_back(
        "book_appointment",
        slot | {"patient_name": who["name"], "email": who["email"], "appointment_date": slot["date"]}
        | {"appointment_time": slot["time"], "phone": own_phone(who)},
    )  # fmt: skip
    waits = any(whole in turn.text for turn in conversation.history if turn.role is Role.AGENT)
    return whole if waits else f"{said_free(slot)} {phrases.SUITS}"


def said_free(slot: wording.Slot) -> str:
    """Say that a slot is free, once a tool has told so."""
    return f"{slot['doctor_name']} {wording.IS_FREE} on {wording.said_slot(slot)}."


def _moving_question(conversation: Conversation, wish: Wish) -> str:
    if question := _old_question(conversation, wish):
        return question
    if wish.doubt:
        return f"{phrases.MEAN} {wording.said_of(wish.doubt, wish.doubt_at)}?"
    if wish.day is None:
        return phrases.DAY if wish.at else phrases.NEW
    if wish.at is None:
        return _time_question(wish) if wish.doctor else phrases.TIME
    if was_checked(wish, conversation.dataset) and not is_free(wish, conversation.dataset):
        return offer(offered(conversation.dataset, wish), wish.doctor)
    if len(meant(wish, conversation.dataset)) == 1 and not was_checked(wish, conversation.dataset):
        return phrases.OTHER
    new = {"new_date": wish.day.isoformat(), "new_time": wording.written_time(wish.at)}
    return read_back("reschedule_appointment", _keys(conversation, wish) | new)


def _old_question(conversation: Conversation, wish: Wish) -> str | None:
    """Ask which appointment is to be moved or cancelled; None when it is known."""
    if wish.old_doubt:
        return f"{phrases.MEAN} {wording.said_day(wish.old_doubt)}?"
    if keys_of(wish, conversation.dataset, customer_of(conversation.dataset)):
        return None
    if 0 < len(found := meant(wish, conversation.dataset)) <= MOST_OFFERED:
        return f"{wording.listed([wording.said_whole(one) for one in found], 'or')}? {phrases.WHICH}"
    if wish.patient_due or not customer_of(conversation.dataset).get("name"):
        return name_question(conversation, wish)
    if in_vain(conversation, phrases.OLD):
        return f"Without its day I cannot find the appointment. {phrases.COLLEAGUE}"
    return phrases.OLD


def _keys(conversation: Conversation, wish: Wish) -> dict[str, Any]:
    return keys_of(wish, conversation.dataset, customer_of(conversation.dataset)) or {}
