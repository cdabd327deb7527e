"""A held call is asked about in Studio by an interrupt; the turn itself is over by then."""

from typing import Any

import psycopg
import pytest
from langgraph_sdk.client import LangGraphClient

from providers.postgres.embedded.attach import open_embedded
from tests.e2e.studio.conftest import Studio

DOUBLE_QUESTION = "Would a demo be useful, and how many leads do you get?"
CALL = "initiate_demo_creation"


async def hold(client: LangGraphClient) -> tuple[str, dict[str, Any]]:
    """A thread whose last turn holds a call: its yes may be meant for either of two questions."""
    thread = str((await client.threads.create())["thread_id"])
    await say(client, thread, "Lumen", DOUBLE_QUESTION)
    return thread, await say(client, thread, "User", "yes")


async def say(client: LangGraphClient, thread: str, speaker: str, text: str) -> dict[str, Any]:
    answer = await client.runs.wait(thread, "turn", input={"speaker": speaker, "raw_text": text})
    assert isinstance(answer, dict)
    return answer


async def resume(client: LangGraphClient, thread: str, answer: str) -> dict[str, Any]:
    answered = await client.runs.wait(thread, "turn", command={"resume": answer})
    assert isinstance(answered, dict)
    return answered


async def asked(client: LangGraphClient, thread: str) -> list[dict[str, Any]]:
    """What the thread waits for an answer to."""
    state = await client.threads.get_state(thread)
    return [dict(interrupt["value"]) for interrupt in state["interrupts"]]


async def rows(studio: Studio, thread: str, query: str) -> list[tuple[Any, ...]]:
    """Look into the tables as their owner."""
    async with open_embedded(studio.data_dir) as dsn, await psycopg.AsyncConnection.connect(dsn) as owner:
        return await (await owner.execute(query.encode(), [thread])).fetchall()


async def proven(studio: Studio, thread: str) -> list[tuple[Any, ...]]:
    """What the ledger of consents holds of a thread."""
    query = "SELECT verdict, decided_by, answering_seq FROM consent_ledger WHERE session_id = %s ORDER BY n"
    return await rows(studio, thread, query)


async def test_the_person_grants_and_the_call_runs_once(client: LangGraphClient, studio: Studio) -> None:
    thread, _ = await hold(client)
    (question,) = await asked(client, thread)
    assert (question["function_name"], question["question"]) == (CALL, DOUBLE_QUESTION)
    open_turns = await rows(studio, thread, "SELECT count(*) FROM turns WHERE session_id = %s AND NOT done")
    assert open_turns == [(0,)]

    await resume(client, thread, "yes")
    (again,) = await asked(client, thread)
    assert (again["consent_id"], "problem" in again) == (question["consent_id"], True)
    assert await proven(studio, thread) == [("held", None, None)]

    answer = await resume(client, thread, "grant")
    (call,) = answer["result"]["function_calls"]
    assert (call["function_name"], call["status"], answer["result"]["dataset_version"]) == (CALL, "done", 1)
    assert await asked(client, thread) == []
    assert await proven(studio, thread) == [("held", None, None), ("granted", "studio", None)]
    calls = await rows(studio, thread, "SELECT name, status FROM tool_calls WHERE session_id = %s")
    assert calls == [(CALL, "done")]


async def test_the_person_refuses(client: LangGraphClient, studio: Studio) -> None:
    thread, _ = await hold(client)
    answer = await resume(client, thread, "refuse")
    assert [call["status"] for call in answer["result"]["function_calls"]] == ["refused"]
    assert (await proven(studio, thread))[-1] == ("refused", "studio", None)


@pytest.mark.parametrize(("words", "verdict"), [("yes, go ahead please", "granted"), ("we have a dog", "held")])
async def test_new_words_instead_of_an_answer_are_a_turn(
    client: LangGraphClient, studio: Studio, words: str, verdict: str
) -> None:
    thread, _ = await hold(client)
    await say(client, thread, "Lumen", "Shall I go ahead and create the demo for you?")
    assert await asked(client, thread) == []
    answer = await say(client, thread, "User", words)
    assert answer["result"]["cleaned_text"]
    assert (await proven(studio, thread))[-1][0] == verdict


async def test_two_turns_of_the_caller_in_a_row(client: LangGraphClient) -> None:
    thread = str((await client.threads.create())["thread_id"])
    texts = ["we have about five hundred visitors", "and two salespeople"]
    answers = [await say(client, thread, "User", text) for text in texts]
    assert [answer["result"]["seq"] for answer in answers] == [1, 2]
