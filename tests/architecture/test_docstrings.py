"""Whatever others may use says in its first line what it is or does."""

import ast
from collections.abc import Iterator

from tests.architecture.source import Function, Source, exercises, name_of, shipped

Documented = ast.Module | ast.ClassDef | Function


def _public(source: Source) -> Iterator[tuple[str, Documented]]:
    yield source.path, source.tree
    for node in source.tree.body:
        if isinstance(node, ast.ClassDef | Function) and not node.name.startswith("_"):
            yield f"{source.path}:{node.lineno} {node.name}", node
            yield from _promises(source, node)


def _promises(source: Source, node: Documented) -> Iterator[tuple[str, Documented]]:
    """The methods of a Protocol: what a port promises has to be written down."""
    if isinstance(node, ast.ClassDef) and any(name_of(base) == "Protocol" for base in node.bases):
        for method in node.body:
            if isinstance(method, Function) and not method.name.startswith("_"):
                yield f"{source.path}:{method.lineno} {node.name}.{method.name}", method


def _first_line(node: Documented) -> str:
    return (ast.get_docstring(node) or "").split("\n", 1)[0]


def test_everything_public_has_a_docstring() -> None:
    missing = [where for source in shipped() for where, node in _public(source) if not _first_line(node)]
    assert missing == []


def test_every_test_file_says_what_it_is_about() -> None:
    assert [source.path for source in exercises() if not _first_line(source.tree)] == []


def test_the_first_line_is_a_sentence() -> None:
    unfinished = [
        f"{where}: {line}"
        for source in shipped()
        for where, node in _public(source)
        if (line := _first_line(node)) and line[-1] not in ".?:;"
    ]
    assert unfinished == []
