"""Statements of a playbook in one message with ours: one transaction, one round trip."""

import re
from collections.abc import Sequence
from typing import Any, LiteralString

from ports.database import personal
from ports.records import Written
from providers.postgres.playbook_data import blinded

_PARAMETER = re.compile(r"%\((\w+)\)s")
_OURS = frozenset({"tenant_id", "session_id"})
"""Parameters that every statement may use as they are."""


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
