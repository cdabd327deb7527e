"""An account at the simulated carrier for one run: shared with the server that is started for it."""

import secrets
from dataclasses import dataclass, field
from datetime import timedelta

from pydantic import SecretStr

from bootstrap.settings import TwilioPart
from domain.session import DEMO_TENANT
from ports.clock import SystemClock
from server.security.roles import AccessRole, Caller
from server.security.tokens import TokenSigner

PUBLIC = "https://parley.example"
"""What the server takes for its public address; the simulated telephone knows where it really is."""
_TOKEN_LASTS = timedelta(minutes=30)


@dataclass(frozen=True)
class DemoAccount:
    """Who calls, and with which secrets; new ones each time."""

    sid: str = field(default_factory=lambda: f"AC{secrets.token_hex(16)}")
    token: SecretStr = field(default_factory=lambda: SecretStr(secrets.token_hex(16)))
    secret: SecretStr = field(default_factory=lambda: SecretStr(secrets.token_hex(32)))

    @property
    def carrier(self) -> TwilioPart:
        """The account as the simulated telephone takes it."""
        return TwilioPart(account_sid=self.sid, auth_token=self.token, public_url=PUBLIC)

    def settings(self, called: str, playbook: str) -> dict[str, str]:
        """The server's variables: the account, and which playbook answers the number."""
        return {
            "PARLEY_TWILIO__ACCOUNT_SID": self.sid,
            "PARLEY_TWILIO__AUTH_TOKEN": self.token.get_secret_value(),
            "PARLEY_TWILIO__PUBLIC_URL": PUBLIC,
            "PARLEY_TWILIO__NUMBERS": f'{{"{called}": "{playbook}"}}',
            "PARLEY_SECRET": self.secret.get_secret_value(),
        }

    def headers(self) -> dict[str, str]:
        """The credential of somebody who works with the server's sessions."""
        me = Caller(DEMO_TENANT, AccessRole.OPERATOR, "demo")
        token = TokenSigner(self.secret, SystemClock()).make(me, lifetime=_TOKEN_LASTS)
        return {"Authorization": f"Bearer {token}"}
