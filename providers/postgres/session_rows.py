"""Writing a new session: by the API and by LangGraph Studio alike."""

from ports.database import Database, personal
from ports.records import NewSession
from providers.postgres.queries import load_queries
from providers.postgres.rows import as_json, as_ordered_json
from providers.postgres.written import run_with


async def insert_session(database: Database, new: NewSession, *, most: int | None = None, alone: bool = False) -> bool:
    """Open the session and its first event; False when its id is taken, or there is no room.

    There is none with `most` open, nor, unless `alone`, where others could take meanwhile what is left.
    """
    facts = new.facts
    params = {
        "session_id": facts.session_id,
        "playbook": facts.playbook,
        "channel": facts.channel,
        "call_context": as_ordered_json(personal(facts.call_context)),
        "caller_phone": personal(facts.caller_phone),
        "prompt_version": facts.prompt_version,
        "profile": as_ordered_json(personal(new.profile)),
        "digest": new.digest,
        "dataset": as_ordered_json(personal(new.dataset)),
        "created_at": facts.created_at,
        "event": as_json({"playbook": facts.playbook, "channel": facts.channel}),
        "most": most,
        "alone": alone,
    }
    create = load_queries("sessions")["create"]
    if new.statements:
        return await run_with(database, facts.tenant_id, create, params, new.statements)
    return bool(await database.run(facts.tenant_id, create, params))
