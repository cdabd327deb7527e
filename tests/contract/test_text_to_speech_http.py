"""How voices over HTTP succeed and fail: the same for each, whatever its wire format."""

import asyncio
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import replace
from datetime import timedelta

import numpy as np
import pytest

from domain.errors import ConfigError, Fault, ProviderError, ProviderRejected, ProviderUnavailable
from speech.pcm import from_pcm16
from tests.contract.voices import collect, collect_until_failure, first_piece, hum, joined
from tests.loopback_hearing import Asked
from tests.loopback_voices import Answer, Delivery, open_speech_service
from tests.loopback_voices_vendors import KEY, VENDORS, Vendor

SENTENCE = "John Smith, your table is ready."
PATIENT, IMPATIENT = timedelta(seconds=5), timedelta(seconds=2)
HTML = Answer(b"<html>Please log in to the guest network.</html>", "text/html; charset=utf-8")


@pytest.fixture(params=VENDORS, ids=lambda vendor: vendor.name)
def vendor(request: pytest.FixtureRequest) -> Vendor:
    found = request.param
    assert isinstance(found, Vendor)
    return found


def second_of_sound(vendor: Vendor) -> Answer:
    return vendor.sends(hum(1.0, vendor.rate_hz))


async def failure_of(vendor: Vendor, answer: Answer) -> ProviderError:
    """Have one answer fail."""
    async with open_speech_service(answer) as service, vendor.connect(service.url, PATIENT) as voice:
        with pytest.raises(ProviderError) as raised:
            await collect(voice, SENTENCE)
    return raised.value


async def left(asked: Asked) -> None:
    """Wait until a request's connection has ended."""
    async with asyncio.timeout(60):
        await asked.left.wait()


@pytest.mark.parametrize("piece", [1, 7, 1_001, 1 << 20])
async def test_sound_is_whole_in_whatever_pieces_it_comes(vendor: Vendor, piece: int) -> None:
    sound = hum(0.05, vendor.rate_hz)
    answer = replace(vendor.sends(sound), piece=piece)
    async with open_speech_service(answer) as service, vendor.connect(service.url, PATIENT) as voice:
        pieces = await collect(voice, SENTENCE)
    assert {found.rate_hz for found in pieces} == {vendor.rate_hz}
    heard = joined(pieces)
    assert len(heard) == len(sound)
    assert np.abs(heard - from_pcm16(sound)).max() <= (0.02 if "mu_law" in vendor.name else 0)


async def failures_of(vendor: Vendor, answers: Sequence[Answer]) -> list[tuple[type[ProviderError], Fault]]:
    """Have every answer fail in turn; one request each, so that nothing is asked twice."""
    faults: list[tuple[type[ProviderError], Fault]] = []
    async with open_speech_service(*answers) as service, vendor.connect(service.url, PATIENT) as voice:
        for _ in answers:
            with pytest.raises(ProviderError) as raised:
                await collect(voice, SENTENCE)
            faults.append((type(raised.value), raised.value.fault))
        assert len(service.asked) == len(answers)
    return faults


async def test_what_will_never_be_taken_is_rejected(vendor: Vendor) -> None:
    faults = await failures_of(vendor, [vendor.refuses(status) for status in (400, 404, 413, 422, 401, 402, 403)])
    assert faults == [(ProviderRejected, Fault.BAD_REQUEST)] * 4 + [(ProviderRejected, Fault.CREDENTIALS)] * 3


async def test_a_refusal_that_may_pass_is_unavailable(vendor: Vendor) -> None:
    expected = {408: Fault.TIMEOUT, 429: Fault.RATE_LIMIT, 500: Fault.SERVER, 503: Fault.SERVER, 302: Fault.SERVER}
    faults = await failures_of(vendor, [vendor.refuses(status) for status in expected])
    assert faults == [(ProviderUnavailable, fault) for fault in expected.values()]


async def test_an_answer_of_another_kind_is_no_sound(vendor: Vendor) -> None:
    json_text = Answer(b'{"audio": "none"}')
    answers = [HTML, json_text, Answer(b"Hello", "text/plain"), Answer(b"\0\0" * 99, "video/mp4")]
    assert await failures_of(vendor, answers) == [(ProviderUnavailable, Fault.MALFORMED)] * 4


