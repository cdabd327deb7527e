"""The whole bench: every measure on one server, one after the other."""

from collections.abc import Awaitable, Callable
from pathlib import Path

from bench.course import Report, Tell, run_course
from bench.durable.crowds import measure_crowds
from bench.durable.recovery import measure_recovery
from bench.durable.replicas import measure_replicas
from bench.durable.sizes import Sizes
from bench.durable.subscribers import measure_subscribers
from bench.durable.trips import measure_trips
from bench.figures import Findings
from bench.turns.lab import Lab
from bench.turns.run import take_in_lab

MEASURES: dict[str, Callable[[Lab, Sizes], Awaitable[Findings]]] = {
    "many callers at once": measure_crowds,
    "round trips and bytes": measure_trips,
    "recovery": measure_recovery,
    "subscribers": measure_subscribers,
    "a second replica": measure_replicas,
}


def run_durable(sizes: Sizes, tell: Tell, folder: Path) -> Report:
    """Run every measure; nothing is left in `folder` afterwards."""
    return run_course(lambda place: take_in_lab(MEASURES, place, sizes, tell), folder)
