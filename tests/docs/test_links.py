"""Every link and every path in the documents leads somewhere."""

import re
from pathlib import Path

import pytest

from tests.architecture.source import ROOT
from tests.docs.blocks import FENCE, pages

LINK = re.compile(r"\[[^\]]*\]\(([^)\s]+)\)")
LEFT_BY_RUNS = {".bench", ".parley", ".venv"}
PATH = re.compile(r"`((?:\.?[\w-]+/)+[\w.*-]*|\.?[\w-]+\.(?:md|toml|yaml|lock|json))`")


def _prose(page: Path) -> str:
    return FENCE.sub("", page.read_text(encoding="utf-8"))


def _anchors(page: Path) -> set[str]:
    """The anchors that GitHub gives a page's headings."""
    headings = re.findall(r"^#+ (.+)$", _prose(page), re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-") for heading in headings}


def _name(page: Path) -> str:
    return page.relative_to(ROOT).as_posix()


@pytest.mark.parametrize("page", pages(), ids=_name)
def test_every_link_leads_somewhere(page: Path) -> None:
    assert [link for link in LINK.findall(_prose(page)) if not _leads_somewhere(page, link)] == []


def _leads_somewhere(page: Path, link: str) -> bool:
    if re.match(r"https://|mailto:", link):
        return True
    path, _, anchor = link.partition("#")
    target = (page.parent / path).resolve() if path else page
    return target.exists() and (not anchor or anchor in _anchors(target))


@pytest.mark.parametrize("page", pages(), ids=_name)
def test_every_path_in_the_text_exists(page: Path) -> None:
    paths = {path for path in PATH.findall(_prose(page)) if _is_ours(path)}
    assert sorted(path for path in paths if not (ROOT / path).exists() and not any(ROOT.glob(path))) == []


def _is_ours(path: str) -> bool:
    """Tell a path from the root from a media type, a folder inside a playbook, what a run leaves and the like."""
    first, slash, _ = path.partition("/")
    return not slash or ((ROOT / first).is_dir() and first not in LEFT_BY_RUNS)


def test_every_decision_is_in_the_index() -> None:
    folder = ROOT / "docs/adr"
    listed = LINK.findall((folder / "README.md").read_text(encoding="utf-8"))
    assert sorted(listed) == sorted(path.name for path in folder.glob("0*.md"))
