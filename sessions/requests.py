"""Requests read and checked at the door: what is wrong is named, and nothing half-valid gets in."""

import asyncio
import json
from collections.abc import Iterator, Mapping
from datetime import datetime
from hashlib import sha256
from typing import Any, Required
from uuid import uuid4

from pydantic import ValidationError
from typing_extensions import TypedDict

from domain.conversation import CallContext
from domain.errors import Conflict, InvalidInput, TooLarge
from domain.playbook import Playbook
from domain.session import DEMO_TENANT, SessionFacts, session_id_of
from domain.turn import Stt
from ports.records import NewSession, NewTurn
from speech.utterance import decode

MAX_TEXT = 8_000
MAX_PROFILE_TEXT = 1_000
"""Characters of a text in a customer profile, wherever it stands."""
MAX_PROFILE = 20_000
"""Characters of a whole customer profile as JSON."""
MAX_TURN_ID = 128

GivenContext = CallContext | Mapping[str, Any] | str | None


def playbook_named(playbooks: Mapping[str, Playbook], name: str) -> Playbook:
    """Find a playbook (InvalidInput when there is none)."""
    if name not in playbooks:
        raise InvalidInput(f"playbook must be one of: {', '.join(sorted(playbooks))}.", field="playbook")
    return playbooks[name]


def playbook_installed(playbooks: Mapping[str, Playbook], name: str) -> Playbook:
    """Find the playbook that a session was opened with (Conflict when it has been taken away since)."""
    if name not in playbooks:
        raise Conflict(f"The playbook of this session, {name}, is not installed here.", field="session_id")
    return playbooks[name]


class SessionFields(TypedDict, total=False):
    """What a session may be opened with."""

    session_id: str | None
    call_context: GivenContext
    customer_profile: Mapping[str, Any] | None
    caller_phone: str | None
    channel: str
    prompt_version: int | None


def session_given(playbook: Playbook, tenant_id: str, given: SessionFields, *, now: datetime) -> NewSession:
    """Read a session to be opened (InvalidInput naming the field that is wrong)."""
    context = context_given(given.get("call_context"), playbook)
    profile = profile_given(given.get("customer_profile"), playbook, demo=tenant_id == DEMO_TENANT)
    session_id = given.get("session_id")
    facts = SessionFacts(
        tenant_id=tenant_id,
        session_id=str(uuid4()) if session_id is None else session_id_of(session_id),
        playbook=playbook.name,
        channel=given.get("channel", "api"),
        call_context=context.model_dump(mode="json"),
        caller_phone=given.get("caller_phone"),
        created_at=now,
        prompt_version=version_given(given.get("prompt_version"), playbook),
    )
    version = () if facts.prompt_version is None else (facts.prompt_version,)
    digest = digest_of(facts.playbook, facts.call_context, profile, facts.caller_phone, facts.channel, *version)
    return NewSession(facts, playbook.new_dataset(profile, now=now.timestamp()), profile, digest)


def version_given(given: int | None, playbook: Playbook) -> int | None:
    """Read a version of a playbook's prompts (InvalidInput when it has none)."""
    if given is not None and given not in playbook.prompt_versions:
        known = ", ".join(map(str, playbook.prompt_versions))
        raise InvalidInput(f"{playbook.name} has prompts of version {known}; not {given}.", field="prompt_version")
    return given


def context_given(given: GivenContext, playbook: Playbook) -> CallContext:
    """Read a call context: structured, plain text, or the playbook's own when none is given."""
    if given is None:
        return playbook.context
    if isinstance(given, CallContext):
        return given
    if isinstance(given, str):
        given = {"notes": given}
    try:
        return CallContext.model_validate(given)
    except ValidationError as error:
        raise _first_fault("call_context", error) from error


def profile_given(given: Mapping[str, Any] | None, playbook: Playbook, *, demo: bool) -> dict[str, Any]:
    """Read what is known of the customer beforehand; the demo defaults hold for the demo tenant only."""
    if given is None:
        return dict(playbook.demo_profile) if demo else {}
    for name in given:
        if name not in playbook.profile_fields:
            known = ", ".join(sorted(playbook.profile_fields))
            raise InvalidInput(f"customer_profile takes: {known}.", field=f"customer_profile.{name}")
    check_profile_size(given)
    try:
        playbook.dataset.model_validate(given)
    except ValidationError as error:
        raise _first_fault("customer_profile", error) from error
    return dict(given)


