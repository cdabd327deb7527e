"""Settings are read once: no other file looks at the environment."""

import ast

from tests.architecture.source import Source, name_of, shipped

SETTINGS = "bootstrap/settings.py"
READERS = {"environ", "environb", "getenv", "getenvb", "putenv", "unsetenv"}


def _readings(source: Source) -> list[str]:
    return [
        f"{source.path}:{node.lineno}"
        for node in ast.walk(source.tree)
        if isinstance(node, ast.Attribute | ast.ImportFrom | ast.Import) and _reads_environment(node)
    ]


def _reads_environment(node: ast.Attribute | ast.ImportFrom | ast.Import) -> bool:
    if isinstance(node, ast.Attribute):
        return name_of(node) in {f"os.{reader}" for reader in READERS}
    if isinstance(node, ast.ImportFrom):
        return node.module == "dotenv" or (node.module == "os" and any(name.name in READERS for name in node.names))
    return any(name.name == "dotenv" or (name.name == "os" and name.asname) for name in node.names)


def test_only_the_settings_read_the_environment() -> None:
    found = [reading for source in shipped() if source.path != SETTINGS for reading in _readings(source)]
    assert found == [], f"read it in {SETTINGS} and pass it down"


def test_every_way_to_read_it_is_seen() -> None:
    ways = [
        "import os\nos.environ['A']",
        "import os\nos.getenv('A')",
        "from os import environ",
        "import os as o",
        "import dotenv",
    ]
    assert [way for way in ways if not _readings(Source("cli/way.py", way))] == []
    assert _readings(Source("cli/way.py", "import os\nos.getpid()")) == []
