"""What is counted in a whole call: what it came to, and what was said in it."""

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any

from evals.arguments import has_words
from evals.calls.ends import fields_of
from evals.calls.reply_faults import LONG, MARKED
from evals.counts import Counts, answered
from language.spoken.voice_text import MOST_WORDS, count_words
from nodes.replying_gates import Objection


def count_call(_: Mapping[str, Any], outputs: Mapping[str, Any], expected: Mapping[str, Any]) -> Counts:
    """Count the fields, acts and consents that were right, and those that were not."""
    actual = outputs["actual"]
    kinds = Counter(field.kind for field in fields_of(expected["dataset"], actual["dataset"]))
    acts, consents = (shared(actual[name], expected[name]) for name in ("acts", "consents"))
    both = [len(actual[name]) + len(expected[name]) for name in ("acts", "consents")]
    return {
        "rows": 1,
        "due": kinds["right"] + kinds["wrong"] + kinds["missing"],
        "learnt": kinds["right"] + kinds["wrong"] + kinds["invented"],
        **{kind: kinds[kind] for kind in ("right", "wrong", "missing", "invented")},
        "acts": both[0],
        "right_acts": 2 * acts,
        "undue": len(actual["acts"]) - acts,
        "consents": both[1],
        "right_consents": 2 * consents,
        "faultless": kinds.total() == kinds["right"] and [2 * acts, 2 * consents] == both,
        "answered": answered(outputs),
    }


def count_replies(inputs: Mapping[str, Any], outputs: Mapping[str, Any], _: Any) -> Counts:
    """Count replies, what they had to say and did not, and what is wrong with them."""
    replies = outputs["replies"]
    faults = Counter(fault for each in replies for fault in each["faults"])
    due = [(each["reply"], part) for each in replies for part in each["due"]]
    said = [each for each in replies if each["said"].strip()]
    return {
        "rows": 1,
        "replies": len(replies),
        "spoken": sum(bool(each["reply"]) for each in said),
        "wanted": len(said),
        "words": sum(count_words(each["reply"]) for each in replies),
        "most_words": MOST_WORDS * len(replies),
        "due": len(due),
        "told": sum(says(reply, part) for reply, part in due),
        "unwanted": sum(has_words(each["reply"], words) for each in replies for words in inputs["never"]),
        "long": faults[LONG],
        "marked": faults[MARKED],
        "unbacked": faults[Objection.UNBACKED],
        "invented": faults[Objection.UNANCHORED],
        "answered": answered(outputs),
    }


def says(reply: str, due: Any) -> bool:
    """Whether a reply says what is due: words in a row, any of several, or not some."""
    match due:
        case {"any": [*parts]}:
            return any(says(reply, part) for part in parts)
        case {"not": words}:
            return not has_words(reply, words)
        case _:
            return has_words(reply, due)


def shared(given: Sequence[Any], due: Sequence[Any]) -> int:
    """Count what two lists have in common, in any order."""
    return (Counter(map(str, given)) & Counter(map(str, due))).total()
