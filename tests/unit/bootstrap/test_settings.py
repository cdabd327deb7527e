"""Settings as people write them."""

from datetime import timedelta
from pathlib import Path

import pytest

from bootstrap.settings import load_settings
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


KINDS = (
    "",
    "PARLEY_STT__KIND=faster_whisper",
    "PARLEY_STT__KIND=groq",
    "PARLEY_VOICE__KIND=espeak",
    "PARLEY_VOICE__KIND=elevenlabs",
    "PARLEY_ACTIVITY__KIND=silero",
    "PARLEY_MAIL__KIND=smtp\nPARLEY_MAIL__HOST=mail.example",
    "PARLEY_CALENDAR__KIND=google",
    "PARLEY_SHEET__KIND=google\nPARLEY_SHEET__SPREADSHEET_ID=1",
    "PARLEY_ACTIVITY__KIND=webrtc",
)


def lines_of_the_example() -> list[str]:
    return [line.removeprefix("# ") for line in EXAMPLE.read_text().splitlines() if line.startswith("# PARLEY_")]


def test_every_line_of_the_example_can_be_uncommented(tmp_path: Path) -> None:
    """One at a time, beside the kind that it belongs to."""
    assert len(lines_of_the_example()) > 30
    for line in lines_of_the_example():
        assert any(_loads(tmp_path, f"{kind}\n{line}") for kind in KINDS), line


def _loads(folder: Path, text: str) -> bool:
    (folder / ".env").write_text(text)
    try:
        return load_settings().sessions.idle == timedelta(hours=1)
    except ConfigError:
        return False


def test_a_setting_of_another_kind_is_refused_by_its_own_name(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PARLEY_STT__KIND", "pocketsphinx")
    monkeypatch.setenv("PARLEY_STT__MODEL", "small")
    with pytest.raises(ConfigError, match="PARLEY_STT__MODEL"):
        load_settings()


def test_more_connections_at_rest_than_at_most_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PARLEY_DATABASE__POOL_MAX", "1")
    with pytest.raises(ConfigError, match="pool_min is 2"):
        load_settings()