def check_profile_size(profile: Mapping[str, Any]) -> None:
    """Raise InvalidInput, naming the field, for a text or a profile over its limit."""
    for name, value in profile.items():
        if any(len(text) > MAX_PROFILE_TEXT for text in _texts(value)):
            raise InvalidInput(
                f"A text in a profile has at most {MAX_PROFILE_TEXT:,} characters.", field=f"customer_profile.{name}"
            )
    if len(json.dumps(profile, default=str, ensure_ascii=False)) > MAX_PROFILE:
        raise InvalidInput(f"A profile has at most {MAX_PROFILE:,} characters as JSON.", field="customer_profile")


def _texts(value: Any) -> Iterator[str]:
    """Every text in a JSON value, names of fields among them."""
    match value:
        case str():
            yield value
        case Mapping():
            yield from value
            for inner in value.values():
                yield from _texts(inner)
        case list() | tuple():
            for inner in value:
                yield from _texts(inner)


class TurnFields(TypedDict, total=False):
    """A turn as it is handed in: a speaker, and either words or sound."""

    speaker: Required[str]
    raw_text: str | None
    audio: bytes | None
    audio_type: str | None
    turn_id: str | None
    timestamp: datetime | None
    stt: Stt | None
    aloud: bool
    """Whether what is said to the other side is spoken: then only what was heard of it counts."""


async def turn_given(playbook: Playbook, given: TurnFields) -> NewTurn:
    """Read a turn: a known speaker, and either words or sound that can be decoded.

    Raises:
        InvalidInput: naming the field that is wrong.
        TooLarge: text over 8,000 characters, audio over 10 MB or 120 s.
    """
    speaker = given["speaker"]
    role = playbook.role_of(speaker) if speaker.isascii() or speaker in (playbook.caller, playbook.agent) else None
    if role is None:
        raise InvalidInput(f"speaker must be {playbook.caller} or {playbook.agent}.", field="speaker")
    await _check_words(given)
    return NewTurn(
        turn_id=_turn_id(given.get("turn_id")),
        speaker=given["speaker"],
        role=role,
        digest=_digest(given),
        raw_text=given.get("raw_text"),
        audio=given.get("audio"),
        audio_type=given.get("audio_type"),
        stt=given.get("stt"),
        spoken_at=given.get("timestamp"),
        aloud=given.get("aloud", False),
    )


async def _check_words(given: TurnFields) -> None:
    raw_text, audio = given.get("raw_text"), given.get("audio")
    if (raw_text is None) == (audio is None):
        raise InvalidInput("A turn has raw_text or audio: one of the two.", field="raw_text")
    if raw_text is not None:
        _check_text(raw_text)
    if audio is not None:
        await asyncio.to_thread(decode, audio, given.get("audio_type") or "audio/wav")


def digest_of(*parts: Any) -> bytes:
    """Tell one body from another."""
    return sha256(json.dumps(parts, sort_keys=True, default=str, ensure_ascii=True).encode()).digest()


def _digest(given: TurnFields) -> bytes:
    audio = given.get("audio")
    sound = None if audio is None else sha256(audio).hexdigest()
    words = (given["speaker"].casefold(), given.get("raw_text"), sound, given.get("audio_type"))
    return digest_of(*words, given.get("timestamp"), given.get("stt"))


def _check_text(text: str) -> None:
    if len(text) > MAX_TEXT:
        raise TooLarge(f"raw_text has {len(text):,} characters; {MAX_TEXT:,} is the most.", field="raw_text")
    if "\0" in text:
        raise InvalidInput("raw_text holds a NUL character, which cannot be stored; leave it out.", field="raw_text")
    if any("\ud800" <= letter <= "\udfff" for letter in text):
        raise InvalidInput("raw_text holds half of a surrogate pair, which is no character.", field="raw_text")


def _turn_id(turn_id: str | None) -> str:
    if turn_id is None:
        return str(uuid4())
    if not (0 < len(turn_id) <= MAX_TURN_ID and turn_id.isprintable()):
        raise InvalidInput(f"turn_id must be 1 to {MAX_TURN_ID} printable characters.", field="turn_id")
    return turn_id


def _first_fault(name: str, error: ValidationError) -> InvalidInput:
    first = error.errors(include_url=False, include_input=False)[0]
    field = ".".join([name, *(str(part) for part in first["loc"])])
    return InvalidInput(f"{field}: {first['msg']}", field=field)
