"""Words that are spoken elsewhere count as heard by what is told of them, and never further."""

from hypothesis import given
from hypothesis import strategies as st

from server.call.relayed import SECONDS_A_WORD, SETTLING_SECONDS, RelayedWords
from speech.playout import Sentence

REPLY = ("You have an appointment.", "It is at 4:30 on Monday.", "Shall I move it?")


def sent(*texts: str, at: float = 0.0) -> RelayedWords:
    """Words that were sent as one answer."""
    words = RelayedWords()
    for n, text in enumerate(texts):
        words.sent(Sentence("t", n, text), at)
    return words


def texts(sentences: list[Sentence]) -> list[str]:
    """What sentences say."""
    return [sentence.text for sentence in sentences]


def test_reports_piece_by_piece_prove_sentences_as_they_are_complete() -> None:
    words = sent(*REPLY)
    assert words.played("You have an") == []
    assert texts(words.played("appointment. It is")) == [REPLY[0]]
    assert texts(words.played("at 4:30 on Monday.")) == [REPLY[1]]
    assert words.waiting
    assert texts(words.played("Shall I move it?")) == [REPLY[2]]
    assert not words.waiting


def test_reports_of_all_so_far_prove_the_same() -> None:
    words = sent(*REPLY)
    assert texts(words.played(" ".join(REPLY[:2]))) == list(REPLY[:2])
    assert texts(words.played(" ".join(REPLY))) == [REPLY[2]]
    assert words.played(" ".join(REPLY)) == []


def test_a_report_of_words_that_were_not_sent_proves_nothing() -> None:
    words = sent(*REPLY)
    assert words.played("You have a dog.") == []
    assert words.played("") == []


def test_an_interruption_tells_what_was_heard_to_the_word() -> None:
    words = sent(*REPLY)
    whole, part = words.interrupted("You have an appointment. It is at 4:30")
    assert texts(whole) == [REPLY[0]]
    assert part == Sentence("t", 1, "It is at 4:30")
    assert not words.waiting
    words.sent(Sentence("u", 0, "Of course."), 5.0)
    assert texts(words.played("Of course.")) == ["Of course."]


def test_an_interruption_may_tell_of_the_last_answer_only() -> None:
    words = sent(*REPLY)
    whole, part = words.interrupted("Shall I move")
    assert texts(whole) == list(REPLY[:2])
    assert part == Sentence("t", 2, "Shall I move")


def test_an_interruption_before_anything_was_heard() -> None:
    whole, part = sent(*REPLY).interrupted("")
    assert (whole, part) == ([], None)


def test_an_answer_proves_what_was_sent_before_the_caller_began_to_speak() -> None:
    words = sent(REPLY[0])
    assert words.answered("yes", SETTLING_SECONDS) == []
    assert texts(words.answered("yes", SETTLING_SECONDS + SECONDS_A_WORD)) == [REPLY[0]]


def test_where_reports_come_an_answer_proves_nothing() -> None:
    words = sent(*REPLY)
    words.played("You have")
    assert words.answered("yes", 100.0) == []


def test_the_last_words_are_waited_for_as_long_as_they_take() -> None:
    words = sent("Goodbye then.", at=10.0)
    assert words.seconds_left(10.0) == 2 * SECONDS_A_WORD + SETTLING_SECONDS
    assert words.seconds_left(60.0) == 0.0
    words.played("Goodbye then.")
    assert words.seconds_left(10.0) == 0.0


@given(st.lists(st.integers(1, 4), min_size=1, max_size=5), st.data())
def test_what_is_proven_is_what_was_played(lengths: list[int], data: st.DataObject) -> None:
    numbers = iter(f"w{n}" for n in range(sum(lengths)))
    sentences = [[next(numbers) for _ in range(length)] for length in lengths]
    spoken = [word for words in sentences for word in words]
    cut = data.draw(st.integers(0, len(spoken)))
    whole, part = sent(*(f"{' '.join(words)}." for words in sentences)).interrupted(" ".join(spoken[:cut]))
    heard = sum(len(text.split()) for text in texts(whole)) + (len(part.text.split()) if part else 0)
    assert heard == cut
