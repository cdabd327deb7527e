"""One call on one line, from its first sound to its last: who listens, who speaks, who waits for whom.

Each task has one owner, `run`, and ends with it: `listen` reads the line, `converse` takes turns, the
mouth says what is to be said, the heard words are kept, `watch` looks at the clock, `part` waits for the session's end.
"""

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass, replace

import structlog

from domain.errors import LineClosed
from domain.playbook import Playbook
from language.call_screening import is_screening
from ports.speech_to_text import Anticipation, SpeechToText
from ports.telephony import Digit, HungUp, Line, LineEvent, Played, Sound
from ports.text_to_speech import TextToSpeech
from ports.voice_activity import VoiceActivity
from server.call.digits import Digits
from server.call.ear import Ear
from server.call.heard import HeardWords
from server.call.mouth import Mouth
from server.call.recognising import Recognising
from server.call.silence import Patience
from server.call.talk import Talk
from server.call.turns import Turn
from sessions.service import Parley
from sessions.tasks import end, to_the_end
from speech.barge_in import Verdict
from speech.endpointing import TurnSoFar, hold_seconds

SCREENED_TURNS = 2
"""What is heard first on a call of ours may be a machine that screens calls."""
LOOK_SECONDS = 0.5
"""How often the clock is looked at."""

log = structlog.get_logger(__name__)


@dataclass(frozen=True)
class CallPorts:
    """What calls are made with; shared by all of them."""

    parley: Parley
    voice: TextToSpeech
    activity: VoiceActivity
    stt: SpeechToText
    ahead: Anticipation | None = None
    """The same recogniser, where it may begin before a turn is certain to be over."""


class _Over(Exception):
    """The line, and perhaps the call, has come to its end."""


