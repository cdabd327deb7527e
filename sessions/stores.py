"""The parts of the store that the service works with."""

from dataclasses import dataclass, field

from ports.playbook_data import PlaybookData
from ports.sheet import NoRows, SheetRows
from ports.speaking import SpeakingStore
from ports.store import Inbox, RecordStore, SessionStore, TurnStore


@dataclass(frozen=True)
class Stores:
    """Sessions, turns on the way in and as they run, the record, what was said aloud, playbooks' tables and sheets."""

    sessions: SessionStore
    inbox: Inbox
    records: RecordStore
    speaking: SpeakingStore
    turns: TurnStore
    data: PlaybookData
    rows: SheetRows = field(default_factory=NoRows)
