"""A playbook's statements by name, as the stores take them."""

from collections.abc import Iterable

from domain.playbook import Playbook
from domain.tool_call import Statement
from ports.records import Written


def written(playbook: Playbook, statements: Iterable[Statement]) -> list[Written]:
    """Look the statements up in the playbook's `queries.sql` (KeyError: there is none of that name)."""
    return [
        Written(
            playbook.queries[each["name"]],
            each["params"],
            personal=frozenset(each.get("personal", ())),
            blind=frozenset(each.get("blind", ())),
        )
        for each in statements
    ]
