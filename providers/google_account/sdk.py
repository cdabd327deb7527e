"""Google's SDKs, which are an optional extra and slow to import."""

import warnings
from functools import cache
from importlib import import_module
from typing import Any

from domain.errors import ConfigError


@cache
def load_sdk(name: str) -> Any:
    """Import a module of Google's SDKs.

    Raises:
        ConfigError: it is not installed; the message names the extra.
    """
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", FutureWarning)  # about grpcio, which these SDKs bring along and do not use
            return import_module(name)
    except ImportError as error:
        raise ConfigError("Google's services need an extra: pip install 'parley[google]'.") from error
