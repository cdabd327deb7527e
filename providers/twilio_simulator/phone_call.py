"""One call from its first ring to its end: what Twilio does between two requests to the server."""

import asyncio
from collections.abc import Sequence
from dataclasses import replace
from urllib.parse import urljoin

import httpx

from providers.twilio_simulator.account import Account, Reach, Signer, new_sid
from providers.twilio_simulator.beside import beside
from providers.twilio_simulator.callbacks import Statuses
from providers.twilio_simulator.caller import Caller
from providers.twilio_simulator.connection import Refused
from providers.twilio_simulator.faults import Trick
from providers.twilio_simulator.line_clock import LineClock, samples
from providers.twilio_simulator.messages import StreamNames
from providers.twilio_simulator.playout import Ear
from providers.twilio_simulator.record import CallRecord, Ending, Problem, StreamEnding, StreamRecord
from providers.twilio_simulator.script import Script
from providers.twilio_simulator.simulated import Direction, Outcome, SimulatedCall
from providers.twilio_simulator.stream import CallLine, MediaStream
from providers.twilio_simulator.twiml import (
    BadTwiml,
    Connect,
    Dial,
    Hangup,
    Pause,
    Redirect,
    Reject,
    Say,
    Verb,
    read_twiml,
)
from providers.twilio_simulator.upgrade import open_connection
from providers.twilio_simulator.webhooks import NoAnswer, Webhooks
from providers.twilio_simulator.wire import Chance

_MOST_REQUESTS = 50
"""A call that is sent from address to address for ever ends here."""

_REPLAY_SECONDS = 1.0


class PhoneCall:
    """A call that can be made once; `record` grows while it goes on."""

    def __init__(self, simulated: SimulatedCall, account: Account, reach: Reach, client: httpx.AsyncClient) -> None:
        self.record = CallRecord(simulated.call_sid)
        self.ended = asyncio.Event()
        """Set to end the call as its carrier can."""
        self._simulated = simulated
        self._account = account
        self._reach = reach
        self._signer = Signer(account, simulated.trick)
        self._webhooks = Webhooks(client, self._signer, reach, self.record, simulated.patience)
        self._about = simulated.about(account.sid)
        feed = simulated.statuses
        self._statuses = Statuses(feed, self._webhooks, self._about, simulated.seed) if feed else None
        self._clock = LineClock(simulated.speed)
        self._caller = Caller(simulated.script, Ear())
        self.record.said = self._caller.said
        self.record.given_up = self._caller.given_up
        self._line = CallLine(self._clock, self._caller, self.record, self.ended, simulated.trick)

    async def run(self) -> CallRecord:
        """Make the call; whatever the server does, the record says it."""
        try:
            async with asyncio.timeout(self._simulated.limit):
                await self._ring()
        except TimeoutError:
            self.record.ending = Ending.TIME_LIMIT
        self.record.samples = self._clock.now()
        if self._statuses:
            final = self._final_status()
            await self._statuses.tell(final, self.record.seconds)
            await self._statuses.finish()
        return self.record

    def _final_status(self) -> str:
        outcome = self._simulated.outcome
        return "completed" if outcome is Outcome.ANSWERED else outcome.value

    async def _ring(self) -> None:
        outbound = self._simulated.direction is Direction.OUTBOUND
        if outbound:
            await self._tell("initiated")
            await self._tell("ringing")
        if outbound and self._simulated.outcome is not Outcome.ANSWERED:
            self.record.ending = Ending.NOT_ANSWERED
            return
        async with (
            asyncio.TaskGroup() as told,
            beside(self._detect_machine(), f"simulated-verdict-{self.record.call_sid}"),
        ):
            if outbound:
                told.create_task(self._tell("in-progress"), name=f"simulated-status-{self.record.call_sid}")
            self.record.ending = await self._follow("in-progress" if outbound else "ringing")

    async def _tell(self, status: str) -> None:
        if self._statuses:
            await self._statuses.tell(status)

    async def _detect_machine(self) -> None:
        """Tell who picked up, in time; a call that ends before has no verdict."""
        machine = self._simulated.machine
        if machine:
            await self._clock.wait_until(self._clock.now() + samples(machine.after_seconds))
            await self._webhooks.tell(machine.url, machine.form(self._about))

    async def _follow(self, status: str) -> Ending:
        """Do what the server answers, and ask again where it says so."""
        url = urljoin(self._reach.public, self._simulated.voice)
        for _ in range(_MOST_REQUESTS):
            try:
                verbs = read_twiml(await self._webhooks.ask(url, self._form(status)))
            except NoAnswer:
                return Ending.FAILED
            except BadTwiml as error:
                return self._fail(error.code, str(error))
            done = await self._perform(verbs)
            if isinstance(done, Ending):
                return done
            url, status = urljoin(url, done), "in-progress"
        return self._fail(None, "the call was redirected without end")

    def _form(self, status: str) -> dict[str, str]:
        return {**self._about, **self._simulated.form, "CallStatus": status}

    def _fail(self, code: int | None, what: str) -> Ending:
        self.record.problems.append(Problem(code, what))
        return Ending.FAILED

    async def _perform(self, verbs: Sequence[Verb]) -> Ending | str:
        """Do the verbs in order; returns the address to ask next, or how the call ended."""
        for verb in verbs:
            if self.ended.is_set():
                break
            done = await self._do(verb)
            if done is not None:
                return done
        return Ending.AGENT_HUNG_UP

    async def _do(self, verb: Verb) -> Ending | str | None:
        match verb:
            case Connect():
                return await self._connect(verb)
            case Redirect(url):
                return url
            case Hangup():
                return Ending.AGENT_HUNG_UP
            case Reject():
                return Ending.REJECTED
            case Dial(number):
                self.record.transferred_to = number
                return Ending.TRANSFERRED
            case Say(text):
                self.record.texts.append(text)
            case Pause(seconds):
                await self._clock.wait_until(self._clock.now() + samples(seconds))
        return None

    async def _connect(self, verb: Connect) -> Ending | str | None:
        """Stream until the stream ends; a call that goes on asks the action, or does the next verb."""
        ending = await self._stream(verb, self._line)
        if self._simulated.trick is Trick.TOKEN_REPLAYED:
            again = Caller(Script().wait(_REPLAY_SECONDS), Ear())
            await self._stream(verb, replace(self._line, caller=again))
        if ending is StreamEnding.CALLER:
            return Ending.CALLER_HUNG_UP
        return Ending.AGENT_HUNG_UP if ending is StreamEnding.CARRIER else verb.action

    async def _stream(self, verb: Connect, line: CallLine) -> StreamEnding | None:
        stolen = self._simulated.trick is Trick.TOKEN_STOLEN
        call_sid = new_sid("CA") if stolen else self.record.call_sid
        names = StreamNames(self._account.sid, call_sid, new_sid("MZ"))
        record = StreamRecord(names.stream_sid, verb.url, verb.parameters, self._clock.now())
        self.record.streams.append(record)
        chance = Chance(self._simulated.wire, self._simulated.seed + len(self.record.streams))
        try:
            async with open_connection(verb.url, self._signer, self._reach) as connection:
                await MediaStream(connection, names, line, record, chance).run()
        except Refused as error:
            record.ended, record.ending, record.status = self._clock.now(), StreamEnding.REFUSED, error.status
            self.record.problems.append(Problem(31920, str(error)))
        return record.ending