async def test_an_empty_answer_is_not_a_sentence_said(vendor: Vendor) -> None:
    error = await failure_of(vendor, replace(second_of_sound(vendor), body=b""))
    assert isinstance(error, ProviderUnavailable)
    assert error.fault is Fault.EMPTY


@pytest.mark.parametrize(("delivery", "fault"), [("cut", Fault.CONNECTION), ("stall", Fault.TIMEOUT)])
async def test_what_came_before_a_failure_is_heard(vendor: Vendor, delivery: Delivery, fault: Fault) -> None:
    answer = replace(second_of_sound(vendor), delivery=delivery)
    async with open_speech_service(answer) as service, vendor.connect(service.url, IMPATIENT) as voice:
        pieces, error = await collect_until_failure(voice, SENTENCE)
        await left(service.asked[0])
    assert isinstance(error, ProviderUnavailable)
    assert error.fault is fault
    assert vendor.rate_hz * 0.3 <= len(joined(pieces)) <= vendor.rate_hz * 0.5


async def test_a_service_that_says_nothing_is_given_up_and_left(vendor: Vendor) -> None:
    async with open_speech_service(Answer(delivery="hang")) as service, vendor.connect(service.url, IMPATIENT) as voice:
        with pytest.raises(ProviderUnavailable) as raised:
            await collect(voice, SENTENCE)
        await left(service.asked[0])
    assert raised.value.fault is Fault.TIMEOUT


@pytest.mark.parametrize("delivery", ["hang", "stall"])
async def test_cancelling_closes_the_connection_and_spares_the_rest(vendor: Vendor, delivery: Delivery) -> None:
    whole = second_of_sound(vendor)
    answers = (replace(whole, delivery=delivery), whole)
    async with open_speech_service(*answers) as service, vendor.connect(service.url, PATIENT) as voice:
        speaking = asyncio.create_task(collect(voice, SENTENCE))
        asked = await service.first()
        speaking.cancel()
        with suppress(asyncio.CancelledError):
            await speaking
        assert speaking.cancelled()
        await left(asked)
        assert len(joined(await collect(voice, SENTENCE)))


async def test_leaving_after_the_first_sound_closes_the_connection(vendor: Vendor) -> None:
    answer = replace(second_of_sound(vendor), delivery="stall")
    async with open_speech_service(answer) as service, vendor.connect(service.url, PATIENT) as voice:
        assert len((await first_piece(voice, SENTENCE)).samples)
        await left(service.asked[0])


async def test_sentences_share_a_connection(vendor: Vendor) -> None:
    async with open_speech_service(second_of_sound(vendor)) as service:
        async with vendor.connect(service.url, PATIENT) as voice:
            for _ in range(3):
                await collect(voice, SENTENCE)
            assert len(service.asked) == 3
            assert not service.asked[0].left.is_set()
        await left(service.asked[0])


async def test_nobody_listening_is_a_connection_fault(vendor: Vendor) -> None:
    async with open_speech_service(HTML) as service:
        url = service.url
    async with vendor.connect(url, PATIENT) as voice:
        with pytest.raises(ProviderUnavailable) as raised:
            await collect(voice, SENTENCE)
    assert raised.value.fault is Fault.CONNECTION


@pytest.mark.parametrize("build", [lambda vendor: HTML, lambda vendor: vendor.refuses(401)], ids=["HTML", "401"])
async def test_nothing_personal_is_in_an_error(vendor: Vendor, build: Callable[[Vendor], Answer]) -> None:
    error = await failure_of(vendor, build(vendor))
    shown = f"{error!r} {error.__cause__!r}"
    assert KEY not in shown
    assert "Smith" not in shown
    assert "guest network" not in shown
    assert error.__cause__ is None


async def test_an_address_that_is_none_is_said_at_the_start(vendor: Vendor) -> None:
    with pytest.raises(ConfigError, match="http"):
        async with vendor.connect("speech.example.com", PATIENT):
            pass
