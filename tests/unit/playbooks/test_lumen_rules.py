"""The built-in decider of a discovery call, scored on rows of turns and the calls that are due."""

import pytest

from domain.conversation import Role, Utterance
from domain.dataset import Dataset, fold
from domain.playbook import CallMoment, Conversation
from playbooks.lumen.playbook import PLAYBOOK
from playbooks.lumen.rules.analyst import analyst
from tests.unit.playbooks.lumen_scoring import conversation_of, load_rows, score


@pytest.mark.parametrize(
    ("rows", "floor"),
    [
        ("lumen_rows.jsonl", 0.97),
        ("lumen_rows_everyday.jsonl", 0.95),
        ("lumen_rows_unpunctuated.jsonl", 0.92),
        ("lumen_rows_formal.jsonl", 0.88),
        ("lumen_rows_mixed.jsonl", 0.9),
    ],
)
def test_right_calls_are_proposed_and_none_where_none_is_due(rows: str, floor: float) -> None:
    scored = score(load_rows(rows))
    assert scored.f1 >= floor, scored.wrong
    assert scored.silence == 1.0, scored.wrong


@pytest.mark.parametrize("rows", ["lumen_rows.jsonl", "lumen_rows_everyday.jsonl", "lumen_rows_unpunctuated.jsonl"])
def test_every_proposal_rests_on_words_of_the_turn_and_fits_its_tool(rows: str) -> None:
    for row in load_rows(rows):
        for call in analyst(conversation_of(row)):
            tool = PLAYBOOK.tool(call.name)
            assert tool is not None
            assert tool.validate(call.arguments) == call.arguments
            assert call.evidence in row["text"]


@pytest.mark.parametrize("rows", ["lumen_rows.jsonl", "lumen_rows_everyday.jsonl"])
async def test_what_is_on_record_is_not_proposed_again(rows: str) -> None:
    for row in load_rows(rows):
        first = conversation_of(row)
        dataset = dict(first.dataset)
        for call in analyst(first):
            dataset = await _after(dataset, call.name, dict(call.arguments))
        again = Conversation(first.raw, first.cleaned, first.history, dataset, first.context)
        assert analyst(again) == []


async def _after(dataset: Dataset, name: str, arguments: dict[str, object]) -> Dataset:
    tool = PLAYBOOK.tool(name)
    assert tool is not None
    answer = await tool.run(arguments, CallMoment("s", "t", 1.0, dataset))
    return fold(dataset, answer.change, now=1.0)[0]


@pytest.mark.parametrize(
    "word", ["no, ", "and we ", "a couple of ", "what is ", "i'm ", "fifty ", "we want to get ", "s-p-", "12,"]
)
def test_time_stays_in_proportion_to_an_endless_turn(word: str) -> None:
    text = word * (8_000 // len(word))
    history = (Utterance(1, Role.AGENT, "Lumen", "How many calls do you get a month?"),)
    dataset = PLAYBOOK.new_dataset({}, now=0.0)
    proposed = analyst(Conversation(text, text, history, dataset, PLAYBOOK.context))
    assert len(proposed) < 20
