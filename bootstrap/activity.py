"""What tells speech from noise on a line, as the settings choose it."""

from contextlib import AbstractAsyncContextManager
from typing import assert_never

from bootstrap.speech_settings import Activity, AutoActivity, EnergyActivity, SileroActivity, WebrtcActivity
from ports.voice_activity import VoiceActivity


def choose_activity(activity: Activity) -> Activity:
    """Say which detector is in force: where none is named, Silero's where it is installed."""
    if not isinstance(activity, AutoActivity):
        return activity
    from providers.silero.model import find_model

    return SileroActivity() if find_model() else EnergyActivity()


def open_voice_activity(activity: Activity) -> AbstractAsyncContextManager[VoiceActivity]:
    """Open the detector of the given kind.

    Raises:
        ConfigError: its model is not installed; the message says what to do.
    """
    match activity:
        case SileroActivity():
            from providers.silero.adapter import open_silero

            return open_silero(activity.model)
        case WebrtcActivity():
            from providers.webrtc.adapter import open_webrtc

            return open_webrtc(activity.aggressiveness)
        case EnergyActivity():
            from providers.energy.adapter import open_energy

            return open_energy()
        case AutoActivity():
            return open_voice_activity(choose_activity(activity))
        case _:
            assert_never(activity)
