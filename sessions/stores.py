"""The parts of the store that the service works with."""

from dataclasses import dataclass

from ports.playbook_data import PlaybookData
from ports.speaking import SpeakingStore
from ports.store import Inbox, RecordStore, SessionStore, TurnStore


@dataclass(frozen=True)
class Stores:
    """Sessions, their turns on the way in and as they run, the record, what was said aloud, the playbooks' tables."""

    sessions: SessionStore
    inbox: Inbox
    records: RecordStore
    speaking: SpeakingStore
    turns: TurnStore
    data: PlaybookData
