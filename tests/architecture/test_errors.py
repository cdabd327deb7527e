"""Who may catch everything: two places where a last resort belongs, and nobody else."""

import ast

import pytest

from tests.architecture.source import Source, name_of, shipped

LAST_RESORTS = {
    "graph/faults.py": "the node error handler turns what a node did not foresee into a degraded turn",
    "server/middleware/last_resort.py": "an unforeseen error becomes a 500 problem document without a stack trace",
}
EVERYTHING = {"Exception", "BaseException"}


def _caught(handler: ast.ExceptHandler) -> set[str]:
    caught = handler.type.elts if isinstance(handler.type, ast.Tuple) else [handler.type]
    return {name_of(error) or "BaseException" for error in caught}


def _cleans_up_and_raises(handler: ast.ExceptHandler) -> bool:
    last = handler.body[-1]
    return isinstance(last, ast.Raise) and last.exc is None


def _catch_alls(source: Source) -> list[str]:
    found = []
    for node in ast.walk(source.tree):
        if isinstance(node, ast.ExceptHandler) and _caught(node) & EVERYTHING and not _cleans_up_and_raises(node):
            found.append(f"{source.path}:{node.lineno}")
        if isinstance(node, ast.Call) and name_of(node.func).endswith("suppress"):
            found += [f"{source.path}:{node.lineno}" for error in node.args if name_of(error) in EVERYTHING]
    return found


def test_only_the_last_resorts_catch_everything() -> None:
    found = [catch for source in shipped() if source.path not in LAST_RESORTS for catch in _catch_alls(source)]
    assert found == [], "name the errors that are expected here"


@pytest.mark.parametrize(
    ("handler", "is_last_resort"),
    [
        ("except Exception:\n  x()", True),
        ("except:\n  x()", True),
        ("except (OSError, Exception) as error:\n  x()", True),
        ("except BaseException:\n  x()\n  raise", False),
        ("except OSError:\n  x()", False),
    ],
)
def test_every_catch_all_is_seen(handler: str, is_last_resort: bool) -> None:
    assert bool(_catch_alls(Source("graph/x.py", f"try:\n  y()\n{handler}"))) is is_last_resort


def test_suppressing_everything_is_seen() -> None:
    assert _catch_alls(Source("graph/x.py", "with contextlib.suppress(Exception):\n  y()"))
