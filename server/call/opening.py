"""What a call begins with, whichever side has called."""

from domain.manners import Manners
from ports.telephony import LineStart
from sessions.service import Parley


async def business_of(parley: Parley, start: LineStart) -> str:
    """The business in whose name the call is led; empty where the call context names none."""
    state = await parley.get_session_state(start.session_id, tenant_id=start.tenant_id)
    return str(state["call_context"].get("business", ""))


async def first_words(parley: Parley, start: LineStart, manners: Manners) -> str:
    """Greet whoever has called us, or say who is calling."""
    business = await business_of(parley, start)
    return manners.call(business) if start.outbound else manners.greet(business)
