"""Gemini's answer to a question about sound: a candidate that holds JSON, or the reason why there is none.

Shapes after https://ai.google.dev/api/generate-content.
"""

from collections.abc import Mapping
from typing import Any, Final

from pydantic import BaseModel, ConfigDict, Field, ValidationError
from pydantic.alias_generators import to_camel

from domain.errors import Fault, ProviderError, ProviderRejected, ProviderUnavailable
from ports.speech_to_text import Recognition

PROVIDER: Final = "google"

SCHEMA: Final[Mapping[str, Any]] = {
    "type": "OBJECT",
    "properties": {
        "text": {"type": "STRING"},
        "language": {"type": "STRING", "nullable": True},
        "confidence": {"type": "NUMBER", "minimum": 0, "maximum": 1},
    },
    "required": ["text", "language", "confidence"],
    "propertyOrdering": ["text", "language", "confidence"],
}
"""The shape the model is held to; the text comes first, so that the certainty is about words already written."""

_FINISHED = "STOP"
_CUT_OFF = "MAX_TOKENS"


class _Wire(BaseModel):
    model_config = ConfigDict(alias_generator=to_camel, populate_by_name=True, frozen=True, extra="ignore")


class _Part(_Wire):
    text: str = ""
    thought: bool = False


class _Content(_Wire):
    parts: tuple[_Part, ...] = ()


class _Candidate(_Wire):
    content: _Content = _Content()
    finish_reason: str | None = None


class _Feedback(_Wire):
    block_reason: str | None = None


class _Answer(_Wire):
    candidates: tuple[_Candidate, ...] = ()
    prompt_feedback: _Feedback = _Feedback()


class Heard(BaseModel):
    """The object the model writes."""

    model_config = ConfigDict(frozen=True, extra="ignore")

    text: str
    language: str | None = None
    confidence: float = Field(ge=0, le=1)


def read_answer(body: Mapping[str, Any], language: str | None) -> Recognition:
    """Read an answer; `language` is the hint's, where the model names none.

    Confidence is the model's own estimate, as it writes it; nobody has measured how right it is.

    Raises:
        ProviderUnavailable: an answer that cannot be read.
        ProviderRejected: blocked, refused, cut off or empty.
    """
    try:
        answer = _Answer.model_validate(body)
        heard = Heard.model_validate_json(_words_of(answer))
    except ValidationError:
        raise ProviderUnavailable(PROVIDER, Fault.SERVER, f"{PROVIDER}: the answer is no transcript") from None
    text = heard.text.strip()
    if not text:
        return Recognition("", 0.0)
    return Recognition(text, heard.confidence, language=heard.language or language)


def _words_of(answer: _Answer) -> str:
    if answer.prompt_feedback.block_reason:
        raise _rejected(Fault.BLOCKED)
    if not answer.candidates:
        raise _rejected(Fault.EMPTY)
    candidate = answer.candidates[0]
    if candidate.finish_reason not in (_FINISHED, None):
        raise _rejected(Fault.MAX_TOKENS if candidate.finish_reason == _CUT_OFF else Fault.BLOCKED)
    written = "".join(part.text for part in candidate.content.parts if not part.thought)
    if not written.strip():
        raise _rejected(Fault.EMPTY)
    return written


def _rejected(fault: Fault) -> ProviderError:
    return ProviderRejected(PROVIDER, fault)
