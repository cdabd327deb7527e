"""Frames out of chunks: any split, every sample once."""

from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from speech.framing import Framer, WholeSamples, is_frame

CUTS = st.lists(st.integers(0, 8_000), max_size=20)


@given(size=st.integers(1, 700), cuts=CUTS, length=st.integers(0, 8_000))
def test_any_split_gives_the_same_frames(size: int, cuts: list[int], length: int) -> None:
    sound = np.arange(length, dtype=np.float32)
    framer = Framer(size)
    frames = [frame for chunk in np.split(sound, sorted(cuts)) for frame in framer.push(chunk)]
    assert all(len(frame) == size for frame in frames)
    assert len(frames) == length // size
    rest = framer.flush()
    assert (rest is None) == (length % size == 0)
    together = np.concatenate([*frames, np.zeros(0, np.float32) if rest is None else rest])
    assert np.array_equal(together[:length], sound)
    assert not together[length:].any()


def test_frames_do_not_change_with_the_chunk_they_came_in() -> None:
    chunk = np.ones(256, np.float32)
    (frame,) = Framer(256).push(chunk)
    chunk[:] = 0
    assert frame.min() == 1


def test_a_reset_forgets_what_was_held() -> None:
    framer = Framer(4)
    framer.push(np.ones(3, np.float32))
    framer.reset()
    assert framer.flush() is None


@given(width=st.integers(1, 4), data=st.binary(max_size=400), cuts=CUTS)
def test_samples_are_never_torn(width: int, data: bytes, cuts: list[int]) -> None:
    whole = WholeSamples(width)
    edges = [0, *sorted(min(cut, len(data)) for cut in cuts), len(data)]
    pieces = [whole.push(data[first:last]) for first, last in pairwise(edges)]
    assert all(len(piece) % width == 0 for piece in pieces)
    assert b"".join(pieces) == data[: len(data) // width * width]


@pytest.mark.parametrize("build", [Framer, WholeSamples])
def test_nothing_is_cut_into_nothing(build: type[Framer] | type[WholeSamples]) -> None:
    with pytest.raises(ValueError, match="at least one"):
        build(0)


def test_a_frame_is_known_by_its_shape_and_values() -> None:
    assert is_frame(np.zeros(256, np.float32), 256)
    assert not is_frame(np.zeros(255, np.float32), 256)
    assert not is_frame(np.zeros((256, 1), np.float32), 256)
    assert not is_frame(np.full(256, np.nan, np.float32), 256)
