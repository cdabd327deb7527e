"""No two tenants share a sheet, whatever they are called."""

import re
from itertools import combinations

from hypothesis import given
from hypothesis import strategies as st

from ports.plain_text import require_line
from ports.sheet import require_row
from providers.tenant_sheets import TenantSheets
from tests.unit.providers.workspace.sheet_in_memory import MemorySheet

TENANTS = st.text(st.characters(exclude_categories=["Cs", "Cc"]), min_size=1, max_size=63)
SHEETS = TenantSheets(MemorySheet(), {"renova": MemorySheet()})


@given(st.lists(TENANTS | st.sampled_from(["demo", "Demo", "acme", "ACME"]), unique=True))
def test_two_tenants_sheets_are_two_also_where_capitals_do_not_count(tenants: list[str]) -> None:
    names = {tenant: SHEETS.of(tenant, "patients")[1] for tenant in tenants if tenant != "renova"}
    for one, other in combinations(names, 2):
        assert names[one].casefold() != names[other].casefold()


@given(TENANTS)
def test_its_name_is_one_that_every_sheet_can_have(tenant: str) -> None:
    _, name = SHEETS.of(tenant, "patients")
    require_row(name, "phone", {"phone": "+1"})
    require_line(name, "sheet")
    assert re.fullmatch(r"[\w -]+", name), "as files are called, too"


def test_the_demo_and_who_has_a_spreadsheet_of_their_own_keep_the_plain_names() -> None:
    assert SHEETS.of("demo", "patients") == (SHEETS.shared, "patients")
    assert SHEETS.of("renova", "calls") == (SHEETS.own["renova"], "calls")
    assert SHEETS.of("acme", "calls") == (SHEETS.shared, "calls of acme")
