"""What a playbook knows of a caller before the first word."""

from collections.abc import Callable, Collection, Mapping
from dataclasses import replace
from typing import Any

from domain.playbook import OpeningMoment, Playbook
from nodes.statements import written
from ports.records import NewSession
from sessions.stores import Stores


async def opened(playbook: Playbook, new: NewSession, stores: Stores) -> NewSession:
    """Let the playbook look the caller up; a session that is there already stays as it is, whatever is found.

    Raises:
        Unavailable: its tables cannot be asked now.
    """
    if playbook.opening is None:
        return new

    async def query(name: str, params: Mapping[str, Any], blind: Collection[str] = ()) -> list[dict[str, Any]]:
        return await stores.data.rows(new.facts.tenant_id, playbook.queries[name], params, blind)

    async def find_row(
        sheet: str, column: str, value: str, key: Callable[[str], str | None]
    ) -> Mapping[str, str] | None:
        return await stores.rows.find(new.facts.tenant_id, sheet, column, value, key)

    moment = OpeningMoment(new.facts.session_id, new.facts.caller_phone, new.profile, query, find_row)
    opening = await playbook.opening(moment)
    dataset = playbook.new_dataset({**opening.profile, **new.profile}, now=new.facts.created_at.timestamp())
    return replace(new, dataset=dataset, statements=written(playbook, opening.statements))
