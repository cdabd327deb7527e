"""Test double: a CTranslate2 Whisper of a few hundred kilobytes that always hears the sentence it was built with.

Its blocks add nothing and each token points its own way, so that the projection alone decides what follows
which token. It is a real model file: faster-whisper loads, prompts and decodes it as any other.
"""

import json
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

import numpy as np
from ctranslate2.specs import WhisperSpec
from numpy.typing import NDArray
from tokenizers import Tokenizer, models, pre_tokenizers

_SPECIAL = [
    f"<|{name}|>"
    for name in (
        *("endoftext", "startoftranscript", "en", "de", "translate", "transcribe"),
        *("startoflm", "startofprev", "nospeech", "notimestamps"),
    )
]
_TIMESTAMPS = [f"<|{step * 0.02:.2f}|>" for step in range(1501)]
_MEL_BANDS = 80
_FLOOR = 1e-5
"""Probability of a token that does not follow; small, and yet within the reach of 8-bit weights."""
_WIDTH = 128
"""Far more axes than tokens in a sentence, so that the rounding of 8-bit weights averages out."""


@dataclass(frozen=True)
class Canned:
    """What the double hears: a sentence of different words, and how sure it is of it."""

    text: str
    token_probability: float = 0.9
    no_speech_prob: float = 0.05
    english: float = 0.96
    seconds: float = 1.0


def build_tiny_whisper(folder: Path, canned: Canned) -> Path:
    """Write a model directory for faster-whisper that hears `canned`; returns the folder."""
    words = canned.text.split()
    if len(set(words)) != len(words):
        raise ValueError("every word leads to the next, so no word may come twice")
    vocabulary = ["", "<unk>", *words, *_SPECIAL, *_TIMESTAMPS]
    ids = {token: index for index, token in enumerate(vocabulary)}
    follow = _follow(canned, words, ids)
    spec = WhisperSpec(1, 1, 1, 1)
    _fill(spec, width=_WIDTH, vocabulary=len(vocabulary), follow=follow)
    spec.register_vocabulary(vocabulary)
    spec.config.suppress_ids, spec.config.suppress_ids_begin = [], []
    spec.config.lang_ids = [ids["<|en|>"], ids["<|de|>"]]
    spec.config.alignment_heads = [[0, 0]]
    spec.validate()
    spec.optimize(quantization="int8")
    folder.mkdir(parents=True, exist_ok=True)
    spec.save(str(folder))
    tokenizer = Tokenizer(models.WordLevel(ids, unk_token="<unk>"))
    tokenizer.pre_tokenizer = pre_tokenizers.WhitespaceSplit()
    tokenizer.save(str(folder / "tokenizer.json"))
    (folder / "preprocessor_config.json").write_text(json.dumps({"feature_size": _MEL_BANDS}))
    return folder


def _follow(canned: Canned, words: list[str], ids: dict[str, int]) -> dict[int, NDArray[np.float64]]:
    """Logits of what follows each token of the sentence, 0 for what does not."""
    chain = ["<|transcribe|>", "<|0.00|>", *words, f"<|{canned.seconds:.2f}|>", "<|endoftext|>"]
    text = [ids[word] for word in words]
    follow = {}
    for token, successor in pairwise(chain):
        # What is left goes to text: Whisper forces a timestamp where timestamps together outweigh every word.
        odds = np.full(len(ids), _FLOOR)
        odds[text] += (1 - canned.token_probability) / len(text)
        odds[ids[successor]] += canned.token_probability
        follow[ids[token]] = np.log(odds / _FLOOR)
    start = np.full(len(ids), _FLOOR)
    start[ids["<|nospeech|>"]] = canned.no_speech_prob
    start[ids["<|en|>"]] = (1 - canned.no_speech_prob) * canned.english
    start[ids["<|de|>"]] = (1 - canned.no_speech_prob) * (1 - canned.english)
    follow[ids["<|startoftranscript|>"]] = np.log(start / _FLOOR)
    return follow


def _fill(spec: WhisperSpec, width: int, vocabulary: int, follow: dict[int, NDArray[np.float64]]) -> None:
    """Fill in the weights: zero in the blocks, a direction to each token, the projection that solves `follow`."""
    encoder, decoder = spec.encoder, spec.decoder
    encoder.conv1.weight, encoder.conv1.bias = _zeros(width, _MEL_BANDS, 3), _zeros(width)
    encoder.conv2.weight, encoder.conv2.bias = _zeros(width, width, 3), _zeros(width)
    encoder.position_encodings.encodings = _zeros(1500, width)
    decoder.position_encodings.encodings = _zeros(448, width)
    for block in (encoder.layer[0], decoder.layer[0]):
        _fill_block(block, width)
    for norm in (encoder.layer_norm, decoder.layer_norm):
        norm.gamma, norm.beta = np.ones(width, np.float32), _zeros(width)
    embeddings = _zeros(vocabulary, width)
    embeddings[list(follow)] = np.random.default_rng(0).standard_normal((len(follow), width))
    decoder.embeddings.weight = embeddings
    states = embeddings[list(follow)]
    normed = (states - states.mean(axis=1, keepdims=True)) / states.std(axis=1, keepdims=True)
    decoder.projection.weight = (np.linalg.pinv(normed) @ np.stack(list(follow.values()))).T.astype(np.float32)


def _fill_block(block: object, width: int) -> None:
    for name, linear_shapes in (
        ("self_attention", [(3 * width, width), (width, width)]),
        ("attention", [(width, width), (2 * width, width), (width, width)]),
    ):
        attention = getattr(block, name, None)
        if attention is None:
            continue
        for linear, shape in zip(attention.linear, linear_shapes, strict=True):
            linear.weight, linear.bias = _zeros(*shape), _zeros(shape[0])
        attention.layer_norm.gamma, attention.layer_norm.beta = _zeros(width), _zeros(width)
    feed = block.ffn  # type: ignore[attr-defined]
    feed.layer_norm.gamma, feed.layer_norm.beta = _zeros(width), _zeros(width)
    for linear in (feed.linear_0, feed.linear_1):
        linear.weight, linear.bias = _zeros(width, width), _zeros(width)


def _zeros(*shape: int) -> NDArray[np.float32]:
    return np.zeros(shape, np.float32)
