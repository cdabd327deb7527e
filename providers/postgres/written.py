"""Statements of a playbook in one message with ours: one transaction, one round trip."""

import re
from collections.abc import Mapping, Sequence
from typing import Any, LiteralString

import psycopg

from domain.errors import Overtaken
from ports.database import Database, personal
from ports.records import Written
from providers.postgres.playbook_data import blinded
from providers.postgres.queries import load_queries

NOTHING_MOVED = "PY001"
"""SQLSTATE of a transaction that ended itself because it had nothing to change."""
_PARAMETER = re.compile(r"%\((\w+)\)s")
_OURS = frozenset({"tenant_id", "session_id"})
"""Parameters that every statement may use as they are."""


async def run_with(
    database: Database,
    tenant_id: str,
    ours: LiteralString,
    params: Mapping[str, Any],
    statements: Sequence[Written],
) -> bool:
    """Run a statement of ours that says by `app.moved` if it changed anything, and with it the playbook's, or none.

    Raises:
        Overtaken: one of the playbook's broke a constraint; nothing was committed.
    """
    text, values = in_one([ours, load_queries("learnt")["unless_moved"]], statements)
    try:
        await database.run(tenant_id, text, {**params, **values})
    except psycopg.IntegrityError as error:
        raise Overtaken from error
    except psycopg.DatabaseError as error:
        if error.sqlstate == NOTHING_MOVED:
            return False
        raise
    return True


def in_one(before: Sequence[LiteralString], statements: Sequence[Written]) -> tuple[LiteralString, dict[str, Any]]:
    """Join statements into one text; each of the playbook's gets parameters of its own."""
    texts, values = list(before), dict[str, Any]()
    for place, statement in enumerate(statements):
        texts.append(_with_own_parameters(statement.text, place))
        for name, value in statement.params.items():
            values[f"s{place}_{name}"] = personal(value) if name in statement.personal else value
        for name in statement.blind:
            digests = blinded(name, statement.params[name])
            values |= {f"s{place}_{key}": digest for key, digest in digests.items()}
    return "; ".join(texts), values


def _with_own_parameters(text: str, place: int) -> str:
    def renamed(found: re.Match[str]) -> str:
        return found[0] if found[1] in _OURS else f"%(s{place}_{found[1]})s"

    return _PARAMETER.sub(renamed, text)
