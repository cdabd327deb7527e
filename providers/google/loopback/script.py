"""The loopback's memory: which rules are left, and what it received."""

import asyncio
from collections import deque
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

from providers.google.loopback.answer import Answer, Rule

Ending = Literal["answered", "disconnected", "cut"]

_KEPT_REQUESTS = 1000


@dataclass(eq=False)
class Received:
    """One generate request; the key is not kept. `status` and `ending` are None until it is over.

    `client` is `host:port`: requests over one connection share it.
    """

    n: int
    client: str
    model: str
    stream: bool
    purpose: str | None
    headers: Mapping[str, str]
    body: Mapping[str, Any]
    raw: str = field(repr=False)
    status: int | None = None
    ending: Ending | None = None
    over: asyncio.Event = field(default_factory=asyncio.Event, repr=False)

    def end(self, status: int | None, ending: Ending) -> None:
        """Record how the exchange ended."""
        self.status, self.ending = status, ending
        self.over.set()


@dataclass
class _Pending:
    rule: Rule
    given: int = 0

    def matches(self, request: Received) -> bool:
        rule = self.rule
        return (
            (rule.repeat or self.given < len(rule.answers))
            and (rule.nth is None or rule.nth == request.n)
            and (rule.purpose is None or rule.purpose == request.purpose)
            and (rule.contains is None or rule.contains in request.raw)
        )

    def take(self) -> Answer:
        answer = self.rule.answers[min(self.given, len(self.rule.answers) - 1)]
        self.given += 1
        return answer


class Script:
    """Rules and received requests of one loopback; for the event loop that serves it."""

    def __init__(self, rules: Iterable[Rule] = ()) -> None:
        self._pending: list[_Pending] = []
        self._arrived = asyncio.Condition()
        self._count = 0
        self.requests: deque[Received] = deque(maxlen=_KEPT_REQUESTS)
        self.add(*rules)

    def add(self, *rules: Rule) -> None:
        """Append rules; the first one that matches a request answers it."""
        self._pending += [_Pending(rule) for rule in rules]

    def then(self, *answers: Answer) -> None:
        """Answer the next requests with these, in order, whatever they ask."""
        if answers:
            self.add(Rule(answers=answers))

    def always(self, answer: Answer, *, purpose: str | None = None, contains: str | None = None) -> None:
        """Answer every matching request with this from now on."""
        self.add(Rule(answers=(answer,), purpose=purpose, contains=contains, repeat=True))

    def replace(self, rules: Iterable[Rule]) -> None:
        """Drop all rules, then add these."""
        self._pending.clear()
        self.add(*rules)

    def count(self) -> int:
        """Number the next request, from 1."""
        self._count += 1
        return self._count

    def forget(self) -> None:
        """Drop the received requests; counting starts again at 1."""
        self.requests.clear()
        self._count = 0

    async def record(self, request: Received) -> None:
        """Keep a request and wake whoever waits for it."""
        async with self._arrived:
            self.requests.append(request)
            self._arrived.notify_all()

    async def arrived(self, n: int) -> Received:
        """Wait until request `n`, from 1, has come; the caller bounds the wait."""
        async with self._arrived:
            await self._arrived.wait_for(lambda: any(request.n == n for request in self.requests))
        return next(request for request in self.requests if request.n == n)

    def answer(self, request: Received) -> Answer | None:
        """Take the scripted answer for a request; None where no rule matches."""
        pending = next((pending for pending in self._pending if pending.matches(request)), None)
        return pending.take() if pending else None
