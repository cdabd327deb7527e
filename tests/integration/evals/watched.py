"""Run `parley evals` and write down every address that anything in the process reaches for, at the end of its output.

`python -m tests.integration.evals.watched ARGUMENTS`
"""

import json
import sys
from typing import Any

REACHING = {"socket.connect", "socket.sendto", "socket.getaddrinfo", "socket.gethostbyname"}
reached: list[str] = []


def watch(event: str, arguments: tuple[Any, ...]) -> None:
    """Keep the address of an audit event that reaches out."""
    if event in REACHING:
        address = arguments[1] if event in {"socket.connect", "socket.sendto"} else arguments[0]
        reached.append(str(address[0] if isinstance(address, tuple) else address))


if __name__ == "__main__":
    sys.addaudithook(watch)
    from cli.main import run

    sys.argv = ["parley", "evals", *sys.argv[1:]]
    status = 0
    try:
        run()
    except SystemExit as left:
        status = int(left.code or 0)
    sys.stdout.write(json.dumps(reached) + "\n")
    sys.exit(status)
