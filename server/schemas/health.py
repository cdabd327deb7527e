"""How the service is."""

from typing import Literal

from server.schemas.fields import Document


class Check(Document):
    """One dependency; the service cannot work without one that is `required`."""

    status: Literal["ok", "timeout", "down"]
    required: bool
    ms: float | None = None
    detail: str | None = None


class Health(Document):
    """The service and all it depends on."""

    status: Literal["ok", "degraded", "down"]
    version: str
    checks: dict[str, Check]


class Live(Document):
    """The process runs."""

    status: Literal["ok"] = "ok"
