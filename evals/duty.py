"""What an evaluation may be of."""

from enum import StrEnum


class Duty(StrEnum):
    """What is evaluated: what is done with one turn, and whole calls with what is said in them."""

    CLEAN = "clean"
    DECIDE = "decide"
    CONSENT = "consent"
    CALLS = "calls"
    REPLIES = "replies"
    INJECTION = "injection"
    ANCHORS = "anchors"

    @property
    def is_whole_call(self) -> bool:
        """True where a row is a call and no single turn."""
        return self in (Duty.CALLS, Duty.REPLIES)


PUBLIC_DUTIES = (Duty.INJECTION, Duty.ANCHORS)
"""Duties of which only public sets have rows."""
