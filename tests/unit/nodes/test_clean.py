"""clean with a model: what the draft may and may not bring about."""

import asyncio
from typing import cast

import pytest

from domain.errors import Fault, ProviderUnavailable, Unavailable
from nodes.clean import Clean
from ports.chat_model import ChatAnswer, ChatRequest
from ports.store import TurnStore
from providers.scripted.chat_model import calls, says
from tests.unit.nodes.asking import BOOKS, KeptAnswers, turn_state

WORDS = "our leads are mostly coast"
MEANT = "our leads are mostly calls"


class DraftFirst:
    """A model whose draft is there, or has failed, before the words are."""

    name = "scripted:model"

    def __init__(self, draft: ChatAnswer | Exception, words: str = MEANT) -> None:
        self._draft, self._words = draft, words
        self._drafted = asyncio.Event()

    async def ask(self, request: ChatRequest) -> ChatAnswer:
        if request.purpose == "clean":
            await self._drafted.wait()
            await asyncio.sleep(0)  # the draft's own step is done by then
            return says(self._words)
        self._drafted.set()
        if isinstance(self._draft, Exception):
            raise self._draft
        return self._draft


@pytest.mark.parametrize("draft", [calls(), ProviderUnavailable("scripted", Fault.SERVER)])
@pytest.mark.parametrize("overlap", [True, False])
async def test_a_draft_of_other_words_counts_for_nothing(draft: ChatAnswer | Exception, overlap: bool) -> None:
    model = DraftFirst(draft)
    if not overlap:
        model._drafted.set()
    clean = Clean(model, cast(TurnStore, KeptAnswers()), BOOKS, overlap=overlap)
    update = await clean(turn_state(WORDS))
    assert update["cleaned_text"] == MEANT
    assert not {"draft_calls", "draft_fault"} & set(update)
    assert set(update["served"]) == {"clean"}


@pytest.mark.parametrize("overlap", [True, False])
async def test_a_draft_of_these_words_is_taken_as_it_is(overlap: bool) -> None:
    for draft, key in ((calls(), "draft_calls"), (ProviderUnavailable("scripted", Fault.SERVER), "draft_fault")):
        model = DraftFirst(draft, WORDS)
        if not overlap:
            model._drafted.set()
        clean = Clean(model, cast(TurnStore, KeptAnswers()), BOOKS, overlap=overlap)
        assert key in await clean(turn_state(WORDS))


async def test_an_answer_that_cannot_be_kept_is_a_matter_for_another_try() -> None:
    store, state = KeptAnswers(away=1), turn_state(WORDS)
    clean = Clean(DraftFirst(calls(), WORDS), cast(TurnStore, store), BOOKS)
    with pytest.raises(Unavailable):
        await clean(state)
    assert (await clean(state))["cleaned_text"] == WORDS
