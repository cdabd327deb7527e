"""The ways to die, and how many deaths each gets."""

import random
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from itertools import cycle, islice

NODES = (
    *("receive", "transcode", "transcribe", "clean", "decide_tools", "consent", "execute_tools", "update_dataset"),
    *("notify", "passthrough"),
)
STATEMENTS = 30
"""So many messages to the database, from the first accepted turn on: more than two turns of three calls send."""

SYNC = {"PARLEY_SESSIONS__DURABILITY": "sync"}
ASYNC = {"PARLEY_SESSIONS__DURABILITY": "async"}


@dataclass(frozen=True, eq=False)
class Way:
    """How the servers of a variant are killed, and its share of all kills."""

    name: str
    share: int
    kills: str = "points"
    """`points`: at the launcher's; or at any moment: `server`, `database`, `both`, or its `connections`."""
    settings: Mapping[str, str] = field(default_factory=dict)
    gemini: bool = False
    replicas: int = 1
    quick: int = 0
    """Its share of a quick run: of starts of a server, which take long, that has few."""


@dataclass(frozen=True)
class Variant:
    """A way to die with every death's point."""

    way: Way
    points: Sequence[str]


WAYS = (
    Way("every boundary", 20, quick=9),
    Way("every boundary, sync", 12, settings=SYNC),
    Way("every boundary, Gemini", 14, gemini=True, quick=5),
    Way("any moment", 10, "server"),
    Way("any moment, async", 10, "server", settings=ASYNC),
    Way("any moment, Gemini", 10, "server", gemini=True),
    Way("one of two replicas", 10, "server", replicas=2, quick=4),
    Way("with the database", 6, "both"),
    Way("the database alone", 4, "database", quick=6),
    Way("connections cut", 4, "connections", quick=6),
)


def share_out(kills: int, seed: int, *, quick: bool = False) -> list[Variant]:
    """Give each way its part of the kills; boundaries are taken in an order of chance, one after the other."""
    shares = {way: way.quick if quick else way.share for way in WAYS}
    whole, given, left = sum(shares.values()), 0, cycle(boundaries(seed))
    variants, so_far = [], 0
    for way, share in shares.items():
        so_far += share
        number = kills * so_far // whole - given
        given += number
        points = list(islice(left, number)) if way.kills == "points" else [way.kills] * number
        if points:
            variants.append(Variant(way, points))
    return variants


def boundaries(seed: int) -> list[str]:
    """Both sides of every node and of the first messages to the database, in an order of chance."""
    nodes = [f"node:{side}:{name}:{nth}" for name in NODES for side in ("before", "after") for nth in (1, 3)]
    statements = [f"sql:{side}:{nth}" for side in ("before", "after") for nth in range(1, STATEMENTS + 1)]
    return random.Random(seed).sample([*nodes, *statements], k=len(nodes) + len(statements))
