"""Every setting, read once. Built-in engines are the default; a misspelt name is an error, not a shrug.

Variables are `PARLEY_<NAME>`, nested parts `PARLEY_<PART>__<NAME>`; a `.env` file in the working directory is read
too. Google's and Postgres's own names (`GOOGLE_API_KEY`, `GOOGLE_GEMINI_BASE_URL`, `DATABASE_URL`) are honoured, and
LangSmith reads its own (`LANGSMITH_TRACING`, `LANGSMITH_API_KEY`, ...).
"""

import os
from collections.abc import Iterable, Mapping
from datetime import timedelta
from pathlib import Path
from typing import Any, Literal, get_args

from dotenv import dotenv_values
from pydantic import AliasChoices, BaseModel, Field, SecretStr, ValidationError, model_validator
from pydantic_settings import BaseSettings, SettingsConfigDict

from bootstrap.office_settings import (
    CalendarPart,
    CsvSheet,
    FolderCalendar,
    GooglePart,
    MailboxMail,
    MailPart,
    SheetPart,
)
from bootstrap.parts import Kept, Part, Span
from bootstrap.speech_settings import Activity, AutoActivity, AutoStt, AutoVoice, Stt, Voice
from domain.errors import ConfigError

PREFIX = "PARLEY_"
DEFAULT_GOOGLE_MODEL = "google_genai:gemini-3.5-flash-lite"
BUILTIN = "builtin"
BY_KIND = frozenset({"stt", "voice", "activity", "mail", "calendar", "sheet"})
"""Parts whose `kind` says which settings they have."""


class DatabasePart(Part):
    """Connections, and the embedded server where no URL is given."""

    pool_min: int = Field(default=2, ge=1, description="connections kept open")
    pool_max: int = Field(default=10, ge=1, description="connections at most")
    embedded_user: str | None = Field(default=None, description="as root: the user the embedded server runs as")

    @model_validator(mode="after")
    def _fits(self) -> "DatabasePart":
        if self.pool_min > self.pool_max:
            raise ValueError(f"pool_min is {self.pool_min}, more than pool_max, which is {self.pool_max}")
        return self


class ChatPart(Part):
    """How the chat model is asked."""

    timeout: Span = Field(default=timedelta(seconds=6), description="longest wait for one answer")
    attempts: int = Field(default=2, ge=1, le=5, description="tries after a 429, a 5xx or a lost connection")
    temperature: float = 0.1
    top_p: float = 1.0
    top_k: int = 1
    max_output_tokens: int = 1_000
    speculate: bool = Field(default=True, description="decide while cleaning still runs")


class TwilioPart(Part):
    """Telephone numbers at Twilio; without an account there are none."""

    account_sid: str | None = Field(default=None, description="AC..., from the console")
    auth_token: SecretStr | None = Field(default=None, description="what Twilio signs its requests with")
    second_auth_token: SecretStr | None = Field(default=None, description="the next one, while it is being replaced")
    public_url: str | None = Field(default=None, description="the https address under which Twilio reaches this server")
    rest_url: str = Field(default="https://api.twilio.com", description="Twilio's own address")
    numbers: dict[str, str] = Field(
        default_factory=dict,
        description='who answers: {"+15005550001": "custom"}, or "tenant/playbook"; "*" the rest; '
        '"relay:custom" where Twilio hears and speaks',
    )


class ServerPart(Part):
    """The HTTP face."""

    host: str = "127.0.0.1"
    port: int = Field(default=8000, ge=0, le=65_535)
    cors_origins: tuple[str, ...] = ()
    key_rate_per_second: int = Field(default=100, ge=1, description="requests a second for a credential")
    open_rate_per_minute: int = Field(default=100, ge=1, description="requests a minute without one")
    media_streams: int = Field(default=100, ge=1, description="calls with sound led at once by this process")
    turn_wait: Span = Field(default=timedelta(seconds=30), description="longest a turn's answer is held open")


class WorkerPart(Part):
    """Background work: deliveries, replays, upkeep."""

    inside: bool = Field(default=True, description="work in the server's process; else run `parley worker`")
    concurrency: int = Field(default=8, ge=1, description="jobs at once")


class EncryptionPart(Part):
    """Encryption at rest; without keys the tables are as the database's own protection leaves them."""

    keys: SecretStr | None = Field(
        default=None, description="name:base64 of 32 bytes, with commas between; the first seals, all open"
    )


class RetentionPart(Part):
    """How long things are kept; without a value, for ever."""

    sessions: Kept = Field(default=None, description="ended sessions, with all that belongs to them")
    answers: Kept = Field(default=None, description="what models answered, which replays go by")
    deliveries: Kept = Field(default=timedelta(days=7), description="deliveries that are done")


class SessionsPart(Part):
    """The life of sessions."""

    idle: Span = Field(default=timedelta(hours=1), description="silence after which a session is abandoned")
    most_active: int = Field(default=10_000, ge=1, description="active sessions a tenant may open in writing")
    durability: Literal["exit", "async", "sync"] = Field(
        default="exit", description="when LangGraph checkpoints; the tables are the truth in every mode"
    )


