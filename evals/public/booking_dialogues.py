"""Dialogues in which appointments are booked: which bookings are made, and at which turn."""

import asyncio
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from domain.playbook import Playbook
from evals.datasets import Threshold
from evals.public.booking_call import BookingCall, session_id_of
from evals.public.booking_playbook import build_booking_playbook
from evals.public.booking_service import BOOK, BookingService, load_services
from evals.public.consent_scores import MOST_FALSE, MOST_MISSED
from evals.public.rows import Row, Rows
from evals.public.scored import Bar, Counts, Line, Prediction, Scored, by_id, f1, percent

Turn = tuple[str, Mapping[str, Any] | None]


def predict(rows: Rows, folder: Path) -> Iterator[Sequence[Prediction]]:
    """Say at each turn of a caller which booking is made; dialogues without appointments have no answers."""
    services, playbook = load_services(folder), build_booking_playbook()
    with asyncio.Runner() as runner:
        for row in rows:
            booking = [services[name] for name in row["services"] if name in services]
            yield runner.run(_played(row, playbook, booking)) if booking else ()


async def _played(row: Row, playbook: Playbook, services: Sequence[BookingService]) -> Sequence[Prediction]:
    call = BookingCall(playbook, services, session_id_of(row["id"]))
    made: list[Prediction] = []
    for at, turn in enumerate(row["turns"]):
        if turn["s"] != "U":
            call.agent_says(turn["text"], turn["acts"])
            continue
        waiting = bool(call.held)
        booked = await call.caller_says(turn["text"])
        answer = {"name": BOOK if booked else None, "arguments": booked or {}, "transactional": bool(booked)}
        made.append({"id": f"{row['id']}#{at}", **answer, "waiting": waiting})
    return made


def score(rows: Rows, predictions: Sequence[Prediction]) -> Scored:
    """Score the turns at which a booking was due, or made, or no call of any kind was due.

    An execution is missed that was not made at its turn, and false where none was due; an exact one has every argument
    right.
    """
    given = by_id(predictions)
    counts: Counts = Counter()
    for due, made in ((due, given[turn]) for turn, due in _turns(rows) if turn in given):
        if made["name"] or due is None or due["name"] == BOOK:
            counts.update(_counted(made, due))
    bars = (
        Bar("false execute %", percent(counts["false run"], counts["none"]), Threshold(most=MOST_FALSE)),
        Bar("missed execute %", percent(counts["missed"], counts["due"]), Threshold(most=MOST_MISSED)),
    )
    return Scored([_line(counts)], bars)


def _turns(rows: Rows) -> Iterator[Turn]:
    for row in rows:
        yield from ((f"{row['id']}#{at}", t["gold_call"]) for at, t in enumerate(row["turns"]) if t["s"] == "U")


def _counted(made: Prediction, due: Mapping[str, Any] | None) -> Mapping[str, int]:
    runs = bool(made["name"])
    if due is None:
        waiting = bool(made.get("waiting"))
        return {"turns": 1, "none": 1, "false run": runs, "tempted": waiting, "fell": waiting and runs}
    if not runs:
        return {"turns": 1, "due": 1, "missed": 1}
    ours, theirs = _plain(made["arguments"]), _plain(due["arguments"])
    right = made["name"] == due["name"]
    return {
        "turns": 1,
        "due": 1,
        "right tool": right,
        "exact": right and ours == theirs,
        "right arguments": len(ours & theirs),
        "our arguments": len(ours),
        "due arguments": len(theirs),
    }


def _plain(arguments: Mapping[str, Any]) -> set[tuple[str, str]]:
    return {(name, str(value).lower()) for name, value in arguments.items()}


def _line(counts: Counts) -> Line:
    figures = {
        "turns": counts["turns"],
        "due": counts["due"],
        "right tool %": percent(counts["right tool"], counts["due"]),
        "exact call %": percent(counts["exact"], counts["due"]),
        "missed %": percent(counts["missed"], counts["due"]),
        "false execute": f"{counts['false run']}/{counts['none']}",
        "while one waits": f"{counts['fell']}/{counts['tempted']}",
        "argument F1": f1(counts["right arguments"], counts["our arguments"], counts["due arguments"]),
    }
    return Line(BOOK, figures)
