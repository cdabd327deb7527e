"""`parley bench voice --quick`: every measure works, and its rows and raw figures are all there."""

from pathlib import Path
from typing import Any

import pytest

from bench.voice.prompts import NoPrompts, load_prompts
from bench.voice.quality import judge_quality
from bench.voice.ways import OURS, find_audioop, find_ways
from tests.integration.bench.quick import run_quick
from tests.unit.speech.wav_files import wav

JUDGED = {
    "Codec and change of rate, 20 ms, 8 to 16 kHz and back": "under 30 us",
    "End of speech to first byte of the answer, built-in engines, one call": "p95 under 200 ms",
    "The same without recognition and voice, one call": "p95 under 30 ms",
    "Heard text after 60 random cuts": "no such word; one sentence fragment",
    "Word error rate on recorded prompts": "",
}
"""Row -> its bar, as the quick run names them."""


def test_every_measure_has_its_row_its_bar_and_its_figures() -> None:
    report = run_quick("voice")
    bars = {row["what"]: row["bar"] for row in report["rows"]}
    assert {what: bars.get(what) for what in JUDGED} == JUDGED
    assert all(row["figure"] for row in report["rows"])
    assert {row["met"] for row in report["rows"]} == {None}
    assert any(what.startswith("Live streams with lag p99 under 20 ms") for what in bars)
    assert_figures_are_kept(report["raw"])
    assert_no_word_is_claimed_that_was_not_played(report["raw"])


def assert_figures_are_kept(raw: dict[str, Any]) -> None:
    """Every figure behind the rows is there."""
    assert min(raw["sound_us"][OURS]["inward"]) > 0
    assert all(
        found["answers_ms"] and not found["unanswered"] for found in (raw["answers"], raw["own_share"]["1 on 1"])
    )
    (streams,) = (value for name, value in raw.items() if name.startswith("streams"))
    assert streams
    assert all(window["chunks"] > 0 and window["lines"] == window["streams"] for window in streams)


def assert_no_word_is_claimed_that_was_not_played(raw: dict[str, Any]) -> None:
    """The callers who cut in heard what their sessions say they heard."""
    assert raw["cuts"]["unplayed"] == 0
    assert raw["line_cuts"]
    assert all(cut["played"] and cut["session"] for cut in raw["line_cuts"])


def test_every_way_passes_the_telephone_band_and_is_told_from_the_others() -> None:
    quality = {way.name: judge_quality(way) for way in find_ways()}
    assert ("audioop" in quality) is (find_audioop() is not None)
    assert quality[OURS].ripple <= 0.05
    assert quality[OURS].sinad >= 75
    assert quality[OURS].alias <= -55


def test_prompts_are_read_with_their_words(tmp_path: Path) -> None:
    sound = wav(bytes(32_000))
    for name in ("hello", "tone", "short"):
        (tmp_path / f"{name}.wav").write_bytes(sound if name != "short" else wav(bytes(160)))
    lines = "; a comment\nhello: Hello there.\ntone: [a tone]\nshort: Hm.\nnowhere: No file.\n"
    (tmp_path / "core-sounds-en.txt").write_text(lines)
    (prompt,) = load_prompts(tmp_path, 5)
    assert (prompt.words, prompt.seconds, prompt.sound) == ("Hello there.", 2.0, sound)


def test_a_folder_without_prompts_says_so(tmp_path: Path) -> None:
    with pytest.raises(NoPrompts, match="there is no core-sounds"):
        load_prompts(tmp_path, 5)
