"""A folder of .ics files behind the calendar port: one file an appointment, named by its effect's id."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import datetime
from pathlib import Path

from ports.calendar import CalendarEvent, Taken
from ports.clock import Clock
from ports.effects import effect_id
from ports.outbox import Receipt
from providers.ics.reading import PROVIDER, Entry, read_entry
from providers.ics.rendering import render_event
from providers.mail.addresses import Sender, build_sender
from providers.whole_files import locked, on_disk, write_whole

_NAMES = "[0-9a-v]" * 32 + ".ics"
Stamp = tuple[int, int]


class IcsFolder:
    """One calendar. A cancelled appointment keeps its file, which says so, and whose key is not used again."""

    def __init__(self, folder: Path, organizer: Sender | None, clock: Clock) -> None:
        self._folder = folder
        self._organizer = organizer
        self._clock = clock
        self._seen: dict[str, tuple[Stamp, Taken | None]] = {}

    @property
    def name(self) -> str:
        """Which calendar it is."""
        return PROVIDER

    async def put(self, event: CalendarEvent) -> Receipt:
        """Write the event's file, unless what is there is cancelled or as new (errors as the port says)."""
        return await on_disk(PROVIDER, lambda: self._put(event))

    async def remove(self, key: str) -> Receipt:
        """Say in the event's file that it is cancelled."""
        return await on_disk(PROVIDER, lambda: self._remove(key))

    async def busy(self, start: datetime, end: datetime) -> list[Taken]:
        """List what is not cancelled. Files are read once, and again when they have changed."""
        taken = await on_disk(PROVIDER, self._taken)
        return sorted((each for each in taken if each.start < end and each.end > start), key=lambda each: each.start)

    def _put(self, event: CalendarEvent) -> Receipt:
        with locked(self._folder, PROVIDER):
            there = self._read(event.key)
            if there is not None and (there.cancelled or there.revision >= event.revision):
                return _receipt(event.key, "cancelled" if there.cancelled else "confirmed")
            invites = bool(event.attendees and self._organizer)
            written = render_event(
                event,
                method="REQUEST" if invites else "PUBLISH",
                sequence=there.sequence + 1 if there else 0,
                organizer=self._organizer,
                at=self._clock.now(),
            )
            write_whole(self._path(event.key), written)
        return _receipt(event.key, "confirmed")

    def _remove(self, key: str) -> Receipt:
        with locked(self._folder, PROVIDER):
            there = self._read(key)
            if there is None:
                return _receipt(key, "absent")
            if not there.cancelled:
                write_whole(self._path(key), there.cancel(self._clock.now()))
        return _receipt(key, "cancelled")

    def _taken(self) -> list[Taken]:
        stamps = {path.name: _stamp(path) for path in self._folder.glob(_NAMES)}
        for name, stamp in stamps.items():
            if name not in self._seen or self._seen[name][0] != stamp:
                self._seen[name] = stamp, read_entry((self._folder / name).read_bytes()).taken()
        return [taken for name in stamps if (taken := self._seen[name][1]) is not None]

    def _read(self, key: str) -> Entry | None:
        path = self._path(key)
        return read_entry(path.read_bytes()) if path.exists() else None

    def _path(self, key: str) -> Path:
        return self._folder / f"{effect_id(key)}.ics"


def _stamp(path: Path) -> Stamp:
    status = path.stat()
    return status.st_mtime_ns, status.st_ino


def _receipt(key: str, status: str) -> Receipt:
    return Receipt({"provider": PROVIDER, "id": effect_id(key), "status": status})


@asynccontextmanager
async def open_ics_folder(folder: Path, *, clock: Clock, organizer: str | None = None) -> AsyncIterator[IcsFolder]:
    """Open a folder as a calendar; it is made with the first event.

    `organizer` is an address, or a name and one in <> (ConfigError: it is none).
    """
    sender = build_sender(organizer) if organizer else None
    yield IcsFolder(folder, sender, clock)
