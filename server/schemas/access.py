"""Tokens and keys."""

from typing import Annotated, Literal

from pydantic import SecretStr, StringConstraints

from server.schemas.fields import Body, Document
from server.security.roles import AccessRole


class TokenRequest(Body):
    """An API key to be exchanged for a token."""

    grant_type: Literal["client_credentials"] = "client_credentials"
    api_key: Annotated[SecretStr, StringConstraints(max_length=512)]


class Token(Document):
    """A token, and how many seconds it holds."""

    access_token: str
    token_type: Literal["bearer"] = "bearer"
    expires_in: int
    tenant_id: str
    role: AccessRole


class CreateApiKey(Body):
    """A key to be made for the caller's own tenant."""

    role: AccessRole


class NewApiKey(Document):
    """A key, shown this once."""

    key_id: str
    api_key: str
    tenant_id: str
    role: AccessRole
