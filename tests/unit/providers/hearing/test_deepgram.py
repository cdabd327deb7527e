"""Deepgram's addresses, messages and results, without a wire."""

import json
from urllib.parse import parse_qs, urlsplit

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from ports.speech_to_text import Recognition, RecognitionHint
from providers.deepgram.hear_messages import Failure, Metadata, Other, Results, read_message
from providers.deepgram.hear_query import DEEPGRAM_URL, build_url
from providers.deepgram.hear_results import Settled, partial_of, recognition
from providers.deepgram.hear_sound import WireSound
from tests.loopback_hearing_deepgram import METADATA, results


def read(text: str, start: float = 0.0, duration: float = 1.0, final: bool = True, confidence: float = 0.9) -> Results:
    message = read_message(results(text, start, duration, final=final, confidence=confidence))
    assert isinstance(message, Results)
    return message


def asked(url: str) -> dict[str, list[str]]:
    return parse_qs(urlsplit(url).query)


@pytest.mark.parametrize(
    ("base", "whole"),
    [
        (DEEPGRAM_URL, "wss://api.deepgram.com/v1/listen"),
        ("https://api.eu.deepgram.com/", "wss://api.eu.deepgram.com/v1/listen"),
        ("http://127.0.0.1:8080", "ws://127.0.0.1:8080/v1/listen"),
    ],
)
def test_an_address_may_be_of_either_kind(base: str, whole: str) -> None:
    url = build_url(base, "nova-3", WireSound.WIDE, RecognitionHint(), language=None, live=True)
    assert url.partition("?")[0] == whole


def test_a_hint_is_cut_to_what_deepgram_takes() -> None:
    hint = RecognitionHint(phrases=tuple(f"phrase & {n}" for n in range(500)))
    url = build_url(DEEPGRAM_URL, "nova-3", WireSound.WIDE, hint, language=None, live=True)
    terms = asked(url)["keyterm"]
    assert terms == list(hint.phrases[: len(terms)])
    assert len(terms) > 50
    assert sum(map(len, terms)) <= 1_000
    assert "language" not in asked(url)


def test_only_models_that_know_key_terms_are_told_any() -> None:
    hint = RecognitionHint(phrases=("Yell",), language="pt_BR")
    url = build_url(DEEPGRAM_URL, "nova-2-phonecall", WireSound.MU_LAW, hint, language="multi", live=False)
    assert "keyterm" not in asked(url)
    assert asked(url)["language"] == ["pt-BR"]
    assert asked(url)["encoding"] == ["mulaw"]


def test_the_configured_language_stands_in() -> None:
    url = build_url(DEEPGRAM_URL, "nova-3", WireSound.WIDE, RecognitionHint(), language="multi", live=True)
    assert asked(url)["language"] == ["multi"]


def test_messages_are_told_apart() -> None:
    assert isinstance(read_message(results("Yes.")), Results)
    assert isinstance(read_message(METADATA), Metadata)
    assert isinstance(read_message('{"type": "Error", "variant": "SchemaError", "description": "no"}'), Failure)
    assert isinstance(read_message('{"type": "UtteranceEnd", "last_word_end": 2.3}'), Other)


@given(st.text() | st.binary() | st.recursive(st.none() | st.floats() | st.text(), st.lists).map(json.dumps))
def test_whatever_comes_is_read_or_refused(data: str | bytes) -> None:
    with pytest.raises(ValidationError):
        read_message(data)


@given(st.permutations(range(6)), st.data())
def test_finals_come_out_in_the_order_of_speech(order: list[int], data: st.DataObject) -> None:
    settled = Settled()
    for n in order:
        assert settled.take(read(f"word{n}", start=0.7 * n, duration=0.7))
        again = data.draw(st.sampled_from(order[: order.index(n) + 1]))
        assert not settled.take(read("late", start=0.7 * again, duration=0.5, final=False))
        assert not settled.take(read(f"word{again}", start=0.7 * again, duration=0.7))
    assert recognition(settled.results, None).text == " ".join(f"word{n}" for n in range(6))


def test_a_guess_beyond_what_is_final_is_news() -> None:
    settled = Settled()
    assert settled.take(read("fifty", duration=1.0))
    assert settled.take(read("leads", start=1.0, duration=0.5, final=False))
    assert settled.take(read("leads a month", start=1.0, duration=1.0, final=False))
    assert len(settled.results) == 1


def test_confidence_is_weighted_by_words() -> None:
    heard = recognition([read("one two three", confidence=0.8), read("four", start=1.0, confidence=0.4)], "en")
    assert heard.confidence == pytest.approx(0.7)
    assert heard.language == "en"


@pytest.mark.parametrize(("confidence", "shown"), [(1.3, 1.0), (-0.2, 0.0), (0.5, 0.5)])
def test_confidence_stays_within_its_bounds(confidence: float, shown: float) -> None:
    assert partial_of(read("yes", confidence=confidence)).confidence == shown


def test_no_words_have_no_confidence() -> None:
    assert recognition([read(" "), read("", start=1.0)], "en") == Recognition("", 0.0)
    assert partial_of(read(" ")).confidence == 0.0


def test_a_stretch_without_readings_has_no_words() -> None:
    message = read_message('{"type": "Results", "start": 0, "duration": 1, "is_final": true, "channel": {}}')
    assert isinstance(message, Results)
    assert recognition([message], None) == Recognition("", 0.0)
