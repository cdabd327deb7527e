"""Once words have given a time of day, no other time is made of their figures."""

from datetime import UTC, datetime

import pytest

from language.anchoring.anchors import Corpus, unanchored
from language.anchoring.derivations import Setting, derivations

SETTING = Setting(datetime(2026, 11, 17, 4, 30, tzinfo=UTC))


def heard(*texts: str) -> Corpus:
    """What was said, with what it gives."""
    return Corpus.of(texts).deriving(one for text in texts for one in derivations(text, SETTING))


@pytest.mark.parametrize("time", ["15:15", "3:15 PM", "04:15 PM", "16:00"])
def test_figures_of_two_times_make_no_third(time: str) -> None:
    assert unanchored(time, heard("at 3 pm", "or quarter past five in the afternoon, the 4th"))


@pytest.mark.parametrize("time", ["15:00", "3:00 PM", "17:15", "05:15 PM"])
def test_the_times_that_were_given_are_anchored_in_either_notation(time: str) -> None:
    assert unanchored(time, heard("at 3 pm", "or quarter past five in the afternoon")) == ()


def test_a_time_that_was_said_as_it_is_written_needs_no_derivation() -> None:
    assert unanchored("10:30 AM", heard("at 3 pm", "free: 10:30 AM, 11:00 AM")) == ()
