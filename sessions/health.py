"""Is everything there that a turn needs? Each dependency is asked, with a time-out."""

import asyncio
import time
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from typing import Any

from domain.errors import ParleyError

PATIENCE_SECONDS = 2.0


@dataclass(frozen=True)
class Probe:
    """How to ask a dependency; it raises a ParleyError when it is not well. `detail` says which one runs."""

    ask: Callable[[], Awaitable[None]]
    detail: str
    required: bool = True


async def examine(probes: Mapping[str, Probe]) -> dict[str, dict[str, Any]]:
    """Ask all dependencies at once: name -> {status, required, ms, detail}."""
    answers = await asyncio.gather(*(_examine(probe) for probe in probes.values()))
    return dict(zip(probes, answers, strict=True))


async def _examine(probe: Probe) -> dict[str, Any]:
    started = time.perf_counter()
    status = "ok"
    try:
        async with asyncio.timeout(PATIENCE_SECONDS):
            await probe.ask()
    except TimeoutError:
        status = "timeout"
    except ParleyError:
        status = "down"
    ms = round((time.perf_counter() - started) * 1000, 1)
    return {"status": status, "required": probe.required, "ms": ms, "detail": probe.detail}
