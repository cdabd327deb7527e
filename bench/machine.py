"""What a figure was measured on, in neutral words."""

import os
import platform
from typing import Any


def describe_machine() -> dict[str, Any]:
    """Cores this process may use, the Python that runs, and how busy the machine was (load over one minute)."""
    return {
        "cores": _cores(),
        "system": f"{platform.system()} {platform.machine()}",
        "python": platform.python_version(),
        "load": round(os.getloadavg()[0], 2),
    }


def _cores() -> int:
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1
