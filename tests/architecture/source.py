"""The checkout as data: which packages there are, their files, and the functions in them."""

import ast
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[2]

Function = ast.FunctionDef | ast.AsyncFunctionDef


@dataclass(frozen=True)
class Source:
    """One Python file; `path` is relative to the root, with forward slashes."""

    path: str
    text: str

    @property
    def tree(self) -> ast.Module:
        """The file as a syntax tree."""
        return _parse(self.text)

    @property
    def package(self) -> str:
        """The top-level package that the file belongs to."""
        return self.path.split("/", 1)[0]

    def functions(self) -> Iterator[Function]:
        """Every function and method, nested ones too."""
        for node in ast.walk(self.tree):
            if isinstance(node, Function):
                yield node


@cache
def _parse(text: str) -> ast.Module:
    return ast.parse(text)


@cache
def pyproject() -> dict[str, Any]:
    """Read pyproject.toml."""
    return tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))


def packages() -> tuple[str, ...]:
    """The packages that ship, as pyproject.toml lists them."""
    return tuple(pyproject()["tool"]["hatch"]["build"]["targets"]["wheel"]["packages"])


@cache
def shipped() -> tuple[Source, ...]:
    """Every Python file of the packages that ship."""
    return tuple(source for package in packages() for source in _sources(package))


@cache
def exercises() -> tuple[Source, ...]:
    """Every Python file of the tests."""
    return tuple(_sources("tests"))


def _sources(package: str) -> Iterator[Source]:
    for path in sorted((ROOT / package).rglob("*.py")):
        yield Source(path.relative_to(ROOT).as_posix(), path.read_text(encoding="utf-8"))


def name_of(node: ast.expr | None) -> str:
    """A name or dotted name as written, `os.environ`; empty for any other expression."""
    if isinstance(node, ast.Attribute):
        before = name_of(node.value)
        return f"{before}.{node.attr}" if before else ""
    return node.id if isinstance(node, ast.Name) else ""
