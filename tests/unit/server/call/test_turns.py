"""A turn's answer, however often it has to be asked for: each sentence once, then the result."""

from collections.abc import AsyncGenerator, Sequence
from dataclasses import dataclass, field
from typing import Any, cast

import pytest

from domain.errors import NotFound, ParleyError, SessionClosed, Unavailable
from playbooks.loader import load_playbooks
from ports.records import TurnReceipt
from server.call.turns import TRIES, Turns
from sessions.service import Parley
from tests.unit.server.call.line import START

BOOKED = ("Your table is booked.", "See you on Friday.", "Goodbye.")
AWAY = Unavailable("The turn is kept and will be tried again.", retry_after=0)
OPEN = TurnReceipt(seq=1, turn_id="line-1", created=False)


@dataclass
class Service:
    """Tells, each time that a turn is asked for, what is next: sentences by number, then what it ends with."""

    tries: Sequence[tuple[Sequence[int], Any]]
    asked: list[str] = field(default_factory=list)
    refusal: ParleyError | None = None

    async def stream_turn(self, session_id: str, *, turn_id: str, **given: Any) -> AsyncGenerator[dict[str, Any]]:
        """Tell the news of the next try."""
        sentences, end = self.tries[len(self.asked)]
        self.asked.append(turn_id)
        yield {"event": "node", "data": {"node": "clean", "update": {}}}
        for n in sentences:
            yield {"event": "sentence", "data": {"sentence": n, "text": BOOKED[n]}}
        if isinstance(end, ParleyError):
            raise end
        yield {"event": "result", "data": end}

    async def interrupt_turn(self, session_id: str, turn_id: str, *, tenant_id: str) -> bool:
        """Refuse to look."""
        assert self.refusal is not None
        raise self.refusal


def done(reply: str | None = " ".join(BOOKED)) -> dict[str, Any]:
    return {"turn_id": "line-1", "reply": reply}


def turns(service: Service) -> Turns:
    return Turns(cast(Parley, service), load_playbooks()["custom"], START)


async def said(service: Service) -> list[str]:
    """The sentences that are yielded, of which the result must be the last news."""
    news = [item async for item in turns(service).answer("line-1", raw_text="one two")]
    assert news[-1]["event"] == "result"
    sentences = [item["data"] for item in news if item["event"] == "sentence"]
    assert [sentence.n for sentence in sentences] == list(range(len(sentences)))
    assert set(service.asked) == {"line-1"}
    return [sentence.text for sentence in sentences]


@pytest.mark.parametrize(
    "tries",
    [
        [((0, 1, 2), done())],
        [((), done())],
        [((0, 1, 2), AWAY), ((0, 1, 2), done())],
        [((0, 1), AWAY), ((0, 1, 2), done())],
        [((0,), AWAY), ((), done())],
        [((), AWAY), ((), AWAY), ((0, 1, 2), done())],
        [((0,), AWAY), ((2,), done())],
    ],
    ids=["at once", "from its row", "all of it twice", "cut short", "rest from its row", "at the last", "a gap"],
)
async def test_each_sentence_comes_once(tries: list[tuple[Sequence[int], Any]]) -> None:
    assert await said(Service(tries)) == list(BOOKED)


async def test_a_turn_that_is_still_open_is_asked_for_again(monkeypatch: pytest.MonkeyPatch) -> None:
    slept: list[float] = []

    async def sleep(seconds: float) -> None:
        slept.append(seconds)

    monkeypatch.setattr("server.call.turns.asyncio.sleep", sleep)
    assert await said(Service([((0, 1), OPEN), ((2,), done())])) == list(BOOKED)
    assert slept == [1.0]


async def test_a_turn_without_a_reply_has_no_sentences() -> None:
    assert await said(Service([((), done(None))])) == []


async def test_a_turn_is_not_asked_for_without_end() -> None:
    service = Service([((), AWAY)] * TRIES)
    with pytest.raises(Unavailable):
        await said(service)
    assert len(service.asked) == TRIES


async def test_a_session_that_takes_no_turns_is_asked_once() -> None:
    service = Service([((), SessionClosed())] * TRIES)
    with pytest.raises(SessionClosed):
        await said(service)
    assert len(service.asked) == 1


@pytest.mark.parametrize("refusal", [Unavailable(), NotFound()])
async def test_a_turn_that_cannot_be_stopped_ends_by_itself(refusal: ParleyError) -> None:
    service = Service([], refusal=refusal)
    await turns(service).interrupt("line-1")
