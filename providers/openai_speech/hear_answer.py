"""What an OpenAI-compatible recogniser is asked for, and how its answer is read.

Shapes after https://developers.openai.com/api/reference (audio, create transcription): `verbose_json` for Whisper;
the gpt-4o-transcribe models take `json` only, and give log-probabilities when asked.
"""

from collections.abc import Mapping
from enum import StrEnum
from math import fsum
from typing import Any

from pydantic import BaseModel, ConfigDict, FiniteFloat

from ports.speech_to_text import Recognition, Segment
from providers.openai_speech.hear_languages import code_of
from providers.whisper.confidence import SegmentScore, confidence, mean_no_speech, score

UNSCORED = 0.6
"""Confidence of words whose model says nothing of its own: in the band where they are confirmed before use."""

_CHARACTERS_PER_TOKEN = 4


class Detail(StrEnum):
    """How much a model tells beside the text."""

    SEGMENTS = "segments"
    TOKENS = "tokens"
    TEXT = "text"


def detail_of(model: str) -> Detail:
    """Guess it from the model's name, which names Whisper wherever Whisper is served."""
    name = model.lower()
    if "whisper" in name:
        return Detail.SEGMENTS
    scored = "gpt-4o" in name and "transcribe" in name and "diarize" not in name
    return Detail.TOKENS if scored else Detail.TEXT


def fields_of(detail: Detail) -> dict[str, str]:
    """Ask for so much detail, in the form's words."""
    match detail:
        case Detail.SEGMENTS:
            return {"response_format": "verbose_json"}
        case Detail.TOKENS:
            return {"response_format": "json", "include[]": "logprobs"}
        case Detail.TEXT:
            return {"response_format": "json"}


class _Wire(BaseModel):
    model_config = ConfigDict(frozen=True, extra="ignore")


class HeardSegment(_Wire):
    """A stretch as Whisper heard it; servers leave out what they do not know."""

    text: str = ""
    start: FiniteFloat = 0.0
    end: FiniteFloat = 0.0
    tokens: tuple[int, ...] | None = None
    avg_logprob: float | None = None
    no_speech_prob: float | None = None


class Token(_Wire):
    """A token of the text."""

    logprob: float


class Answer(_Wire):
    """The body of an answer, of whichever detail."""

    text: str
    language: str | None = None
    segments: tuple[HeardSegment, ...] | None = None
    logprobs: tuple[Token, ...] | None = None


def read_answer(body: Mapping[str, Any], language: str | None) -> Recognition:
    """Read an answer; `language` is what was asked for, where the answer names none.

    Confidence is that of providers.whisper.confidence, from segments or from the mean of the tokens; `UNSCORED` where
    there is neither.

    Raises:
        pydantic.ValidationError: the answer has another shape.
    """
    answer = Answer.model_validate(body)
    text = answer.text.strip()
    scores = [known for segment in answer.segments or () if (known := _score_of(segment)) is not None]
    return Recognition(
        text=text,
        confidence=_confidence(answer, scores) if text else 0.0,
        language=code_of(answer.language) or language,
        no_speech_prob=mean_no_speech(scores) if scores else None,
        segments=tuple(_segment(segment) for segment in answer.segments or () if segment.text.strip()),
    )


def _confidence(answer: Answer, scores: list[SegmentScore]) -> float:
    if scores:
        return confidence(scores)
    if answer.logprobs:
        return score(fsum(token.logprob for token in answer.logprobs) / len(answer.logprobs), 0.0)
    return UNSCORED


def _score_of(segment: HeardSegment) -> SegmentScore | None:
    if segment.avg_logprob is None:
        return None
    tokens = len(segment.tokens) if segment.tokens else len(segment.text) // _CHARACTERS_PER_TOKEN
    return SegmentScore(tokens, segment.end - segment.start, segment.avg_logprob, segment.no_speech_prob or 0.0)


def _segment(segment: HeardSegment) -> Segment:
    start = max(segment.start, 0.0)
    return Segment(segment.text.strip(), start, max(segment.end, start))
