"""reply: said means done, no fact from nowhere, and a held call is asked about."""

from dataclasses import replace
from typing import Any

import pytest

from domain.playbook import Conversation
from domain.tool_call import Outcome
from language.consent.judging import Verdict
from nodes.judging import judge_for
from nodes.state import TurnState
from providers.scripted.chat_model import ScriptedChatModel, says
from tests.unit.nodes.asking import KeptAnswers
from tests.unit.nodes.replying import BOOKED, BUILT_IN, CLINIC, VISIT, Replied, booked, held, outcome, reply, turn_state

WORDS = "please book me a check-up on Tuesday at half past nine"
QUESTION = "Shall I book the appointment?"
STANDING = {"call_id": "old", "name": "schedule_appointment", "arguments": VISIT, "result": BOOKED}


async def said(text: str, *outcomes: Outcome, words: str = WORDS, **more: Any) -> Replied:
    return await reply(ScriptedChatModel(lambda request: says(text)), turn_state(words, *outcomes, **more))


async def test_a_claim_without_a_receipt_is_not_heard_nor_what_follows_it() -> None:
    replied = await said("Certainly. I've booked you in for Tuesday. You will get an e-mail. Anything else?")
    assert replied.sentences == ["Certainly.", BUILT_IN]
    assert replied.degraded == ["reply:unbacked", "reply:fallback"]


@pytest.mark.parametrize(
    "claim",
    [
        "I've booked you in for Tuesday, May 5 at 9:30.",
        "Your appointment is confirmed for Tuesday the 5th at half past nine in the morning.",
        "You're all set for Tuesday.",
        "You are booked for nine thirty.",
    ],
)
async def test_a_claim_with_its_receipt_is_heard(claim: str) -> None:
    for replied in (await said(claim, booked()), await said(claim, words="am I booked", standing=[STANDING])):
        assert replied.sentences == [claim]
        assert replied.degraded == []


@pytest.mark.parametrize(
    "claim",
    [
        "I've booked you in for Wednesday.",
        "You are booked for Tuesday at four.",
        "I've sent you an e-mail.",
        "I've cancelled your appointment.",
    ],
)
async def test_a_receipt_of_something_else_backs_nothing(claim: str) -> None:
    words = "is it Wednesday or Tuesday, at four or half past nine"
    assert (await said(claim, booked(), words=words)).sentences == [BUILT_IN]


@pytest.mark.parametrize("status", ["held", "declined", "failed", "refused"])
async def test_what_was_asked_now_and_not_done_is_proven_by_nothing_older(status: str) -> None:
    undone = outcome("schedule_appointment", status, VISIT)
    for claim in ("You are booked for Tuesday.", "You're all set."):
        replied = await said(claim, undone, standing=[STANDING])
        assert claim not in replied.sentences
        assert "reply:unbacked" in replied.degraded


async def test_a_tool_that_answers_otherwise_proves_no_more_than_it_says() -> None:
    queued = outcome("schedule_appointment", "done", VISIT, {**BOOKED, "email_sent": False})
    sent = outcome("schedule_appointment", "done", VISIT, {**BOOKED, "email_sent": True})
    text = "I've sent you an e-mail."
    assert (await said(text, queued)).sentences == [BUILT_IN]
    assert (await said(text, sent)).sentences == [text]


async def test_a_standing_effect_that_was_taken_back_proves_nothing() -> None:
    taken_back = outcome("update_customer_info", "done", {"field_to_update": "notes", "new_value": "no"})
    taken_back["ends"] = ["old"]
    assert (await said("You are booked for Tuesday.", taken_back, standing=[STANDING])).sentences == [BUILT_IN]


async def test_a_claim_that_begins_in_a_clause_that_was_heard_is_not_finished() -> None:
    clause = "As you asked me for the earliest time that there is on Tuesday for a check-up,"
    replied = await said(f"{clause} and because you would rather not wait for long today, I have booked you in.")
    assert replied.sentences[0].startswith(clause)
    assert not any("booked you in" in sentence for sentence in replied.sentences)
    assert "reply:unbacked" in replied.degraded


@pytest.mark.parametrize(
    "sentence",
    [
        "We have time on Thursday.",
        "Doctor Mehta is free then.",
        "It costs 40 pounds.",
        "It is free of charge.",
        "We are at 12 Station Road.",
        "Please ask for Priya.",
        "You can reach us at info@hillclinic.example.",
        "Our number is 555 0100.",
        "There are three of us.",
        "We close at half past five.",
        "Come on the 6th of May.",
        "We open in December.",
    ],
)
async def test_a_fact_from_nowhere_is_dropped_and_the_rest_is_heard(sentence: str) -> None:
    replied = await said(f"Let me see. {sentence} Would Tuesday suit you?")
    assert replied.sentences == ["Let me see.", "Would Tuesday suit you?"]
    assert replied.degraded == ["reply:unanchored"]
    alone = await said(sentence)
    assert alone.sentences == [BUILT_IN]
    assert alone.degraded == ["reply:unanchored", "reply:fallback"]


