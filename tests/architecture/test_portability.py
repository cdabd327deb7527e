"""Nothing in the checkout is true on one machine only."""

import re
import subprocess
from pathlib import Path

import pytest

from tests.architecture.source import ROOT

THIS_FILE = Path(__file__).relative_to(ROOT).as_posix()
HOME_OF_SOMEBODY = re.compile(r"(?:^|[\s\"'=(:])(?:/home/[a-z]\w*|/Users/[A-Za-z]\w*|/root)/")
PACKAGE_INDEX = re.compile(
    r"(?:https?|file)://(?!pypi\.org/simple\b)[^\s\"')]+/simple\b|--(?:extra-)?index-url|--find-links"
)
SHARED_PLACES = {f"/{name}" for name in ("app", "data", "home", "mnt", "opt", "srv", "tmp", "usr", "var")}
SECRET = re.compile(r"AIza[\w-]{35}|\bsk-[A-Za-z0-9]{32,}|\bAC[0-9a-f]{32}\b|-----BEGIN [A-Z ]*PRIVATE KEY")


def _texts() -> list[tuple[str, str]]:
    """Every text file that git tracks or would track, but for the lock file."""
    listing = subprocess.run(
        ["git", "ls-files", "--cached", "--others", "--exclude-standard"],
        cwd=ROOT, capture_output=True, text=True, timeout=30, check=True,
    )  # fmt: skip
    paths = [path for path in sorted(set(listing.stdout.splitlines())) if path != "uv.lock" and (ROOT / path).is_file()]
    return [(path, text) for path in paths if (text := _text(ROOT / path)) is not None]


def _text(path: Path) -> str | None:
    """What a text file says; None for sound, pictures and archives."""
    data = path.read_bytes()
    try:
        return None if b"\0" in data else data.decode("utf-8")
    except UnicodeDecodeError:
        return None


@pytest.fixture(scope="module")
def texts() -> list[tuple[str, str]]:
    if not (ROOT / ".git").exists():
        pytest.skip("not a git checkout")
    return _texts()


@pytest.mark.parametrize("pattern", [HOME_OF_SOMEBODY, PACKAGE_INDEX, SECRET], ids=["home", "index", "secret"])
def test_no_file_names_a_machine_or_holds_a_secret(texts: list[tuple[str, str]], pattern: re.Pattern[str]) -> None:
    found = [f"{path}: {hit[0].strip()}" for path, text in texts if path != THIS_FILE for hit in pattern.finditer(text)]
    assert found == []


def test_no_file_knows_where_this_checkout_lies(texts: list[tuple[str, str]]) -> None:
    places = {str(place) for place in (ROOT, ROOT.parent, Path.home())} - SHARED_PLACES - {"/"}
    words = re.compile("|".join(rf"(?<![\w./-]){re.escape(place)}(?![\w-])" for place in places))
    others = [(path, text) for path, text in texts if path != THIS_FILE]
    assert [f"{path}: {hit[0]}" for path, text in others for hit in words.finditer(text)] == []


def test_text_files_end_with_one_newline(texts: list[tuple[str, str]]) -> None:
    assert [path for path, text in texts if text and (not text.endswith("\n") or text.endswith("\n\n"))] == []
