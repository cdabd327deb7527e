"""What Twilio tells of an outbound call while it goes on: its status, and who picked it up.

Neither order nor single delivery is promised, so here both can be broken, by seeded chance.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import format_datetime
from random import Random

from providers.twilio_simulator.webhooks import Webhooks


@dataclass(frozen=True)
class StatusFeed:
    """Where the call's statuses go, and how badly: the chance of each to be told late (after the end), and twice."""

    url: str
    late: float = 0.0
    repeated: float = 0.0


@dataclass(frozen=True)
class MachineDetection:
    """Where the verdict on who picked up goes, what it is, and how long after the answer it comes."""

    url: str
    answered_by: str = "human"
    after_seconds: float = 3.0

    def form(self, about: Mapping[str, str]) -> dict[str, str]:
        """Return what is told."""
        took = str(round(self.after_seconds * 1000))
        who = {key: about[key] for key in ("CallSid", "AccountSid")}
        return {**who, "AnsweredBy": self.answered_by, "MachineDetectionDuration": took}


class Statuses:
    """Tells one call's statuses; `finish` tells those that were held back, in any order."""

    def __init__(self, feed: StatusFeed, webhooks: Webhooks, about: Mapping[str, str], seed: int) -> None:
        self._feed = feed
        self._webhooks = webhooks
        self._about = about
        self._random = Random(seed)
        self._number = 0
        self._held: list[dict[str, str]] = []

    async def tell(self, status: str, seconds: float | None = None) -> None:
        """Tell that the call is initiated, ringing, in-progress, completed, ...; `seconds` it took, at its end."""
        form = self._form(status, seconds)
        late, again = (self._random.random() < chance for chance in (self._feed.late, self._feed.repeated))
        if again:
            self._held.append(form)
        if late and seconds is None:
            self._held.append(form)
        else:
            await self._webhooks.tell(self._feed.url, form)

    async def finish(self) -> None:
        """Tell what was held back."""
        self._random.shuffle(self._held)
        for form in self._held:
            await self._webhooks.tell(self._feed.url, form)
        self._held.clear()

    def _form(self, status: str, seconds: float | None) -> dict[str, str]:
        number, self._number = self._number, self._number + 1
        form = {
            **self._about,
            "CallStatus": status,
            "CallbackSource": "call-progress-events",
            "SequenceNumber": str(number),
            "Timestamp": format_datetime(datetime.now(UTC)),
        }
        return form if seconds is None else {**form, "CallDuration": str(round(seconds))}
