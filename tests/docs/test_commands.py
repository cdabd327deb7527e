"""What the documents tell a reader to type is typed by a test."""

import ast
from importlib.util import find_spec

import pytest

from tests.architecture.source import ROOT
from tests.docs.blocks import Block, blocks, blocks_of
from tests.docs.commands import EXERCISED_BY, NEEDS

RUNNABLE = [block for block in blocks("sh") if not block.needs]


def _place(block: Block) -> str:
    return f"{block.page}:{block.line}"


def _exercised(command: str) -> bool:
    return any(f"{command} ".startswith(f"{known} ") for known in EXERCISED_BY)


def test_every_command_is_exercised() -> None:
    unknown = [f"{_place(block)} {line}" for block in RUNNABLE for line in block.commands() if not _exercised(line)]
    assert unknown == [], "name the test that runs it in tests/docs/commands.py, or what it needs: ```sh needs=docker"


def test_every_registered_command_is_documented() -> None:
    documented = [f"{line} " for block in RUNNABLE for line in block.commands()]
    assert [known for known in EXERCISED_BY if not any(line.startswith(f"{known} ") for line in documented)] == []


@pytest.mark.parametrize("test", sorted(set(EXERCISED_BY.values())))
def test_the_registered_test_is_there(test: str) -> None:
    path, _, name = test.partition("::")
    tree = ast.parse((ROOT / path).read_text(encoding="utf-8"))
    assert name in {node.name for node in ast.walk(tree) if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)}


def test_a_block_says_what_it_needs_in_known_words() -> None:
    assert [_place(block) for block in blocks("sh") if block.needs and block.needs not in NEEDS] == []


def test_shell_blocks_are_marked_sh() -> None:
    other = [_place(block) for name in ("bash", "shell", "console", "zsh", "") for block in blocks(name)]
    assert other == [], "commands are sh, output is text"


@pytest.mark.parametrize("block", blocks("python"), ids=_place)
def test_a_python_block_imports_what_exists(block: Block) -> None:
    for node in ast.walk(ast.parse(block.text)):
        if isinstance(node, ast.ImportFrom) and node.module:
            module = __import__(node.module, fromlist=["*"])
            assert [name.name for name in node.names if not hasattr(module, name.name)] == []
        elif isinstance(node, ast.Import):
            assert [name.name for name in node.names if find_spec(name.name) is None] == []


def test_blocks_are_read_as_they_are_rendered() -> None:
    page = ROOT / "README.md"
    assert {"sh", "python", "mermaid"} <= {block.language for block in blocks_of(page)}
    block = Block("x.md", 1, "sh", "", "A=b\n# note\nrun \\\n  --flag 'a b'\n\nls\n")
    assert list(block.commands()) == ["run --flag 'a b'", "ls"]
