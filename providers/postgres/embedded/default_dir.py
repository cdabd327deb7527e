"""Where the data goes when nobody said: beside the work, or, for root's sake, where the server's user can get in."""

import hashlib
import os
from pathlib import Path

from providers.postgres.embedded.owner import choose_owner
from providers.postgres.embedded.places import Places

ELSEWHERE = Path("/var/lib/parley")


def choose_data_dir(wished: Path, owner_name: str | None = None) -> Path:
    """Return `wished`, or a folder of its own under /var/lib/parley where the server's user cannot enter it.

    A server started by root runs as another user, who must not be let into root's own folders.

    Raises:
        ConfigError: root finds no user to run the server as.
    """
    wished = wished.absolute()
    owner = choose_owner(Places(wished).cluster, owner_name)
    there = next(path for path in (wished, *wished.parents) if path.exists())
    if owner.is_self or owner.first_closed(there) is None:
        return wished
    return ELSEWHERE / hashlib.sha256(os.fsencode(wished)).hexdigest()[:12]
