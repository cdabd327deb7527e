"""What a caller wants of the desk, as far as the talk has told: read off the turns since it was last settled."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from domain.conversation import Role
from domain.playbook import Conversation
from playbooks.hospital import wording
from playbooks.hospital.asking import phrases
from playbooks.hospital.customer import CALLER
from playbooks.hospital.directory import DIRECTORY
from playbooks.hospital.wish import waiting
from playbooks.hospital.wish.acts import FACTS, Act, Intent, plain
from playbooks.hospital.wish.avoided import with_another, with_avoided
from playbooks.hospital.wish.heard import Heard, heard
from playbooks.hospital.wish.picks import picked
from playbooks.hospital.wish.record import meant, offered, standing
from playbooks.hospital.wish.several import Said, said_in
from playbooks.hospital.wish.soonest import with_soonest
from playbooks.hospital.wish.state import Wish
from playbooks.hospital.wish.step import with_step
from playbooks.hospital.wish.when import with_days_and_times

_CHECKED = (wording.IS_FREE, wording.IS_TAKEN)
_SETTLED = (wording.IS_BOOKED, wording.IS_CANCELLED, wording.IS_MOVED)
_FIRST_TURN = 1
_ANEW = re.compile(
    r"\b(?:book|schedule|make|arrange|need|want|get) (?:me )?(?:an?|another|one more|the next)\b|\bnew\b"
)
_OLD_ONE = re.compile(r"\b(?:my|existing|booked|the) (?:\w+ )?(?:appointment|booking|visit)\b")


@dataclass(frozen=True)
class Turn:
    """The newest turn: what was wanted before it, what it says of that, and what is wanted now.

    `later` are the words of what is wanted beside it, and waits; `asides` are questions of fact.
    """

    before: Wish
    heard: Heard
    wish: Wish
    later: tuple[str, ...] = ()
    asides: tuple[Heard, ...] = ()

    @property
    def is_for_another(self) -> bool:
        """Whether a name that it gives is of a patient who is not the caller."""
        return self.before.patient_due or self.heard.for_another


def turn_of(conversation: Conversation) -> Turn:
    """Read the conversation, oldest turn first, each as the answer to what the agent had said."""
    wish, question = _first(conversation), None
    for utterance in conversation.history:
        if utterance.role is Role.AGENT:
            wish, question = _told(wish, utterance.text, conversation), utterance.text
        else:
            said = said_in(utterance.text, wish, question, conversation.now)
            wish = _after_all(wish, said, question, conversation.dataset)
    newest = said_in(conversation.cleaned.strip(), wish, question, conversation.now)
    now = _after_all(wish, newest, question, conversation.dataset)
    return Turn(wish, newest.main, now, newest.later, newest.asides)


def _first(conversation: Conversation) -> Wish:
    """What is wanted where the window of the talk begins, as far as the dataset has kept it."""
    dataset = conversation.dataset
    if any(mark in turn.text for turn in conversation.history for mark in (*_CHECKED, *_SETTLED)):
        return Wish()
    if dataset.get("requested"):
        return _requested(Wish(), dataset)
    if not conversation.history or conversation.history[0].seq <= _FIRST_TURN or dataset.get("appointments"):
        return Wish()
    return Wish(doctor=dataset.get("doctor_enquired"), department=dataset.get("department_enquired"))


def _told(wish: Wish, text: str, conversation: Conversation) -> Wish:
    """What is wanted after the agent's words: what was taken up, nothing of what is settled, the slot asked about."""
    dataset = conversation.dataset
    if taken_up := waiting.taken_up(text):
        return wish_after(taken_up, conversation)
    if any(mark in text for mark in _SETTLED) or phrases.asks(text, phrases.ELSE):
        return Wish()
    if wording.NOT_FOUND in text:
        return replace(wish, old_day=None, old_at=None)
    return _requested(wish, dataset) if any(mark in text for mark in _CHECKED) else wish


def _requested(wish: Wish, dataset: Mapping[str, Any]) -> Wish:
    slot = dataset.get("requested")
    return replace(_taking(wish, slot), intent=wish.intent or Intent.BOOK) if slot else wish


def _taking(wish: Wish, slot: Mapping[str, Any]) -> Wish:
    return replace(
        wish,
        day=wording.read_day(slot["date"]),
        at=wording.read_time(slot["time"]),
        doctor=slot.get("doctor_name") or wish.doctor,
        department=slot.get("department") or wish.department,
        doubt=None,
        rivals=(),
    )


def wish_after(words: str, conversation: Conversation) -> Wish:
    """What is wanted by words alone, whatever was said before them; of another patient the name is asked for."""
    said = heard(words, None, conversation.now)
    wish = _after(Wish(), said, None, conversation.dataset)
    return replace(wish, patient_due=wish.patient_due or said.for_another)


