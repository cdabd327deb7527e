"""A toy business with one tool, read back before it runs, so that dialogues go through the nodes of a turn."""

import re
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime, time
from typing import Any

from domain.conversation import CallContext
from domain.dataset import DatasetModel
from domain.playbook import Conversation, Playbook, ToolAnswer
from domain.tool_call import ConsentMode, Effect, ProposedCall
from language.anchoring.derivations import Setting, derivations
from language.anchoring.derived_values import Derivation
from language.slots.dates.said import SpokenDate, dates
from language.slots.options import match_option
from language.slots.times.said import times
from tools.business_tool import Moment, business_tool

NOW = datetime(2019, 3, 1, 8, tzinfo=UTC)
"""The clock of all dialogues."""
OPENING = (time(8), time(20))
TOOL = "book_appointment"
WHOM, DAY, AT = "whom", "appointment_date", "appointment_time"


class BookingDataset(DatasetModel):
    """What a dialogue has come to: whom, day and time, and everybody whom the agent has named."""

    whom: str | None = None
    appointment_date: str | None = None
    appointment_time: str | None = None
    named: tuple[str, ...] = ()


async def book_appointment(whom: str, appointment_date: str, appointment_time: str, moment: Moment) -> ToolAnswer:
    """Book; what comes of it is told by the dialogue."""
    return ToolAnswer({"success": True})


def build_booking_playbook() -> Playbook:
    """Make the playbook; its analyst asks for a booking as soon as whom, day and time are known."""
    tool = business_tool(
        book_appointment,
        description="Book an appointment.",
        effect=Effect.COMMIT,
        consent=ConsentMode.READ_BACK,
        backs=("booked",),
    )
    return Playbook(
        name="public_booking",
        title="Appointments of public dialogues",
        caller="Caller",
        agent="Agent",
        dataset=BookingDataset,
        tools=(tool,),
        context=CallContext(),
        prompts={},
        analyst=_analyst,
        derive=derive,
    )


def read_slots(words: str, question: str | None, named: Sequence[str] = ()) -> dict[str, str]:
    """The slots that words give, as answers to the agent's last ones: ISO date, HH:MM, one of those `named`."""
    asked = (question or "").lower()
    whom = match_option(words, dict.fromkeys(named, ())) if named else None
    for name in named:
        words = re.sub(re.escape(name), "...", words, flags=re.IGNORECASE)  # "Salon 18/8" names no day
    days = dates(words, NOW, expects=_asks(asked, "day", "date", "when"), day_first=False)
    single = [day for day in days if isinstance(day, SpokenDate) and day.until is None]
    hours = times(words, NOW, opening=OPENING, expects=_asks(asked, "time", "when", "o'clock"))
    apart = [at for at in hours if at.until is None and not any(d.start <= at.start and at.end <= d.end for d in days)]
    return {
        **({DAY: single[-1].value.isoformat()} if single else {}),
        **({AT: f"{apart[-1].value:%H:%M}"} if apart else {}),
        **({WHOM: whom.option} if whom and whom.certain else {}),
    }


def _asks(question: str, *words: str) -> bool:
    return "?" in question and any(word in question for word in words)


def _analyst(conversation: Conversation) -> Sequence[ProposedCall]:
    known: Mapping[str, Any] = conversation.dataset
    said = read_slots(conversation.cleaned, conversation.question, known["named"])
    slots = {slot: said.get(slot) or known[slot] for slot in (WHOM, DAY, AT)}
    return [ProposedCall(TOOL, slots, evidence=conversation.cleaned)] if all(slots.values()) else []


def derive(text: str, now: float) -> Sequence[Derivation]:
    """The days and times that words give by the clock of all dialogues."""
    return derivations(text, Setting(NOW, "US", day_first=False, opening=OPENING))
