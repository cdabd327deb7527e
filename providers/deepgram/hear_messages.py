"""What Deepgram and its client tell each other beside sound.

Shapes after https://developers.deepgram.com/reference/speech-to-text/listen-streaming; unknown fields and messages
are passed over.
"""

from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Discriminator, Field, Tag, TypeAdapter

KEEP_ALIVE = '{"type":"KeepAlive"}'
FINALIZE = '{"type":"Finalize"}'
CLOSE_STREAM = '{"type":"CloseStream"}'


class _Wire(BaseModel):
    model_config = ConfigDict(frozen=True, extra="ignore")


class Word(_Wire):
    """A word; seconds from the beginning of the stream."""

    word: str
    start: float
    end: float
    confidence: float
    punctuated_word: str | None = None


class Alternative(_Wire):
    """One reading of a stretch; the most likely comes first."""

    transcript: str
    confidence: float
    words: tuple[Word, ...] = ()
    languages: tuple[str, ...] = ()


class Channel(_Wire):
    """The readings of one channel."""

    alternatives: tuple[Alternative, ...] = ()


class Results(_Wire):
    """What was heard in a stretch, in seconds from the beginning of the stream."""

    type: Literal["Results"]
    start: float = Field(ge=0, allow_inf_nan=False)
    duration: float = Field(ge=0, allow_inf_nan=False)
    is_final: bool = False
    channel: Channel

    @property
    def end(self) -> float:
        """Where the stretch ends."""
        return self.start + self.duration

    @property
    def best(self) -> Alternative:
        """The most likely reading; without any, no words."""
        return next(iter(self.channel.alternatives), Alternative(transcript="", confidence=0.0))


class Metadata(_Wire):
    """The summary that follows the last results."""

    type: Literal["Metadata"]


class Failure(_Wire):
    """A message of ours was not understood, or asked for what this model cannot do."""

    type: Literal["Error"]


class Other(_Wire):
    """Anything else: SpeechStarted, UtteranceEnd and what is yet to come."""

    type: str


def _kind(message: object) -> str:
    kind = message.get("type") if isinstance(message, dict) else None
    return kind if kind in ("Results", "Metadata", "Error") else "other"


Message = Results | Metadata | Failure | Other

_MESSAGE: TypeAdapter[Message] = TypeAdapter(
    Annotated[
        Annotated[Results, Tag("Results")]
        | Annotated[Metadata, Tag("Metadata")]
        | Annotated[Failure, Tag("Error")]
        | Annotated[Other, Tag("other")],
        Discriminator(_kind),
    ]
)


def read_message(data: str | bytes) -> Message:
    """Read one message.

    Raises:
        pydantic.ValidationError: it is no JSON, or none of Deepgram's.
    """
    return _MESSAGE.validate_json(data)
