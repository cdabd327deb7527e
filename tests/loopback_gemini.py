"""A loopback Gemini for the length of a test."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from providers.google.loopback.script import Script
from providers.google.loopback.serve import open_loopback


@asynccontextmanager
async def open_loopback_gemini() -> AsyncIterator[tuple[str, Script]]:
    """Serve a Gemini on a free loopback port: its base URL, and the script that says what it answers."""
    script = Script()
    async with open_loopback(script) as base_url:
        yield base_url, script
