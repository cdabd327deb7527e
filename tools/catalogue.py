"""Tools that any playbook may name: the customer, appointments, quotes, the lead, a human, the end of the call.

Their effects are dataset changes: `/customer` and `/lead_status` are set, `/appointments` and `/quotes` grow,
`/transfer` and `/ended` are set once. The dataset of a playbook that names one is a CatalogueDataset: it has them all.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from typing import Annotated, Any, Literal
from zoneinfo import ZoneInfo

from pydantic import AfterValidator, Field

from domain.dataset import Change, DatasetModel, append, set_once, set_value
from domain.errors import ToolRefused
from domain.playbook import CallMoment, ToolAnswer
from domain.tool_call import ConsentMode, Effect
from tools.business_tool import LangChainTool, Moment, ToolFunction, business_tool

CustomerField = Literal["name", "email", "phone", "company", "address", "notes"]
LeadStatus = Literal["new", "contacted", "qualified", "quoted", "won", "lost"]
_FINAL = frozenset({"won", "lost"})
_LONGEST = 500

_Act = tuple[tuple[str, ...], tuple[str, ...]]
"""The nouns and the verbs that a gated act is asked for by."""
_NO_ACT: _Act = ((), ())
_BOOKING: _Act = (
    ("appointment", "book", "booking", "schedule", "visit"),
    ("book", "schedule", "make", "arrange", "set up", "reserve"),
)
_TRANSFER: _Act = (
    ("human", "person", "colleague", "someone", "transfer", "through"),
    ("transfer", "put through", "connect", "hand over", "pass on", "pass"),
)
_ENDING: _Act = (("end", "call", "goodbye", "bye", "hang"), ("end", "hang up", "finish", "close"))


def _words(text: str) -> str:
    printable = " ".join("".join(letter if letter.isprintable() else " " for letter in text).split())
    if not printable:
        raise ValueError("is blank; give the caller's own words")
    if len(printable) > _LONGEST:
        raise ValueError(f"is longer than {_LONGEST} characters")
    return printable


Words = Annotated[str, AfterValidator(_words)]


class CatalogueDataset(DatasetModel):
    """The fields that the shared tools write; null and empty mean not yet."""

    customer: dict[CustomerField, str] = Field(default_factory=dict)
    appointments: list[dict[str, Any]] = Field(default_factory=list)
    quotes: list[dict[str, Any]] = Field(default_factory=list)
    lead_status: dict[str, Any] | None = None
    transfer: dict[str, Any] | None = None
    ended: dict[str, Any] | None = None


@dataclass(frozen=True)
class Terms:
    """What a business allows: its clock, hours, how far ahead it books, and what it charges."""

    zone: ZoneInfo = field(default_factory=lambda: ZoneInfo("UTC"))
    opens: time = time(8)
    closes: time = time(18)
    days_ahead: int = 365
    currency: str = "GBP"
    prices: Mapping[str, Decimal] = field(default_factory=dict)
    """Price of one of each product, by its name."""
    most_items: int = 1_000


async def update_customer_info(
    field_to_update: Annotated[CustomerField, Field(description="Which fact about the customer.")],
    new_value: Annotated[Words, Field(description="The value as the caller gave it.")],
    moment: Moment,
) -> ToolAnswer:
    """Note or correct a fact that callers have just stated about themselves."""
    if (moment.dataset.get("customer") or {}).get(field_to_update) == new_value:
        return _unchanged(f"{field_to_update} is on record already")
    return _done(f"{field_to_update} is now {new_value!r}", [set_value(f"/customer/{field_to_update}", new_value)])


async def update_lead_status(
    status: Annotated[LeadStatus, Field(description="Where the lead stands now.")],
    reason: Annotated[Words, Field(description="The caller's words that show it.")],
    moment: Moment,
) -> ToolAnswer:
    """Move the lead to the stage that the caller's words show; a lead that was won or lost stays so."""
    current = (moment.dataset.get("lead_status") or {}).get("status")
    if current == status:
        return _unchanged(f"the lead is {status} already")
    if current in _FINAL:
        raise ToolRefused(f"The lead was {current}; a closed lead is not opened again from a call.")
    return _done(f"the lead is {status}", [set_value("/lead_status", {"status": status, "reason": reason})])


async def transfer_to_human(
    reason: Annotated[Words, Field(description="Why the caller needs a human, in their words.")],
    moment: Moment,
) -> ToolAnswer:
    """Hand the caller to a human colleague, when they ask for one or agree to be put through."""
    return _once(moment, "transfer", {"reason": reason, "requested_at": moment.now}, "a colleague is being called")


async def end_call(
    reason: Annotated[Words, Field(description="Why the call ends, in the caller's words.")],
    moment: Moment,
) -> ToolAnswer:
    """End the call, when the caller has said goodbye or agreed to stop."""
    return _once(moment, "ended", {"reason": reason, "at": moment.now}, "the call ends")


