"""Run a command where there is no network but loopback, and print how often it, or a child of it, tried to leave.

`python -m tests.integration.evals.alone COMMAND...`: the kernel counts, in a network namespace of the command's own.
"""

import ctypes
import fcntl
import os
import socket
import struct
import subprocess
import sys
from pathlib import Path

NEW_USER, NEW_NETWORK = 0x10000000, 0x40000000
SET_FLAGS, UP_AND_LOOPBACK = 0x8914, 0x1 | 0x8
COUNTERS = Path("/proc/self/net")
V6 = "Ip6OutNoRoutes"


def leave_network() -> None:
    """Move this process into a network of its own (OSError where the system does not let it)."""
    user, group = os.geteuid(), os.getegid()
    libc = ctypes.CDLL(None, use_errno=True)
    if libc.unshare(NEW_NETWORK | (0 if user == 0 else NEW_USER)):
        raise OSError(ctypes.get_errno(), "unshare")
    if user:
        Path("/proc/self/setgroups").write_text("deny", encoding="ascii")
        Path("/proc/self/uid_map").write_text(f"{user} {user} 1", encoding="ascii")
        Path("/proc/self/gid_map").write_text(f"{group} {group} 1", encoding="ascii")
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as any_socket:
        fcntl.ioctl(any_socket, SET_FLAGS, struct.pack("16sh", b"lo", UP_AND_LOOPBACK))


def count_attempts() -> int:
    """Count what was sent to where no way leads, by IPv4 and IPv6."""
    names, values = (
        line.split() for line in (COUNTERS / "snmp").read_text(encoding="ascii").splitlines() if line.startswith("Ip:")
    )
    told = (line.split() for line in (COUNTERS / "snmp6").read_text(encoding="ascii").splitlines())
    return int(values[names.index("OutNoRoutes")]) + int(dict(told)[V6])


if __name__ == "__main__":
    leave_network()
    done = subprocess.run(sys.argv[1:], check=False)
    sys.stdout.write(f"{count_attempts()}\n")
    sys.exit(done.returncode)
