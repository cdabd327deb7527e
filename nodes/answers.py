"""Reading a model's answer: what may be used, and what must not."""

import re
from collections import Counter

from domain.errors import Fault, ProviderRejected
from language.echoes import echoes
from language.tokens import tokens
from nodes.storable import storable
from ports.chat_model import ChatAnswer, ChatRequest, Finish

FEW_WORDS = 5
LEAST_KEPT = 0.4
"""A cleaning of so many words keeps at least this share of them, and is made of them to this share at least."""

MOST_CALLS = 64
"""Calls of one answer that are read at all."""

_MARKS = frozenset("{}<>*_#`|")
_LABEL = re.compile(r"\w+:(?=\s)")
_FAULTS = {
    Finish.MAX_TOKENS: Fault.MAX_TOKENS,
    Finish.BLOCKED: Fault.BLOCKED,
    Finish.REFUSED: Fault.REFUSED,
    Finish.MALFORMED_CALL: Fault.MALFORMED_CALL,
    Finish.OTHER: Fault.REFUSED,
}
_REFUSAL = re.compile(
    r"^\W*(i('| a)m sorry|sorry|i apologi[sz]e|i can(not|'t)|i('| a)m (unable|not able)|as an (ai|assistant))"
    r".{0,80}\b(can(not|'t)|unable|not able|help|assist|comply|fulfil)",
    re.IGNORECASE | re.DOTALL,
)
_FENCE = re.compile(r"^```\w*\n?|\n?```$")


def usable_words(request: ChatRequest, answer: ChatAnswer, raw: str, by_rule: str) -> str:
    """Return the cleaned words of an answer; `by_rule` is what the built-in cleaner makes of the raw ones.

    Raises:
        ProviderRejected: blocked, refused, cut off, empty, an echo of the prompt, dressed up as something else than
            speech, far longer than what was said, or hardly made of it.
    """
    check_finish(answer)
    text = _unwrapped(answer.text)
    fault = _fault_in(text, request, raw, by_rule)
    if fault is not None:
        raise ProviderRejected(answer.model, fault)
    return text


def _fault_in(text: str, request: ChatRequest, raw: str, by_rule: str) -> Fault | None:
    faults = (
        (Fault.EMPTY, not tokens(text) and bool(tokens(by_rule))),
        (Fault.REFUSED, bool(_REFUSAL.match(text)) and not _REFUSAL.match(raw)),
        (Fault.OVERLONG, len(text) > 2 * len(raw) + 80),
        (Fault.ECHO, _echoes(text, request, raw)),
        (Fault.MALFORMED, _is_dressed(text, raw)),
        (Fault.LOSSY, not _is_made_of(text, raw, by_rule)),
    )
    return next((fault for fault, found in faults if found), None)


def _is_made_of(text: str, raw: str, by_rule: str) -> bool:
    """Whether enough of what was said is in the text, and enough of the text was said; few words may all be others."""
    given, meant = _bag(text), _bag(by_rule)
    heard = given & (_bag(raw) | meant)
    return all(words.total() < FEW_WORDS or heard.total() >= words.total() * LEAST_KEPT for words in (given, meant))


def _bag(text: str) -> Counter[str]:
    return Counter(token.folded for token in tokens(text))


def _is_dressed(text: str, raw: str) -> bool:
    """Whether an answer has marks or a label that nobody speaks and the raw words do not have."""
    label = _LABEL.match(text)
    return bool(set(text) & _MARKS - set(raw)) or bool(label and label.group().casefold() not in raw.casefold())


def check_finish(answer: ChatAnswer) -> None:
    """Refuse an answer that did not end as it should (ProviderRejected)."""
    if answer.finish is not Finish.STOP:
        raise ProviderRejected(answer.model, _FAULTS[answer.finish])


def _unwrapped(text: str) -> str:
    text = _FENCE.sub("", storable(text).strip()).strip()
    if len(text) > 1 and text[0] == text[-1] == '"':
        text = text[1:-1].strip()
    return text


def _echoes(text: str, request: ChatRequest, raw: str) -> bool:
    if text.startswith("{") and '"newest_turn"' in text:
        return True
    return echoes(text, (request.system,), (raw,))
