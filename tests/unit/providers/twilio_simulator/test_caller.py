"""The person at the telephone: what is done when, by script and by ear."""

import asyncio
from collections.abc import Callable

import pytest

from domain.errors import LineClosed
from providers.twilio_simulator.caller import Caller, Moment
from providers.twilio_simulator.faults import Malformed
from providers.twilio_simulator.playout import Ear
from providers.twilio_simulator.script import HangUp, LoseSocket, Misbehave, Script
from tests.unit.providers.twilio_simulator.tones import loud, wav

FRAME = 160


def _live(script: Script, speech: tuple[tuple[int, int], ...] = (), frames: int = 1_000) -> tuple[Caller, list[Moment]]:
    """Run a script to its end, with an agent that speaks in these spans of samples."""
    caller = Caller(script, Ear())
    moments: list[Moment] = []
    for now in range(0, frames * FRAME, FRAME):
        if any(start <= now < end for start, end in speech):
            caller.ear.sounded += FRAME
            caller.ear.last = now + FRAME
        moments.append(caller.frame(now, FRAME))
        if isinstance(moments[-1].act, HangUp):
            break
    return caller, moments


def _first_sound(moments: list[Moment]) -> int:
    return next(number for number, moment in enumerate(moments) if moment.sound) * FRAME


def test_what_is_said_is_said_whole_and_noted() -> None:
    caller, moments = _live(Script().say(loud(0.05)).wait(0.1).say(loud(0.03)))
    assert b"".join(moment.sound for moment in moments) == loud(0.05) + loud(0.03)
    assert [(said.at, bytes(said.sound)) for said in caller.said] == [(0, loud(0.05)), (480 + 800, loud(0.03))]


def test_without_steps_left_the_caller_hangs_up() -> None:
    _, moments = _live(Script())
    assert moments == [Moment(act=HangUp())]


def test_keys_are_pressed_four_a_second() -> None:
    _, moments = _live(Script().press("1#"))
    pressed = [(number * FRAME, moment.digit) for number, moment in enumerate(moments) if moment.digit]
    assert pressed == [(0, "1"), (2_080, "#")]


def test_silence_counts_from_the_end_of_the_agents_speech() -> None:
    script = Script().wait_for_silence(0.5).say(loud(0.1))
    _, moments = _live(script, speech=((1_600, 3_200), (4_800, 8_000)))
    assert _first_sound(moments) == 8_000 + 4_000


def test_silence_needs_no_speech_when_told_so() -> None:
    _, moments = _live(Script().wait_for_silence(0.5, after_speech=False).say(loud(0.1)))
    assert _first_sound(moments) == 4_000


def test_an_interruption_comes_into_the_agents_speech() -> None:
    script = Script().interrupt_after(0.4, loud(0.1))
    _, moments = _live(script, speech=((1_600, 3_200), (4_800, 16_000)))
    assert _first_sound(moments) == 4_800 + 1_600 - FRAME


def test_patience_ends_and_is_noted() -> None:
    caller, moments = _live(Script().wait_for_silence(0.5, at_most=1).interrupt_after(1, loud(0.1), at_most=2))
    assert caller.given_up == [0, 1]
    assert _first_sound(moments) == 24_000


def test_acts_are_done_once_and_in_order() -> None:
    _, moments = _live(Script().misbehave(Malformed.NOT_JSON).lose_socket().hang_up())
    assert [moment.act for moment in moments] == [Misbehave(Malformed.NOT_JSON), LoseSocket(), HangUp()]


def test_a_wav_file_is_said_as_the_line_carries_it() -> None:
    caller, _ = _live(Script().say(wav(0.5, 16_000)))
    assert [len(said.sound) for said in caller.said] == [4_000]


def test_a_key_that_no_telephone_has_is_refused() -> None:
    with pytest.raises(ValueError, match="keys"):
        Script().press("E")


def _thoughts(*thoughts: bytes | None, loop: asyncio.AbstractEventLoop) -> Callable[[], asyncio.Future[bytes | None]]:
    """Think of these in turn, each at once."""
    left = iter(thoughts)

    def think() -> asyncio.Future[bytes | None]:
        future: asyncio.Future[bytes | None] = loop.create_future()
        future.set_result(next(left))
        return future

    return think


async def test_who_converses_answers_each_time_the_agent_was_silent_and_hangs_up_when_all_is_said() -> None:
    think = _thoughts(loud(0.1), loud(0.2), None, loop=asyncio.get_running_loop())
    script = Script().converse(think, 0.5)
    caller, moments = _live(script, speech=((0, 1_600), (8_000, 9_600), (20_000, 21_600)))
    assert [said.at for said in caller.said] == [1_600 + 4_000, 9_600 + 4_000]
    assert [len(said.sound) for said in caller.said] == [800, 1_600]
    assert moments[-1] == Moment(act=HangUp())
    assert len(moments) == (21_600 + 4_000) // FRAME + 1
    assert caller.given_up == []


async def test_the_line_goes_on_while_somebody_thinks() -> None:
    thought: asyncio.Future[bytes | None] = asyncio.get_running_loop().create_future()
    caller = Caller(Script().converse(lambda: thought, 0.0), Ear())
    caller.ear.sounded = caller.ear.last = 0
    caller.frame(0, FRAME)
    caller.ear.sounded = FRAME
    assert [caller.frame(number * FRAME, FRAME) for number in range(1, 4)] == [Moment()] * 3
    thought.set_result(loud(0.02))
    assert caller.frame(4 * FRAME, FRAME).sound == loud(0.02)


async def test_a_thought_that_fails_ends_the_call_with_its_error() -> None:
    thought: asyncio.Future[bytes | None] = asyncio.get_running_loop().create_future()
    thought.set_exception(LineClosed())
    with pytest.raises(LineClosed):
        _live(Script().converse(lambda: thought, 0.1), speech=((0, 1_600),))
