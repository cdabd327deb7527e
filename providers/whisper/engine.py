"""The blocking half: one Whisper model, called from several threads."""

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from threading import Event
from typing import Literal, Protocol, cast

from domain.errors import ConfigError
from ports.speech_to_text import Recognition, RecognitionHint, Samples, Segment
from providers.whisper.confidence import SegmentScore, confidence, mean_no_speech

Device = Literal["cpu", "cuda"]

_COMPUTE_TYPE = {"cpu": "int8", "cuda": "float16"}
_BEAMS = {"cpu": 1, "cuda": 5}
_MAX_HINT_CHARACTERS = 600
"""About 150 tokens; Whisper's prompt holds 223 and drops the rest from its beginning."""


class WhisperSegment(Protocol):
    """The part of faster-whisper's segment that is read here."""

    text: str
    start: float
    end: float
    tokens: list[int]
    avg_logprob: float
    no_speech_prob: float


class _Info(Protocol):
    language: str
    language_probability: float


class _Model(Protocol):
    @property
    def supported_languages(self) -> list[str]: ...

    def transcribe(
        self,
        audio: Samples,
        *,
        language: str | None,
        beam_size: int,
        temperature: float,
        condition_on_previous_text: bool,
        hotwords: str | None,
    ) -> tuple[Iterable[WhisperSegment], _Info]: ...


@dataclass(frozen=True)
class Engine:
    """A loaded model with what every utterance shares; safe to call from several threads."""

    model: _Model
    beam_size: int
    language: str | None

    def transcribe(self, samples: Samples, hint: RecognitionHint, cancelled: Event) -> Recognition:
        """Recognise one utterance; between two segments it looks whether anybody still waits.

        Without a temperature fall-back: the same audio gives the same words, in a time that has a bound.
        """
        segments, info = self.model.transcribe(
            samples,
            language=self._choose_language(hint.language),
            beam_size=self.beam_size,
            temperature=0.0,
            condition_on_previous_text=False,
            hotwords=_hotwords(hint.phrases),
        )
        heard = []
        for segment in segments:
            if cancelled.is_set():
                break
            heard.append(segment)
        return summarise(heard, info.language, info.language_probability)

    def _choose_language(self, hinted: str | None) -> str | None:
        """Prefer the hint's language, if the model speaks it; None lets Whisper detect it."""
        asked = hinted.replace("_", "-").split("-")[0].lower() if hinted else None
        return asked if asked in self.model.supported_languages else self.language


def load_engine(folder: Path, device: Device, workers: int, language: str | None) -> Engine:
    """Load a model from disk, one single-threaded replica of it a worker; takes seconds and never the network.

    Raises:
        ConfigError: the directory holds no model that CTranslate2 can load on this device, or the model does not
            speak the language.
    """
    from faster_whisper import WhisperModel

    try:
        loaded = WhisperModel(
            str(folder),
            device=device,
            compute_type=_COMPUTE_TYPE[device],
            cpu_threads=1,
            num_workers=workers,
            local_files_only=True,
        )
    except (RuntimeError, ValueError) as error:
        raise ConfigError(f"The Whisper model in {folder} cannot be loaded on {device}: {error}") from error
    model = cast(_Model, loaded)
    if language is not None and language not in model.supported_languages:
        raise ConfigError(f"The Whisper model in {folder} does not speak {language!r}.")
    return Engine(model, _BEAMS[device], language)


def summarise(segments: list[WhisperSegment], language: str, language_probability: float) -> Recognition:
    """Put Whisper's segments together; no words, no confidence."""
    scores = [SegmentScore(len(s.tokens), s.end - s.start, s.avg_logprob, s.no_speech_prob) for s in segments]
    text = " ".join(stripped for s in segments if (stripped := s.text.strip()))
    return Recognition(
        text=text,
        confidence=confidence(scores) if text else 0.0,
        language=language,
        language_probability=language_probability,
        no_speech_prob=mean_no_speech(scores) if scores else None,
        segments=tuple(Segment(s.text.strip(), float(s.start), float(s.end)) for s in segments),
    )


def _hotwords(phrases: tuple[str, ...]) -> str | None:
    """Join the playbook's words, as many as fit into Whisper's prompt."""
    chosen: list[str] = []
    room = _MAX_HINT_CHARACTERS
    for phrase in phrases:
        room -= len(phrase) + 2
        if room < 0:
            break
        chosen.append(phrase)
    return ", ".join(chosen) or None
