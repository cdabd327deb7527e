"""What a simulated call is: who calls whom, what the caller does, and what goes wrong."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from providers.twilio_simulator.account import new_sid
from providers.twilio_simulator.callbacks import MachineDetection, StatusFeed
from providers.twilio_simulator.faults import Trick
from providers.twilio_simulator.script import Script
from providers.twilio_simulator.wire import Wire


class Direction(StrEnum):
    """Who began the call, in Twilio's words."""

    INBOUND = "inbound"
    OUTBOUND = "outbound-api"


class Outcome(StrEnum):
    """What came of ringing; anything but an answer ends an outbound call, with this status."""

    ANSWERED = "in-progress"
    BUSY = "busy"
    NO_ANSWER = "no-answer"
    FAILED = "failed"
    CANCELED = "canceled"


@dataclass(frozen=True)
class SimulatedCall:
    """One call to be made.

    `speed` is how many seconds of the line pass in one; `seed` decides every chance. `voice` is what is asked first,
    relative to the server or absolute. `form` is added to every request for TwiML. `patience` is for how many seconds
    an address where nobody listens is tried again (Twilio does not, unless its webhook asks for it). The call is
    given up after `limit` seconds by the wall clock.
    """

    script: Script = field(default_factory=Script)
    caller: str = "+15005550006"
    called: str = "+15005550001"
    call_sid: str = field(default_factory=lambda: new_sid("CA"))
    direction: Direction = Direction.INBOUND
    outcome: Outcome = Outcome.ANSWERED
    voice: str = "/twilio/voice"
    form: Mapping[str, str] = field(default_factory=dict)
    speed: float = 1.0
    seed: int = 0
    wire: Wire = field(default_factory=Wire)
    trick: Trick | None = None
    statuses: StatusFeed | None = None
    machine: MachineDetection | None = None
    patience: float = 0.0
    limit: float = 600.0

    def about(self, account_sid: str) -> dict[str, str]:
        """Return what every request says of the call, but its status."""
        return {
            "AccountSid": account_sid,
            "ApiVersion": "2010-04-01",
            "CallSid": self.call_sid,
            "Called": self.called,
            "Caller": self.caller,
            "Direction": self.direction.value,
            "From": self.caller,
            "To": self.called,
        }
