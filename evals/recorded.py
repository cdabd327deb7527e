"""A turn of a real call as a row of an evaluation, with everybody in it masked."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from domain.conversation import Role
from domain.errors import InvalidInput
from domain.playbook import Playbook
from domain.session import SessionFacts
from domain.tool_call import CallStatus
from evals.datasets import ROWS
from evals.duty import Duty
from evals.masking import Mask

EARLIER = 6
"""Turns of the history that a row keeps."""
ASKS_NAME = "name"
"""In a question, what makes its answer a name."""


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
        return _words(last) if last and last["role"] == Role.AGENT else None


def row_of(recorded: RecordedTurn, playbook: Playbook, duty: Duty) -> dict[str, Any]:
    """Make the row; what the engine did is what it expects, to be put right by whoever keeps it.

    Raises:
        InvalidInput: the turn has nothing of this duty.
    """
    turn = recorded.turn
    if turn["role"] != Role.CALLER or not turn["result"]:
        raise InvalidInput("only a finished turn of the caller makes a case", field="turn")
    row: dict[str, Any] = {"about": "", "history": _history(recorded.earlier), "context": recorded.facts.call_context}
    match duty:
        case Duty.CLEAN:
            row |= {"raw": turn["raw_text"] or "", "expected": turn["cleaned_text"]}
        case Duty.DECIDE:
            row |= {"dataset": _known(recorded, playbook), "words": turn["cleaned_text"], "expected": _due(recorded)}
        case Duty.CONSENT:
            row |= {**_gated(recorded, playbook), "question": recorded.question, "answer": turn["cleaned_text"]}
    mask = _mask(recorded, playbook, row)
    masked = {**{key: mask(value) for key, value in row.items()}, "about": f"a turn of {playbook.name}"}
    return ROWS[duty].model_validate(_with_names_kept(masked, row, duty)).model_dump(mode="json", exclude_defaults=True)


def _history(earlier: Sequence[Mapping[str, Any]]) -> list[dict[str, str]]:
    return [{"speaker": each["speaker"], "text": _words(each)} for each in earlier[-EARLIER:]]


def _words(turn: Mapping[str, Any]) -> str:
    return turn["cleaned_text"] or turn["raw_text"] or ""


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


def _mask(recorded: RecordedTurn, playbook: Playbook, row: Mapping[str, Any]) -> Mask:
    speakers = (playbook.caller, playbook.agent)
    mask = Mask((*playbook.context.texts, *playbook.hint_phrases, *speakers, *_enums(playbook)))
    before = ""
    for each in (*recorded.earlier[-EARLIER:], recorded.turn):
        for text in (each["raw_text"] or "", each["cleaned_text"] or ""):
            mask.learn(text, asked=each["role"] == Role.CALLER and ASKS_NAME in before.casefold())
        before = _words(each)
    for text in _texts({key: row[key] for key in ("context", "dataset", "arguments") if key in row}):
        mask.learn(text)
    return mask


def _enums(playbook: Playbook) -> list[str]:
    """Values that tools offer to choose from: they name nobody."""
    offered = (field.get("enum", ()) for tool in playbook.tools for field in tool.parameters["properties"].values())
    return [str(value) for values in offered for value in values]


def _texts(value: Any) -> list[str]:
    match value:
        case str():
            return [value]
        case Mapping():
            return [text for item in value.values() for text in _texts(item)]
        case [*items]:
            return [text for item in items for text in _texts(item)]
        case _:
            return []


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
