"""Google Sheets behind the sheet port: the tabs of one spreadsheet."""

import asyncio
from collections import defaultdict
from collections.abc import AsyncIterator, Callable, Mapping
from contextlib import asynccontextmanager
from datetime import timedelta
from typing import TypeVar

from ports.outbox import Receipt
from ports.sheet import Cell, require_row
from providers.google_account.account import GoogleAccount
from providers.google_account.bridge import Bridge
from providers.google_account.sdk import load_sdk
from providers.google_account.wire import TIME_LIMIT, Exchange, GoogleWire, open_google
from providers.google_sheets.session import Session
from providers.google_sheets.tab import PROVIDER, Tab

SCOPES = ("https://www.googleapis.com/auth/spreadsheets",)
THREADS = 4
"""How many calls are made at once; a thread is busy for as long as its call."""

T = TypeVar("T")
Name = TypeVar("Name")


class GoogleSheet:
    """One spreadsheet. Rows of one tab are put one after the other; other processes are kept away by the outbox."""

    def __init__(self, wire: GoogleWire, spreadsheet_id: str, bridge: Bridge) -> None:
        self._wire = wire
        self._id = spreadsheet_id
        self._bridge = bridge
        self._places = asyncio.Semaphore(THREADS)
        self._turns: defaultdict[str, asyncio.Lock] = defaultdict(asyncio.Lock)

    @property
    def name(self) -> str:
        """Which kind of sheet it is."""
        return PROVIDER

    async def put_row(self, sheet: str, key_column: str, row: Mapping[str, Cell]) -> Receipt:
        """Look the key up, then update its row or append one (errors as the port says)."""
        require_row(sheet, key_column, row)
        exchange = self._wire.begin()
        async with exchange.hold(self._turns[sheet]):
            added = await self._on(exchange, sheet, lambda tab: tab.put(key_column, row))
        return Receipt({"provider": PROVIDER, "done": "added" if added else "updated"})

    async def read_rows(self, sheet: str) -> list[dict[str, str]]:
        """Read the whole tab (ProviderError)."""
        return await self._on(self._wire.begin(), sheet, Tab.rows)

    async def _on(self, exchange: Exchange, sheet: str, work: Callable[[Tab], T]) -> T:
        http_client = load_sdk("gspread.http_client").HTTPClient
        async with exchange.hold(self._places):
            return await self._bridge.run(
                lambda waiting: work(Tab(http_client(None, session=Session(exchange, waiting)), self._id, sheet))
            )


@asynccontextmanager
async def open_google_sheets(
    account: GoogleAccount,
    ids: Mapping[Name, str],
    *,
    base_url: str | None = None,
    time_limit: timedelta = TIME_LIMIT,
) -> AsyncIterator[dict[Name, GoogleSheet]]:
    """Open spreadsheets by their ids; each has to be shared with the account (ConfigError)."""
    await asyncio.to_thread(load_sdk, "gspread")
    async with open_google(PROVIDER, account, SCOPES, base_url=base_url, time_limit=time_limit) as wire:
        bridge = Bridge(PROVIDER, THREADS)
        try:
            yield {name: GoogleSheet(wire, spreadsheet_id, bridge) for name, spreadsheet_id in ids.items()}
        finally:
            bridge.close()
