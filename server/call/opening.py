"""What a call begins with, whichever side has called."""

import structlog

from domain.conversation import CallContext
from domain.errors import NotFound, Unavailable
from domain.playbook import Playbook
from ports.telephony import LineStart
from sessions.service import Parley

log = structlog.get_logger(__name__)


async def business_of(parley: Parley, start: LineStart) -> str:
    """The business in whose name the call is led; empty where the call context names none, or cannot be read now."""
    try:
        state = await parley.get_session_state(start.session_id, tenant_id=start.tenant_id)
    except (Unavailable, NotFound) as error:
        log.warning("call_context_not_read", session_id=start.session_id, code=error.code)
        return ""
    return str(state["call_context"].get("business", ""))


async def first_words(parley: Parley, start: LineStart, playbook: Playbook) -> str:
    """Greet whoever has called us, by name if the playbook knows them, or say who is calling."""
    state = await parley.get_session_state(start.session_id, tenant_id=start.tenant_id)
    context = CallContext.model_validate(state["call_context"])
    if start.outbound:
        return playbook.manners.call(context.business)
    own = playbook.greeting(state["dataset"], context) if playbook.greeting else None
    return own or playbook.manners.greet(context.business)
