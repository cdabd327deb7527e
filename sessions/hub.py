"""Telling subscribers: rows first, then a nudge. A subscriber reads at its own pace and slows nobody."""

from collections.abc import AsyncGenerator, AsyncIterator, Iterator
from contextlib import aclosing, contextmanager

from domain.event import Envelope, EventType
from ports.news import News
from ports.store import RecordStore, SessionStore
from sessions.feed import Feed

POLL_SECONDS = 1.0
"""How long to wait before looking for what other processes wrote, while they cannot be heard."""

RARE_POLL_SECONDS = 15.0
"""How long when they can: a hint may be lost."""


class EventHub:
    """Nudges by session, from this process and from others; what is told always comes from the rows."""

    def __init__(self, records: RecordStore, sessions: SessionStore, news: News) -> None:
        self._records = records
        self._sessions = sessions
        self._news = news
        self._feeds: dict[str, dict[str, Feed]] = {}
        """By session id, and by tenant: two tenants may choose the same id."""
        news.listen(self._nudge)

    def nudge(self, session_id: str) -> None:
        """Say that a session has news, here and to the other processes."""
        self._nudge(session_id)
        self._news.tell(session_id)

    def _nudge(self, session_id: str) -> None:
        for feed in self._feeds.get(session_id, {}).values():
            feed.nudge()

    async def follow(self, tenant_id: str, session_id: str, after: int) -> AsyncIterator[Envelope]:
        """Yield events after number `after`: those that are there, then those to come, until the session ends."""
        with self._feed(tenant_id, session_id) as feed:
            async with aclosing(self._told(feed, after)) as told:
                async for event in told:
                    yield event

    async def _told(self, feed: Feed, after: int) -> AsyncGenerator[Envelope, None]:
        while True:
            batch = await feed.after(after)
            for event in batch:
                yield event
            if batch:
                after = batch[-1]["n"]
                if batch[-1]["type"] == EventType.SESSION_CLOSED:
                    return
            elif await feed.over():
                async for event in self._rest(feed, after):
                    yield event
                return
            else:
                await feed.changed(RARE_POLL_SECONDS if self._news.connected else POLL_SECONDS)

    async def _rest(self, feed: Feed, after: int) -> AsyncGenerator[Envelope, None]:
        """Yield what was written between the last look and the end of the session."""
        feed.nudge()
        for event in await feed.after(after):
            yield event

    @contextmanager
    def _feed(self, tenant_id: str, session_id: str) -> Iterator[Feed]:
        """The feed of a session, for as long as somebody follows it."""
        feeds = self._feeds.setdefault(session_id, {})
        feed = feeds.get(tenant_id)
        if feed is None:
            feed = feeds[tenant_id] = Feed(self._records, self._sessions, tenant_id, session_id)
        feed.followers += 1
        try:
            yield feed
        finally:
            feed.followers -= 1
            if not feed.followers:
                feeds.pop(tenant_id, None)
            if not feeds:
                self._feeds.pop(session_id, None)
