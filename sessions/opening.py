"""What a playbook knows of a caller before the first word."""

from collections.abc import Collection, Mapping
from dataclasses import replace
from typing import Any

from domain.playbook import OpeningMoment, Playbook
from nodes.statements import written
from ports.playbook_data import PlaybookData
from ports.records import NewSession


async def opened(playbook: Playbook, new: NewSession, data: PlaybookData) -> NewSession:
    """Let the playbook look the caller up; a session that is there already stays as it is, whatever is found.

    Raises:
        Unavailable: its tables cannot be asked now.
    """
    if playbook.opening is None:
        return new

    async def query(name: str, params: Mapping[str, Any], blind: Collection[str] = ()) -> list[dict[str, Any]]:
        return await data.rows(new.facts.tenant_id, playbook.queries[name], params, blind)

    moment = OpeningMoment(new.facts.session_id, new.facts.caller_phone, new.profile, query)
    opening = await playbook.opening(moment)
    dataset = playbook.new_dataset({**opening.profile, **new.profile}, now=new.facts.created_at.timestamp())
    return replace(new, dataset=dataset, statements=written(playbook, opening.statements))
