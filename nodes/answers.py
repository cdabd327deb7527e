"""Reading a model's answer: what may be used, and what must not."""

import re
from collections.abc import Mapping
from typing import Any

from domain.errors import Fault, ProviderRejected
from language.tokens import tokens
from ports.chat_model import ChatAnswer, ChatRequest, Finish

ECHOED_WORDS = 8
"""So many words in a row shared with the prompt, and with nothing the speaker said, are an echo."""

FEW_WORDS = 5
LEAST_KEPT = 0.4
"""A cleaning of so many words keeps at least this share of them: far less than any good one does."""

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
_UNSTORABLE = re.compile("[\\x00\\ud800-\\udfff]")
_FENCE = re.compile(r"^```\w*\n?|\n?```$")


def usable_words(request: ChatRequest, answer: ChatAnswer, raw: str, by_rule: str) -> str:
    """Return the cleaned words of an answer; `by_rule` is what the built-in cleaner makes of the raw ones.

    Raises:
        ProviderRejected: blocked, refused, cut off, empty, an echo of the prompt, dressed up as something else than
            speech, or far longer or far shorter than what was said.
    """
    check_finish(answer)
    text = _unwrapped(answer.text)
    fault = _fault_in(text, request, raw, by_rule)
    if fault is not None:
        raise ProviderRejected(answer.model, fault)
    return text


def _fault_in(text: str, request: ChatRequest, raw: str, by_rule: str) -> Fault | None:
    kept, meant = len(tokens(text)), len(tokens(by_rule))
    faults = (
        (Fault.EMPTY, not kept and bool(meant)),
        (Fault.REFUSED, bool(_REFUSAL.match(text)) and not _REFUSAL.match(raw)),
        (Fault.OVERLONG, len(text) > 2 * len(raw) + 80),
        (Fault.ECHO, _echoes(text, request, raw)),
        (Fault.MALFORMED, _is_dressed(text, raw)),
        (Fault.LOSSY, meant >= FEW_WORDS and kept < meant * LEAST_KEPT),
    )
    return next((fault for fault, found in faults if found), None)


def _is_dressed(text: str, raw: str) -> bool:
    """Whether an answer has marks or a label that nobody speaks and the raw words do not have."""
    label = _LABEL.match(text)
    return bool(set(text) & _MARKS - set(raw)) or bool(label and label.group().casefold() not in raw.casefold())


def check_finish(answer: ChatAnswer) -> None:
    """Refuse an answer that did not end as it should (ProviderRejected)."""
    if answer.finish is not Finish.STOP:
        raise ProviderRejected(answer.model, _FAULTS[answer.finish])


def storable(value: Any) -> Any:
    """Leave out what no row can hold, at any depth: NUL characters and half surrogate pairs."""
    if isinstance(value, str):
        return _UNSTORABLE.sub("", value)
    if isinstance(value, Mapping):
        return {storable(key): storable(item) for key, item in value.items()}
    return [storable(item) for item in value] if isinstance(value, list | tuple) else value


def _unwrapped(text: str) -> str:
    text = _FENCE.sub("", storable(text).strip()).strip()
    if len(text) > 1 and text[0] == text[-1] == '"':
        text = text[1:-1].strip()
    return text


def _echoes(text: str, request: ChatRequest, raw: str) -> bool:
    if text.startswith("{") and '"newest_turn"' in text:
        return True
    said = _runs(raw)
    return bool((_runs(text) & _runs(request.system)) - said)


def _runs(text: str) -> set[tuple[str, ...]]:
    words = [token.folded for token in tokens(text)]
    return {tuple(words[at : at + ECHOED_WORDS]) for at in range(len(words) - ECHOED_WORDS + 1)}