class MediaCall:
    """Leads one call. `run` returns when the line is gone or the call was ended."""

    def __init__(self, line: Line, ports: CallPorts, playbook: Playbook) -> None:
        start = line.start
        self._line = line
        self._ports = ports
        self._playbook = playbook
        self._ear = Ear(start.sound, ports.activity.open_line(), ports.activity.frame_samples)
        self._heard = HeardWords(ports.parley.speaking, start.tenant_id, start.session_id)
        self._mouth = Mouth(line, ports.voice, self._heard)
        self._talk = Talk(ports.parley, playbook, line, self._mouth, self._heard)
        self._recognising = Recognising(ports.stt, ports.ahead, playbook, line)
        self._patience = Patience()
        self._digits = Digits()
        self._turns: asyncio.Queue[Turn] = asyncio.Queue()
        self._idle = False
        """Whether the next turn is waited for."""
        self._over = False
        self._unscreened = 0

    async def run(self) -> None:
        """Lead the call; what was heard is kept whatever ends it.

        Raises:
            NotFound, Unavailable: what it begins with could not be read.
        """
        prepare = self._recognising.prepare(self._ports.parley)
        parts = (self._listen(), self._converse(), self._watch(), self._part(), self._mouth.run(), self._heard.run())
        tasks = [asyncio.create_task(part) for part in (*parts, prepare)]
        try:
            await asyncio.wait(tasks, return_when=asyncio.FIRST_EXCEPTION)
        finally:
            errors = await to_the_end(self._close(tasks))
        for error in errors:
            if not isinstance(error, (_Over, LineClosed)):
                raise error
        log.info("line_ended", session_id=self._line.start.session_id, over=self._over)

    async def _close(self, tasks: Sequence[asyncio.Task[None]]) -> list[BaseException]:
        """Let nothing run on, and keep what is left to be kept; returns what the tasks broke with."""
        await asyncio.gather(*(end(task) for task in tasks))
        await self._recognising.end()
        if self._over:
            self._talk.close()
        await self._heard.flush()
        return [error for task in tasks if not task.cancelled() and (error := task.exception()) is not None]

    async def _listen(self) -> None:
        async for event in self._line.events():
            if isinstance(event, Sound):
                whole = self._ear.take(event.data)
                while whole:
                    await self._hear()
                    whole = self._ear.has_frame
            else:
                await self._take(event)
        raise _Over

    async def _take(self, event: LineEvent) -> None:
        match event:
            case Played(mark):
                self._mouth.played(mark)
            case Digit(digit):
                self._patience.answered()
                await self._entered(self._digits.press(digit, _now()))
            case HungUp(_, over):
                self._over = over
                raise _Over

    async def _hear(self) -> None:
        """Hear a frame, and take what somebody has said with it for a turn."""
        if self._ear.hears_silence:
            self._ear.hold(hold_seconds(self._so_far()))
        frame = await self._ear.hear()
        await self._talk.overhear(frame.voiced, frame.samples)
        if frame.lull is not None:
            self._recognising.expect(frame.lull)
        if frame.utterance is not None:
            self._patience.answered()
            self._talk.await_words()
            self._turns.put_nowait(Turn(sound=frame.utterance, over_ours=self._talk.speaking))

    def _so_far(self) -> TurnSoFar:
        """What is known of the turn; a yes that would decide something is not hurried: "yes ... but on Tuesday"."""
        said, talk = self._recognising.so_far, self._talk
        short = said.short_answer and not talk.asks_consent
        return replace(said, short_answer=short, expects_spelling=talk.expects_spelling)

    async def _entered(self, digits: str | None) -> None:
        if digits is not None:
            await self._talk.interrupt()
            self._turns.put_nowait(Turn(words=" ".join(digits)))

    async def _converse(self) -> None:
        await self._talk.begin()
        while True:
            self._idle = True
            turn = await self._turns.get()
            self._idle = False
            await self._answer(turn)
            if self._talk.ended or self._talk.handover is not None:
                await self._conclude()

    async def _answer(self, turn: Turn) -> None:
        if turn.over_ours and not await self._means_it(turn):
            return
        if await self._screened(turn):
            await self._talk.introduce()
        else:
            await self._talk.take(turn)

    async def _conclude(self) -> None:
        """Do what was decided about the call once the words that say so were heard; what the caller says goes first."""
        await self._mouth.silent()
        if self._ear.hears_speech or not self._turns.empty():
            return
        if self._talk.ended:
            await self._end()
        await self._talk.hand_over()

    async def _screened(self, turn: Turn) -> bool:
        """Tell whether a machine asks, before it puts our call through, who is calling."""
        if not self._line.start.outbound or turn.sound is None or self._unscreened >= SCREENED_TURNS:
            return False
        self._unscreened += 1
        return is_screening(await self._recognising.recognise(turn.sound.data))

    async def _means_it(self, turn: Turn) -> bool:
        """Tell whether a short sound over our words is meant to stop them: its words decide."""
        assert turn.sound is not None
        words = await self._recognising.weigh(turn.sound.data, question_open=self._talk.question_open)
        return await self._talk.judge(words) is Verdict.INTERRUPT

    async def _watch(self) -> None:
        while True:
            await asyncio.sleep(LOOK_SECONDS)
            await self._entered(self._digits.pause(_now()))
            if not self._idle or self._talk.speaking or self._ear.hears_speech or not self._turns.empty():
                self._patience.busy()
            elif self._patience.runs_out(_now()):
                await self._prompt()

    async def _prompt(self) -> None:
        """Say that nobody is heard; after some times, say goodbye and end, unless that is what brings an answer."""
        manners = self._playbook.manners
        if not self._patience.over:
            self._talk.say(manners.silence[min(self._patience.prompts, len(manners.silence)) - 1])
            return
        self._talk.say(manners.goodbye)
        await self._mouth.silent()
        if self._patience.over and not self._ear.hears_speech:
            await self._end()

    async def _part(self) -> None:
        """When the session was ended elsewhere, say that the call is over, and end it."""
        await self._heard.refused.wait()
        await self._talk.part()
        await self._mouth.silent()
        await self._end()

    async def _end(self) -> None:
        self._over = True
        await self._line.hang_up()
        raise _Over


def _now() -> float:
    return asyncio.get_running_loop().time()
