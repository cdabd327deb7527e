"""Samples are never torn, and frames are known by shape and values."""

from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from speech.framing import WholeSamples, is_frame

CUTS = st.lists(st.integers(0, 8_000), max_size=20)


@given(width=st.integers(1, 4), data=st.binary(max_size=400), cuts=CUTS)
def test_samples_are_never_torn(width: int, data: bytes, cuts: list[int]) -> None:
    whole = WholeSamples(width)
    edges = [0, *sorted(min(cut, len(data)) for cut in cuts), len(data)]
    pieces = [whole.push(data[first:last]) for first, last in pairwise(edges)]
    assert all(len(piece) % width == 0 for piece in pieces)
    assert b"".join(pieces) == data[: len(data) // width * width]


def test_a_sample_without_bytes_is_refused() -> None:
    with pytest.raises(ValueError, match="at least one"):
        WholeSamples(0)


def test_a_frame_is_known_by_its_shape_and_values() -> None:
    assert is_frame(np.zeros(256, np.float32), 256)
    assert not is_frame(np.zeros(255, np.float32), 256)
    assert not is_frame(np.zeros((256, 1), np.float32), 256)
    assert not is_frame(np.full(256, np.nan, np.float32), 256)
