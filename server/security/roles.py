"""Roles of a credential, and what each may do."""

from dataclasses import dataclass
from enum import StrEnum

from domain.errors import Forbidden


class Right(StrEnum):
    """What a path asks for."""

    READ = "read"  # see sessions and what came of them
    CONVERSE = "converse"  # open sessions, send turns, close
    OPERATE = "operate"  # decide held consents, see metrics
    ADMINISTER = "administer"  # erase sessions, make and revoke keys


class AccessRole(StrEnum):
    """What a credential is for; each role may do all that the one before it may."""

    VIEWER = "viewer"
    AGENT = "agent"
    OPERATOR = "operator"
    ADMIN = "admin"

    def may(self, right: Right) -> bool:
        """Say whether this role holds a right."""
        return list(AccessRole).index(self) >= list(Right).index(right)


@dataclass(frozen=True)
class Caller:
    """Who sends a request: a tenant's credential, named for the logs by `subject`."""

    tenant_id: str
    role: AccessRole
    subject: str

    def require(self, right: Right) -> None:
        """Raise Forbidden when this caller's role lacks a right."""
        if not self.role.may(right):
            raise Forbidden(f"The role {self.role} may not {right}.")
