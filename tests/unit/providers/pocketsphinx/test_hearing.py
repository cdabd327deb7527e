"""From the decoder's numbers to a recognition, the frames between the processes, and the telephone's acoustic map."""

import asyncio
from io import BytesIO
from math import log

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from providers.pocketsphinx.adapter import recognition
from providers.pocketsphinx.confidence import confidence
from providers.pocketsphinx.narrowband import mllr_text, telephone_map
from providers.pocketsphinx.protocol import Decoded, Request, Word, read_reply, read_request, write_reply, write_request

SURE = Decoded((Word("fifty", 0.1, 0.5, -0.01), Word("lead generation", 0.5, 1.3, -0.02)), 1.2, ("fifteen leads",))


def posterior(p: float) -> Decoded:
    return Decoded((Word("fifty", 0.1, 0.5, log(p)),), 1.0)


@given(st.floats(1e-9, 1), st.floats(1e-9, 1))
def test_confidence_rises_with_the_posterior(p: float, q: float) -> None:
    assert 0 < confidence(posterior(min(p, q))) <= confidence(posterior(max(p, q))) < 1


def test_confidence_bands_lie_where_they_were_measured() -> None:
    assert confidence(posterior(0.3)) < 0.45 < confidence(posterior(0.35))
    assert confidence(posterior(0.6)) < 0.75 < confidence(posterior(0.7))


@pytest.mark.parametrize(
    "decoded",
    [
        Decoded(),
        Decoded(SURE.words, speech_seconds=0.09),
        Decoded((Word("if", 0.0, 1.6, 0.0),), speech_seconds=1.6),
    ],
    ids=["no words", "hardly any speech", "a hum"],
)
def test_noise_has_no_words(decoded: Decoded) -> None:
    heard = recognition(decoded)
    assert (heard.text, heard.confidence, list(heard.segments)) == ("", 0.0, [])


def test_a_recognition_has_the_words_their_times_and_the_alternatives() -> None:
    heard = recognition(SURE)
    assert heard.text == "fifty lead generation"
    assert [(s.text, s.start, s.end) for s in heard.segments] == [("fifty", 0.1, 0.5), ("lead generation", 0.5, 1.3)]
    assert list(heard.alternatives) == ["fifteen leads"]
    assert heard.confidence > 0.9


@given(st.lists(st.text(), max_size=5), st.booleans(), st.binary())
def test_requests_arrive_as_they_were_sent(phrases: list[str], narrowband: bool, sound: bytes) -> None:
    request = Request(tuple(phrases), narrowband)
    frame = write_request(request, sound)
    assert read_request(BytesIO(frame)) == (request, sound)


@given(st.integers(0, 40))
def test_a_request_cut_short_is_no_request(kept: int) -> None:
    frame = write_request(Request(("a",), True), b"1234")
    assert read_request(BytesIO(frame[: min(kept, len(frame) - 1)])) is None


async def test_replies_arrive_as_they_were_sent() -> None:
    stream = asyncio.StreamReader()
    stream.feed_data(write_reply(SURE))
    assert await read_reply(stream) == SURE
    stream.feed_eof()
    with pytest.raises(asyncio.IncompleteReadError):
        await read_reply(stream)


def test_the_telephone_map_damps_detail_and_never_amplifies_it() -> None:
    transform = telephone_map()
    assert transform.shape == (13, 13)
    assert np.all(np.diag(transform) > 0.4)
    assert np.all(np.diag(transform) <= 1)
    assert np.linalg.eigvals(transform).real.max() <= 1 + 1e-9


def test_the_map_is_written_for_three_streams() -> None:
    text = mllr_text(telephone_map()).split()
    assert text[:3] == ["1", "3", "13"]
    assert len(text) == 2 + 3 * (1 + 13 * 13 + 13 + 13)
