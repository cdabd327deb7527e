"""News over Redis: PUBLISH and SUBSCRIBE on one channel."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import redis.asyncio as redis
import structlog
from redis.exceptions import RedisError

from domain.errors import ConfigError
from providers.gathering import Gathering
from providers.tasks import end_task, start_task

CHANNEL = "parley:news"
TIMEOUT_SECONDS = 5.0
CHECK_SECONDS = 15
FIRST_PAUSE = 0.1
LONGEST_PAUSE = 5.0

log = structlog.get_logger(__name__)


class RedisNews:
    """News between the processes that share a Redis."""

    def __init__(self, client: redis.Redis) -> None:
        self._client = client
        self._gathering = Gathering()
        self.tell = self._gathering.tell
        self.listen = self._gathering.listen
        self.connected = False

    async def run(self) -> None:
        """Tell and hear until cancelled; a lost connection is made again."""
        async with asyncio.TaskGroup() as group:
            group.create_task(self._send(), name="news out")
            group.create_task(self._persist(), name="news in")

    async def _send(self) -> None:
        """What cannot be sent is dropped: whoever looks at the rows finds it."""
        while True:
            message = await self._gathering.take()
            try:
                await self._client.publish(CHANNEL, message)
            except RedisError as error:
                log.warning("news_not_sent", error=type(error).__name__)

    async def _persist(self) -> None:
        pause = FIRST_PAUSE
        while True:
            try:
                await self._hear()
            except (RedisError, UnicodeDecodeError) as error:
                pause = FIRST_PAUSE if self.connected else min(pause * 2, LONGEST_PAUSE)
                log.warning("news_interrupted", error=type(error).__name__, again_in=pause)
            finally:
                self.connected = False
            await asyncio.sleep(pause)

    async def _hear(self) -> None:
        async with self._client.pubsub(ignore_subscribe_messages=True) as channel:
            await channel.subscribe(CHANNEL)
            self.connected = True
            while True:
                message = await channel.get_message(timeout=CHECK_SECONDS)
                if message is None:
                    await channel.ping()
                elif message["type"] == "message":
                    self._gathering.hear(message["data"].decode())


@asynccontextmanager
async def open_redis_news(url: str) -> AsyncIterator[RedisNews]:
    """Tell and hear news over Redis until the end of the block (ConfigError for a URL that cannot be read)."""
    try:
        client = redis.Redis.from_url(
            url, protocol=2, socket_timeout=TIMEOUT_SECONDS, socket_connect_timeout=TIMEOUT_SECONDS
        )
    except ValueError as error:
        raise ConfigError(f"PARLEY_REDIS_URL cannot be used: {error}") from None
    async with client:
        news = RedisNews(client)
        running = start_task(news.run(), "news")
        try:
            yield news
        finally:
            await end_task(running)
