"""Which engines hear, speak, and tell speech from noise; each kind with its own settings.

Where a `model` or a `voice` is not given, the engine's own default is meant; keys are in `bootstrap.settings`.
"""

from datetime import timedelta
from pathlib import Path
from typing import Annotated, Literal

from pydantic import Discriminator, Field, Tag

from bootstrap.parts import Part, Span, kind_of

HEARD_HERE = timedelta(seconds=30)
HEARD_AWAY = timedelta(seconds=8)
SPOKEN = timedelta(seconds=5)


class AutoStt(Part):
    """The best that is there: Deepgram by its key, Whisper on disk, Gemini by its key, pocketsphinx."""

    kind: Literal["auto"] = "auto"
    workers: int = Field(default=2, ge=1, description="utterances recognised at the same time, in this machine")


class PocketsphinxStt(Part):
    """The embedded recogniser: no download, for trying out."""

    kind: Literal["pocketsphinx"] = "pocketsphinx"
    workers: int = Field(default=2, ge=1, description="worker processes, started when they are needed")
    timeout: Span = HEARD_HERE


class FasterWhisperStt(Part):
    """Whisper on CTranslate2; the model is a name that was fetched, or a directory."""

    kind: Literal["faster_whisper"] = "faster_whisper"
    model: str | None = None
    device: Literal["cpu", "cuda"] = "cpu"
    workers: int = Field(default=2, ge=1, description="single-thread workers")
    timeout: Span = HEARD_HERE
    language: str | None = Field(default=None, description="None detects it")


class GoogleStt(Part):
    """Gemini reads the sound."""

    kind: Literal["google"] = "google"
    model: str | None = None
    language: str | None = None
    timeout: Span = HEARD_AWAY


class DeepgramStt(Part):
    """Deepgram, over its WebSocket."""

    kind: Literal["deepgram"] = "deepgram"
    model: str | None = None
    language: str | None = None
    base_url: str | None = None
    timeout: Span = HEARD_AWAY


class OpenAiStt(Part):
    """OpenAI, Groq, or any server that takes files as they do."""

    kind: Literal["openai", "groq"]
    model: str | None = None
    language: str | None = None
    base_url: str | None = Field(default=None, description="of a server that speaks OpenAI's format")
    timeout: Span = HEARD_AWAY


Stt = Annotated[
    Annotated[AutoStt, Tag("auto")]
    | Annotated[PocketsphinxStt, Tag("pocketsphinx")]
    | Annotated[FasterWhisperStt, Tag("faster_whisper")]
    | Annotated[GoogleStt, Tag("google")]
    | Annotated[OpenAiStt, Tag("openai")]
    | Annotated[OpenAiStt, Tag("groq")]
    | Annotated[DeepgramStt, Tag("deepgram")],
    Discriminator(kind_of),
]


class AutoVoice(Part):
    """The best that is there: ElevenLabs or Deepgram by key, flite or espeak-ng where installed, else tones."""

    kind: Literal["auto"] = "auto"


class ToneVoice(Part):
    """Tones in the place of speech: needs nothing."""

    kind: Literal["tone"] = "tone"


class FliteVoice(Part):
    """The flite program."""

    kind: Literal["flite"] = "flite"
    voice: str | None = None
    timeout: Span = SPOKEN


class EspeakVoice(Part):
    """espeak-ng, the program or its library, in a process of its own."""

    kind: Literal["espeak"] = "espeak"
    voice: str | None = None
    words_a_minute: int = Field(default=165, ge=80, le=450)
    timeout: Span = SPOKEN


class PiperVoice(Part):
    """Piper, with a voice on disk."""

    kind: Literal["piper"] = "piper"
    model: Path = Field(description="the voice's .onnx file; its .onnx.json lies beside it")
    timeout: Span = SPOKEN


class RemoteVoice(Part):
    """A voice that is asked for over the network; the local one takes over where it fails."""

    kind: Literal["elevenlabs", "deepgram", "google", "openai", "groq"]
    voice: str | None = None
    model: str | None = None
    base_url: str | None = None
    timeout: Span = SPOKEN


Voice = Annotated[
    Annotated[AutoVoice, Tag("auto")]
    | Annotated[ToneVoice, Tag("tone")]
    | Annotated[FliteVoice, Tag("flite")]
    | Annotated[EspeakVoice, Tag("espeak")]
    | Annotated[PiperVoice, Tag("piper")]
    | Annotated[RemoteVoice, Tag("elevenlabs")]
    | Annotated[RemoteVoice, Tag("deepgram")]
    | Annotated[RemoteVoice, Tag("google")]
    | Annotated[RemoteVoice, Tag("openai")]
    | Annotated[RemoteVoice, Tag("groq")],
    Discriminator(kind_of),
]


class AutoActivity(Part):
    """Silero where it is installed, else loudness."""

    kind: Literal["auto"] = "auto"


class SileroActivity(Part):
    """Silero's network on onnxruntime, for all calls together."""

    kind: Literal["silero"] = "silero"
    model: Path | None = Field(default=None, description="its .onnx file; None takes the installed one")


class WebrtcActivity(Part):
    """WebRTC's detector: cheap, for quiet lines."""

    kind: Literal["webrtc"] = "webrtc"
    aggressiveness: int = Field(default=2, ge=0, le=3, description="how much it takes for noise")


class EnergyActivity(Part):
    """Loudness over the line's own noise; nothing to install."""

    kind: Literal["energy"] = "energy"


Activity = Annotated[
    Annotated[AutoActivity, Tag("auto")]
    | Annotated[SileroActivity, Tag("silero")]
    | Annotated[WebrtcActivity, Tag("webrtc")]
    | Annotated[EnergyActivity, Tag("energy")],
    Discriminator(kind_of),
]
