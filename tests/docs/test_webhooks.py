"""The helper that receivers are given verifies what is sent, and nothing else."""

import re
from pathlib import Path
from typing import Any

from providers.webhooks.signature import new_secret, sign

PAGE = Path(__file__).parents[2] / "docs" / "webhooks.md"


def test_the_helper_verifies_what_is_sent_and_nothing_else() -> None:
    (code,) = re.findall(r"```python\n(.*?)```", PAGE.read_text(encoding="utf-8"), re.DOTALL)
    names: dict[str, Any] = {}
    exec(code, names)
    verify, now = names["verify"], int(names["time"].time())
    secret, body = new_secret(), b'{"n": 1}'
    headers = sign(secret, "id", now, body)
    assert verify(secret, headers, body)
    assert not verify(secret, headers, body + b" ")
    assert not verify(new_secret(), headers, body)
    assert not verify(secret, headers | {"webhook-id": "other"}, body)
    assert not verify(secret, sign(secret, "id", now - 301, body), body)
