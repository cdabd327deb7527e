"""What a turn decides about its call: a recording needs a tool that cannot run without consent."""

from dataclasses import replace
from typing import Any, cast

import pytest

from domain.errors import Fault, ProviderRejected
from domain.playbook import Playbook, ToolAnswer
from domain.tool_call import ConsentMode, Effect
from domain.turn import TurnResult
from playbooks.loader import load_playbooks
from server.call.outcome import awaiting_consent, ends_call, may_be_recorded, recorded, transferred
from sessions.handover import Handover, handover_in
from tools.business_tool import Moment, business_tool


async def record_call(moment: Moment) -> ToolAnswer:
    """Record the call."""
    return ToolAnswer({"success": True, "at": moment.now})


def playbook(consent: ConsentMode | None) -> Playbook:
    """A playbook that can have calls recorded."""
    tool = business_tool(
        record_call,
        description="Record the call.",
        effect=Effect.COMMIT,
        consent=consent,
        subject=("call",),
        acts=("record",),
    )
    return replace(load_playbooks()["lumen"], tools=(tool,))


def result(name: str, *, success: bool = True, parameters: dict[str, Any] | None = None, **answer: Any) -> TurnResult:
    """A turn in which a tool was called."""
    call = {"id": "1", "function_name": name, "parameters": parameters or {}, "status": "done", "result": answer}
    return cast(TurnResult, {"function_calls": [call | {"success": success}]})


@pytest.mark.parametrize(
    ("consent", "success", "may"),
    [(ConsentMode.ASK, True, True), (ConsentMode.ASK, False, False), (None, True, False)],
)
def test_a_call_is_recorded_after_a_granted_consent_only(consent: ConsentMode | None, success: bool, may: bool) -> None:
    assert may_be_recorded(result("record_call", success=success), playbook(consent)) is may


def test_a_tool_that_the_playbook_does_not_have_records_nothing() -> None:
    assert not may_be_recorded(result("record_call"), replace(playbook(ConsentMode.ASK), tools=()))


def test_a_call_ends_when_the_tool_has_ended_it() -> None:
    assert ends_call(result("end_call"))
    assert not ends_call(result("end_call", success=False))
    assert not ends_call(result("record_call"))


def test_a_number_to_transfer_to_is_never_the_callers() -> None:
    manners = replace(playbook(None).manners, transfer_to="+15005550002")
    asked = {"reason": "a refund", "phone": "+19005550000"}
    calls = result("transfer_to_human", parameters=asked)["function_calls"]
    assert handover_in(calls, manners) == Handover("+15005550002", "a refund")
    chosen = result("transfer_call", parameters=asked, phone="+15005550003", summary="Wants a refund.")
    assert handover_in(chosen["function_calls"], manners) == Handover("+15005550003", "Wants a refund.")
    assert handover_in(result("transfer_call", success=False)["function_calls"], manners) is None


async def refuse(*_: str) -> None:
    """Do nothing of it."""
    raise ProviderRejected("test", Fault.REFUSED)


async def accept(*_: str) -> None:
    """Do it."""


async def test_what_cannot_be_done_is_said_to_be_so() -> None:
    assert (await recorded(accept), await recorded(refuse)) == (True, False)
    someone = Handover("+15005550002", "")
    assert (await transferred(someone, accept), await transferred(someone, refuse)) == (True, False)
    assert not await transferred(Handover("", ""), accept)


@pytest.mark.parametrize(
    ("before", "calls", "after"),
    [
        ((), {"book": "held"}, {"book"}),
        (("book",), {}, {"book"}),
        (("book",), {"other": "done"}, {"book"}),
        (("book",), {"book": "done"}, set()),
        (("book",), {"book": "refused"}, set()),
    ],
)
def test_a_held_tool_waits_for_the_caller_until_it_is_decided(
    before: tuple[str, ...], calls: dict[str, str], after: set[str]
) -> None:
    listed = [{"function_name": name, "status": status} for name, status in calls.items()]
    assert awaiting_consent(frozenset(before), cast(TurnResult, {"function_calls": listed})) == after
