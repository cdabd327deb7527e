"""One-time tokens: for one call, once, for five minutes."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.errors import Forbidden
from providers.twilio.tokens import LIFE, StreamPass, StreamTokens, UsedTokens, read_pass

SECRET = "a secret of the service's, long enough"
PASS = StreamPass("AC1", "CA1", "demo", "session", "lumen", "+15005550006", resumed=True)


class Watch:
    """A clock that stands still until it is set."""

    def __init__(self) -> None:
        self.time = datetime(2026, 1, 1, tzinfo=UTC)

    def now(self) -> datetime:
        """The time it was set to."""
        return self.time


@pytest.fixture
def watch() -> Watch:
    return Watch()


@pytest.fixture
def tokens(watch: Watch) -> StreamTokens:
    return StreamTokens(SECRET, UsedTokens(watch), watch)


async def test_a_token_is_taken_once(tokens: StreamTokens) -> None:
    token, other = tokens.issue(PASS), tokens.issue(PASS)
    assert token != other
    await tokens.redeem(token, PASS)
    with pytest.raises(Forbidden, match="used before"):
        await tokens.redeem(token, PASS)
    await tokens.redeem(other, PASS)


@pytest.mark.parametrize(
    "other",
    [
        replace(PASS, account_sid="AC2"),
        replace(PASS, call_sid="CA2"),
        replace(PASS, tenant_id="other"),
        replace(PASS, session_id="other"),
        replace(PASS, agent="other"),
        replace(PASS, caller=""),
        replace(PASS, resumed=False),
        replace(PASS, account_sid="AC1CA1", call_sid=""),
    ],
)
async def test_a_token_holds_for_its_call_alone(tokens: StreamTokens, other: StreamPass) -> None:
    token = tokens.issue(PASS)
    with pytest.raises(Forbidden, match="not for this call"):
        await tokens.redeem(token, other)
    await tokens.redeem(token, PASS)


async def test_a_token_runs_out(tokens: StreamTokens, watch: Watch) -> None:
    token, late = tokens.issue(PASS), tokens.issue(PASS)
    watch.time += LIFE - timedelta(seconds=1)
    await tokens.redeem(token, PASS)
    watch.time += timedelta(seconds=1)
    with pytest.raises(Forbidden, match="too old"):
        await tokens.redeem(late, PASS)


async def test_a_token_of_another_secret_does_not_hold(tokens: StreamTokens, watch: Watch) -> None:
    other = StreamTokens("another secret", UsedTokens(watch), watch)
    with pytest.raises(Forbidden):
        await tokens.redeem(other.issue(PASS), PASS)


async def test_a_longer_life_cannot_be_written_into_a_token(tokens: StreamTokens) -> None:
    expires, rest = tokens.issue(PASS).split(".", 1)
    with pytest.raises(Forbidden):
        await tokens.redeem(f"{int(expires) + 600}.{rest}", PASS)


@given(st.text(max_size=250))
async def test_nothing_made_up_is_taken(token: str) -> None:
    watch = Watch()
    with pytest.raises(Forbidden):
        await StreamTokens(SECRET, UsedTokens(watch), watch).redeem(token, PASS)


async def test_used_tokens_are_forgotten_when_they_have_run_out(watch: Watch) -> None:
    used = UsedTokens(watch)
    assert await used.use("a", watch.time + LIFE)
    assert not await used.use("a", watch.time + LIFE)
    watch.time += LIFE
    assert await used.use("a", watch.time + LIFE)


def test_parameters_say_what_they_were_made_of() -> None:
    assert read_pass("AC1", "CA1", PASS.parameters()) == PASS
    bare = replace(PASS, caller="", resumed=False)
    written = {name: value for name, value in bare.parameters().items() if value}
    assert read_pass("AC1", "CA1", written) == bare
    with pytest.raises(Forbidden):
        read_pass("AC1", "CA1", {})
