"""What Twilio tells of a call while it goes on: where it stands, and who picked up."""

from datetime import timedelta

import structlog

from providers.twilio.amd import read_verdict
from providers.twilio.ports import CallProgress, CallState, Switchboard
from providers.twilio.webhook import Webhook

log = structlog.get_logger(__name__)


async def take_status(webhook: Webhook, board: Switchboard) -> None:
    """Hand on a status callback; a status that is not known is left out. Raises InvalidInput, or the board's errors."""
    progress = read_progress(webhook)
    if progress is None:
        log.info("call_status_unknown", call_id=webhook.call.call_id)
        return
    await board.progressed(progress)


async def take_verdict(webhook: Webhook, board: Switchboard) -> None:
    """Hand on what detection says. Raises as `take_status`."""
    await board.answered(webhook.call, read_verdict(webhook.field("AnsweredBy")))


def read_progress(webhook: Webhook) -> CallProgress | None:
    """Read a status callback; None for a status that is not known. Raises InvalidInput."""
    call, state = webhook.call, webhook.field("CallStatus")
    if state not in set(CallState):
        return None
    lasted = webhook.count("CallDuration")
    return CallProgress(
        call=call,
        state=CallState(state),
        sequence=webhook.count("SequenceNumber"),
        lasted=None if lasted is None else timedelta(seconds=lasted),
        reason=webhook.fields.get("ErrorCode") or webhook.fields.get("SipResponseCode") or None,
    )
