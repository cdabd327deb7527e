"""The patient's two talks with the front desk: in writing, and on a simulated telephone."""

import asyncio
from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from bootstrap.simulator import converse
from cli.demo.account import DemoAccount
from cli.demo.hospital.desk import Answer, Desk
from cli.demo.hospital.patient import PICK, Patient
from cli.demo.hospital.wanted import Wanted, wanted_of
from cli.demo.turn_lines import words_of
from domain.session import DEMO_TENANT
from playbooks.hospital.wish.picks import to_offer
from sessions.telephone import session_of

if TYPE_CHECKING:
    from bootstrap.simulator import Dialled

CHECK, BOOK = "check_appointment_availability", "book_appointment"
NAMED = "greeted by name"


@dataclass(frozen=True)
class Talk:
    """A talk that is over."""

    session_id: str
    status: str
    wanted: Wanted
    turns: list[Answer]
    dataset: Answer

    @property
    def booked(self) -> list[dict[str, Any]]:
        """The appointments that it has made."""
        return [item for item in self.dataset["appointments"] if item["status"] == "booked"]

    @property
    def is_right(self) -> bool:
        """Whether nothing was booked but what the patient wanted."""
        return len(self.booked) <= 1 and all(self.wanted.is_met_by(item) for item in self.booked)

    def reached(self, name: str) -> dict[str, bool]:
        """How far it came, step by step; `name` is the patient's."""
        calls = [call for turn in self.turns for call in (turn["result"] or {}).get("function_calls", ())]
        return {
            NAMED: bool(self.turns) and name in words_of(self.turns[0]),
            "told what is free": any(call["function_name"] == CHECK and call["success"] for call in calls),
            "read back": any(call["function_name"] == BOOK and call["status"] == "held" for call in calls),
            "booked": bool(self.booked),
        }


def write(desk: Desk, patient: Patient, phone: str, show: Callable[[Answer], None]) -> Talk:
    """Talk in writing, from the patient's first words to their last."""
    session_id = desk.begin(phone)
    reply = ""
    while said := _next(desk, patient, session_id, reply):
        result = desk.say(session_id, patient.visit.words[said])
        reply = result["reply"] or ""
        show(written_turn(result))
    return _over(desk, patient, session_id)


def written_turn(result: Answer) -> Answer:
    """A written turn as the server lists turns: its answer was read whole."""
    return {"role": "caller", "raw_text": result["raw_text"], "result": result, "heard": result["reply"]}


def telephone(
    desk: Desk, patient: Patient, account: DemoAccount, address: str, *, called: str, caller: str
) -> "tuple[Talk, Dialled]":
    """Talk on the telephone, until one of the two hangs up."""

    def next_sound(call_sid: str) -> bytes | None:
        session_id = session_of(DEMO_TENANT, call_sid)
        turns = desk.turns(session_id)
        said = _next(desk, patient, session_id, words_of(turns[-1]) if turns else "")
        return patient.visit.sounds[said].read_bytes() if said else None

    async def think(call_sid: str) -> bytes | None:
        return await asyncio.to_thread(next_sound, call_sid)

    record = asyncio.run(converse(account.carrier, address, think, called=called, caller=caller))
    return _over(desk, patient, session_of(DEMO_TENANT, record.call_sid)), record


def _next(desk: Desk, patient: Patient, session_id: str, agent: str) -> str | None:
    """What the patient says next; who is to choose knows from the desk what is offered, and in the place of what."""
    said = patient.answer(agent)
    if said != PICK:
        return said
    dataset = desk.dataset(session_id)
    requested = dataset["requested"]
    offered = [wanted_of(slot) for slot in to_offer(dataset["alternatives"])]
    return patient.pick(wanted_of(requested) if requested else None, offered)


def _over(desk: Desk, patient: Patient, session_id: str) -> Talk:
    status = desk.end(session_id)
    return Talk(session_id, status, patient.wanted, desk.turns(session_id), desk.dataset(session_id))
