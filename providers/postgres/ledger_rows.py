"""A call's outcome as a row of the ledger, in a call and in its replays."""

from collections.abc import Mapping
from typing import Any

from domain.tool_call import Outcome
from ports.database import personal


def ledger_row(outcome: Outcome, effects: Mapping[str, str]) -> dict[str, Any]:
    """Make the row; what quotes the caller is personal."""
    call = outcome["call"]
    return {
        "seq": call["seq"],
        "ordinal": call["ordinal"],
        "id": call["id"],
        "name": call["name"],
        "effect": effects.get(call["name"], "unknown"),
        "arguments": personal(call["arguments"]),
        "evidence": personal(call["evidence"]),
        "status": outcome["status"],
        "result": personal(outcome["result"]),
        "change": personal(outcome["change"]),
        "error": personal(outcome.get("error")),
    }
