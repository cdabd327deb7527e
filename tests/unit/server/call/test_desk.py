"""Lines of one call: however they come, one is led at a time, and the newest in the end."""

import asyncio
from dataclasses import replace
from typing import cast

import pytest

from domain.errors import Unavailable
from domain.playbook import Playbook
from ports.telephony import Line
from server.call import desk as desks
from server.call.call import CallPorts
from server.call.desk import CallDesk
from tests.eventually import eventually
from tests.unit.server.call.line import START, QuietLine


class Led:
    """Calls that go on until they are given up; each then has something left to keep."""

    def __init__(self) -> None:
        self.now: list[str] = []
        self.most = 0
        self.may_end = asyncio.Event()

    def call(self, line: Line, ports: CallPorts, playbook: Playbook) -> "_Call":
        """Lead a line."""
        return _Call(self, line.start.stream_id)


class _Call:
    def __init__(self, led: Led, name: str) -> None:
        self._led, self._name = led, name

    async def run(self) -> None:
        self._led.now.append(self._name)
        self._led.most = max(self._led.most, len(self._led.now))
        try:
            await asyncio.Event().wait()
        finally:
            await self._led.may_end.wait()
            self._led.now.remove(self._name)


@pytest.fixture
def led(monkeypatch: pytest.MonkeyPatch) -> Led:
    """What is led."""

    async def playbook(self: CallDesk, start: object) -> None:
        return None

    led = Led()
    monkeypatch.setattr(desks, "MediaCall", led.call)
    monkeypatch.setattr(CallDesk, "_playbook", playbook)
    return led


def line(name: str, call_id: str = "call", tenant_id: str = START.tenant_id) -> QuietLine:
    return QuietLine(replace(START, stream_id=name, call_id=call_id, tenant_id=tenant_id))


async def test_of_three_lines_of_a_call_one_is_led_at_a_time_and_the_last_stays(led: Led) -> None:
    desk = CallDesk(cast(CallPorts, None))
    async with asyncio.TaskGroup() as lines:
        taken = [lines.create_task(desk.take(line("first")))]
        await eventually(lambda: led.now == ["first"])
        for name in ("second", "third", "fourth"):
            taken.append(lines.create_task(desk.take(line(name))))
            await asyncio.sleep(0)
        assert (led.now, desk.open_calls) == (["first"], 1)
        led.may_end.set()
        await eventually(lambda: led.now == ["fourth"])
        assert (led.most, desk.open_calls) == (1, 1)
        assert [each.done() for each in taken] == [True, True, True, False]
        taken[-1].cancel()
    assert (led.now, desk.open_calls) == ([], 0)


async def test_another_call_is_not_given_up(led: Led) -> None:
    desk = CallDesk(cast(CallPorts, None))
    led.may_end.set()
    async with asyncio.TaskGroup() as lines:
        taken = [lines.create_task(desk.take(line(name, call_id=name))) for name in ("one", "other")]
        await eventually(lambda: led.now == ["one", "other"])
        for each in taken:
            each.cancel()


async def test_who_comes_back_takes_the_place_of_its_own_line_though_all_are_busy(led: Led) -> None:
    desk = CallDesk(cast(CallPorts, None), most=1)
    led.may_end.set()
    async with asyncio.TaskGroup() as lines:
        lines.create_task(desk.take(line("first")))
        await eventually(lambda: led.now == ["first"])
        desk.require_line("call")
        for stranger in (None, "other"):
            with pytest.raises(Unavailable):
                desk.require_line(stranger)
        for other in (line("other", call_id="other"), line("other", tenant_id="another")):
            with pytest.raises(Unavailable):
                await desk.take(other)
        second = lines.create_task(desk.take(line("second")))
        await eventually(lambda: led.now == ["second"])
        second.cancel()


async def test_who_was_here_a_moment_ago_comes_back_though_its_place_is_taken(
    led: Led, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk = CallDesk(cast(CallPorts, None), most=1)
    led.may_end.set()
    async with asyncio.TaskGroup() as lines:
        for name in ("one", "other"):
            left = lines.create_task(desk.take(line(name, call_id=name)))
            await eventually(lambda: led.now == [name])  # noqa: B023  (called in this round)
            left.cancel()
            await asyncio.wait({left})
        stays = lines.create_task(desk.take(line("stays", call_id="stays")))
        await eventually(lambda: led.now == ["stays"])
        desk.require_line("one")
        back = lines.create_task(desk.take(line("back", call_id="one")))
        await eventually(lambda: led.now == ["stays", "back"])
        monkeypatch.setattr(desks, "RETURN_SECONDS", 0.0)
        back.cancel()
        await asyncio.wait({back})
        with pytest.raises(Unavailable):
            desk.require_line("one")
        stays.cancel()
