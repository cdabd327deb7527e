"""What an evaluation may be of."""

from enum import StrEnum


class Duty(StrEnum):
    """What is evaluated."""

    CLEAN = "clean"
    DECIDE = "decide"
    CONSENT = "consent"
