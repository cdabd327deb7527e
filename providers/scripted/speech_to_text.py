"""A recogniser that hears what its script says."""

from collections.abc import Callable
from dataclasses import dataclass, field

from ports.speech_to_text import Recognition, RecognitionHint, Samples


@dataclass
class ScriptedSpeechToText:
    """Hears `script(samples, hint)`; `heard` holds how many samples each utterance had."""

    script: Callable[[Samples, RecognitionHint], Recognition]
    heard: list[int] = field(default_factory=list)
    name: str = "scripted:speech"

    async def transcribe(self, samples: Samples, hint: RecognitionHint) -> Recognition:
        """Recognise by script, or raise what the script raises."""
        self.heard.append(len(samples))
        return self.script(samples, hint)

    async def close(self) -> None:
        """Nothing is held."""


def silence() -> ScriptedSpeechToText:
    """A recogniser that never hears anything."""
    return ScriptedSpeechToText(lambda samples, hint: Recognition(text="", confidence=0.0))
