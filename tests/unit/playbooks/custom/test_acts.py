"""What a turn does: in any business a goodbye is told from talk of one, and a no from a message."""

import pytest

from playbooks.custom.acts import Act, act_of


@pytest.mark.parametrize(
    ("words", "act"),
    [
        ("No you've been very helpful, bye now.", Act.GOODBYE),
        ("He said bye and hung up on me.", Act.STATEMENT),
        ("No, that's the lot, cheers.", Act.NO_MORE),
        ("I don't think so.", Act.NO),
        ("No, not that I can think of, thanks.", Act.NO),
        ("I don't think so highly of him.", Act.STATEMENT),
        ("I don't know it off the top of my head, sorry.", Act.NO),
        ("I don't know that he ever came.", Act.STATEMENT),
        ("Lovely weather we're having.", Act.SMALL_TALK),
        ("Awful day, my roof leaks.", Act.STATEMENT),
        ("I was just wondering if you do repairs.", Act.QUESTION),
        ("Can you get Sam to ring me?", Act.TELL),
        ("Can you get parts for it?", Act.QUESTION),
    ],
)
def test_an_act_is_known_by_its_words(words: str, act: Act) -> None:
    assert act_of(words) is act