def _key(vendors_name: str) -> Any:
    """A vendor's key, under our name for it or the vendor's."""
    return Field(default=None, validation_alias=AliasChoices(PREFIX + vendors_name, vendors_name))


class Settings(BaseSettings):
    """All of it. Frozen; secrets never print."""

    model_config = SettingsConfigDict(
        env_prefix=PREFIX,
        env_nested_delimiter="__",
        env_file=".env",
        frozen=True,
        extra="ignore",
        env_ignore_empty=True,
    )

    data_dir: Path | None = Field(
        default=None,
        description="where the embedded database lives; if not given, .parley here, or (as root, where the server's "
        "own user cannot enter that) a folder under /var/lib/parley",
    )
    database_url: SecretStr | None = Field(
        default=None, validation_alias=AliasChoices("PARLEY_DATABASE_URL", "DATABASE_URL")
    )
    redis_url: SecretStr | None = Field(
        default=None, description="tells other processes of events over Redis instead of Postgres' NOTIFY"
    )
    model: str | None = Field(default=None, description="provider:model, or builtin")
    api_key: SecretStr | None = Field(
        default=None, validation_alias=AliasChoices("PARLEY_API_KEY", "GOOGLE_API_KEY", "GEMINI_API_KEY")
    )
    model_base_url: str | None = Field(
        default=None, validation_alias=AliasChoices("PARLEY_MODEL_BASE_URL", "GOOGLE_GEMINI_BASE_URL")
    )
    deepgram_api_key: SecretStr | None = _key("DEEPGRAM_API_KEY")
    elevenlabs_api_key: SecretStr | None = _key("ELEVENLABS_API_KEY")
    groq_api_key: SecretStr | None = _key("GROQ_API_KEY")
    openai_api_key: SecretStr | None = _key("OPENAI_API_KEY")
    secret: SecretStr | None = Field(default=None, min_length=32, description="signs tokens; needed beyond loopback")
    log_level: Literal["debug", "info", "warning", "error"] = "info"
    log_json: bool = False
    database: DatabasePart = DatabasePart()
    chat: ChatPart = ChatPart()
    stt: Stt = AutoStt()
    voice: Voice = AutoVoice()
    activity: Activity = AutoActivity()
    twilio: TwilioPart = TwilioPart()
    mail: MailPart = MailboxMail()
    calendar: CalendarPart = FolderCalendar()
    sheet: SheetPart = CsvSheet()
    google: GooglePart = GooglePart()
    server: ServerPart = ServerPart()
    sessions: SessionsPart = SessionsPart()
    worker: WorkerPart = WorkerPart()
    encryption: EncryptionPart = EncryptionPart()
    retention: RetentionPart = RetentionPart()

    @property
    def model_name(self) -> str:
        """The model in force: the one named, Gemini where there is a Google key, else the built-in engine."""
        return self.model or (DEFAULT_GOOGLE_MODEL if self.api_key else BUILTIN)


def load_settings(**overrides: Any) -> Settings:
    """Read the environment and `.env`; keyword arguments win.

    Raises:
        ConfigError: a value that cannot work, or a `PARLEY_` name that is none of ours.
    """
    _refuse_unknown({*os.environ, *dotenv_values(".env")})
    try:
        return Settings(**overrides)
    except ValidationError as error:
        first = error.errors(include_url=False, include_input=False)[0]
        place = "__".join(_named(first["loc"])).upper()
        name = place if place.startswith(PREFIX) else PREFIX + place
        short = first["type"] == "too_short" and f"needs at least {first['ctx']['min_length']} characters"
        raise ConfigError(f"{name}: {short or first['msg']}") from error


def _named(loc: tuple[int | str, ...]) -> list[str]:
    """The parts of a variable's name; where a part has kinds, pydantic says the kind too, which is in no name."""
    parts = [str(part) for part in loc]
    return [parts[0], *parts[2:]] if len(parts) > 2 and parts[0] in BY_KIND else parts


def environment_with(settings: Mapping[str, str]) -> dict[str, str]:
    """The environment for a process of ours that is to have these variables beside those of this one."""
    return {**os.environ, **settings}


def variables() -> list[str]:
    """Every environment variable that is read, for the docs and their test."""
    return [name for field, info in Settings.model_fields.items() for name in _names(field, info.annotation, info)]


def _refuse_unknown(given: Iterable[str]) -> None:
    known = {name.upper() for name in variables()}
    for name in sorted(given):
        if name.upper().startswith(PREFIX) and name.upper() not in known:
            raise ConfigError(f"{name} is not a setting of Parley; see .env.example for all of them.")


def _names(field: str, annotation: Any, info: Any) -> list[str]:
    alias = info.validation_alias
    if isinstance(alias, AliasChoices):
        return [str(choice) for choice in alias.choices]
    names = dict.fromkeys(name for part in _parts(annotation) for name in part.model_fields)
    return [f"{PREFIX}{field}__{name}".upper() for name in names] or [f"{PREFIX}{field}".upper()]


def _parts(annotation: Any) -> list[type[BaseModel]]:
    """The parts in an annotation: itself, or the kinds that there are."""
    if isinstance(annotation, type) and issubclass(annotation, Part):
        return [annotation]
    return [part for inner in get_args(annotation) for part in _parts(inner)]
