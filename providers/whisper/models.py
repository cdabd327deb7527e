"""Whisper models on disk: where a name leads, and how it gets there."""

from collections.abc import Mapping
from pathlib import Path
from types import MappingProxyType
from typing import Final

from domain.errors import ConfigError, Fault, ProviderUnavailable

REPOSITORIES: Final[Mapping[str, str]] = MappingProxyType(
    {
        "tiny": "Systran/faster-whisper-tiny",
        "tiny.en": "Systran/faster-whisper-tiny.en",
        "base": "Systran/faster-whisper-base",
        "base.en": "Systran/faster-whisper-base.en",
        "small": "Systran/faster-whisper-small",
        "small.en": "Systran/faster-whisper-small.en",
        "medium": "Systran/faster-whisper-medium",
        "medium.en": "Systran/faster-whisper-medium.en",
        "large-v3": "Systran/faster-whisper-large-v3",
        "large-v3-turbo": "mobiuslabsgmbh/faster-whisper-large-v3-turbo",
        "distil-large-v3": "Systran/faster-distil-whisper-large-v3",
    }
)
"""Short names, and the Hugging Face repository each stands for; any `owner/name` does too."""

_NEEDED = ("config.json", "model.bin", "tokenizer.json")
_WANTED = [*_NEEDED, "preprocessor_config.json", "vocabulary.*"]


def find_model(model: str) -> Path | None:
    """Find a model on this machine, without the network: a directory, or a name fetched before.

    Raises:
        ConfigError: neither a directory nor a name that is known.
    """
    folder = Path(model).expanduser()
    if folder.is_dir():
        return folder if _is_complete(folder) else None
    from huggingface_hub import snapshot_download
    from huggingface_hub.errors import LocalEntryNotFoundError

    try:
        cached = Path(snapshot_download(_repository(model), allow_patterns=_WANTED, local_files_only=True))
    except LocalEntryNotFoundError:
        return None
    return cached if _is_complete(cached) else None


def was_fetched(name: str) -> bool:
    """Tell at once, by a look into the cache, whether a model was ever fetched; `find_model` tells if it is whole."""
    from huggingface_hub.constants import HF_HUB_CACHE

    return (Path(HF_HUB_CACHE) / f"models--{_repository(name).replace('/', '--')}").is_dir()


def load_model_path(model: str) -> Path:
    """Find a model that has to be there.

    Raises:
        ConfigError: it is not on this machine, or not whole.
    """
    found = find_model(model)
    if found is not None:
        return found
    if Path(model).expanduser().is_dir():
        raise ConfigError(f"Whisper model directory {model!r} must hold {', '.join(_NEEDED)}.")
    raise ConfigError(f"Whisper model {model!r} is not on this machine. Fetch it with: parley models fetch {model}")


def fetch_model(name: str) -> Path:
    """Download a model once, with a progress bar, into the Hugging Face cache; blocks until it is there.

    Raises:
        ConfigError: no such name.
        ProviderUnavailable: the download failed; what arrived is kept, and asking again goes on from there.
    """
    import httpx
    from huggingface_hub import snapshot_download
    from huggingface_hub.errors import HfHubHTTPError, LocalEntryNotFoundError

    try:
        return Path(snapshot_download(_repository(name), allow_patterns=_WANTED))
    except (HfHubHTTPError, LocalEntryNotFoundError, httpx.HTTPError) as error:
        raise ProviderUnavailable("faster_whisper", Fault.CONNECTION, f"cannot fetch {name!r}: {error}") from error


def _repository(name: str) -> str:
    if name in REPOSITORIES:
        return REPOSITORIES[name]
    if name.count("/") == 1 and not name.startswith((".", "/", "~")):
        return name
    known = ", ".join(REPOSITORIES)
    raise ConfigError(f"There is no Whisper model {name!r}. Give a directory, owner/name, or one of: {known}.")


def _is_complete(folder: Path) -> bool:
    return all((folder / name).is_file() for name in _NEEDED)
