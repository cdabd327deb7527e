"""What a prospect only wishes, jokes about or tells of others is no fact; a guess and a proviso leave one standing."""

from typing import Any

import pytest

from language.anchoring.arguments import unanchored_arguments
from language.anchoring.corpus import Corpus
from playbooks.lumen.playbook import PLAYBOOK
from playbooks.lumen.rules.analyst import analyst
from tests.unit.playbooks.lumen_scoring import conversation_of

CALLS, VISITORS, SIZE, CHANNELS = (
    "How many calls?",
    "How many visitors?",
    "How big is the team?",
    "How do you advertise?",
)
ROLE, NAME, TROUBLE, GOAL = (
    "What's your role?",
    "What's your name?",
    "What's the biggest challenge?",
    "What's your goal?",
)


def _proposed(asked: str, text: str) -> list[dict[str, Any]]:
    return [dict(call.arguments) for call in analyst(conversation_of({"asked": asked, "text": text}))]


@pytest.mark.parametrize(
    ("asked", "text"),
    [
        (CALLS, "Well, when we had the second branch it was two hundred a month."),
        (CALLS, "I couldn't tell you, my wife does the phones."),
        (CALLS, "A hundred, I wish."),
        (CALLS, "I've had three calls from you people this week."),
        (CALLS, "We'd take forty, if you could find them."),
        (CALLS, "About how many, do you mean?"),
        (VISITORS, "My nephew says two thousand but I don't believe him."),
        (VISITORS, "It should be a thousand by Christmas."),
        (VISITORS, "Zero point zero, probably. I'm joking."),
        (VISITORS, "The old site had about nine hundred."),
        (SIZE, "I had thirty lads at one point."),
        (SIZE, "Last place I worked had a hundred."),
        (SIZE, "The council's got two hundred people doing what I do."),
        (TROUBLE, "Talking to you, at the moment."),
        (TROUBLE, "I'm not going to tell you that."),
        (CHANNELS, "Someone suggested TikTok but no."),
        (ROLE, "Chief tea maker, ha ha."),
        (TROUBLE, "I don't really have one."),
        (TROUBLE, "No problems at all really."),
        (TROUBLE, "You calling me all the time."),
        (GOAL, "To get off this call."),
        (GOAL, "Haven't thought about it."),
        ("Anything else?", "There's ten of us on this call, I think."),
    ],
)
def test_nothing_is_learnt_from_what_is_not_so(asked: str, text: str) -> None:
    assert _proposed(asked, text) == []


@pytest.mark.parametrize(
    ("asked", "text", "value"),
    [
        (CALLS, "Fifty odd, if you count the time wasters.", "Fifty odd"),
        (CALLS, "Maybe ten a day, twelve if it's been raining.", "Maybe ten a day"),
        (CALLS, "Twenty, if that.", "Twenty"),
        (CALLS, "Ooh, I'd have to guess. Somewhere around sixty?", "Somewhere around sixty"),
        (CALLS, "Zero. I'm joking. About forty.", "About forty"),
        (SIZE, "The firm has forty people.", "forty people"),
        (VISITORS, "The old site still gets about nine hundred.", "about nine hundred"),
        (SIZE, "Nine of us, if you include my mum.", "Nine of us"),
        (SIZE, "Six, plus a couple of subbies.", "Six"),
        (CHANNELS, "We're on Checkatrade, if you count that.", ["Checkatrade"]),
        (NAME, "Dave. Dave Marsh.", "Dave Marsh"),
        (ROLE, "I own it.", "owner"),
        (ROLE, "I run the business with my brother.", "run the business with my brother"),
        (TROUBLE, "No, the phones are killing us.", "the phones are killing us"),
    ],
)
def test_what_is_so_is_learnt_beside_a_proviso(asked: str, text: str, value: object) -> None:
    (arguments,) = _proposed(asked, text)
    assert value in arguments.values()


def _unanchored(said: str) -> list[str]:
    assert PLAYBOOK.derive is not None
    corpus = Corpus.of((said,)).deriving(PLAYBOOK.derive(said, 0.0))
    found = unanchored_arguments({"new_value": "owner"}, corpus, quoted={"new_value"}, newest=said)
    return [one.text for one in found]


def test_an_owner_is_anchored_in_what_an_owner_says() -> None:
    assert _unanchored("I own the place.") == []
    assert _unanchored("My brother runs the place.") == ["owner"]
