"""The moving window: what it lets in, whom it remembers, and that it costs the same among many."""

from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.errors import RateLimited
from server.security.rate_limit import MovingWindow, RateLimiter


class Watch:
    """Seconds that pass when they are told to."""

    def __init__(self) -> None:
        self.seconds = 0.0

    def __call__(self) -> float:
        return self.seconds


def entered(window: MovingWindow, key: str = "a") -> bool:
    try:
        window.enter(key)
    except RateLimited:
        return False
    return True


@given(st.integers(1, 5), st.lists(st.tuples(st.sampled_from("ab"), st.sampled_from([0.0, 0.25, 1.0])), max_size=60))
def test_no_window_holds_more_than_it_may_and_none_is_refused_too_soon(
    most: int, asked: list[tuple[str, float]]
) -> None:
    watch, let_in = Watch(), {"a": list[float](), "b": list[float]()}
    window = MovingWindow(most, 1, watch)
    for key, pause in asked:
        watch.seconds += pause
        recent = [time for time in let_in[key] if time > watch.seconds - 1]
        assert entered(window, key) is (len(recent) < most)
        if len(recent) < most:
            let_in[key].append(watch.seconds)


def test_a_refusal_says_when_there_is_room_again() -> None:
    watch = Watch()
    window = MovingWindow(2, 60, watch)
    window.enter("a")
    watch.seconds = 20
    window.enter("a")
    with pytest.raises(RateLimited, match=r"More than 2 requests in 60 s\.") as refused:
        window.enter("a")
    assert refused.value.retry_after == 40
    watch.seconds = 60
    assert entered(window)
    assert not entered(window), "what was let in after 20 seconds still counts"


def test_who_asked_longest_ago_is_forgotten_first() -> None:
    window = MovingWindow(1, 60, Watch(), keys=2)
    for key in "abac":
        entered(window, key)
    assert not entered(window, "a"), "it has asked again since"
    assert entered(window, "b")


def test_a_request_looks_at_nobody_elses() -> None:
    looked_at = Counter[str]()

    class Address(str):
        __slots__ = ()

        def __hash__(self) -> int:
            looked_at[str(self)] += 1
            return super().__hash__()

    limiter = RateLimiter(now=Watch())
    for n in range(2_000):
        limiter.count(None, Address(n))
    looked_at.clear()
    limiter.count(None, Address("another"))
    assert set(looked_at) == {"another"}
