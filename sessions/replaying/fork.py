"""The session as a replay sees it: what the next turn may know, in the shape in which the tables would tell it."""

from collections.abc import Iterable, Mapping
from typing import Any

from domain.dataset import Dataset
from domain.session import SessionFacts
from domain.tool_call import CallStatus, Effect, Outcome
from nodes.holding import consent_id
from ports.records import WINDOW, OpenTurn
from ports.replays import RecordedTurn


class Fork:
    """Grows with each turn, recorded or replayed."""

    def __init__(self, facts: SessionFacts, dataset: Dataset) -> None:
        self.dataset = dataset
        self.version = 0
        self.texts: list[str] = []
        self._facts = facts
        self._window: list[dict[str, Any]] = []
        self._calls: dict[tuple[int, int], dict[str, Any]] = {}
        self._held: dict[str, dict[str, Any]] = {}
        self._standing: dict[str, dict[str, Any]] = {}

    def open(self, turn: RecordedTurn, answers: dict[str, Any]) -> OpenTurn:
        """Open a turn anew: its words as they were heard, and nothing yet made of them."""
        recent = [self._calls[place] for place in sorted(self._calls) if place[0] < turn.seq]
        return OpenTurn(
            facts=self._facts,
            seq=turn.seq,
            turn_id=turn.turn_id,
            speaker=turn.speaker,
            role=turn.role,
            accepted_at=turn.accepted_at,
            raw_text=turn.raw_text,
            alternatives=turn.alternatives,
            audio=None,
            audio_type=None,
            stt=turn.stt,
            cleaned_text=None,
            plan=None,
            recorded=[],
            dataset=self.dataset,
            dataset_version=self.version,
            window=self._window[-WINDOW:],
            recent_calls=recent[-WINDOW:],
            held=list(self._held.values())[-WINDOW:],
            standing=list(self._standing.values()),
            answers=answers,
        )

    def said(self, turn: RecordedTurn, text: str, reply: str | None = None) -> None:
        """Add words of either side, and what was replied to them, to what later turns may know."""
        words = {"seq": turn.seq, "role": turn.role.value, "speaker": turn.speaker, "text": text, "reply": reply}
        self._window = [*self._window, words][-WINDOW:]
        self.texts.append(" ".join(filter(None, (turn.raw_text, text, reply))))

    def holds(self, outcome: Outcome) -> bool:
        """True when the same call, with the same arguments, waits for consent here."""
        held = self._held.get(consent_id(outcome["call"]))
        return held is not None and all(held["call"][key] == outcome["call"][key] for key in ("name", "arguments"))

    def settle(self, outcomes: Iterable[Outcome], effects: Mapping[str, str], question: str | None) -> None:
        """Take in what became of calls; `question` is what the agent had asked when they were held."""
        for outcome in outcomes:
            self._settle(outcome, effects, question)

    def _settle(self, outcome: Outcome, effects: Mapping[str, str], question: str | None) -> None:
        call, status = outcome["call"], outcome["status"]
        place = {"seq": call["seq"], "ordinal": call["ordinal"]}
        shown = {"name": call["name"], "arguments": call["arguments"], "status": status}
        self._calls[call["seq"], call["ordinal"]] = place | shown
        name = consent_id(call)
        if status == CallStatus.HELD:
            held = {"consent_id": name, "seq": call["seq"], "call": call, "question": question}
            self._held[name] = held
        else:
            self._held.pop(name, None)
        if status == CallStatus.DONE and effects.get(call["name"]) == Effect.COMMIT:
            answer = {"name": call["name"], "arguments": call["arguments"], "result": outcome["result"]}
            self._standing[call["id"]] = {"call_id": call["id"]} | answer
        for ended in outcome.get("ends", []):
            self._standing.pop(ended, None)
