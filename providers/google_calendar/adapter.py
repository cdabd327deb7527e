"""Google Calendar behind the calendar port. The id of an event is made from its key: a second insert is a 409."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import replace
from datetime import datetime, timedelta
from functools import cache
from typing import Any

from domain.errors import Fault, ProviderUnavailable
from ports.calendar import CalendarEvent, Taken
from ports.effects import effect_id
from ports.outbox import Receipt
from providers.google_account.account import GoogleAccount
from providers.google_account.faults import GoogleRejected
from providers.google_account.sdk import load_sdk
from providers.google_account.wire import TIME_LIMIT, Ask, Exchange, GoogleWire, build_ask, open_google
from providers.google_calendar.resource import Resource, event_resource, revision_of, taken_by

PROVIDER = "google_calendar"
SCOPES = ("https://www.googleapis.com/auth/calendar.events",)
_PAGE = 250
_READ = "timeZone,nextPageToken,items(status,transparency,start,end,attendees(self,responseStatus),extendedProperties)"
_THERE, _NEVER_THERE, _GONE = 409, 404, 410


class GoogleCalendar:
    """One calendar. With `invite` attendees are entered and Google writes to them; without, only our own mail does."""

    def __init__(self, wire: GoogleWire, events: Any, calendar_id: str, *, invite: bool) -> None:
        self._wire = wire
        self._events = events
        self._calendar_id = calendar_id
        self._invite = invite
        self._updates = "all" if invite else "none"

    @property
    def name(self) -> str:
        """Which calendar it is."""
        return PROVIDER

    async def put(self, event: CalendarEvent) -> Receipt:
        """Enter an event; where its id is taken, look at what is there (errors as the port says)."""
        wanted = event_resource(event, invite=self._invite)
        exchange = self._wire.begin()
        insert = self._events.insert(calendarId=self._calendar_id, body=wanted, sendUpdates=self._updates)
        try:
            return _receipt(await exchange.send(insert))
        except GoogleRejected as error:
            if error.status != _THERE:
                raise
        return await self._change(exchange, wanted)

    async def remove(self, key: str) -> Receipt:
        """Delete an event. Google keeps it as cancelled, so that its id is never given again."""
        event_id = effect_id(key)
        delete = self._events.delete(calendarId=self._calendar_id, eventId=event_id, sendUpdates=self._updates)
        try:
            await self._wire.begin().send(delete)
        except GoogleRejected as error:
            if error.status not in {_NEVER_THERE, _GONE}:
                raise
            return _receipt({"id": event_id, "status": "absent" if error.status == _NEVER_THERE else "cancelled"})
        return _receipt({"id": event_id, "status": "cancelled"})

    async def busy(self, start: datetime, end: datetime) -> list[Taken]:
        """List what takes time, page after page, recurring events as their occurrences (ProviderError)."""
        exchange = self._wire.begin()
        found: list[Taken] = []
        page: str | None = None
        while True:
            answer = await exchange.send(self._list(start, end, page))
            found += _taken(answer)
            page = answer.get("nextPageToken")
            if not page:
                return sorted(found, key=lambda taken: taken.start)

    def _list(self, start: datetime, end: datetime, page: str | None) -> Ask:
        ask: Ask = self._events.list(
            calendarId=self._calendar_id,
            timeMin=start.isoformat(),
            timeMax=end.isoformat(),
            singleEvents=True,
            orderBy="startTime",
            maxResults=_PAGE,
            pageToken=page,
            fields=_READ,
        )
        return ask

    async def _change(self, exchange: Exchange, wanted: Resource) -> Receipt:
        """Change the event that is there unless it is cancelled, or as new as what is wanted."""
        there = await exchange.send(self._events.get(calendarId=self._calendar_id, eventId=wanted["id"]))
        if there.get("status") == "cancelled" or revision_of(there) >= revision_of(wanted):
            return _receipt(there)
        update = self._events.patch(
            calendarId=self._calendar_id, eventId=wanted["id"], body=wanted, sendUpdates=self._updates
        )
        unchanged = {"if-match": str(there.get("etag", "*"))}
        return _receipt(await exchange.send(replace(update, headers={**update.headers, **unchanged})))


def _receipt(resource: Resource) -> Receipt:
    return Receipt({"provider": PROVIDER, "id": resource.get("id"), "status": resource.get("status", "confirmed")})


def _taken(answer: Resource) -> list[Taken]:
    zone = answer.get("timeZone", "UTC")
    try:
        entries = [taken_by(item, zone) for item in answer.get("items", ())]
    except (AttributeError, KeyError, TypeError, ValueError):
        raise ProviderUnavailable(PROVIDER, Fault.MALFORMED) from None
    return [entry for entry in entries if entry is not None]


@asynccontextmanager
async def open_google_calendar(
    account: GoogleAccount,
    calendar_id: str = "primary",
    *,
    invite: bool = False,
    base_url: str | None = None,
    time_limit: timedelta = TIME_LIMIT,
) -> AsyncIterator[GoogleCalendar]:
    """Open a calendar by its id (ConfigError). A service account may invite only where the domain delegates to it."""
    async with open_google(PROVIDER, account, SCOPES, base_url=base_url, time_limit=time_limit) as wire:
        yield GoogleCalendar(wire, await asyncio.to_thread(_build_events), calendar_id, invite=invite)


@cache
def _build_events() -> Any:
    discovery = load_sdk("googleapiclient.discovery")
    service = discovery.build("calendar", "v3", http=object(), static_discovery=True, requestBuilder=build_ask)
    return service.events()
