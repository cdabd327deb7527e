"""Random cuts: what a call keeps as heard, against what the far end really played, to the byte."""

import asyncio
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from random import Random

from bench.voice.far_end import WORD_BYTES, CountingVoice
from bench.voice.spoken_line import TURN, Kept, Line, open_line
from bench.voice.virtual_time import VirtualLoop
from language.sentences import split_sentences
from speech.framing import RATE_HZ

LONGEST_DELAY = 0.12
"""Seconds that a mark takes back at most."""
MOST_SENTENCES, MOST_WORDS = 6, 9
LETTERS = "bcdfghjklm"


class Cut(StrEnum):
    """How an answer is cut off."""

    CLEAR = "the caller speaks over it"
    FALSE_ALARM = "it is stopped for nothing, goes on, and the caller hangs up"
    HANG_UP = "the caller hangs up"
    LOST = "the line is lost, the call goes on with another, and the caller hangs up"


@dataclass(frozen=True)
class Outcome:
    """What one cut came to.

    `unplayed` words were claimed and not played; `unproven` sentences were played in part or whole and not claimed;
    of these `fragments` were played in part."""

    cut: Cut
    unplayed: int
    unproven: int
    fragments: int


def make_sentences(random: Random) -> list[str]:
    """Make an answer of sentences in which no word comes twice."""
    number, sentences = 0, []
    for _ in range(random.randint(1, MOST_SENTENCES)):
        words = [_word(number + place) for place in range(random.randint(1, MOST_WORDS))]
        number += len(words)
        sentences.append(" ".join(words).capitalize() + ".")
    return sentences


def _word(number: int) -> str:
    """Name a number by a word that is none and that nothing makes another of."""
    return "".join(f"{LETTERS[int(digit)]}o" for digit in f"{number:02}") + "x"


async def cut_once(cut: Cut, random: Random) -> Outcome:
    """Say an answer, cut it off at a random byte, and hold what is kept against what was played."""
    sentences, delay = make_sentences(random), random.uniform(0, LONGEST_DELAY)
    kept, voice = Kept(whole=" ".join(sentences)), CountingVoice()
    played: set[str] = set()
    async with open_line(kept, voice, delay) as line:
        saying = asyncio.create_task(line.say(sentences, random))
        await _until_a_random_byte(sentences, random)
        await _stop(cut, line, saying, random)
        played |= _words(voice.words[number] for number in line.far.played())
    if cut is Cut.LOST:
        played |= await _say_the_rest(kept, delay, random)
    return _judge(cut, sentences, kept.words, played)


async def _until_a_random_byte(sentences: Sequence[str], random: Random) -> None:
    total = sum(len(sentence.split()) for sentence in sentences) * WORD_BYTES
    await asyncio.sleep((random.randrange(total) + 0.5) / RATE_HZ)  # between two bytes, clear of rounding


async def _stop(cut: Cut, line: Line, saying: asyncio.Task[None], random: Random) -> None:
    """Cut the answer off in one way."""
    if cut is Cut.FALSE_ALARM:
        await line.stop()
        await asyncio.sleep(random.uniform(0, 2))
        line.go_on()
        await asyncio.sleep(random.uniform(0, 2))
    saying.cancel()
    await asyncio.wait({saying})
    match cut:
        case Cut.CLEAR:
            await line.stop()
            line.heard.cut()
        case Cut.LOST:
            line.far.lose()
        case _:
            await line.hang_up()


async def _say_the_rest(kept: Kept, delay: float, random: Random) -> set[str]:
    """Go on with another line as a call does whose line was lost; return the words that it played."""
    voice = CountingVoice()
    rest = split_sentences(kept.whole.removeprefix(kept.words).strip())
    async with open_line(kept, voice, delay) as line:
        line.heard.resume(TURN, kept.words)
        saying = asyncio.create_task(line.say(rest, random))
        await asyncio.sleep(random.uniform(0, 3))
        saying.cancel()
        await asyncio.wait({saying})
        await line.hang_up()
        return _words(voice.words[number] for number in line.far.played())


def _judge(cut: Cut, sentences: Sequence[str], heard: str, played: set[str]) -> Outcome:
    """Hold the claim against the truth; what is claimed has to be how the answer begins."""
    words = [_words(sentence.split()) for sentence in sentences]
    claimed = _words(heard.split())
    if not " ".join(sentences).startswith(heard):
        return Outcome(cut, len(claimed), 0, 0)
    unproven = [sentence for sentence in words if sentence & played - claimed]
    fragments = sum(not sentence <= played for sentence in unproven)
    return Outcome(cut, len(claimed - played), len(unproven), fragments)


def _words(words: Iterable[str]) -> set[str]:
    return {word.strip(".").lower() for word in words}


@dataclass
class Cuts:
    """What many cuts came to."""

    outcomes: list[Outcome] = field(default_factory=list)

    @property
    def unplayed(self) -> int:
        """Words that were claimed and not played."""
        return sum(outcome.unplayed for outcome in self.outcomes)

    @property
    def off(self) -> Counter[int]:
        """How many cuts left so many sentences unproven that were played in part or whole."""
        return Counter(outcome.unproven for outcome in self.outcomes)

    @property
    def most_fragments(self) -> int:
        """The most sentences that were played in part and not claimed, of all cuts."""
        return max(outcome.fragments for outcome in self.outcomes)


def make_cuts(numbers: range, seed: int = 1) -> Cuts:
    """Make the cuts of these numbers on virtual time, all kinds in turn; the same seed makes the same."""

    async def make() -> list[Outcome]:
        kinds = list(Cut)
        return [await cut_once(kinds[n % len(kinds)], Random(f"{seed}:{n}")) for n in numbers]

    with asyncio.Runner(loop_factory=VirtualLoop) as runner:
        return Cuts(runner.run(make()))
