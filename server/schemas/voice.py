"""What is said on the voice socket, both ways."""

from typing import Annotated, Literal

from pydantic import Field, SecretStr, TypeAdapter

from server.schemas.fields import Body, Name, Uuid
from server.schemas.sessions import Context


class VoiceStart(Body):
    """The first message: which session, or what a new one is for."""

    event: Literal["start"]
    token: SecretStr | None = Field(default=None, description="For clients that cannot set a header.")
    session_id: Uuid | None = Field(default=None, description="A session that is there, or the id of a new one.")
    playbook: Name | None = Field(default=None, description="For a new session.")
    call_context: Context | None = None


class AudioChunk(Body):
    """Sound: base64 of 16-bit little-endian PCM, 16,000 Hz, mono; or of a whole WAV file of any rate."""

    event: Literal["audio_chunk"]
    data: str = Field(max_length=60_000)


class VoiceMark(Body):
    """Everything that was sent before this mark has been played."""

    event: Literal["mark"]
    name: str = Field(max_length=64)


class VoiceDigit(Body):
    """A key was pressed."""

    event: Literal["digit"]
    digit: str = Field(pattern=r"^[0-9*#A-D]$")


class VoiceStop(Body):
    """The call is over."""

    event: Literal["stop"]


VoiceMessage = VoiceStart | AudioChunk | VoiceMark | VoiceDigit | VoiceStop
VOICE_MESSAGE: TypeAdapter[VoiceMessage] = TypeAdapter(Annotated[VoiceMessage, Field(discriminator="event")])
