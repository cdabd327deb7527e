"""G.711 against what audioop did, code by code and sample by sample."""

from collections.abc import Callable
from hashlib import sha256

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from speech.g711 import Pcm16, decode_a_law, decode_mu_law, encode_a_law, encode_mu_law

Expand = Callable[[bytes], Pcm16]
Compress = Callable[[Pcm16], bytes]

EVERY_CODE = bytes(range(256))
EVERY_SAMPLE = np.arange(-32768, 32768).astype(np.int16)

# Digests of what audioop (Python 3.11) makes of every code, and of every sample from -32768 up; little-endian.
GOLDEN: dict[object, str] = {
    decode_mu_law: "3dab54339e520bb2c924826e3b72a917a2b612e9fd12fc867500f1d983a75827",
    decode_a_law: "e04788d110e58ff8c70c93b8480190d973e3b67876b6119abbaec766cc75c174",
    encode_mu_law: "81d633c9e6972a18c74a58720b96cb8ca0bdd096d4060b646dd708c3b846019a",
    encode_a_law: "38488f6fd710f4686360edc4d38639f96c491595ef93f8eb8d62d5e07ca6ce7b",
}


@pytest.mark.parametrize("expand", [decode_mu_law, decode_a_law])
def test_every_code_expands_as_audioop_expanded_it(expand: Expand) -> None:
    assert sha256(expand(EVERY_CODE).astype("<i2").tobytes()).hexdigest() == GOLDEN[expand]


@pytest.mark.parametrize("compress", [encode_mu_law, encode_a_law])
def test_every_sample_compresses_as_audioop_compressed_it(compress: Compress) -> None:
    assert sha256(compress(EVERY_SAMPLE)).hexdigest() == GOLDEN[compress]


def test_every_a_law_code_comes_back() -> None:
    assert encode_a_law(decode_a_law(EVERY_CODE)) == EVERY_CODE


def test_of_mu_law_only_negative_zero_comes_back_as_zero() -> None:
    assert encode_mu_law(decode_mu_law(EVERY_CODE)) == EVERY_CODE.replace(b"\x7f", b"\xff")


@pytest.mark.parametrize(("expand", "compress"), [(decode_mu_law, encode_mu_law), (decode_a_law, encode_a_law)])
@given(samples=st.lists(st.integers(-32768, 32767), max_size=50))
def test_the_error_stays_within_a_step_of_the_segment(expand: Expand, compress: Compress, samples: list[int]) -> None:
    before = np.array(samples, np.int16)
    after = expand(compress(before)).astype(int)
    assert np.all(np.abs(after - before) <= np.abs(before.astype(int)) / 16 + 16)


def test_nothing_becomes_nothing() -> None:
    assert len(decode_mu_law(b"")) == 0
    assert encode_a_law(np.zeros(0, np.int16)) == b""
