"""What a short sound over our own words amounts to, before it is known whether it is a turn at all."""

import asyncio

from domain.errors import ProviderError
from domain.playbook import Playbook
from domain.sound import LineSound
from language.back_channel import is_back_channel
from ports.speech_to_text import RecognitionHint, SpeechToText
from speech.barge_in import Words
from speech.utterance import decode, for_recognition


async def weigh(stt: SpeechToText, playbook: Playbook, sound: LineSound, data: bytes, *, question_open: bool) -> Words:
    """Recognise it and weigh its words; an engine that fails hears none."""
    words = await recognise(stt, playbook, sound, data)
    if not words:
        return Words.NONE
    return Words.BACK_CHANNEL if is_back_channel(words, question_open) else Words.REAL


async def recognise(stt: SpeechToText, playbook: Playbook, sound: LineSound, data: bytes) -> str:
    """Recognise a sound of a line; an engine that fails hears nothing."""
    pcm = await asyncio.to_thread(decode, data, sound.content_type)
    samples = await asyncio.to_thread(for_recognition, pcm)
    hint = RecognitionHint(phrases=playbook.hint_phrases, narrowband=sound is LineSound.MU_LAW_8K)
    try:
        return (await stt.transcribe(samples, hint)).text
    except ProviderError:
        return ""
