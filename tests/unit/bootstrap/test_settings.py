"""Settings as people write them."""

import re
from datetime import timedelta
from pathlib import Path

import pytest

from bootstrap.settings import PREFIX, load_settings, variables
from domain.errors import ConfigError

EXAMPLE = Path(__file__).parents[3] / ".env.example"


@pytest.fixture(autouse=True)
def nothing_set(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """No `.env` of the working directory."""
    monkeypatch.chdir(tmp_path)


@pytest.mark.parametrize(
    ("given", "read"),
    [
        ("3600", timedelta(hours=1)),
        ("2.5", timedelta(seconds=2.5)),
        (" 6 ", timedelta(seconds=6)),
        ("PT1H", timedelta(hours=1)),
        ("P30D", timedelta(days=30)),
    ],
)
def test_times_are_seconds_or_iso_8601(monkeypatch: pytest.MonkeyPatch, given: str, read: timedelta) -> None:
    monkeypatch.setenv("PARLEY_SESSIONS__IDLE", given)
    monkeypatch.setenv("PARLEY_RETENTION__SESSIONS", given)
    settings = load_settings()
    assert (settings.sessions.idle, settings.retention.sessions) == (read, read)


@pytest.mark.parametrize("given", ["soon", "-1", "P100000000D", "1e9999"])
def test_what_is_no_time_is_refused_by_name(monkeypatch: pytest.MonkeyPatch, given: str) -> None:
    monkeypatch.setenv("PARLEY_SESSIONS__IDLE", given)
    with pytest.raises(ConfigError, match="PARLEY_SESSIONS__IDLE"):
        load_settings()


def test_the_example_with_every_line_uncommented_changes_nothing(tmp_path: Path) -> None:
    lines = re.findall(r"^# ([A-Z_]+=.*)$", EXAMPLE.read_text(), re.MULTILINE)
    assert {line.partition("=")[0] for line in lines} >= {name for name in variables() if name.startswith(PREFIX)}
    without = load_settings()
    (tmp_path / ".env").write_text("\n".join(lines))
    assert load_settings() == without


def test_a_setting_of_another_kind_is_refused_by_its_own_name(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PARLEY_STT__KIND", "pocketsphinx")
    monkeypatch.setenv("PARLEY_STT__MODEL", "small")
    with pytest.raises(ConfigError, match="PARLEY_STT__MODEL"):
        load_settings()


def test_more_connections_at_rest_than_at_most_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PARLEY_DATABASE__POOL_MAX", "1")
    with pytest.raises(ConfigError, match="pool_min is 2"):
        load_settings()
