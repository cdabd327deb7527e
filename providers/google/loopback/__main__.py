"""`python -m providers.google.loopback`: a Gemini on a local port."""

import argparse
from datetime import timedelta

from providers.google.loopback.serve import run_loopback


def main() -> None:
    """Read the options and serve."""
    parser = argparse.ArgumentParser(prog="python -m providers.google.loopback", description=__doc__)
    parser.add_argument("--host", default="127.0.0.1", help="address to listen on (default %(default)s)")
    parser.add_argument("--port", type=int, default=8090, help="port to listen on (default %(default)s)")
    parser.add_argument("--latency-ms", type=int, default=0, help="delay before each answer")
    options = parser.parse_args()
    run_loopback(options.host, options.port, timedelta(milliseconds=options.latency_ms))


if __name__ == "__main__":
    main()
