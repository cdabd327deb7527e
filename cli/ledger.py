"""`parley verify-ledger`: is every consent as it was written?"""

import asyncio
import json
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from cli.listing import DataDir, Json, Tenant, settings_for, show

if TYPE_CHECKING:
    from sessions.ledger import Verified

COUNTS = ("entries", "sessions", "erased", "seals")


def verify_ledger(
    session: Annotated[str | None, typer.Option(help="One session; all of the tenant's if not given.")] = None,
    tenant: Tenant = "demo",
    data_dir: DataDir = None,
    as_json: Json = False,
) -> None:
    """Verify the ledger of consents; the exit status is 1 when something does not verify."""
    from domain.consent_chain import as_json as finding_as_json
    from domain.session import session_id_of

    session_id = None if session is None else session_id_of(session)
    verified = asyncio.run(_verify(data_dir, tenant, session_id))
    counts = {name: getattr(verified, name) for name in COUNTS}
    findings = [finding_as_json(finding) for finding in verified.findings]
    if as_json:
        print(json.dumps(counts | {"newest_seal": verified.newest_seal, "findings": findings}))
    else:
        show([counts], COUNTS, as_json=False)
        for finding in verified.findings:
            print(f"{finding.session_id or 'seal'} {finding.n}: {finding.what}")
        print(f"The newest seal is {verified.newest_seal or 'not made yet'}.")
        print("Something does not verify." if findings else "Everything verifies.")
    if findings:
        raise typer.Exit(1)


async def _verify(data_dir: Path | None, tenant: str, session_id: str | None) -> "Verified":
    from bootstrap.background import open_ledger

    async with open_ledger(settings_for(data_dir)) as ledger:
        return await ledger.verify(tenant, session_id)
