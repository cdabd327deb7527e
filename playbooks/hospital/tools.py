"""The front desk's tools, with their policies."""

from collections.abc import Mapping
from dataclasses import replace
from functools import wraps
from typing import Any

from domain.playbook import CallMoment, ToolAnswer
from domain.tool_call import ConsentMode, Effect
from playbooks.hospital.booking import book_appointment, check_appointment_availability
from playbooks.hospital.call_record import log_call_information, noted
from playbooks.hospital.changing import cancel_appointment, reschedule_appointment, send_appointment_email
from playbooks.hospital.customer import update_customer_info
from tools.business_tool import LangChainTool, ToolFunction, business_tool
from tools.catalogue import build_catalogue, end_call

_NOUNS = ("appointment", "booking", "slot", "visit")

_GATED: tuple[tuple[ToolFunction, tuple[str, ...], tuple[str, ...], tuple[str, ...]], ...] = (
    (
        book_appointment,
        ("book", "make", "schedule", "arrange", "reserve", "confirm"),
        ("duration_minutes",),
        ("booked", "confirmed"),
    ),
    (cancel_appointment, ("cancel", "call off", "drop"), ("reason",), ("cancelled",)),
    (reschedule_appointment, ("move", "reschedule", "change", "shift", "postpone"), (), ("moved", "booked")),
)
"""What commits the hospital and the patient: function, verbs of the act, exempt arguments, claims it backs."""

_OPEN: tuple[tuple[ToolFunction, Effect, tuple[str, ...]], ...] = (
    (check_appointment_availability, Effect.READ, ("duration_minutes",)),
    (send_appointment_email, Effect.REVERSIBLE, ()),
    (log_call_information, Effect.REVERSIBLE, ("call_type", "summary")),
    (update_customer_info, Effect.REVERSIBLE, ("field_to_update",)),
    (end_call, Effect.REVERSIBLE, ()),
)
"""What needs nobody's yes: function, effect, exempt arguments."""

_SHARED = ("end_call", "transfer_to_human")
"""What any playbook may name, and which knows nothing of the record of the call."""


def build_tools(told: Mapping[str, str]) -> tuple[LangChainTool, ...]:
    """Make the tools; `told` is what the model is told of each."""
    gated = (
        business_tool(
            function,
            description=told[function.__name__],
            effect=Effect.COMMIT,
            consent=ConsentMode.READ_BACK,
            subject=_NOUNS,
            acts=acts,
            exempt=exempt,
            backs=backs,
        )
        for function, acts, exempt, backs in _GATED
    )
    free = (
        business_tool(function, description=told[function.__name__], effect=effect, exempt=exempt)
        for function, effect, exempt in _OPEN
    )
    human = build_catalogue(told={"transfer_to_human": told["transfer_to_human"]})["transfer_to_human"]
    return tuple(_recorded(tool) if tool.name in _SHARED else tool for tool in (*gated, *free, human))


def _recorded(tool: LangChainTool) -> LangChainTool:
    """A shared tool after which the record of the call is brought up to date, as it is after the desk's own."""
    shared = tool.tool.coroutine
    assert shared is not None

    @wraps(shared)
    async def recorded(moment: CallMoment, **arguments: Any) -> ToolAnswer:
        answer: ToolAnswer = await shared(moment=moment, **arguments)
        return replace(answer, statements=[noted(moment)])

    return replace(tool, tool=tool.tool.model_copy(update={"coroutine": recorded}))
