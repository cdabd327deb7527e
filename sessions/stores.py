"""The parts of the store that the service works with."""

from dataclasses import dataclass

from ports.speaking import SpeakingStore
from ports.store import Inbox, RecordStore, SessionStore


@dataclass(frozen=True)
class Stores:
    """Sessions, their turns on the way in, the record, and what was said aloud."""

    sessions: SessionStore
    inbox: Inbox
    records: RecordStore
    speaking: SpeakingStore
