"""How the loopback Google says no: in the older form of its errors and the newer at once, or as OAuth does."""

import orjson


def refusal(status: int, reason: str) -> bytes:
    """Write an error as Google does; its message quotes a caller, which must not show up anywhere."""
    message = "about asha@example.com and +919812345678"
    errors = [{"domain": "global", "reason": reason, "message": message}]
    return orjson.dumps({"error": {"code": status, "message": message, "errors": errors, "status": "SOME_STATUS"}})


class Refused(Exception):
    """A request is refused; `plain` is how OAuth words it."""

    def __init__(self, status: int, reason: str, *, plain: bool = False) -> None:
        super().__init__(reason)
        self.status = status
        self.body = orjson.dumps({"error": reason}) if plain else refusal(status, reason)
