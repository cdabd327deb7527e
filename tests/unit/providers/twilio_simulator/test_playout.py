"""The telephone's buffer: what it plays and when, and which marks go back."""

from collections.abc import Sequence

from hypothesis import given
from hypothesis import strategies as st

from providers.twilio_simulator.playout import Ear, Heard, Playout, PlayoutRecord
from tests.unit.providers.twilio_simulator.tones import loud

LOUD = b"\x10"

Act = tuple[str, int, int]
ACTS = st.lists(
    st.tuples(st.sampled_from(["push", "mark", "clear", "wait"]), st.integers(0, 600), st.integers(0, 500)), max_size=40
)


def _spans(record: PlayoutRecord) -> list[tuple[int, int, int]]:
    return [(span.at, span.offset, len(span.sound)) for span in record.played]


def test_sound_is_played_as_time_passes() -> None:
    playout = Playout(Ear())
    playout.push(LOUD * 1_000, 80)
    playout.advance(480)
    assert (_spans(playout.record), playout.waiting) == ([(80, 0, 400)], 600)
    playout.advance(5_000)
    assert (_spans(playout.record), playout.waiting) == ([(80, 0, 1_000)], 0)


def test_a_gap_is_kept() -> None:
    playout = Playout(Ear())
    playout.push(LOUD * 100, 0)
    playout.push(LOUD * 50, 150)
    playout.advance(1_000)
    assert _spans(playout.record) == [(0, 0, 100), (150, 100, 50)]


def test_a_mark_comes_back_when_the_sound_before_it_is_over() -> None:
    playout = Playout(Ear())
    playout.push(LOUD * 800, 0)
    assert playout.mark("m", 10) == []
    assert playout.push(LOUD * 800, 20) == []
    assert playout.advance(799) == []
    assert playout.advance(900) == ["m"]
    (mark,) = playout.record.marks
    assert (mark.back_at, mark.cleared) == (800, False)


def test_a_mark_behind_nothing_comes_back_at_once() -> None:
    playout = Playout(Ear())
    assert playout.mark("first", 40) == ["first"]
    playout.push(LOUD * 10, 40)
    assert playout.mark("late", 60) == ["late"]
    assert [mark.back_at for mark in playout.record.marks] == [40, 60]


def test_a_clear_throws_away_and_sends_all_marks_back() -> None:
    playout = Playout(Ear())
    playout.push(LOUD * 800, 0)
    playout.mark("a", 0)
    playout.push(LOUD * 800, 0)
    playout.mark("b", 0)
    assert playout.clear(900) == ["a", "b"]
    assert [mark.cleared for mark in playout.record.marks] == [False, True]
    assert playout.record.clears[0].dropped == 700
    playout.push(LOUD * 100, 1_000)
    playout.advance(2_000)
    assert _spans(playout.record) == [(0, 0, 900), (1_000, 1_600, 100)]
    assert playout.record.heard() == [Heard("a", 800, 800), Heard("b", 800, 100)]


def test_the_ear_counts_sound_and_not_silence() -> None:
    ear = Ear()
    playout = Playout(ear)
    playout.push(loud(0.1) + b"\xff" * 800, 0)
    playout.advance(8_000)
    assert (ear.sounded, ear.last) == (800, 800)


def _run(acts: Sequence[Act], *, nudges: bool) -> Playout:
    playout, now = Playout(Ear()), 0
    for number, (act, size, later) in enumerate(acts):
        for time in range(now, now + later, 7) if nudges else ():
            playout.advance(time)
        now += later
        match act:
            case "push":
                playout.push(bytes([number]) * size, now)
            case "mark":
                playout.mark(f"m{number}", now)
            case "clear":
                playout.clear(now)
            case _:
                playout.advance(now)
    playout.advance(now)
    return playout


@given(ACTS)
def test_how_often_one_looks_changes_nothing(acts: list[Act]) -> None:
    assert _run(acts, nudges=True).record == _run(acts, nudges=False).record


@given(ACTS)
def test_every_byte_is_played_once_or_thrown_away_or_waits(acts: list[Act]) -> None:
    playout = _run(acts, nudges=False)
    record = playout.record
    assert len(record.sound) + sum(clear.dropped for clear in record.clears) + playout.waiting == record.received
    ends = [(0, 0), *((at + size, offset + size) for at, offset, size in _spans(record))]
    for (end, until), (at, offset, _) in zip(ends, _spans(record), strict=False):
        assert end <= at
        assert until <= offset


@given(ACTS)
def test_a_mark_that_no_clear_sent_back_proves_its_sound(acts: list[Act]) -> None:
    record = _run(acts, nudges=False).record
    for mark, heard in zip(record.marks, record.heard(), strict=True):
        if mark.back_at is not None and not mark.cleared:
            dropped = sum(
                max(0, min(mark.offset, clear.offset + clear.dropped) - max(mark.offset - heard.sent, clear.offset))
                for clear in record.clears
            )
            assert heard.played == heard.sent - dropped
            assert mark.back_at >= mark.came_at
