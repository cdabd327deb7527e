"""Files and functions small enough to be read at one go."""

import ast
from collections.abc import Iterator
from statistics import median

from tests.architecture.source import Function, Source, exercises, shipped

FILE_LINES, FILE_LINES_WITHOUT_REASON = 400, 250
FUNCTION_LINES, FUNCTION_LINES_WITHOUT_REASON = 50, 30
NESTING = 3

LONG_FILES: dict[str, str] = {}
"""Path -> why the file may have more than 250 lines."""

LONG_FUNCTIONS: dict[str, str] = {}
"""`path::function` -> why the function may have more than 30 lines."""

Block = ast.If | ast.For | ast.AsyncFor | ast.While | ast.With | ast.AsyncWith | ast.Try | ast.TryStar | ast.Match


def _lines(source: Source) -> int:
    return len(source.text.splitlines())


def _length(function: Function) -> int:
    docstring = function.body[0] if ast.get_docstring(function, clean=False) else None
    documented = docstring.end_lineno - docstring.lineno + 1 if docstring and docstring.end_lineno else 0
    return (function.end_lineno or function.lineno) - function.lineno + 1 - documented


def _lengths(sources: tuple[Source, ...]) -> dict[str, int]:
    return {
        f"{source.path}::{function.name}": _length(function) for source in sources for function in source.functions()
    }


def test_no_file_is_too_long() -> None:
    assert {source.path: _lines(source) for source in shipped() + exercises() if _lines(source) > FILE_LINES} == {}


def test_a_long_file_states_its_reason() -> None:
    long = {
        source.path: _lines(source) for source in shipped() + exercises() if _lines(source) > FILE_LINES_WITHOUT_REASON
    }
    assert sorted(long) == sorted(LONG_FILES), f"split them or say why they are long: {long}"


def test_no_function_is_too_long() -> None:
    assert {name: length for name, length in _lengths(shipped() + exercises()).items() if length > FUNCTION_LINES} == {}


def test_a_long_function_states_its_reason() -> None:
    long = {
        name: length
        for name, length in _lengths(shipped() + exercises()).items()
        if length > FUNCTION_LINES_WITHOUT_REASON
    }
    assert sorted(long) == sorted(LONG_FUNCTIONS), f"split them or say why they are long: {long}"


def test_the_usual_function_is_short() -> None:
    assert median(_lengths(shipped()).values()) <= 8


def test_nothing_is_nested_deeper_than_three_blocks() -> None:
    deep = {
        f"{source.path}:{function.lineno} {function.name}": depth
        for source in shipped() + exercises()
        for function in source.functions()
        if (depth := _depth(function)) > NESTING
    }
    assert deep == {}


def test_an_elif_is_no_deeper_than_its_if() -> None:
    chain = ast.parse("def f():\n if a:\n  pass\n elif b:\n  pass\n elif c:\n  pass\n else:\n  for x in y: pass")
    assert _depth(chain.body[0]) == 2


def _depth(node: ast.AST) -> int:
    return max((_step(node, child) + _depth(child) for child in _children(node)), default=0)


def _step(parent: ast.AST, child: ast.AST) -> int:
    is_elif = isinstance(parent, ast.If) and isinstance(child, ast.If) and parent.orelse == [child]
    return int(isinstance(child, Block) and not is_elif)


def _children(node: ast.AST) -> Iterator[ast.AST]:
    """Children that belong to the same function."""
    for child in ast.iter_child_nodes(node):
        if not isinstance(child, Function | ast.ClassDef | ast.Lambda):
            yield child
