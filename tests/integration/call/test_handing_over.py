"""A caller is handed to a person when the words that say so were heard; and a machine that asks is told who calls."""

from tests.eventually import eventually
from tests.integration.call.conftest import MANNERS, Desk

WANTS = "a colleague please"
PUT_THROUGH = "One moment, I will put you through."
SCREEN = "Hi, if you record your name and reason for calling, I'll see if this person is available."


async def test_a_caller_is_handed_over_after_the_words_that_say_so(desk: Desk) -> None:
    desk.hears.append(WANTS)
    async with desk.call() as phone:
        await eventually(lambda: phone.played_marks == ["s1"])
        phone.say(1.0)
        await eventually(lambda: phone.transferred is not None)
        assert len(phone.played_marks) == 2
    assert phone.transferred == (MANNERS.transfer_to, WANTS)
    turns = (await desk.parley.list_turns(phone.start.session_id)).items
    assert turns[1]["heard"] == PUT_THROUGH


async def test_a_caller_whom_the_carrier_does_not_hand_over_is_told_and_the_call_goes_on(desk: Desk) -> None:
    desk.hears += [WANTS, "never mind"]
    async with desk.call() as phone:
        phone.refuses_transfer = True
        await eventually(lambda: phone.played_marks == ["s1"])
        phone.say(1.0)
        await eventually(lambda: "I am sorry, I cannot put you through right now." in desk.voice.spoken)
        await eventually(lambda: len(phone.played_marks) == 4)
        phone.say(1.0)
        await eventually(lambda: "You said never mind." in desk.voice.spoken)
        phone.hang()


async def test_a_sign_of_listening_delays_no_handing_over(desk: Desk) -> None:
    desk.hears += [WANTS, "okay"]
    async with desk.call() as phone:
        await eventually(lambda: phone.played_marks == ["s1"])
        phone.speed, desk.voice.word_ms = 4.0, 400  # the words are not over when the sign is
        phone.say(1.0)
        await eventually(lambda: PUT_THROUGH in desk.voice.spoken)
        phone.say(0.4)
        await eventually(lambda: phone.transferred is not None)
    assert phone.clears == 0


async def test_a_caller_who_thinks_of_something_more_over_the_goodbye_is_not_hung_up_on(desk: Desk) -> None:
    desk.hears += ["goodbye", "one thing more"]
    async with desk.call() as phone:
        await eventually(lambda: phone.played_marks == ["s1"])
        phone.speed, desk.voice.word_ms = 1.0, 3_000  # a goodbye that a busy machine, too, can speak over
        phone.say(1.0)
        await eventually(lambda: len(desk.voice.spoken) > 1)
        phone.say(1.0)
        await eventually(lambda: "You said one thing more." in desk.voice.spoken)
        assert not phone.hung_up
        phone.hang()


async def test_a_machine_that_screens_our_call_is_told_who_calls_and_why(desk: Desk) -> None:
    desk.hears += [SCREEN, "hello yes", "hello yes"]
    async with desk.call(outbound=True) as phone:
        await eventually(lambda: len(phone.played_marks) == 2)
        phone.say(1.0)
        await eventually(lambda: MANNERS.purpose in desk.voice.spoken and len(phone.played_marks) == 4)
        phone.say(1.0)
        await eventually(lambda: "You said hello yes." in desk.voice.spoken)
        phone.hang()
