"""Calls to the front desk in which the model asks for what a test wants, word for word."""

import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from itertools import count, islice
from typing import Any

from domain.turn import TurnResult
from playbooks.hospital.desk import slot_view
from playbooks.hospital.directory import DIRECTORY
from playbooks.hospital.slots import Slot
from ports.chat_model import ChatAnswer, ChatRequest
from ports.records import TurnReceipt
from providers.scripted.chat_model import ScriptedChatModel, calls, says
from sessions.service import Parley

DOCTOR = "Dr. Priya Sharma"
NAME, EMAIL, PHONE = "Zebulon Quixley", "zebulon@wumpus.example", "+919812345678"
ARGUMENTS = {
    "date": "appointment_date",
    "time": "appointment_time",
    "doctor_name": "doctor_name",
    "department": "department",
    "duration_minutes": "duration_minutes",
}
PATIENCE = timedelta(seconds=200)
"""How long a caller waits for an answer, of a machine that may have much else to do."""
Arguments = dict[str, Any]


def slots_of(doctor: str, number: int) -> list[Slot]:
    """So many slots of a doctor, in the order of time, from two days ahead on."""
    return list(islice(_slots(doctor), number))


def _slots(doctor: str) -> Iterator[Slot]:
    today = datetime.now(DIRECTORY.zone).date()
    department, half_hour = DIRECTORY.department_of(doctor), timedelta(minutes=DIRECTORY.slot_minutes)
    for days in range(2, DIRECTORY.days_ahead):
        day = today + timedelta(days=days)
        for begins, ends in DIRECTORY.hours_of(doctor, day):
            at = DIRECTORY.at(day, begins)
            while at < DIRECTORY.at(day, ends):
                yield Slot(doctor, department, at, DIRECTORY.slot_minutes)
                at += half_hour


def booking(slot: Slot, **changed: Any) -> Arguments:
    """The arguments that book a slot."""
    wanted = {ARGUMENTS[name]: value for name, value in slot_view(slot).items()}
    return {"patient_name": NAME, "email": EMAIL, **wanted, **changed}


def moving(slot: Slot, **keys: Any) -> Arguments:
    """The arguments that move an appointment to another slot."""
    view = slot_view(slot)
    return {**keys, "new_date": view["date"], "new_time": view["time"]}


@dataclass
class Wishes:
    """What the model asks for, by the words of the turn in which it does."""

    by_words: dict[str, tuple[str, Arguments]] = field(default_factory=dict)
    numbers: Iterator[int] = field(default_factory=count)

    def add(self, name: str, arguments: Arguments) -> str:
        """Have a tool called in the turn of these words, which name every argument."""
        words = ", ".join([f"Turn {next(self.numbers)}", *(str(value) for value in arguments.values() if value)])
        self.by_words[words] = name, arguments
        return words

    def answer(self, request: ChatRequest) -> ChatAnswer:
        """Be the model: clean nothing, call what is wanted, and say little."""
        if request.purpose == "reply":
            return says("Very well.")
        newest = request.messages[0].content.rsplit('"newest_turn": ', 1)[1]
        words = str(json.JSONDecoder().raw_decode(newest)[0])
        if request.purpose == "clean":
            return says(words)
        return calls(*([self.by_words[words]] if words in self.by_words else []))

    @property
    def model(self) -> ScriptedChatModel:
        """The model."""
        return ScriptedChatModel(self.answer)


@dataclass
class Caller:
    """Somebody in a call of their own."""

    parley: Parley
    wishes: Wishes
    session_id: str
    tenant_id: str

    async def say(self, words: str) -> TurnResult:
        """Say something."""
        result = await self.parley.process_turn(
            self.session_id, tenant_id=self.tenant_id, speaker="Patient", raw_text=words, wait=PATIENCE
        )
        assert not isinstance(result, TurnReceipt)
        return result

    async def ask(self, name: str, arguments: Arguments) -> dict[str, Any]:
        """Have a tool called, and return the call."""
        (call,) = (await self.say(self.wishes.add(name, arguments)))["function_calls"]
        return dict(call)

    async def hold(self, name: str, arguments: Arguments) -> str:
        """Have a tool called that waits for a yes; its consent's id."""
        call = await self.ask(name, arguments)
        assert call["status"] == "held", call
        return str(call["result"]["consent_id"])

    async def grant(self, consent_id: str) -> dict[str, Any]:
        """Let a person say yes to a held call, and return the call."""
        decided = await self.parley.decide_consent(
            self.session_id, consent_id, "grant", "maria", tenant_id=self.tenant_id
        )
        return dict(decided["function_call"])

    async def do(self, name: str, arguments: Arguments) -> dict[str, Any]:
        """Have a tool called, agree to it, and return the call."""
        return await self.grant(await self.hold(name, arguments))

    async def book(self, slot: Slot, **changed: Any) -> dict[str, Any]:
        """Book a slot, and return the appointment."""
        call = await self.do("book_appointment", booking(slot, **changed))
        assert call["status"] == "done", call
        return dict(call["result"]["appointment_details"])


@dataclass
class FrontDesk:
    """A service whose model does what it is told."""

    parley: Parley
    wishes: Wishes

    async def call(self, phone: str | None = PHONE, tenant_id: str = "demo") -> Caller:
        """Open a session."""
        session = await self.parley.create_session("hospital", caller_phone=phone, tenant_id=tenant_id)
        return Caller(self.parley, self.wishes, str(session["session_id"]), tenant_id)
