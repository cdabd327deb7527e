"""Which sheets are whose: no tenant's rows stand beside another's."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from domain.session import DEMO_TENANT
from ports.effects import effect_id
from ports.sheet import Sheet

_READABLE = re.compile(r"[a-z0-9_-]{1,31}")
"""Ids that can be part of a sheet's name; capitals cannot, since tabs and files are the same in either case."""


@dataclass(frozen=True)
class TenantSheets:
    """A spreadsheet of a tenant's own where there is one, else sheets of its own in that of all."""

    shared: Sheet
    own: Mapping[str, Sheet] = field(default_factory=dict)

    def of(self, tenant_id: str, name: str) -> tuple[Sheet, str]:
        """Say where a tenant's sheet of that name is, and what it is called there."""
        if tenant_id in self.own:
            return self.own[tenant_id], name
        return self.shared, name if tenant_id == DEMO_TENANT else f"{name} of {_readable(tenant_id)}"


def _readable(tenant_id: str) -> str:
    return tenant_id if _READABLE.fullmatch(tenant_id) else effect_id(tenant_id)
