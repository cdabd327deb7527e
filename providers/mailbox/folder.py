"""A folder of .eml files behind the mail port: one file a letter, named by its effect's id."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import structlog

from ports.clock import Clock
from ports.effects import effect_id
from ports.mail import MailMessage
from ports.outbox import Receipt
from providers.mail.addresses import Sender, build_sender
from providers.mail.message import build_message
from providers.whole_files import locked, on_disk, write_whole

PROVIDER = "mailbox"

log = structlog.get_logger(__name__)


class Mailbox:
    """Keeps letters. One sent again is there once, as it was the first time."""

    def __init__(self, folder: Path, sender: Sender, clock: Clock) -> None:
        self._folder = folder
        self._sender = sender
        self._clock = clock

    @property
    def name(self) -> str:
        """Which way of sending it is."""
        return PROVIDER

    @property
    def can_look(self) -> bool:
        """True: the file is there or it is not."""
        return True

    async def send(self, message: MailMessage) -> Receipt:
        """Write the letter's file, unless it is there (errors as the port says)."""
        return await on_disk(PROVIDER, lambda: self._send(message))

    async def look_for(self, message: MailMessage) -> Receipt | None:
        """Tell whether the letter's file is there."""
        is_there = await on_disk(PROVIDER, self._path(message.key).exists)
        return _receipt(message.key) if is_there else None

    def _send(self, message: MailMessage) -> Receipt:
        letter = build_message(message, self._sender, self._clock.now())
        with locked(self._folder, PROVIDER):
            if not self._path(message.key).exists():
                write_whole(self._path(message.key), letter.as_bytes())
                log.info("letter_written", file=str(self._path(message.key)))
        return _receipt(message.key)

    def _path(self, key: str) -> Path:
        return self._folder / f"{effect_id(key)}.eml"


def _receipt(key: str) -> Receipt:
    return Receipt({"provider": PROVIDER, "id": effect_id(key)})


@asynccontextmanager
async def open_mailbox(folder: Path, sender: str, *, clock: Clock) -> AsyncIterator[Mailbox]:
    """Open a folder as a mailbox; it is made with the first letter (ConfigError: the sender is no address)."""
    checked = build_sender(sender)
    yield Mailbox(folder, checked, clock)
