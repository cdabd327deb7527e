"""Reading a model's answer: what may be used, and what must not."""

import re
from collections.abc import Mapping
from typing import Any

from domain.errors import Fault, ProviderRejected
from language.tokens import tokens
from ports.chat_model import ChatAnswer, ChatRequest, Finish

ECHOED_WORDS = 8
"""So many words in a row shared with the prompt, and with nothing the speaker said, are an echo."""

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


def usable_words(request: ChatRequest, answer: ChatAnswer, raw: str) -> str:
    """Return the cleaned words of an answer.

    Raises:
        ProviderRejected: blocked, refused, cut off, empty, an echo of the prompt, or far longer than what was said.
    """
    check_finish(answer)
    text = _unwrapped(answer.text)
    if not text:
        raise ProviderRejected(answer.model, Fault.EMPTY)
    if _REFUSAL.match(text) and not _REFUSAL.match(raw):
        raise ProviderRejected(answer.model, Fault.REFUSED)
    if len(text) > 2 * len(raw) + 80:
        raise ProviderRejected(answer.model, Fault.OVERLONG)
    if _echoes(text, request, raw):
        raise ProviderRejected(answer.model, Fault.ECHO)
    return text


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
