"""How processes tell each other of news: Redis where its URL is set, else the database they share."""

from contextlib import AbstractAsyncContextManager

from bootstrap.settings import Settings
from domain.errors import ConfigError
from ports.news import News
from providers.postgres.news import open_postgres_news


def open_news(settings: Settings, dsn: str) -> AbstractAsyncContextManager[News]:
    """Open the news that the settings choose."""
    if settings.redis_url is not None:
        try:
            from providers.redis.news import open_redis_news
        except ImportError as error:
            raise ConfigError("PARLEY_REDIS_URL needs the redis package: install parley[redis].") from error
        return open_redis_news(settings.redis_url.get_secret_value())
    return open_postgres_news(dsn)
