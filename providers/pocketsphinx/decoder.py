"""The blocking half: PocketSphinx with its English model, made to expect a playbook's phrases.

The language model is the wheel's own trigram over everyday conversation, kept to its commoner words so that the search
stays small. Each phrase of the hint joins it as one word of its own, sounding as its words do one after the other.
"""

import re
from collections.abc import Iterator
from itertools import islice
from math import log
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np
import pocketsphinx
from numpy.typing import NDArray

from providers.pocketsphinx.lexicon import Lexicon, open_dictionary, pronounce_phrase
from providers.pocketsphinx.narrowband import mllr_text, telephone_map
from providers.pocketsphinx.protocol import Decoded, Word

RATE_HZ = 16_000

_FRAME_SECONDS, _VAD_SECONDS = 0.01, 0.03
_RAREST_LOG_PROBABILITY = -13.88
"""Words less common than this, in nats, stay out of the search: about 20,000 remain."""

_LOG_BASE = log(1.0001)
_HINT_WEIGHT, _HINT_WEIGHT_TOGETHER = 100.0, 4_000.0
"""How much likelier than the dictionary's average word each phrase of the hint is, and all of them together (5 %)."""

_DITHER = 10 ** (-60 / 20)
"""Noise on telephone sound, of full scale: it fills the empty bands above 4 kHz evenly."""

_LOUDEST, _MOST_GAIN = 0.4, 30.0
"""Peak that utterances are brought to, so that the noise stands to every voice alike; and the gain at most."""

_OBSCENE = re.compile("fuck|shit|cunt|bitch|whore|slut|nigge|faggo")
"""Words that must never be put into a caller's mouth by a mishearing."""

_ALTERNATIVES = 3
_ENTRY = "hint."


