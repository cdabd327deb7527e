"""The telephone account of a bench: made up, the same in the server's process and in its callers'."""

import secrets
from dataclasses import dataclass, field

PUBLIC = "https://calls.example"
"""The address under which the server knows itself; callers ask the real one."""
NUMBER = "+15005550001"
NOBODY = "http://127.0.0.1:9"
"""Where the carrier's own interface would be: nobody answers, so nothing leaves this machine."""


@dataclass(frozen=True)
class BenchAccount:
    """What both sides have to know, each made anew for a run."""

    sid: str = field(default_factory=lambda: "AC" + secrets.token_hex(16))
    token: str = field(default_factory=lambda: secrets.token_hex(16))
    secret: str = field(default_factory=lambda: secrets.token_urlsafe(48))

    def environment(self, playbook: str) -> dict[str, str]:
        """Return the server's settings, as variables."""
        return {
            "PARLEY_SECRET": self.secret,
            "PARLEY_TWILIO__ACCOUNT_SID": self.sid,
            "PARLEY_TWILIO__AUTH_TOKEN": self.token,
            "PARLEY_TWILIO__PUBLIC_URL": PUBLIC,
            "PARLEY_TWILIO__REST_URL": NOBODY,
            "PARLEY_TWILIO__NUMBERS": f'{{"{NUMBER}": "{playbook}"}}',
        }
