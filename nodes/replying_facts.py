"""What a reply may say: what became of this turn's calls, what stands, and all that was said, as words."""

import re
from collections.abc import Iterable, Iterator, Mapping
from datetime import date, datetime, time
from typing import Any

from domain.playbook import BusinessTool, HeldCall, Playbook
from domain.tool_call import CallStatus, ConsentMode, FunctionCall, Outcome
from language.anchoring.anchors import Corpus
from language.said_done.claims import ClaimKind, Receipt
from nodes.notify import function_call
from nodes.reading import corpus_of
from nodes.state import TurnState

_NOT_DONE = (CallStatus.HELD, CallStatus.REFUSED, CallStatus.DECLINED, CallStatus.FAILED)
_NOON = 12
_TWELVE_HOURS = re.compile(r"(\d{1,2}):(\d{2})\s?([ap])\.?m\.?", re.IGNORECASE)
_MINUTES = {0: "o'clock", 15: "quarter past", 30: "half past"}


def outcomes_of(state: TurnState) -> list[Outcome]:
    """What became of this turn's calls, committed or about to be."""
    return state.get("recorded") or state.get("outcomes") or []


def calls_of(state: TurnState) -> list[FunctionCall]:
    """This turn's calls as clients see them."""
    return [function_call(outcome) for outcome in outcomes_of(state)]


def held_in(playbook: Playbook, state: TurnState) -> list[HeldCall]:
    """This turn's calls that wait for the caller's yes."""
    held = (outcome["call"] for outcome in outcomes_of(state) if outcome["status"] == CallStatus.HELD)
    tools = ((playbook.tool(call["name"]), call) for call in held)
    return [
        HeldCall(call["name"], call["arguments"], tool.policy.consent or ConsentMode.ASK)
        for tool, call in tools
        if tool is not None
    ]


def receipts_of(playbook: Playbook, state: TurnState) -> list[tuple[Receipt, Corpus]]:
    """The proofs of what was done in this turn or still stands, each with the facts it holds.

    What was asked for in this turn and not done is proven by nothing older: neither it nor that all is done.
    """
    outcomes = outcomes_of(state)
    ended = {call_id for outcome in outcomes for call_id in outcome.get("ends", [])}
    undone = _undone(playbook, outcomes)
    fresh = [_receipt(playbook, outcome["call"], outcome["result"]) for outcome in outcomes if _stands(outcome)]
    older = [
        _receipt(playbook, call, call["result"]) for call in state.get("standing", []) if call["call_id"] not in ended
    ]
    all_done = frozenset({ClaimKind.DONE.value}) if undone else frozenset[str]()
    return [
        *((_less(receipt, all_done), facts) for receipt, facts in fresh),
        *((_less(receipt, all_done | undone), facts) for receipt, facts in older),
    ]


def _stands(outcome: Outcome) -> bool:
    return CallStatus(outcome["status"]).success


def _undone(playbook: Playbook, outcomes: Iterable[Outcome]) -> frozenset[str]:
    """The claims of calls that were asked for and not done."""
    tools = (playbook.tool(outcome["call"]["name"]) for outcome in outcomes if outcome["status"] in _NOT_DONE)
    return frozenset[str]().union(*(tool.backs for tool in tools if tool is not None))


def _receipt(playbook: Playbook, call: Mapping[str, Any], result: Mapping[str, Any]) -> tuple[Receipt, Corpus]:
    tool: BusinessTool | None = playbook.tool(call["name"])
    facts = Corpus.of(fact_texts({"arguments": call["arguments"], "result": result}))
    return Receipt(call["name"], tool.backs if tool else frozenset(), result), facts


def _less(receipt: Receipt, kinds: frozenset[str]) -> Receipt:
    return Receipt(receipt.tool, receipt.backs - kinds, receipt.result)


def reply_corpus(state: TurnState, receipts: Iterable[tuple[Receipt, Corpus]], earlier: Iterable[str] = ()) -> Corpus:
    """All that a reply's facts may come from: what was said, is known and was answered by tools."""
    results = {
        "calls": [{**outcome["result"], "arguments": _heard(outcome)} for outcome in outcomes_of(state)],
        "recent": [call.get("result") for call in state.get("recent_calls", [])],
        "dataset": state["dataset"],
    }
    corpus = corpus_of(state, earlier).union(Corpus.of(fact_texts(results)))
    for _, facts in receipts:
        corpus = corpus.union(facts)
    return corpus


def _heard(outcome: Outcome) -> Mapping[str, Any]:
    """The arguments of a call, unless somebody made them up."""
    return {} if outcome["status"] == CallStatus.INVALID else outcome["call"]["arguments"]


def fact_texts(value: Any) -> Iterator[str]:
    """Yield every text and number of a JSON value, at any depth, and how its dates and times are spoken."""
    match value:
        case bool() | None:
            return
        case str():
            yield value
            yield from spoken_forms(value)
        case int() | float():
            yield str(value)
        case Mapping():
            for item in value.values():
                yield from fact_texts(item)
        case list() | tuple():
            for item in value:
                yield from fact_texts(item)


def spoken_forms(text: str) -> list[str]:
    """Say a date ("2026-05-04"), a time ("09:30", "09:30 AM") or both as people do; empty for any other text."""
    for read in (_read_moment, _read_date, _read_time):
        try:
            return read(text.strip())
        except ValueError:
            continue
    return []


def _read_moment(text: str) -> list[str]:
    if "T" not in text and " " not in text:
        raise ValueError(text)
    moment = datetime.fromisoformat(text)
    return [*_date_forms(moment.date()), *_time_forms(moment.time())]


def _read_date(text: str) -> list[str]:
    return _date_forms(date.fromisoformat(text))


def _read_time(text: str) -> list[str]:
    found = _TWELVE_HOURS.fullmatch(text)
    if found is None:
        return _time_forms(time.fromisoformat(text))
    return _time_forms(time(int(found[1]) % _NOON + (_NOON if found[3].lower() == "p" else 0), int(found[2])))


def _date_forms(day: date) -> list[str]:
    return [f"{day:%A} {day.day} {day:%B} {day.year}", f"{day:%A} {day:%B} {day.day}"]


def _time_forms(moment: time) -> list[str]:
    hour, minute = moment.hour, moment.minute
    twelve = (hour - 1) % _NOON + 1
    half = "am" if hour < _NOON else "pm"
    forms = [f"{twelve}:{minute:02} {half}", f"{twelve} {minute or ''} {half}", f"{hour}:{minute:02}"]
    if minute in _MINUTES:
        forms.append(f"{twelve} o'clock" if not minute else f"{_MINUTES[minute]} {twelve}")
    if minute == 45:
        forms.append(f"quarter to {twelve % _NOON + 1}")
    return forms
