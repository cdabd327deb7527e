"""A model that takes its time: cleaning and deciding overlap, so a clean turn costs one answer's time, not two."""

from datetime import timedelta

from pydantic import SecretStr

from bench.figures import Findings, Row, median
from bench.turns.clock import timed
from bench.turns.lab import Lab, Ours
from bench.turns.models import build_steady_model
from bench.turns.sizes import Sizes
from bench.turns.words import CLEAN
from bootstrap.chat import open_chat_model
from bootstrap.settings import DEFAULT_GOOGLE_MODEL, load_settings
from providers.google.loopback.script import Script
from providers.google.loopback.serve import open_loopback

BAR = 1.3


async def measure_model_time(lab: Lab, sizes: Sizes) -> Findings:
    """Time turns of clean words with a scripted model and with a Gemini on this machine, both equally slow."""
    async with lab.open_ours(model=build_steady_model(sizes.latency)) as ours:
        scripted = await _speak(ours, sizes)
    loopback = await _over_http(lab, sizes)
    rows = [
        _row("Turn with a scripted model of latency L", scripted, sizes),
        _row("Turn with a loopback Gemini of latency L", loopback, sizes),
    ]
    raw = {"latency_ms": _ms(sizes.latency), "scripted_ms": scripted, "loopback_ms": loopback}
    return Findings(rows, {"model_time": raw})


async def _over_http(lab: Lab, sizes: Sizes) -> list[float]:
    async with open_loopback(Script(), latency=sizes.latency) as url:
        chosen = {"model": DEFAULT_GOOGLE_MODEL, "api_key": SecretStr("loopback"), "model_base_url": url}
        settings = load_settings().model_copy(update=chosen)
        async with open_chat_model(settings) as model, lab.open_ours(model=model) as ours:
            return await _speak(ours, sizes)


async def _speak(ours: Ours, sizes: Sizes) -> list[float]:
    session_id = await ours.open_session()
    times = []
    for _ in range(1 + sizes.model_turns):
        ms, result = await timed(ours.say(session_id, CLEAN))
        if result["degraded"]:
            raise AssertionError(f"the model was not used: {result['degraded']}")
        times.append(ms)
    return times[1:]


def _row(what: str, times: list[float], sizes: Sizes) -> Row:
    latency = _ms(sizes.latency)
    turns = median(times) / latency
    figure = f"{turns:.2f} L (L = {latency:.0f} ms, median {median(times):.0f} ms, slowest {max(times):.0f} ms)"
    return Row(what, figure, f"under {BAR} L", turns < BAR if sizes.full else None)


def _ms(latency: timedelta) -> float:
    return latency.total_seconds() * 1000
