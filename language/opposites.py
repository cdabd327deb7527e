"""Words of degree, direction and order, each with its opposite: who says one for the other tells a different fact."""

from functools import lru_cache

from language.names import root

_PAIRS = """
up down; upwards downwards; above below; on off; left right; front back; top bottom; before after
increase decrease; increase reduce; rise fall; rose fell; rising falling; risen fallen; raise lower; grow shrink
grew shrank
gain lose; gained lost; win lose; won lost; more less; more fewer; most least; most fewest; many few
maximum minimum; high low; higher lower; highest lowest; big small; bigger smaller; large small; larger smaller
long short; longer shorter; fast slow; faster slower; good bad; better worse; best worst; strong weak; easy hard
cheap expensive; busy quiet; full empty; rich poor; early late; earlier later; always never; often rarely; often seldom
everybody nobody; everyone nobody; everything nothing; all none; both neither; buy sell; bought sold; lend borrow
accept refuse; allow forbid; agree disagree; success failure; succeeded failed; pass fail; present absent
married single; alive dead; husband wife; mother father; son daughter; brother sister
"""


def _table() -> dict[str, set[str]]:
    table: dict[str, set[str]] = {}
    for pair in _PAIRS.replace("\n", ";").split(";"):
        words = [root(word) for word in pair.split()]
        for word, other in (words, reversed(words)) if words else ():
            table.setdefault(word, set()).add(other)
    return table


_OPPOSITES = _table()


@lru_cache(maxsize=8192)
def opposites_of(folded: str) -> frozenset[str]:
    """The roots of the words that say the opposite of a folded word; empty for most."""
    return frozenset(_OPPOSITES.get(root(folded), ()))
