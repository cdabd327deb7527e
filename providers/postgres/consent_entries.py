"""What the ledger of consents gets: ids, the verdict, and a keyed digest of the words, which lie beside it."""

from secrets import token_bytes
from typing import Any

from domain.consent_chain import words_digest
from ports.database import personal
from ports.records import Verdict

SALT_BYTES = 16


def consent_entry(verdict: Verdict) -> dict[str, Any]:
    """Make the ledger's entry of a verdict, with its words."""
    salt = token_bytes(SALT_BYTES)
    return {
        "consent_id": verdict.consent_id,
        "tool": verdict.call["name"],
        "verdict": verdict.status,
        "asking_seq": verdict.call["seq"],
        "decided_by": verdict.decided_by or None,
        "words_digest": words_digest(salt, verdict.question, verdict.quote).hex(),
        "salt": salt.hex(),
        "question": personal(verdict.question),
        "quote": personal(verdict.quote),
    }
