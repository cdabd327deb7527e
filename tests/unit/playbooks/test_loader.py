"""Finding playbooks, and naming the file of one that cannot be used."""

from pathlib import Path

import pytest

from domain.errors import ConfigError
from playbooks.loader import load_playbooks

GOOD = """
from dataclasses import replace
from playbooks.lumen.playbook import PLAYBOOK as LUMEN
PLAYBOOK = replace(LUMEN, name="{name}"{change})
"""


def package(folder: Path, name: str, monkeypatch: pytest.MonkeyPatch, source: str) -> str:
    """Make a package of one playbook called `shop`."""
    shop = folder / name / "shop"
    shop.mkdir(parents=True)
    for init in (folder / name / "__init__.py", shop / "__init__.py"):
        init.write_text("")
    (shop / "playbook.py").write_text(source)
    monkeypatch.syspath_prepend(folder)
    return name


def test_every_folder_with_a_playbook_is_found_without_being_listed() -> None:
    found = load_playbooks()
    assert "lumen" in found
    assert list(found) == sorted(found)


def test_a_copied_folder_is_a_new_playbook(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    name = package(tmp_path, "copied_playbooks", monkeypatch, GOOD.format(name="shop", change=""))
    assert load_playbooks(name)["shop"].name == "shop"


@pytest.mark.parametrize(
    ("package_name", "source", "fault"),
    [
        ("empty_playbooks", "x = 1", "define PLAYBOOK"),
        ("misnamed_playbooks", GOOD.format(name="store", change=""), "the folder is 'shop'"),
        ("broken_playbooks", "from playbooks import nothing_there", "ImportError"),
        ("unreadable_playbooks", "def", "SyntaxError"),
        ("silent_playbooks", GOOD.format(name="shop", change=", prompts={}"), "missing prompt clean.v1.md"),
        ("doubled_playbooks", GOOD.format(name="shop", change=", tools=LUMEN.tools * 2"), "is there twice"),
        ("selfish_playbooks", GOOD.format(name="shop", change=", agent='user'"), "same speaker name"),
        (
            "unknown_playbooks",
            GOOD.format(name="shop", change=", demo_profile={'shoe': 1}"),
            "unknown profile field shoe",
        ),
    ],
)
def test_a_bad_playbook_is_an_error_that_names_its_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, package_name: str, source: str, fault: str
) -> None:
    name = package(tmp_path, package_name, monkeypatch, source)
    with pytest.raises(ConfigError, match=fault) as raised:
        load_playbooks(name)
    assert str(Path("shop") / "playbook.py") in raised.value.message
