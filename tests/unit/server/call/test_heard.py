"""What was heard is kept in order, however long the database is away, and no longer than the session stands."""

import asyncio
from typing import cast

import pytest

from domain.errors import NotFound, ParleyError, SessionClosed, Unavailable
from server.call import heard
from server.call.heard import HeardWords
from sessions.speaking import Speaking
from sessions.tasks import end
from tests.eventually import eventually

OFTEN = 9


class Things:
    """Things to be kept, some of which fail as often as they are told to."""

    def __init__(self) -> None:
        self.kept: list[str] = []
        self.tried = 0

    def thing(self, name: str, *errors: ParleyError) -> heard.Keep:
        """Something that is kept once it has failed so often."""
        left = list(errors)

        async def keep() -> None:
            self.tried += 1
            if left:
                raise left.pop()
            self.kept.append(name)

        return keep


@pytest.fixture
def words(monkeypatch: pytest.MonkeyPatch) -> HeardWords:
    """A call's words; nobody waits long."""
    monkeypatch.setattr(heard, "RETRY_SECONDS", (0.0,))
    return HeardWords(cast(Speaking, None), "demo", "session")


async def test_a_database_that_is_away_is_waited_for(words: HeardWords) -> None:
    things, keeping = Things(), asyncio.create_task(words.run())
    words.keep(things.thing("first", *[Unavailable()] * OFTEN))
    words.keep(things.thing("second"))
    await words.settled()
    await end(keeping)
    assert (things.kept, things.tried) == (["first", "second"], OFTEN + 2)
    assert not words.refused.is_set()


@pytest.mark.parametrize("over", [SessionClosed(), NotFound()])
async def test_what_an_ended_session_refuses_is_dropped_and_told(words: HeardWords, over: ParleyError) -> None:
    things, keeping = Things(), asyncio.create_task(words.run())
    words.keep(things.thing("a turn", over))
    words.keep(things.thing("what was heard before"))
    await words.refused.wait()
    await words.settled()
    await end(keeping)
    assert things.kept == ["what was heard before"]


async def test_a_turn_does_not_wait_without_end(words: HeardWords, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(heard, "SETTLED_SECONDS", 0.01)
    words.keep(Things().thing("never tried"))
    with pytest.raises(Unavailable):
        await words.settled()


async def test_the_end_keeps_what_is_left_and_what_was_being_kept(words: HeardWords) -> None:
    things, keeping = Things(), asyncio.create_task(words.run())
    waits = asyncio.Event()

    async def slow() -> None:
        things.tried += 1
        await waits.wait()
        things.kept.append("slow")

    words.keep(slow)
    words.keep(things.thing("rest"))
    await eventually(lambda: things.tried == 1)
    await end(keeping)
    waits.set()
    await words.flush()
    assert things.kept == ["slow", "rest"]


async def test_the_end_does_not_wait_without_end(words: HeardWords, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(heard, "FLUSH_SECONDS", 0.01)
    things = Things()
    words.keep(things.thing("first", *[Unavailable()] * 1_000_000))
    words.keep(things.thing("second"))
    await words.flush()
    assert things.kept == []
