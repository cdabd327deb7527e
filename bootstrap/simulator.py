"""A telephone of one's own: calls a running server as a carrier would."""

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass

from bootstrap.settings import TwilioPart
from domain.errors import ConfigError, ParleyError
from providers.twilio_simulator.account import Account, new_sid
from providers.twilio_simulator.record import CallRecord
from providers.twilio_simulator.script import Script
from providers.twilio_simulator.simulated import SimulatedCall
from providers.twilio_simulator.simulator import call
from providers.twilio_simulator.sound import to_mu_law

BEFORE_ANSWERING = 0.8
"""Seconds of silence after which somebody on the telephone takes their turn."""

Dialled = CallRecord

Think = Callable[[str], Awaitable[bytes | None]]
"""Says, by a call's sid, what comes next in it: sound as in Said, or None to hang up."""


@dataclass(frozen=True)
class Said:
    """One thing the caller says: a WAV file's bytes, or bare mu-law at 8,000 Hz.

    With `interrupts_after`, it is said after so many seconds of the agent's speech; else when the agent is silent.
    """

    sound: bytes
    interrupts_after: float | None = None


async def dial(
    twilio: TwilioPart,
    server: str,
    said: tuple[Said, ...],
    *,
    called: str,
    caller: str,
    keys: str | None = None,
    speed: float = 1.0,
) -> CallRecord:
    """Call the server that listens at `server`, say what there is to say, hear the last answer out and hang up.

    Raises:
        ConfigError: the settings do not name the account that the server knows.
    """
    simulated = SimulatedCall(_script(said, keys), caller=caller, called=called, speed=speed)
    return await call(simulated, server, _account(twilio), public=twilio.public_url)


async def converse(
    twilio: TwilioPart, server: str, think: Think, *, called: str, caller: str, speed: float = 1.0
) -> CallRecord:
    """Call the server, and answer each time the agent has spoken with what is thought of then.

    Raises:
        ConfigError: the settings do not name the account that the server knows.
        ParleyError: whatever a thought has raised.
    """
    account, call_sid = _account(twilio), new_sid("CA")

    async def thought() -> bytes | None:
        sound = await think(call_sid)
        return None if sound is None else to_mu_law(sound)

    try:
        async with asyncio.TaskGroup() as thoughts:
            script = Script().converse(lambda: thoughts.create_task(thought()), BEFORE_ANSWERING)
            simulated = SimulatedCall(script, caller=caller, called=called, call_sid=call_sid, speed=speed)
            return await call(simulated, server, account, public=twilio.public_url)
    except* ParleyError as errors:
        raise _first(errors) from errors


def _first(errors: BaseExceptionGroup[ParleyError]) -> ParleyError:
    inner = errors.exceptions[0]
    return _first(inner) if isinstance(inner, BaseExceptionGroup) else inner


def _account(twilio: TwilioPart) -> Account:
    if twilio.account_sid is None or twilio.auth_token is None:
        raise ConfigError(
            "PARLEY_TWILIO__ACCOUNT_SID and PARLEY_TWILIO__AUTH_TOKEN are needed, here and where the server runs; "
            "any two will do for calls of one's own."
        )
    return Account(twilio.account_sid, twilio.auth_token.get_secret_value())


def _script(said: tuple[Said, ...], keys: str | None) -> Script:
    script = Script()
    for each in said:
        if each.interrupts_after is None:
            script = script.wait_for_silence(BEFORE_ANSWERING).say(each.sound)
        else:
            script = script.interrupt_after(each.interrupts_after, each.sound)
    if keys is not None:
        script = script.wait_for_silence(BEFORE_ANSWERING).press(keys)
    return script.wait_for_silence(BEFORE_ANSWERING).hang_up()