def _after_all(wish: Wish, said: Said, question: str | None, dataset: Mapping[str, Any]) -> Wish:
    """What is wanted after one more turn, whose questions beside may have named a doctor."""
    for one in (*said.asides, said.main):
        wish = _after(wish, one, question, dataset)
    return wish


def _after(wish: Wish, said: Heard, question: str | None, dataset: Mapping[str, Any]) -> Wish:
    """What is wanted after one more turn."""
    if _gives_up(wish, said) or (said.act is Act.NO and phrases.asks(question, phrases.NOW)):
        return Wish()
    if said.act in (Act.ORDER, Act.EMERGENCY, Act.PAST):
        return wish
    wish = replace(
        wish,
        intent=_intent(wish, said, dataset),
        patient_due=_patient_due(wish, said, dataset),
        for_caller=said.for_caller or (wish.for_caller and not said.for_another),
        for_another=said.for_another or (wish.for_another and not said.for_caller),
    )
    wish = with_avoided(wish, said)
    choice = offered(dataset, wish) if phrases.asks_about(question, "choice") else None
    if choice and not said.shift and (slot := picked(said, choice, wish.at)):
        return _taking(wish, slot)
    if said.act in FACTS:
        return wish if wish.doctor or wish.department else _with_whom_asked_about(wish, said)
    about_old = choice == [] or phrases.asks(question, phrases.OLD, phrases.WHICH)
    wish = with_days_and_times(_with_whom(wish, said), said, question, known=bool(standing(dataset)), old=about_old)
    wish = with_step(_with_doctor_meant(wish, dataset), said, dataset)
    return with_soonest(with_another(wish), said.soonest)


def _gives_up(wish: Wish, said: Heard) -> bool:
    """Whether a booking that is being talked about is not wanted any more: "actually cancel it"."""
    drops = said.intent is Intent.CANCEL and not _OLD_ONE.search(plain(said.words)) and not said.days
    return drops and wish.intent is Intent.BOOK and wish.is_open


def _intent(wish: Wish, said: Heard, dataset: Mapping[str, Any]) -> Intent | None:
    words = plain(said.words)
    if said.intent is Intent.MOVE:
        corrects = wish.intent is Intent.BOOK and wish.is_open and not standing(dataset)
        return Intent.BOOK if corrects and not _OLD_ONE.search(words) else Intent.MOVE
    if said.intent is Intent.CANCEL:
        return Intent.CANCEL
    if said.intent is Intent.BOOK and (wish.intent is None or _ANEW.search(words)):
        return Intent.BOOK
    return wish.intent or (Intent.BOOK if said.is_about_slot and said.act not in FACTS else None)


def _patient_due(wish: Wish, said: Heard, dataset: Mapping[str, Any]) -> bool:
    """Whether the name of a patient is still to be told: of another, or of a caller who has named only others."""
    unnamed = said.for_caller and (dataset.get("customer") or {}).get(CALLER) == ""
    return (wish.patient_due or said.for_another or unnamed) and not said.names_patient


def _with_doctor_meant(wish: Wish, dataset: Mapping[str, Any]) -> Wish:
    """An appointment is moved within the hours of its doctor; what is not said of its day and time stays."""
    found = meant(wish, dataset) if wish.intent is Intent.MOVE else []
    if len(found) != 1:
        return wish
    one = found[0]
    moved = replace(wish, doctor=one["doctor_name"], department=one["department"])
    if wish.day and not wish.at and not wish.part:
        return replace(moved, at=wording.read_time(one["time"]))
    return replace(moved, day=wording.read_day(one["date"])) if wish.at and not wish.day and not wish.doubt else moved


def _with_whom_asked_about(wish: Wish, said: Heard) -> Wish:
    """The wish with whom a question is about, and with the day on which it asks for a doctor's hours."""
    asked = _with_whom(wish, said)
    days = [day.value for day in said.days if day.certain]
    return replace(asked, day=days[0]) if said.doctor and len(days) == 1 and wish.day is None else asked


def _with_whom(wish: Wish, said: Heard) -> Wish:
    """The wish with the doctor or the department that a turn names; a department lets go the doctor of another."""
    if said.rivals:
        return replace(wish, rivals=said.rivals, doctor=None)
    if said.doctor:
        return replace(wish, doctor=said.doctor, department=said.department, rivals=())
    if said.department is None or wish.intent is Intent.CANCEL:
        return wish
    stays = wish.doctor is not None and DIRECTORY.department_of(wish.doctor) == said.department
    return replace(wish, department=said.department, doctor=wish.doctor if stays else None, rivals=())
