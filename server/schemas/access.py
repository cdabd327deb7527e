"""Tokens and keys."""

from typing import Annotated, Literal

from pydantic import ConfigDict, SecretStr, StringConstraints

from server.schemas.fields import Body, Document
from server.security.roles import AccessRole


class TokenRequest(Body):
    """An API key to be exchanged for a token."""

    model_config = ConfigDict(
        json_schema_extra={"examples": [{"grant_type": "client_credentials", "api_key": "pk_mrsw23y_..."}]}
    )

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

    model_config = ConfigDict(json_schema_extra={"examples": [{"role": "agent"}]})

    role: AccessRole


class NewApiKey(Document):
    """A key, shown this once."""

    key_id: str
    api_key: str
    tenant_id: str
    role: AccessRole
