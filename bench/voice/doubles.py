"""What stands in the place of recogniser and voice where our own share is measured."""

from ports.speech_to_text import Recognition, RecognitionHint, Samples
from providers.scripted.speech_to_text import ScriptedSpeechToText

HEARD = ("What are your opening hours?", "I have another question.", "We have two dogs and a cat.")
"""What callers are taken to say, in turn."""


def build_recogniser() -> ScriptedSpeechToText:
    """Make a recogniser that knows at once, with certainty, and hears one line after the other."""
    told = 0

    def hear(samples: Samples, hint: RecognitionHint) -> Recognition:
        nonlocal told
        told += 1
        return Recognition(HEARD[told % len(HEARD)], 0.95)

    return ScriptedSpeechToText(hear)
