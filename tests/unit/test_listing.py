"""Tables of the command line."""

import pytest

from cli.listing import show

SECRET = "whsec_" + "x" * 90


@pytest.mark.parametrize("columns", ["20", "80", "200"])
def test_nothing_is_cut_off(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, columns: str) -> None:
    monkeypatch.setenv("COLUMNS", columns)
    row = {"id": "a" * 60, "secret": SECRET, "types": ("a", "b"), "none": None}
    show([row], tuple(row), as_json=False)
    head, line = capsys.readouterr().out.splitlines()
    assert head.split() == ["id", "secret", "types", "none"]
    assert line.split() == ["a" * 60, SECRET, "a,", "b"]
