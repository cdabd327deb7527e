"""A turn as it arrives: JSON alone, or JSON beside the sound; and what every JSON body must be."""

import json
from collections.abc import Mapping
from typing import Annotated, Any

from fastapi import Depends, Header
from fastapi.exceptions import RequestValidationError
from pydantic import TypeAdapter, ValidationError
from starlette.requests import Request
from typing_extensions import TypedDict

from domain.errors import InvalidInput, TooLarge
from domain.turn import Stt
from server.multipart import Part, read_parts
from server.problems import Malformed, UnsupportedMediaType
from server.schemas.fields import ClientKey
from server.schemas.turns import MAX_TEXT_CHARS, PostTurn

_CLIENT_KEY: TypeAdapter[str] = TypeAdapter(ClientKey)


class SentTurn(TypedDict):
    """The arguments of `process_turn` that a request holds."""

    speaker: str
    raw_text: str | None
    audio: bytes | None
    audio_type: str | None
    turn_id: str | None
    timestamp: Any
    stt: Stt | None


async def check_json_body(request: Request) -> None:
    """Raise UnsupportedMediaType for a body that says it is anything but JSON, Malformed for one not in UTF-8."""
    if media_type(request) != "application/json" and has_body(request):
        raise UnsupportedMediaType("Send application/json.")
    decode_text(await request.body())


def decode_text(data: bytes | bytearray) -> str:
    """Read the text of a JSON body, with or without a byte order mark. Raises Malformed.

    A NUL byte is no part of JSON; it tells UTF-16 and UTF-32, whose ASCII is UTF-8 too.
    """
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise Malformed("The body is not UTF-8.") from error
    if "\0" in text:
        raise Malformed("The body is not JSON in UTF-8.")
    return text


def media_type(request: Request) -> str:
    """The content type without its parameters."""
    return request.headers.get("content-type", "").partition(";")[0].strip().lower()


def has_body(request: Request) -> bool:
    """Say whether a request announces a body."""
    return request.headers.get("content-length", "0") != "0" or "transfer-encoding" in request.headers


async def idempotency_key(
    key: Annotated[
        str | None, Header(alias="Idempotency-Key", description="Makes this request safe to send again.")
    ] = None,
) -> str | None:
    """Read the Idempotency-Key. Raises InvalidInput."""
    if key is None:
        return None
    try:
        return _CLIENT_KEY.validate_python(key)
    except ValidationError as error:
        raise InvalidInput("1 to 128 printable characters", field="Idempotency-Key") from error


JsonOnly = Depends(check_json_body)
IdempotencyKey = Annotated[str | None, Depends(idempotency_key)]


async def read_turn(request: Request, key: IdempotencyKey) -> SentTurn:
    """Read a turn of either kind.

    Raises:
        UnsupportedMediaType, Malformed: not JSON, nor multipart/form-data that holds together.
        RequestValidationError, InvalidInput, TooLarge: a field that cannot be used, by name.
    """
    match media_type(request):
        case "application/json":
            body, sound = read_body(await request.body()), None
        case "multipart/form-data":
            parts = await read_parts(request.headers["content-type"], request.stream())
            body, sound = read_multipart(parts)
        case _:
            raise UnsupportedMediaType("Send application/json, or multipart/form-data with the parts turn and audio.")
    check_words(body, sound)
    return SentTurn(
        speaker=body.speaker,
        raw_text=body.raw_text,
        audio=bytes(sound.data) if sound else None,
        audio_type=sound.content_type if sound else None,
        turn_id=one_key(body.turn_id, key),
        timestamp=body.timestamp,
        stt=stt_of(body),
    )


def read_body(data: bytes | bytearray) -> PostTurn:
    """Read the JSON of a turn. Raises Malformed or RequestValidationError."""
    try:
        content = json.loads(decode_text(data))
    except (ValueError, RecursionError) as error:
        raise Malformed("The body is not JSON.") from error
    try:
        return PostTurn.model_validate(content)
    except ValidationError as error:
        raise RequestValidationError(error.errors(include_url=False, include_input=False)) from error


def read_multipart(parts: Mapping[str, Part]) -> tuple[PostTurn, Part]:
    """Read the two parts of a spoken turn. Raises InvalidInput naming the part that is wrong."""
    for name in ("turn", "audio"):
        if name not in parts:
            raise InvalidInput(f"The part {name} is needed.", field=name)
    if strange := set(parts) - {"turn", "audio"}:
        raise InvalidInput("There is no such part.", field=min(strange))
    return read_body(parts["turn"].data), parts["audio"]


def check_words(body: PostTurn, sound: Part | None) -> None:
    """Raise for a turn with both words and sound, with neither, or with too many words."""
    if sound is not None and body.raw_text is not None:
        raise InvalidInput("Send words or sound, not both.", field="raw_text")
    if sound is None and body.raw_text is None:
        raise InvalidInput("raw_text is needed, or sound in a part named audio.", field="raw_text")
    if body.raw_text is not None and len(body.raw_text) > MAX_TEXT_CHARS:
        raise TooLarge(
            f"The text has {len(body.raw_text):,} characters; {MAX_TEXT_CHARS:,} is the most.", field="raw_text"
        )


def one_key(turn_id: str | None, key: str | None) -> str | None:
    """Choose between the two ways to name a turn. Raises InvalidInput when they differ."""
    if turn_id is not None and key is not None and turn_id != key:
        raise InvalidInput("turn_id and Idempotency-Key differ; send one of them.", field="turn_id")
    return turn_id or key


def stt_of(body: PostTurn) -> Stt | None:
    """Take over what the client's recogniser said."""
    said = body.stt
    if said is None:
        return None
    return Stt(confidence=said.confidence, language=said.language, language_probability=said.language_probability)
