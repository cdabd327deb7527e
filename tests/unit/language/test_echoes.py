"""A run of words repeated from another text."""

import pytest

from language.echoes import ECHOED_WORDS, echoes

SOURCE = "Return what the caller meant to say, and nothing else at all."
RUN = "what the caller meant to say, and nothing"


@pytest.mark.parametrize(
    "text",
    [
        SOURCE,
        f"Of course: {RUN}.",
        RUN.upper(),
        RUN.replace(" ", "\n- "),
        RUN.replace("caller", "ca\u200bller"),
        '["what the caller", "meant to say", "and nothing"]',
    ],
)
def test_a_run_is_found_however_it_is_dressed(text: str) -> None:
    assert echoes(text, ("Another text.", SOURCE))


@pytest.mark.parametrize(
    "text", ["", "meant to say", RUN.rpartition(" ")[0], "Return it to the caller and say nothing."]
)
def test_fewer_words_or_others_are_no_echo(text: str) -> None:
    assert not echoes(text, (SOURCE,))


def test_what_somebody_said_is_their_own() -> None:
    assert not echoes(f"I know {RUN}", (SOURCE,), (f"um I know {RUN}",))
    assert echoes(SOURCE, (SOURCE,), (f"um I know {RUN}",))
    assert len(RUN.split()) == ECHOED_WORDS
