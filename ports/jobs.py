"""Background work: jobs that outlive the process that asked for them. A job holds ids only."""

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime

Task = Callable[..., Awaitable[datetime | None]]
"""The body of a job, called with its arguments; it returns when to run it again, or None when it is done.

Every job may run twice, so its body must find out from the tables what is left to do.
"""


@dataclass(frozen=True)
class Tasks:
    """What a worker can do: jobs by name, and those that run by the clock (cron expression, body)."""

    jobs: Mapping[str, Task] = field(default_factory=dict)
    by_clock: Mapping[str, tuple[str, Callable[[], Awaitable[None]]]] = field(default_factory=dict)
