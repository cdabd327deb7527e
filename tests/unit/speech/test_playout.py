"""What was heard, under any loss, repetition and lateness of marks, with any cut."""

from hypothesis import given
from hypothesis import strategies as st

from speech.pacing import Pacer
from speech.playout import Playout, Sentence


def sentence(n: int) -> Sentence:
    return Sentence("turn", n, f"Sentence {n}.")


def test_a_sentence_is_heard_when_its_mark_comes_back() -> None:
    playout = Playout()
    first, second = playout.sent(sentence(0)), playout.sent(sentence(1))
    assert playout.played(first) == [sentence(0)]
    assert playout.waiting
    assert playout.played(second) == [sentence(1)]
    assert not playout.waiting


def test_a_mark_proves_what_came_before_it_too() -> None:
    playout = Playout()
    marks = [playout.sent(sentence(n)) for n in range(3)]
    assert playout.played(marks[1]) == [sentence(0), sentence(1)]
    assert playout.played(marks[0]) == []


def test_marks_that_a_clear_sends_back_prove_nothing() -> None:
    playout = Playout()
    marks = [playout.sent(sentence(n)) for n in range(2)]
    assert playout.cleared() == [sentence(0), sentence(1)]
    assert [playout.played(mark) for mark in marks] == [[], []]
    again = playout.sent(sentence(0))
    assert again not in marks
    assert playout.played(again) == [sentence(0)]


def test_a_mark_that_nobody_sent_proves_nothing() -> None:
    playout = Playout()
    playout.sent(sentence(0))
    assert playout.played("s99") == []
    assert playout.waiting


@given(st.lists(st.sampled_from(["send", "play", "clear", "echo late", "lose mark", "repeat mark"]), max_size=60))
def test_nothing_is_claimed_that_was_not_played(steps: list[str]) -> None:
    playout, numbers = Playout(), iter(range(100))
    buffer: list[tuple[str, Sentence]] = []
    flying: list[str] = []
    played: list[Sentence] = []
    claimed: list[Sentence] = []
    for step in steps:
        match step:
            case "send":
                piece = sentence(next(numbers))
                buffer.append((playout.sent(piece), piece))
            case "play" if buffer:
                mark, piece = buffer.pop(0)
                played.append(piece)
                flying.append(mark)
            case "clear":
                flying += [mark for mark, _ in buffer]
                buffer.clear()
                playout.cleared()
            case "echo late" if flying:
                claimed += playout.played(flying.pop(0))
            case "lose mark" if flying:
                flying.pop(0)
            case "repeat mark" if flying:
                claimed += playout.played(flying[0])
    assert set(claimed) <= set(played)
    assert [piece.n for piece in claimed] == sorted({piece.n for piece in claimed})


def test_sound_is_sent_two_seconds_ahead_and_no_more() -> None:
    pacer = Pacer()
    pacer.sent(5.0, now=10.0)
    assert pacer.wait(now=10.0) == 3.0
    assert pacer.wait(now=13.0) == 0.0
    assert pacer.ends == 15.0
    pacer.sent(1.0, now=20.0)
    assert pacer.ends == 21.0
    pacer.cleared(now=20.5)
    assert pacer.ends == 20.5
