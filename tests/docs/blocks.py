"""The fenced blocks of the documents, and the shell commands in them."""

import re
import shlex
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from tests.architecture.source import ROOT

FENCE = re.compile(r"^```(?P<info>[^\n`]*)\n(?P<body>.*?)^```$", re.MULTILINE | re.DOTALL)


@dataclass(frozen=True)
class Block:
    """A fenced block; `needs` is what it takes to run it here (`docker`), `line` that of its first line."""

    page: str
    line: int
    language: str
    needs: str
    text: str

    def commands(self) -> Iterator[str]:
        """The commands of a shell block: continued lines joined; assignments and comments left out."""
        for line in self.text.replace("\\\n", " ").splitlines():
            words = shlex.split(line, comments=True)
            if words and not (len(words) == 1 and re.match(r"\w+=", words[0])):
                yield " ".join(line.split())


def pages() -> list[Path]:
    """The documents a user reads."""
    return [*sorted(ROOT.glob("*.md")), *sorted((ROOT / "docs").rglob("*.md"))]


def blocks(language: str) -> list[Block]:
    """Every block in that language, over all pages."""
    return [block for page in pages() for block in blocks_of(page) if block.language == language]


def blocks_of(page: Path) -> Iterator[Block]:
    """The fenced blocks of one page."""
    text = page.read_text(encoding="utf-8")
    for fence in FENCE.finditer(text):
        language, _, needs = fence["info"].strip().partition(" needs=")
        line = text.count("\n", 0, fence.start()) + 2
        yield Block(page.relative_to(ROOT).as_posix(), line, language, needs, fence["body"])
