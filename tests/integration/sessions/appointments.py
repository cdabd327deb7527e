"""A business that books, cancels and moves appointments: effects that stand until they are taken back."""

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from itertools import count
from typing import Any

from domain.errors import ToolRefused
from domain.playbook import CallMoment, Playbook, ToolAnswer
from domain.tool_call import ConsentMode, Effect
from playbooks.loader import load_playbooks
from ports.chat_model import ChatAnswer, ChatRequest
from providers.scripted.chat_model import ScriptedChatModel, calls, says
from tools.business_tool import LangChainTool, Moment, business_tool

NAME = "lumen"
"""The playbook whose tools these take the place of."""

Wish = tuple[str, dict[str, Any]]


@dataclass
class Appointments:
    """The tools, and how often each has run; ends what a new effect takes back, in the way a business would."""

    gate: ConsentMode | None = None
    ran: list[Wish] = field(default_factory=list)
    _numbers: Iterator[int] = field(default_factory=lambda: count(1))

    async def book_appointment(self, day: str, doctor: str, moment: Moment) -> ToolAnswer:
        """Book; cancelling it later is new again."""
        self.ran.append(("book_appointment", {"day": day, "doctor": doctor}))
        ends = _standing(moment, "cancel_appointment", day=day)
        return ToolAnswer({"appointment": next(self._numbers)}, ends=ends)

    async def cancel_appointment(self, day: str, moment: Moment) -> ToolAnswer:
        """Take every appointment of the day back."""
        booked = _standing(moment, "book_appointment", day=day) + _standing(moment, "move_appointment", to=day)
        if not booked:
            raise ToolRefused(f"There is no appointment on {day}.")
        self.ran.append(("cancel_appointment", {"day": day}))
        return ToolAnswer({"cancelled": len(booked)}, ends=booked)

    async def move_appointment(self, day: str, to: str, moment: Moment) -> ToolAnswer:
        """Replace the appointment of a day by one on another."""
        booked = _standing(moment, "book_appointment", day=day) + _standing(moment, "move_appointment", to=day)
        if not booked:
            raise ToolRefused(f"There is no appointment on {day}.")
        self.ran.append(("move_appointment", {"day": day, "to": to}))
        return ToolAnswer({"appointment": next(self._numbers)}, ends=booked)

    @property
    def playbook(self) -> Playbook:
        """The business as a playbook."""
        tools = (self._book(), _commits(self.cancel_appointment, "day"), _commits(self.move_appointment, "day", "to"))
        return replace(load_playbooks()[NAME], tools=tools)

    def _book(self) -> LangChainTool:
        return business_tool(
            self.book_appointment,
            description="Book",
            effect=Effect.COMMIT,
            consent=self.gate,
            subject=("appointment",),
            acts=("book",),
            exempt=("day", "doctor"),
        )


def _commits(function: Any, *exempt: str) -> LangChainTool:
    return business_tool(function, description="Do it", effect=Effect.COMMIT, exempt=exempt)


def _standing(moment: CallMoment, name: str, **arguments: str) -> list[str]:
    """The ids of the standing calls of a tool that have these arguments."""
    return [
        call["call_id"]
        for call in moment.standing
        if call["name"] == name and arguments.items() <= call["arguments"].items()
    ]


@dataclass
class Wishes:
    """A model that asks for what it is told to, whatever the caller says."""

    now: tuple[Wish, ...] = ()

    @property
    def model(self) -> ScriptedChatModel:
        """The model."""
        return ScriptedChatModel(self._answer)

    def _answer(self, request: ChatRequest) -> ChatAnswer:
        if request.purpose == "decide":
            return calls(*self.now)
        return says(request.messages[0].content.rsplit('"newest_turn": "')[1].removesuffix('"}'))
