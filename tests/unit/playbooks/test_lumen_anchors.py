"""What is rightly proposed on a discovery call passes the check of arguments."""

from collections.abc import Iterator, Mapping
from typing import Any

import pytest

from domain.dataset import texts_in
from language.anchoring.anchors import Corpus, unanchored_arguments
from language.cleaning.cleaner import clean
from playbooks.lumen.playbook import PLAYBOOK
from playbooks.lumen.rules.analyst import analyst
from tests.unit.playbooks.lumen_scoring import conversation_of, load_rows

ROWS = (
    "lumen_rows.jsonl",
    "lumen_rows_everyday.jsonl",
    "lumen_rows_unpunctuated.jsonl",
    "lumen_rows_formal.jsonl",
    "lumen_rows_mixed.jsonl",
)


def calls(row: Mapping[str, Any]) -> Iterator[tuple[str, Mapping[str, Any]]]:
    """What the analyst proposes, and what is due."""
    yield from ((call.name, call.arguments) for call in analyst(conversation_of(row)))
    yield from ((name, arguments) for name, arguments in row["calls"])


@pytest.mark.parametrize("rows", ROWS)
def test_no_good_call_is_refused(rows: str) -> None:
    for row in load_rows(rows):
        asked, context = row["asked"] or "", PLAYBOOK.context
        known = texts_in(dict(conversation_of(row).dataset))
        corpus = Corpus.of([row["text"], asked, *context.texts, *known])
        newest = clean(row["text"], terms=context.terms, history=[asked]).text
        for name, arguments in calls(row):
            tool = PLAYBOOK.tool(name)
            assert tool is not None
            assert unanchored_arguments(arguments, corpus, tool.exempt, tool.quoted, newest) == (), row["text"]


def test_what_a_tool_quotes_is_an_argument_of_it_and_no_enum() -> None:
    for tool in PLAYBOOK.tools:
        assert tool.quoted <= set(tool.parameters["properties"]) - tool.exempt
    quoted = {name for tool in PLAYBOOK.tools for name in tool.quoted}
    assert quoted == {"new_value", "value_string", "channels"}
