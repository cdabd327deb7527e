"""A turn of a real call as a row of an evaluation, with everybody in it masked."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from domain.conversation import Role
from domain.errors import InvalidInput
from domain.playbook import Playbook
from domain.session import SessionFacts
from domain.tool_call import CallStatus
from evals.datasets import ROWS
from evals.duty import Duty
from evals.masking.dates import Weeks
from evals.masking.mask import build_mask, reply_to, words_of

EARLIER = 6
"""Turns of the history that a row keeps."""


@dataclass(frozen=True)
class RecordedTurn:
    """A finished turn of the caller: what was said before it, what it made of the words, and the dataset before."""

    facts: SessionFacts
    earlier: Sequence[Mapping[str, Any]]
    turn: Mapping[str, Any]
    dataset: Mapping[str, Any]

    @property
    def calls(self) -> Sequence[Mapping[str, Any]]:
        """The calls that the turn made, as clients see them."""
        calls: Sequence[Mapping[str, Any]] = self.turn["result"]["function_calls"]
        return calls

    @property
    def question(self) -> str | None:
        """What the agent said last, right before the turn."""
        last = self.earlier[-1] if self.earlier else None
        if last is None or last["role"] == Role.AGENT:
            return words_of(last) if last else None
        return reply_to(last) or None


def row_of(recorded: RecordedTurn, playbook: Playbook, duty: Duty) -> dict[str, Any]:
    """Make the row; what the engine did is what it expects, to be put right by whoever keeps it.

    Raises:
        InvalidInput: the turn has nothing of this duty.
    """
    turn = recorded.turn
    if turn["role"] != Role.CALLER or not turn["result"]:
        raise InvalidInput("only a finished turn of the caller makes a case", field="turn")
    history = list(_history(recorded, playbook))
    row: dict[str, Any] = {"about": "", "history": history, "context": recorded.facts.call_context}
    match duty:
        case Duty.CLEAN:
            row |= {"raw": turn["raw_text"] or "", "expected": turn["cleaned_text"]}
        case Duty.DECIDE:
            row |= {"dataset": _known(recorded, playbook), "words": turn["cleaned_text"], "expected": _due(recorded)}
        case Duty.CONSENT:
            row |= {**_gated(recorded, playbook), "question": recorded.question, "answer": turn["cleaned_text"]}
    data = [row.get(key) for key in ("context", "dataset", "arguments")]
    mask = build_mask(playbook, (*recorded.earlier[-EARLIER:], turn), data, turn["accepted_at"])
    told = {"about": f"a turn of {playbook.name}", "at": Weeks(turn["accepted_at"]).moved}
    masked = {key: mask(value) for key, value in row.items()} | told
    return ROWS[duty].model_validate(_with_names_kept(masked, row, duty)).model_dump(mode="json", exclude_defaults=True)


def _history(recorded: RecordedTurn, playbook: Playbook) -> Iterator[dict[str, str]]:
    for each in recorded.earlier[-EARLIER:]:
        yield {"speaker": each["speaker"], "text": words_of(each)}
        if reply := reply_to(each):
            yield {"speaker": playbook.agent, "text": reply}


def _known(recorded: RecordedTurn, playbook: Playbook) -> dict[str, Any]:
    return {name: value for name, value in recorded.dataset.items() if name in playbook.profile_fields}


def _due(recorded: RecordedTurn) -> list[list[Any]]:
    stood = (call for call in recorded.calls if call["status"] != CallStatus.INVALID)
    return [[call["function_name"], _given(call)] for call in stood]


def _given(call: Mapping[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in call["parameters"].items() if value is not None}


def _gated(recorded: RecordedTurn, playbook: Playbook) -> dict[str, Any]:
    verdicts = {CallStatus.HELD: "held", CallStatus.REFUSED: "refused"}
    for call in recorded.calls:
        tool = playbook.tool(call["function_name"])
        if tool is not None and tool.policy.consent is not None:
            expected = verdicts.get(CallStatus(call["status"]), "granted")
            return {"tool": tool.name, "arguments": _given(call), "expected": expected}
    raise InvalidInput("nothing in this turn waited for a consent", field="turn")


def _with_names_kept(masked: dict[str, Any], row: Mapping[str, Any], duty: Duty) -> dict[str, Any]:
    """Put back what is no person's: speakers, and the names of functions and verdicts."""
    history = [{**each, "speaker": was["speaker"]} for each, was in zip(masked["history"], row["history"], strict=True)]
    kept: dict[str, Any] = {"history": history}
    if duty is Duty.DECIDE:
        pairs = zip(masked["expected"], row["expected"], strict=True)
        kept["expected"] = [[was[0], call[1]] for call, was in pairs]
    if duty is Duty.CONSENT:
        kept |= {"tool": row["tool"], "expected": row["expected"]}
    return masked | kept
