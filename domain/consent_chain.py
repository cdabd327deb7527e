"""The chain of consents, recomputed: what the database has written must be what these formulas say.

A session's entries are numbered from 1. Each holds the hash of the one before and its own: SHA-256 over the previous
hash and the entry as a JSON array. A seal binds the heads of a tenant's chains in the same way.
"""

import hmac
import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from typing import Any


@dataclass(frozen=True)
class ConsentEntry:
    """One entry of a session's chain; the words are None once they are erased."""

    tenant_id: str
    session_id: str
    n: int
    consent_id: str
    tool: str
    verdict: str
    asking_seq: int
    answering_seq: int | None
    decided_by: str | None
    at: datetime
    words_digest: bytes
    previous: bytes
    hash: bytes
    salt: bytes | None = None
    question: str | None = None
    quote: str | None = None
    kept: bool = False
    """True while its session is there, and so its words must be."""


@dataclass(frozen=True)
class Seal:
    """Where a tenant's chains stood: {session_id: [n, hash as hex]} of those that had moved since the seal before."""

    n: int
    at: datetime
    heads: Mapping[str, tuple[int, str]]
    previous: bytes
    hash: bytes


@dataclass(frozen=True)
class Finding:
    """Something that does not verify, in a sentence."""

    session_id: str | None
    n: int
    what: str


def words_digest(salt: bytes, question: str | None, quote: str) -> bytes:
    """Digest the words by a key that lies, and is erased, with them: HMAC-SHA256, 32 bytes (RFC 2104)."""
    return hmac.digest(salt, f"{question or ''}\0{quote}".encode(), "sha256")


def entry_hash(entry: ConsentEntry) -> bytes:
    """Hash an entry: SHA-256, 32 bytes. The JSON is as Postgres writes jsonb: ', ' between items, no ASCII escapes."""
    content = [
        entry.tenant_id,
        entry.session_id,
        entry.n,
        entry.consent_id,
        entry.tool,
        entry.verdict,
        entry.asking_seq,
        entry.answering_seq,
        entry.decided_by,
        milliseconds(entry.at),
        entry.words_digest.hex(),
    ]
    return sha256(entry.previous + json.dumps(content, ensure_ascii=False).encode()).digest()


def seal_hash(seal: Seal, tenant_id: str) -> bytes:
    """Hash a seal: SHA-256, 32 bytes."""
    content = [tenant_id, seal.n, milliseconds(seal.at), dict(seal.heads)]
    return sha256(seal.previous + json.dumps(content, ensure_ascii=False, sort_keys=True).encode()).digest()


def milliseconds(at: datetime) -> int:
    """Epoch milliseconds, exactly."""
    seconds, micros = int(at.replace(microsecond=0).timestamp()), at.microsecond
    return seconds * 1_000 + micros // 1_000


def check_entry(entry: ConsentEntry, before: ConsentEntry | None) -> Iterator[Finding]:
    """Say what is wrong with an entry, seen after the one before it."""
    expected = before.n + 1 if before else 1
    if entry.n != expected:
        yield Finding(entry.session_id, entry.n, f"entry {expected} is missing")
    elif entry.previous != (before.hash if before else b""):
        yield Finding(entry.session_id, entry.n, "it does not follow from the entry before")
    if entry.hash != entry_hash(entry) or entry.at.microsecond % 1_000:  # times are kept in milliseconds
        yield Finding(entry.session_id, entry.n, "it was changed after it was written")
    if entry.salt is not None and words_digest(entry.salt, entry.question, entry.quote or "") != entry.words_digest:
        yield Finding(entry.session_id, entry.n, "the words beside it are not those it was written for")
    if entry.salt is None and entry.kept:
        yield Finding(entry.session_id, entry.n, "its words are gone, though its session was not erased")


def check_seal(seal: Seal, before: Seal | None, tenant_id: str) -> Iterator[Finding]:
    """Say what is wrong with a seal, seen after the one before it."""
    if seal.n != (before.n + 1 if before else 1):
        yield Finding(None, seal.n, "a seal is missing before it")
    elif seal.previous != (before.hash if before else b""):
        yield Finding(None, seal.n, "it does not follow from the seal before")
    if seal.hash != seal_hash(seal, tenant_id):
        yield Finding(None, seal.n, "the seal was changed after it was written")


def check_heads(sealed: Mapping[str, tuple[int, str]], found: Mapping[str, str]) -> Iterator[Finding]:
    """Compare what a seal says of chains with the hashes (hex) that their entries have."""
    for session_id, (n, digest) in sealed.items():
        if session_id not in found:
            yield Finding(session_id, n, "it was sealed, and is gone")
        elif found[session_id] != digest:
            yield Finding(session_id, n, "it is not the entry that was sealed")


def as_json(finding: Finding) -> dict[str, Any]:
    """A finding as a JSON object."""
    return {"session_id": finding.session_id, "n": finding.n, "what": finding.what}
