"""What a scripted service keeps and gives: sessions, keys, results."""

import asyncio
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

from domain.errors import Conflict, SessionClosed
from domain.event import Envelope
from domain.session import SessionStatus
from domain.turn import TurnResult
from ports.records import ApiKey, SessionRecord

START = datetime(2026, 5, 4, 9, 30, tzinfo=UTC)


@dataclass
class Call:
    """A session in memory."""

    record: SessionRecord
    body: tuple[Any, ...]
    events: list[Envelope] = field(default_factory=list)
    turns: dict[str, tuple[Any, TurnResult]] = field(default_factory=dict)
    told: asyncio.Condition = field(default_factory=asyncio.Condition)

    def known(self, turn_id: str, body: tuple[Any, ...]) -> TurnResult | None:
        """The result of the same turn. Raises Conflict for another body, SessionClosed for a new turn too late."""
        if turn_id in self.turns:
            first, result = self.turns[turn_id]
            if first != body:
                raise Conflict("this turn_id was used for another turn", field="turn_id")
            return result
        if self.record.status is not SessionStatus.ACTIVE:
            raise SessionClosed(field="session_id")
        return None

    @property
    def lines(self) -> list[dict[str, Any]]:
        """The transcript."""
        times = dict.fromkeys(("spoken_at", "accepted_at", "finished_at"), START)
        return [line_of(turn_id, result) | times for turn_id, (_, result) in self.turns.items()]


@dataclass
class KeysInMemory:
    """API keys in memory."""

    kept: dict[tuple[str, str], ApiKey] = field(default_factory=dict)
    revoked: set[tuple[str, str]] = field(default_factory=set)

    async def add(self, key: ApiKey) -> bool:
        """Keep a key, unless its id is taken."""
        which = (key.tenant_id, key.key_id)
        if which in self.kept or which in self.revoked:
            return False
        self.kept[which] = key
        return True

    async def find(self, tenant_id: str, key_id: str) -> ApiKey | None:
        """Look a key up."""
        return self.kept.get((tenant_id, key_id))

    async def revoke(self, tenant_id: str, key_id: str) -> bool:
        """End a key."""
        which = (tenant_id, key_id)
        if self.kept.pop(which, None) is None:
            return False
        self.revoked.add(which)
        return True


def result_of(session_id: str, turn_id: str, seq: int, speaker: str, text: str) -> TurnResult:
    """A turn that went well, served by a model that reports its tokens."""
    return TurnResult(
        session_id=session_id,
        turn_id=turn_id,
        seq=seq,
        speaker=speaker,
        raw_text=text,
        cleaned_text=text,
        function_calls=[],
        reply=None,
        dataset_version=0,
        degraded=[],
        stt=None,
        timings={"clean": 1.5},
        processing_time_ms=2.5,
        usage={"clean": {"model": "tiny", "prompt": "clean@1", "input_tokens": 10, "output_tokens": 2}},
    )


def line_of(turn_id: str, result: TurnResult) -> dict[str, Any]:
    """A line of the transcript, without its times."""
    return {
        "seq": result["seq"],
        "turn_id": turn_id,
        "speaker": result["speaker"],
        "role": "caller",
        "status": "done",
        "raw_text": result["raw_text"],
        "cleaned_text": result["cleaned_text"],
        "stt": None,
        "result": result,
    }
