"""One dialogue, turn by turn: the caller's words go through the nodes that decide and gate; the agent's are given.

The agent's own acts tell which slots its words state and whom it has named, as its engine would know; the values are
read from words, the caller's and the agent's. A call waits from the moment its details were said to the caller until
the agent says something else.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any
from uuid import NAMESPACE_OID, uuid5

from domain.conversation import Role
from domain.playbook import Playbook
from domain.tool_call import PlannedCall
from evals.public.booking_playbook import AT, DAY, NOW, TOOL, WHOM, read_slots
from evals.public.booking_service import DATE, TIME, BookingService
from evals.targets import kept_nowhere
from evals.turn import begun, facts_of
from nodes.consent import Consent
from nodes.decide_tools import DecideTools
from nodes.holding import GRANTED, consent_id
from nodes.planning import call_id
from nodes.state import TurnState

_STATES = frozenset({"CONFIRM", "OFFER"})
_FAILED = "NOTIFY_FAILURE"
Booked = Mapping[str, str]


@dataclass
class BookingCall:
    """A dialogue so far."""

    playbook: Playbook
    services: Sequence[BookingService]
    session_id: str
    known: dict[str, str] = field(default_factory=dict)
    named: list[str] = field(default_factory=list)
    window: list[dict[str, Any]] = field(default_factory=list)
    held: list[dict[str, Any]] = field(default_factory=list)
    standing: list[dict[str, Any]] = field(default_factory=list)

    def __post_init__(self) -> None:
        """Begin with the first service; the agent's words tell when it is another one's turn."""
        self.service = self.services[0]

    def agent_says(self, text: str, acts: Sequence[Sequence[Any]]) -> None:
        """Take the agent's turn: what it read back waits for a yes, what it said otherwise ends the waiting."""
        stated = {act[1]: act[2] for act in acts if act[0] in _STATES and len(act) > 2}
        self.service = next((one for one in self.services if one.whom in stated), self.service)
        self._name(stated.get(self.service.whom, ()))
        if stated.keys() & {DATE, TIME}:
            self.known.update(_only(read_slots(text, None, self.named), stated))
        if any(act[0] == _FAILED for act in acts):
            self.standing.clear()
        self.held = [self._waiting(text)] if self._is_read_back(acts, stated) else []
        self._spoke(Role.AGENT, text)

    def _name(self, names: Sequence[str]) -> None:
        for name in names:
            self.known[WHOM] = name
            if name not in self.named:
                self.named.append(name)

    def _is_read_back(self, acts: Sequence[Sequence[Any]], stated: Mapping[str, Any]) -> bool:
        complete = {WHOM, DAY, AT} <= self.known.keys()
        confirms = any(act[0] in ("CONFIRM", _FAILED) for act in acts)
        return complete and confirms and not stated.keys().isdisjoint({DATE, TIME, self.service.whom})

    async def caller_says(self, text: str) -> Booked | None:
        """Take the caller's turn, and return the booking that is made on it, by the slots of the service."""
        playbooks = {self.playbook.name: self.playbook}
        state = self._state(text)
        decided = await DecideTools(None, kept_nowhere(), playbooks)(state)
        gated = await Consent(playbooks)({**state, "plan": decided["plan"]})
        self.known.update(read_slots(text, self._question(), self.named))
        self._spoke(Role.CALLER, text)
        granted = next((call for call in gated["plan"] if call.get("status") == GRANTED), None)
        return self._booked(granted) if granted else None

    def _booked(self, call: PlannedCall) -> Booked:
        made = {"call_id": call["id"], "name": call["name"], "arguments": call["arguments"], "result": {}}
        self.standing.append(made)
        self.held = []
        slots = {WHOM: self.service.whom, DAY: DATE, AT: TIME}
        return {slots[slot]: value for slot, value in call["arguments"].items()}

    def _waiting(self, question: str) -> dict[str, Any]:
        seq = len(self.window) + 1
        call = PlannedCall(
            id=call_id(self.session_id, seq, 0),
            seq=seq,
            ordinal=0,
            name=TOOL,
            arguments={slot: self.known[slot] for slot in (WHOM, DAY, AT)},
            evidence="",
        )
        return {"consent_id": consent_id(call), "seq": seq, "call": call, "question": question}

    def _question(self) -> str | None:
        last = self.window[-1] if self.window else None
        return last["text"] if last and last["role"] == Role.AGENT else None

    def _spoke(self, role: Role, text: str) -> None:
        speaker = self.playbook.agent if role is Role.AGENT else self.playbook.caller
        self.window.append({"seq": len(self.window) + 1, "role": role.value, "speaker": speaker, "text": text})

    def _state(self, words: str) -> TurnState:
        """The state of a turn that begins with these words."""
        profile = {**self.known, "named": self.named}
        return begun(
            self.playbook,
            words,
            seq=len(self.window) + 1,
            dataset=self.playbook.new_dataset(profile, now=NOW.timestamp()),
            facts=facts_of(self.playbook, NOW, self.session_id, {}),
            cleaned_text=words,
            window=self.window,
            held=self.held,
            standing=self.standing,
        )


def _only(read: Mapping[str, str], stated: Mapping[str, Any]) -> dict[str, str]:
    """Of what the agent's words give, the slots that it meant to state."""
    return {slot: value for slot, value in read.items() if slot in stated}


def session_id_of(dialogue: str) -> str:
    """A session's id for a dialogue, the same each time."""
    return str(uuid5(NAMESPACE_OID, dialogue))
