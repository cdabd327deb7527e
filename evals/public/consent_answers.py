"""Yes or no? Answers to what agents said, judged by the rule that the gate uses, under either of its gatings."""

from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Any

from domain.tool_call import ConsentMode
from evals.public.booking_playbook import build_booking_playbook, derive
from evals.public.rows import Row
from evals.public.scored import Prediction
from language.consent.judging import Judgement, Verdict, judge
from nodes.judging import Asked, judge_call

LABELS: Mapping[Verdict, str] = MappingProxyType(
    {Verdict.GRANTED: "affirm", Verdict.REFUSED: "negate", Verdict.UNCLEAR: "other"}
)
ACT_DUE = frozenset({"confirm", "counter_offer"})
"""Kinds of rows in which details were said for a yes, so that a call waits for one."""

_TOOL = build_booking_playbook().tools[0]
"""A tool whose details are read back, and that does nothing."""
_FLAGS = {"True": True, "False": False, "None": None}
"""How the rows write values that are no words."""
_RIDE = ("cab", "ride", "taxi")
_TICKETS = ("ticket", "seat", "flight", "trip", "bus", "train")
_SUBJECTS: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "Alarm": ("alarm",),
        "Banks": ("transfer", "money"),
        "Buses": _TICKETS,
        "Calendar": ("event", "calendar"),
        "Coffee": ("order",),
        "Events": ("ticket", "event", "seat"),
        "Flights": _TICKETS,
        "Homes": ("visit", "tour", "property", "apartment"),
        "Hotels": ("room", "hotel", "house", "reservation", "place", "stay"),
        "Media": ("movie", "film"),
        "Messaging": ("location",),
        "Movies": ("ticket", "movie"),
        "Music": ("song", "music", "track"),
        "Payment": ("payment", "money"),
        "RentalCars": ("car", "rental", "reservation"),
        "Restaurants": ("table", "reservation", "restaurant"),
        "RideSharing": _RIDE,
        "Services": ("appointment",),
        "Trains": _TICKETS,
    }
)
"""Family of services -> what its acts are done to."""
_ACTS = ("book", "reserve", "schedule", "make", "buy", "purchase", "get", "order", "play", "send", "transfer", "set")


def judge_read_back(row: Row) -> Judgement:
    """Judge an answer as one to details that were said to the caller: those of the call that waits, where one does."""
    return judge_call(_TOOL, _pending(row), Asked(row["system"], derived=derive), row["user"])


def _pending(row: Row) -> dict[str, Any]:
    """The arguments of the call that waits."""
    return {slot: _FLAGS.get(values[0], values[0]) for slot, values in (row.get("pending") or {}).items()}


def judge_asked(row: Row) -> Judgement:
    """Judge an answer as one that must be a plain yes to a plain question for the act."""
    subject = _SUBJECTS.get(row["service"].partition("_")[0], ("booking",))
    return judge(row["system"], row["user"], subject=subject, acts=_ACTS, mode=ConsentMode.ASK)


def answer_by(judged: Callable[[Row], Judgement]) -> Callable[[Row], Prediction]:
    """Answer a row with its label, and whether the call that waits would run."""

    def answer(row: Row) -> Prediction:
        verdict = judged(row).verdict
        execute = verdict is Verdict.GRANTED and row["kind"] in ACT_DUE
        return {"id": row["id"], "label": LABELS[verdict], "execute": execute}

    return answer
