"""A row in words: what was said, what was expected and what came, or (of a whole call) what came amiss."""

from collections.abc import Iterator, Mapping
from typing import Any

from evals.arguments import has_words
from evals.calls.counts import says, shared
from evals.calls.ends import Field, fields_of

Inputs = Mapping[str, Any]
Words = Iterator[tuple[str, str]]

HIDDEN = frozenset({"context", "tool", "at"})
"""Inputs of a row that its case is understood without."""


def explain_turn(inputs: Inputs, outputs: Inputs, expected: Any) -> Words:
    """What was said, what was expected, what came; in words, by name."""
    yield from ((name, _plain(value)) for name, value in inputs.items() if value and name not in HIDDEN)
    yield "expected", _plain(expected)
    yield "actual", _plain(outputs["actual"])
    if outputs.get("degraded"):
        yield "degraded", ", ".join(outputs["degraded"])


def explain_call(inputs: Inputs, outputs: Inputs, expected: Inputs) -> Words:
    """What a call came to that it should not have, and its words."""
    actual = outputs["actual"]
    for field in fields_of(expected["dataset"], actual["dataset"]):
        if field.kind != "right":
            yield field.kind, f"{field.path}: {_of_field(field)}"
    for name in ("acts", "consents"):
        if 2 * shared(actual[name], expected[name]) != len(actual[name]) + len(expected[name]):
            yield name, _beside(expected[name], actual[name])
    yield "said", _dialogue(inputs, outputs)


def explain_replies(inputs: Inputs, outputs: Inputs, _: Any) -> Words:
    """Which replies are not as they should be."""
    for each in outputs["replies"]:
        amiss = [f"unsaid {part}" for part in each["due"] if not says(each["reply"], part)]
        amiss += [f"unwanted {words}" for words in inputs["never"] if has_words(each["reply"], words)]
        if each["said"].strip() and not each["reply"]:
            amiss.append("silent")
        if amiss or each["faults"]:
            yield ", ".join((*amiss, *each["faults"])), f"{each['said']}\n> {each['reply']}"


def _dialogue(inputs: Inputs, outputs: Inputs) -> str:
    """Both sides in order; each reply of a playbook stands after the words that it answers."""
    replies, lines = list(outputs["replies"]), []
    for turn in inputs["turns"]:
        lines.append(f"{turn['speaker']}: {turn['text']}")
        if replies and replies[0]["said"] == turn["text"] and (reply := replies.pop(0)["reply"]):
            lines.append(f"> {reply}")
    return "\n".join(lines)


def _of_field(field: Field) -> str:
    match field.kind:
        case "missing":
            return _plain(field.due)
        case "invented":
            return _plain(field.given)
        case _:
            return _beside(field.due, field.given)


def _beside(due: Any, given: Any) -> str:
    return f"expected {_plain(due)}, got {_plain(given)}"


def _plain(value: Any) -> str:
    """History as a dialogue, calls as calls, anything else as it is."""
    match value:
        case [{"speaker": _}, *_]:
            return " / ".join(f"{said['speaker']}: {said['text']}" for said in value)
        case [[str(), {**_rest}], *_]:
            return "  ".join(f"{name}({_arguments(arguments)})" for name, arguments in value)
        case []:
            return "(nothing)"
        case _:
            return str(value)


def _arguments(arguments: Mapping[str, Any]) -> str:
    return ", ".join(f"{name}={value!r}" for name, value in arguments.items())
