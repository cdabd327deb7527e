"""The tenants' sheets as a call may ask them: read at most once an hour, and never waited for long.

Their columns are found by whatever people call them.
"""

import asyncio
from collections import OrderedDict
from collections.abc import AsyncIterator, Callable, Mapping, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import timedelta

import structlog

from domain.errors import InvalidInput, ProviderError
from providers.sheet_columns import by_column
from providers.tasks import end_task, start_task
from providers.tenant_sheets import TenantSheets

KEPT = timedelta(hours=1)
KEPT_NOTHING = timedelta(seconds=30)
"""How soon a sheet is tried again that could not be read."""
PATIENCE = timedelta(seconds=1.5)
"""How long a call waits; the reading goes on for those that come after it."""
MOST = 100
"""Sheets that are remembered."""

Row = Mapping[str, str]
Key = Callable[[str], str | None]
Place = tuple[str, str, str, Key]

log = structlog.get_logger(__name__)


@dataclass
class _Reading:
    """The rows of one sheet by their key, once `task` has read them."""

    task: asyncio.Task[None]
    until: float
    rows: Mapping[str, Row]


class RememberedRows:
    """Rows by tenant, sheet and column; a sheet that cannot be read has none for a while."""

    def __init__(self, sheets: TenantSheets, patience: timedelta) -> None:
        self._sheets = sheets
        self._patience = patience.total_seconds()
        self._readings: OrderedDict[Place, _Reading] = OrderedDict()
        self._told: set[Place] = set()

    async def find(self, tenant_id: str, sheet: str, column: str, value: str, key: Key) -> Row | None:
        """Find the first row whose column is `value` by `key`, waiting no longer than a call can."""
        reading = self._reading((tenant_id, sheet, column, key))
        await asyncio.wait({reading.task}, timeout=self._patience)
        return reading.rows.get(value)

    async def close(self) -> None:
        """End what is being read."""
        for reading in self._readings.values():
            await end_task(reading.task)

    def _reading(self, place: Place) -> _Reading:
        now = asyncio.get_running_loop().time()
        reading = self._readings.get(place)
        if reading is None or (reading.task.done() and reading.until < now):
            reading = self._begin(place, now)
        self._readings.move_to_end(place)
        return reading

    def _begin(self, place: Place, now: float) -> _Reading:
        task = start_task(self._read(place), "reading a sheet")
        reading = self._readings[place] = _Reading(task, now + KEPT_NOTHING.total_seconds(), {})
        done = [each for each, other in self._readings.items() if other.task.done()]
        for oldest in done[: max(0, len(self._readings) - MOST)]:
            del self._readings[oldest]
        return reading

    async def _read(self, place: Place) -> None:
        tenant_id, name, column, key = place
        sheet, called = self._sheets.of(tenant_id, name)
        try:
            rows = await sheet.read_rows(called)
        except (ProviderError, InvalidInput) as error:
            log.warning("sheet_not_read", sheet=name, tenant_id=tenant_id, why=error.message)
            return
        if rows and column not in by_column(rows[0]):
            self._tell_once(place)
        reading = self._readings[place]
        reading.rows = await asyncio.to_thread(_by_key, rows, column, key)
        reading.until += (KEPT - KEPT_NOTHING).total_seconds()

    def _tell_once(self, place: Place) -> None:
        """Say that nobody can be found in a sheet, since it lacks the column."""
        tenant_id, name, column, _ = place
        if place not in self._told:
            self._told.add(place)
            log.warning("sheet_lacks_column", sheet=name, tenant_id=tenant_id, column=column)


def _by_key(rows: Sequence[Row], column: str, key: Key) -> Mapping[str, Row]:
    """The rows, with our names of columns, by the key of one of them; of two with the same the first."""
    keyed = ((key(row.get(column, "")), row) for row in map(by_column, reversed(rows)))
    return {found: row for found, row in keyed if found is not None}


@asynccontextmanager
async def open_remembered_rows(
    sheets: TenantSheets, *, patience: timedelta = PATIENCE
) -> AsyncIterator[RememberedRows]:
    """Open the sheets for reading."""
    rows = RememberedRows(sheets, patience)
    try:
        yield rows
    finally:
        await rows.close()