@pytest.mark.parametrize(
    "sentence",
    [
        "One moment, please.",
        "Of course, I can help you with that.",
        "Hello, this is Nora at Hill Clinic.",
        "Hello, this is Nora, the AI assistant of Hill Clinic.",
        "We are open from eight to six.",
        "Dr. Rao is in.",
        "Which of the two would you like, the dentist or physiotherapy?",
        "Would Tuesday at half past nine suit you?",
        "Is that Tuesday at 9:30?",
        "Could you give me your first name and the last four digits of your phone number?",
        "May I have your e-mail address?",
        "I'm afraid I don't know that.",
        "Could you say that once more?",
        "First of all, thank you for calling.",
        "Is it OK if I put you through to one of our colleagues?",
        "Sorry, just one more question.",
        "We can do either one.",
        "I can't promise a discount.",
        "Goodbye, and have a nice day!",
        "Tuesday is the 5th of May.",
        "You could also come at a quarter to eleven or on the 12th of June.",
    ],
)
async def test_what_was_said_is_known_or_states_no_fact_is_heard(sentence: str) -> None:
    offered = outcome(
        "generate_quote", "done", {}, {"slots": ["2026-06-12T10:45:00+01:00", "2026-05-05"], "notes": "check-up"}
    )
    replied = await said(sentence, offered)
    assert replied.sentences == [sentence]
    assert replied.degraded == []


@pytest.mark.parametrize(
    "said_by_caller", ["jo.smith@mail.com", "it's jo dot smith at mail dot com", "J o dot smith at mail dot com"]
)
async def test_an_address_is_known_as_a_whole(said_by_caller: str) -> None:
    text = "Is it jo.smith@mail.com?"
    assert (await said(text, words=said_by_caller)).sentences == [text]
    for other in ("Is it smith.jo@mail.com?", "Is it jo@mail.com?", "See www.smith.mail.com for more."):
        assert other not in (await said(other, words=said_by_caller)).sentences


async def test_a_fact_of_long_ago_is_looked_up_once() -> None:
    class Remembering(KeptAnswers):
        looked_up = 0

        async def earlier_texts(self, tenant_id: str, session_id: str, before_seq: int) -> list[str]:
            self.looked_up += 1
            return ["my name is Priya and my daughter is Anita"]

    store = Remembering()
    text = "Thank you, Priya. Is it for Anita? Or for Rahul?"
    replied = await reply(ScriptedChatModel(lambda request: says(text)), turn_state("hello"), store)
    assert replied.sentences == ["Thank you, Priya.", "Is it for Anita?"]
    assert replied.degraded == ["reply:unanchored"]
    assert store.looked_up == 1


def granted(state: TurnState, replied: Replied, name: str = "schedule_appointment") -> bool:
    tool = CLINIC.tool(name)
    assert tool is not None
    return judge_for(tool, " ".join(replied.sentences), "yes please").verdict is Verdict.GRANTED


@pytest.mark.parametrize(
    "text",
    [
        "I see.",
        "Certainly, one moment.",
        "I've booked you in for Tuesday.",
        "Is there anything else?",
        "Shall I book it?",
    ],
)
async def test_a_held_call_is_asked_about_with_its_details(text: str) -> None:
    replied = await said(text, held())
    *_, details, question = replied.sentences
    assert "Tuesday 5 May" in details
    assert "9:30" in details
    assert question == QUESTION
    assert granted(turn_state(WORDS), replied)


async def test_a_model_that_asks_is_not_repeated() -> None:
    text = "That is a check-up on Tuesday, 5 May at 9:30. Shall I book the appointment?"
    assert " ".join((await said(text, held())).sentences) == text


async def test_a_replier_is_told_what_waits_and_what_was_done() -> None:
    told: list[Conversation] = []
    clinic = replace(CLINIC, replier=lambda conversation: told.append(conversation))
    replied = await reply(None, turn_state(WORDS, held(), booked()), playbook=clinic)
    assert [call.name for call in told[0].held] == ["schedule_appointment"]
    assert [call["status"] for call in told[0].calls] == ["held", "done"]
    assert replied.sentences[-1] == QUESTION


async def test_an_act_without_details_is_asked_about_in_a_word() -> None:
    transfer = outcome("transfer_to_human", "held", {"reason": "a human please"})
    replied = await said("I see.", transfer, words="a human please")
    assert replied.sentences == ["I see.", "Shall I transfer the human?"]
    assert granted(turn_state(WORDS), replied, "transfer_to_human")