class Recogniser:
    """A decoder for one set of phrases and one kind of line; other ones replace it, which takes 0.1 to 0.3 s."""

    def __init__(self) -> None:
        """Find the model; the first utterance loads it."""
        folder = Path(pocketsphinx.get_model_path()) / "en-us"
        self._language_model = str(folder / "en-us.lm.bin")
        self._dictionary = folder / "cmudict-en-us.dict"
        self._lexicon = Lexicon(open_dictionary(self._dictionary))
        self._spelling: dict[str, str] = {}
        self._common: str | None = None
        self._loaded: tuple[tuple[str, ...], bool, pocketsphinx.Decoder] | None = None

    def recognise(self, samples: NDArray[np.int16], phrases: tuple[str, ...], narrowband: bool) -> Decoded:
        """Recognise one utterance of samples at 16,000 Hz."""
        decoder = self._prepare(phrases, narrowband)
        decoder.start_utt()
        decoder.process_raw(_level(samples, narrowband).tobytes(), full_utt=True)
        decoder.end_utt()
        if decoder.hyp() is None:
            return Decoded()
        logs = decoder.get_logmath()
        return Decoded(
            words=tuple(self._word(part, logs) for part in decoder.seg() if part.word[0] not in "<["),
            speech_seconds=_speech_seconds(samples),
            alternatives=self._alternatives(decoder),
        )

    def _prepare(self, phrases: tuple[str, ...], narrowband: bool) -> pocketsphinx.Decoder:
        """Give the loaded decoder if it suits; else free it first, so that two never take memory at once."""
        if self._loaded is None or self._loaded[:2] != (phrases, narrowband):
            self._loaded = None
            self._loaded = (phrases, narrowband, self._build(phrases, narrowband))
        return self._loaded[2]

    def _word(self, part: pocketsphinx.Segment, logs: pocketsphinx.LogMath) -> Word:
        start, end = part.start_frame * _FRAME_SECONDS, (part.end_frame + 1) * _FRAME_SECONDS
        return Word(self._written(part.word), start, end, logs.log(part.prob) * _LOG_BASE)

    def _written(self, entry: str) -> str:
        """Give a decoder's entry the spelling that the hint or the dictionary has for it."""
        entry = entry.partition("(")[0]
        return self._spelling.get(entry, entry)

    def _alternatives(self, decoder: pocketsphinx.Decoder) -> tuple[str, ...]:
        """List other readings, best first, without the best."""
        texts = [
            " ".join(self._written(entry) for entry in reading.hypstr.split())
            for reading in islice(decoder.nbest(), 4 * _ALTERNATIVES)
            if reading is not None
        ]
        return tuple(dict.fromkeys(texts))[1 : 1 + _ALTERNATIVES]

    def _build(self, phrases: tuple[str, ...], narrowband: bool) -> pocketsphinx.Decoder:
        """Load a decoder and teach it the phrases."""
        with TemporaryDirectory() as folder:
            options = {"mllr": _write(Path(folder, "mllr"), mllr_text(telephone_map()))} if narrowband else {}
            dictionary = _write(Path(folder, "words.dict"), self._common_words())
            decoder = pocketsphinx.Decoder(lm=None, dict=dictionary, loglevel="FATAL", **options)
        words = pocketsphinx.NGramModel(decoder.config, decoder.get_logmath(), self._language_model)
        self._spelling = dict(self._teach(decoder, words, phrases))
        decoder.add_lm(_ENTRY, words)
        decoder.activate_search(_ENTRY)
        return decoder

    def _teach(
        self, decoder: pocketsphinx.Decoder, words: pocketsphinx.NGramModel, phrases: tuple[str, ...]
    ) -> Iterator[tuple[str, str]]:
        """Enter each phrase as one word of its own; yields the entry and how it is written."""
        weight = min(_HINT_WEIGHT, _HINT_WEIGHT_TOGETHER / max(len(phrases), 1))
        for number, phrase in enumerate(phrases):
            for variant, sounds in enumerate(pronounce_phrase(self._lexicon, phrase)):
                entry = f"{_ENTRY}{number}.{variant}"
                decoder.add_word(entry, sounds, False)
                words.add_word(entry, weight)
                yield entry, phrase

    def _common_words(self) -> str:
        """Keep those lines of the dictionary whose word the language model knows as common."""
        if self._common is None:
            model = pocketsphinx.NGramModel(pocketsphinx.Config(), pocketsphinx.LogMath(), self._language_model)
            rarest = _RAREST_LOG_PROBABILITY / _LOG_BASE
            with self._dictionary.open(encoding="utf-8") as lines:
                self._common = "".join(
                    line
                    for line in lines
                    if model.prob([re.split(r"[ (]", line, maxsplit=1)[0]]) > rarest and not _OBSCENE.search(line)
                )
        return self._common


def _write(file: Path, text: str) -> str:
    """Put text where the decoder can read it while it loads; returns the place."""
    file.write_text(text, encoding="utf-8")
    return str(file)


def _level(samples: NDArray[np.int16], narrowband: bool) -> NDArray[np.int16]:
    """Bring an utterance to a common loudness; add the dither that telephone sound needs, the same every time."""
    level = samples.astype(np.float32) / 32768
    peak = float(np.abs(level).max(initial=0.0))
    level *= min(_LOUDEST / peak, _MOST_GAIN) if peak else 1.0
    if narrowband:
        level += _DITHER * np.random.default_rng(0).standard_normal(len(level), np.float32)
    return (np.clip(level, -1, 1) * 32767).astype(np.int16)


def _speech_seconds(samples: NDArray[np.int16]) -> float:
    """Time in which WebRTC's detector, at its strictest, hears speech."""
    detector = pocketsphinx.Vad(pocketsphinx.Vad.STRICT, RATE_HZ, _VAD_SECONDS)
    size = detector.frame_bytes // 2
    frames = samples[: len(samples) // size * size].reshape(-1, size)
    return _VAD_SECONDS * sum(map(bool, (detector.is_speech(frame.tobytes()) for frame in frames)))
