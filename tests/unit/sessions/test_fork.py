"""What waits and what stands in a fork."""

from datetime import UTC, datetime
from typing import Any

from domain.session import SessionFacts
from domain.tool_call import CallStatus, Effect, Outcome, PlannedCall
from nodes.planning import call_id
from sessions.replaying.fork import Fork

FACTS = SessionFacts("demo", "s", "lumen", "api", {}, None, datetime(2026, 5, 4, tzinfo=UTC))
EFFECTS = {"book": Effect.COMMIT.value, "cancel": Effect.COMMIT.value}


def outcome(name: str, status: CallStatus, *, ordinal: int = 0, **arguments: Any) -> Outcome:
    call = PlannedCall(id=call_id("s", 1, ordinal), seq=1, ordinal=ordinal, name=name, arguments=arguments, evidence="")
    return Outcome(call=call, status=status.value, result={}, change=[])


def test_a_decision_is_for_the_call_it_was_made_about() -> None:
    fork = Fork(FACTS, {})
    fork.settle([outcome("book", CallStatus.HELD)], EFFECTS, "Shall I?")
    assert fork.holds(outcome("book", CallStatus.DONE))
    assert not fork.holds(outcome("cancel", CallStatus.DONE))
    assert not fork.holds(outcome("book", CallStatus.DONE, day="Monday"))
    fork.settle([outcome("book", CallStatus.REFUSED)], EFFECTS, None)
    assert not fork.holds(outcome("book", CallStatus.DONE))


def test_an_effect_stands_until_another_call_ends_it() -> None:
    fork = Fork(FACTS, {})
    booked = outcome("book", CallStatus.DONE)
    fork.settle([booked], EFFECTS, None)
    assert list(fork._standing) == [booked["call"]["id"]]
    fork.settle([{**outcome("cancel", CallStatus.DONE, ordinal=1), "ends": [booked["call"]["id"]]}], {}, None)
    assert fork._standing == {}