def build_catalogue(terms: Terms | None = None, told: Mapping[str, str] | None = None) -> dict[str, LangChainTool]:
    """Make the shared tools by name; `told` replaces the description of a tool by a playbook's own."""
    terms = terms or Terms()
    act, reversible = Effect.COMMIT, Effect.REVERSIBLE
    ask, read_back = ConsentMode.ASK, ConsentMode.READ_BACK
    rows: tuple[tuple[ToolFunction, Effect, ConsentMode | None, _Act, tuple[str, ...]], ...] = (
        (update_customer_info, reversible, None, _NO_ACT, ("field_to_update",)),
        (_appointments(terms), act, read_back, _BOOKING, ("minutes",)),
        (_quotes(terms), reversible, None, _NO_ACT, ()),
        (update_lead_status, reversible, None, _NO_ACT, ("status",)),
        (transfer_to_human, act, ask, _TRANSFER, ()),
        (end_call, act, ask, _ENDING, ()),
    )
    texts = {function.__name__: _told(function) for function, *_ in rows} | dict(told or {})
    return {
        function.__name__: business_tool(
            function,
            description=texts[function.__name__],
            effect=effect,
            consent=consent,
            subject=subject,
            acts=acts,
            exempt=exempt,
        )
        for function, effect, consent, (subject, acts), exempt in rows
    }


def _appointments(terms: Terms) -> ToolFunction:
    async def schedule_appointment(
        day: Annotated[date, Field(description="The day, YYYY-MM-DD.")],
        starts: Annotated[time, Field(description="The local time it begins, HH:MM.")],
        purpose: Annotated[Words, Field(description="What it is for, in the caller's words.")],
        moment: Moment,
        minutes: Annotated[int, Field(description="How long it takes, 5 to 480 minutes.", ge=5, le=480)] = 60,
    ) -> ToolAnswer:
        """Book an appointment, when day, time and purpose are known and the caller has agreed to them."""
        begins = datetime.combine(day, starts.replace(tzinfo=None), terms.zone)
        booked = {
            "starts_at": begins.isoformat(),
            "ends_at": (begins + timedelta(minutes=minutes)).isoformat(),
            "purpose": purpose,
        }
        taken = moment.dataset.get("appointments") or []
        if booked in taken:
            return _unchanged("this appointment is booked already")
        _refuse_appointment(terms, begins, minutes, taken, moment)
        change = append("/appointments", booked, same_by=("starts_at", "ends_at", "purpose"))
        return _done(f"booked for {begins:%A %d %B %Y at %H:%M}", [change], appointment=booked)

    return schedule_appointment


def _refuse_appointment(
    terms: Terms, begins: datetime, minutes: int, taken: list[dict[str, Any]], moment: CallMoment
) -> None:
    """Raise ToolRefused for a time that has passed, is too far off, out of hours or taken."""
    now = datetime.fromtimestamp(moment.now, terms.zone)
    ends = begins + timedelta(minutes=minutes)
    if begins <= now:
        raise ToolRefused("That time has passed already.")
    if begins > now + timedelta(days=terms.days_ahead):
        raise ToolRefused(f"Appointments can be booked {terms.days_ahead} days ahead at most.")
    if begins.time() < terms.opens or ends.date() != begins.date() or ends.time() > terms.closes:
        raise ToolRefused(f"Appointments are possible from {terms.opens:%H:%M} to {terms.closes:%H:%M}.")
    for other in taken:
        starts, until = datetime.fromisoformat(other["starts_at"]), datetime.fromisoformat(other["ends_at"])
        if begins < until and starts < ends:
            raise ToolRefused("There is another appointment at that time.")


def _quotes(terms: Terms) -> ToolFunction:
    async def generate_quote(
        product: Annotated[Words, Field(description="The product by its name in the price list.")],
        quantity: Annotated[int, Field(description="How many.", ge=1)],
        moment: Moment,
    ) -> ToolAnswer:
        """Work out the price of a product from the price list, when the caller asks what it costs."""
        listed = {name.casefold(): name for name in terms.prices}
        name = listed.get(product.casefold())
        if name is None:
            raise ToolRefused(f"There is no list price for {product}.")
        if quantity > terms.most_items:
            raise ToolRefused(f"More than {terms.most_items} of {name} need an offer by a colleague.")
        unit = terms.prices[name]
        quote = {
            "product": name,
            "quantity": quantity,
            "unit_price": str(unit),
            "total": str(unit * quantity),
            "currency": terms.currency,
        }
        if quote in (moment.dataset.get("quotes") or []):
            return _unchanged("this quote was given already", quote=quote)
        change = append("/quotes", quote, same_by=tuple(quote))
        return _done(f"{quantity} x {name}: {quote['total']} {terms.currency}", [change], quote=quote)

    return generate_quote


def _told(function: ToolFunction) -> str:
    return " ".join((function.__doc__ or "").split())


def _once(moment: CallMoment, key: str, value: dict[str, Any], message: str) -> ToolAnswer:
    if moment.dataset.get(key) is not None:
        return _unchanged(f"{message} already")
    return _done(message, [set_once(f"/{key}", value)])


def _done(message: str, change: Change, **more: Any) -> ToolAnswer:
    return ToolAnswer({"success": True, "message": message, **more}, change)


def _unchanged(message: str, **more: Any) -> ToolAnswer:
    return ToolAnswer({"success": True, "message": message, "unchanged": True, **more})
