"""A sentence that no voice can say: the others are said, and only they count as heard."""

from collections.abc import AsyncIterator

from domain.errors import Fault, ProviderUnavailable
from ports.text_to_speech import Speech
from providers.scripted.text_to_speech import HummingVoice
from tests.eventually import eventually
from tests.integration.call.conftest import Desk
from tests.integration.call.test_calls import REPLY, SAID, until_heard


class Hoarse(HummingVoice):
    """Cannot say any sentence with this word in it."""

    word = "second"

    async def speak(self, text: str) -> AsyncIterator[Speech]:
        """Fail, or hum."""
        if self.word in text:
            raise ProviderUnavailable("hoarse", Fault.SERVER)
        async for piece in super().speak(text):
            yield piece


async def test_the_other_sentences_are_heard_and_the_turn_ends(desk: Desk) -> None:
    desk.hears.append(SAID)
    desk.voice = Hoarse()
    async with desk.call() as phone:
        await eventually(lambda: phone.played_marks == ["s1"])
        phone.say(1.0)
        await eventually(lambda: len(phone.played_marks) == 3)
        await until_heard(desk, phone.start.session_id, f"{REPLY[0]} {REPLY[2]}")
        phone.hang()
    kinds = [event["type"] async for event in desk.parley.events(phone.start.session_id)]
    assert kinds.count("reply_finished") == 2
