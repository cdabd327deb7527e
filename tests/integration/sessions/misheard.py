"""A caller whose words are recognised wrongly: what was said is among the recogniser's other readings."""

from domain.turn import TurnResult
from ports.records import TurnReceipt
from ports.speech_to_text import Recognition
from providers.scripted.speech_to_text import ScriptedSpeechToText
from sessions.service import Parley

QUESTION, HEARD, SAID = "How many calls do you get?", "we get 90 coast a month", "we get 90 calls a month"


def build_ears() -> ScriptedSpeechToText:
    """A recogniser that is sure of the wrong word."""
    return ScriptedSpeechToText(lambda samples, hint: Recognition(HEARD, 0.9, "en", alternatives=(SAID,)))


async def speak(parley: Parley, session_id: str) -> TurnResult:
    """Say a second of sound."""
    sound = b"\x80" * 8_000
    result = await parley.process_turn(
        session_id, speaker="User", audio=sound, audio_type="audio/basic", turn_id="spoken"
    )
    assert not isinstance(result, TurnReceipt)
    return result
