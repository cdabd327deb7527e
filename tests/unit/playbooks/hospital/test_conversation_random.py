"""Calls in which anything may follow anything: nothing breaks, and nothing happens that nobody agreed to."""

import asyncio
from datetime import datetime

from hypothesis import example, given, settings
from hypothesis import strategies as st

from playbooks.hospital.asking import phrases
from playbooks.hospital.directory import DIRECTORY
from tests.unit.playbooks.hospital.talking import ASHA, Call

LINES = (
    "yes", "no", "okay", "great, thank you", "yes, that's it", "not yet", "bye", "hello", "um", "what was that",
    "Dr. Mehta on Friday at ten", "the skin doctor", "tomorrow", "at half past four", "next Friday", "in the morning",
    "no, Thursday", "make it five", "the second one", "the earlier one", "none of those", "any of them",
    "Priya Nambiar", "priya dot nambiar at gmail dot com", "my name is Jo", "eleven",
    "nine eight seven six five four three two one oh",
    "cancel my appointment", "cancel my appointment on Friday", "actually cancel it", "move it to Monday at eleven",
    "what are your hours", "when is he in", "which doctors do you have", "can I talk to a person", "send it again",
    "I have chest pain", "Dr Khan on Sunday at 9", "the 31st of February", "yesterday at ten", "the time", "the doctor",
    "cancel my appointment on Friday and book me one with a dermatologist on Monday at ten", "an hour later",
    "book Dr Khan on Monday at nine, and then a dentist on Tuesday at eleven, and what are your hours", "and five",
    "it's for my mother", "it's for my son Arjun Menon", "priya nambiar at gmail com", "I don't have one", "kal subah",
    "and also Dr Iyer on Monday at eleven", "the day after that", "any other time", "how much is it", "mine",
)  # fmt: skip
_GATED = {
    "book_appointment": phrases.BOOK,
    "cancel_appointment": phrases.CANCEL,
    "reschedule_appointment": phrases.MOVE,
}


@settings(max_examples=40, deadline=None)
@given(lines=st.lists(st.just("yes") | st.sampled_from(LINES), min_size=1, max_size=10), known=st.booleans())
@example(lines=["Dr Khan on Monday at nine", "yes", "yes", "cancel my appointment on Monday", "yes"], known=True)
@example(lines=["cancel my appointment", "um", "um", "which doctors do you have", "yes"], known=True)
def test_what_is_done_was_asked_for_in_the_words_before(lines: list[str], known: bool) -> None:
    call = Call(ASHA if known else {})
    call.take("Dr. Anil Mehta", datetime(2026, 11, 20, 10, tzinfo=DIRECTORY.zone))
    for line in lines:
        asked, before = call.question or "", len(call.calls)
        asyncio.run(call.say(line))
        for made in call.calls[before:]:
            question = _GATED.get(made["function_name"])
            assert question is None or not made["success"] or asked.endswith(question), (line, made, asked)
